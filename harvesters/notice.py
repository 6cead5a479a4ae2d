"""What a context broker is told of where it tells us: address, token, attributes, end; and what subscribes to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Protocol

import httpx

from eclor.world import Secret
from harvesters.source import Source

TOKEN_HEADER: Final = "X-Auth-Token"  # noqa: S105 - the header's name; a header stands in no proxy's log of addresses


@dataclass(frozen=True, slots=True)
class Notice:
    """How a subscription reaches us."""

    url: str
    token: Secret
    attributes: tuple[str, ...]
    """Those that the policy lets in, and no other."""
    description: str
    """By which ours is found again."""
    until: str
    """When it ends unless it is renewed, ISO 8601 in UTC."""


class Broker(Protocol):
    """An interface that can be subscribed to."""

    def headers(self, source: Source) -> dict[str, str]:
        """Return the headers of whatever is asked of a source."""
        ...

    def address(self, source: Source, what: str) -> httpx.URL:
        """Return the address of a resource."""
        ...

    def attributes(self, wanted: frozenset[str]) -> tuple[str, ...]:
        """Return the attributes of an entity that these paths read."""
        ...

    @property
    def document(self) -> "Document":
        """Return what writes a subscription."""
        ...


class Document(Protocol):
    """Writes a subscription as the interface wants it."""

    def __call__(self, source: Source, notice: Notice) -> Mapping[str, object]:
        """Return its JSON object."""
        ...
