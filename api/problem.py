"""What an answer says when it is not the one asked for (RFC 9457)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus


@dataclass(frozen=True, slots=True)
class Problem:
    """What one says, in both languages; `headers` go with it."""

    status: int
    code: str
    french: str
    english: str
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """Return the status in words."""
        return HTTPStatus(self.status).phrase
