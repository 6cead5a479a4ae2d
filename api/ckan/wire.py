"""CKAN's own envelope: what an answer and a refusal look like; clients tell errors by `__type`."""

import codecs
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from orjson import dumps

from eclor.errors import RequestRefused

MEDIA_TYPE: Final = "application/json;charset=utf-8"
JSONP_TYPE: Final = "application/javascript;charset=utf-8"
_ESCAPING: Final = "eclor.ckan.escaping"


class ActionRefused(Exception):
    """A refusal in CKAN's words: its status and its `error` object."""

    def __init__(self, status: int, kind: str, error: Mapping[str, object]) -> None:
        super().__init__(kind)
        self.status = status
        named = {"__type": kind, **error} if "message" in error and status != _INVALID else {**error, "__type": kind}
        self.error = named


_INVALID: Final = 409


class Withdrawn(ActionRefused):
    """A dataset that is withdrawn: 410 with the reason; clients take it for what does not exist, by its type."""

    def __init__(self, refusal: RequestRefused) -> None:
        self.refusal = refusal
        super().__init__(refusal.status, "Not Found Error", {"message": f"{refusal.french()} / {refusal.english()}"})


class BadRequest(Exception):
    """A request that CKAN answers with a bare JSON string, status 400."""


def invalid(**fields: object) -> ActionRefused:
    """Refuse parameters by name, each with its messages (409)."""
    return ActionRefused(_INVALID, "Validation Error", fields)


def not_found(message: str = "Not found") -> ActionRefused:
    """Refuse what does not exist (404)."""
    return ActionRefused(404, "Not Found Error", {"message": message})


def denied(message: str = "Access denied") -> ActionRefused:
    """Refuse what a reader may not do (403)."""
    return ActionRefused(403, "Authorization Error", {"message": message})


def bad_query(message: str) -> ActionRefused:
    """Refuse a search that cannot be read (400)."""
    return ActionRefused(400, "Search Query Error", {"message": f"Search Query is invalid: {message}"})


def bad_search(message: str) -> ActionRefused:
    """Refuse a filter of a search (409)."""
    return ActionRefused(_INVALID, "Search Error", {"message": f"Search error: {message}"})


@dataclass(frozen=True, slots=True)
class Changed:
    """The result of a write that says which datasets it changed, by their identifiers."""

    result: object
    packages: tuple[str, ...]


def succeeded(address: str, action: str, result: object) -> bytes:
    """Return the envelope of a result."""
    said = {"help": _help(address, action), "success": True}
    if isinstance(result, Changed):
        return dumps({**said, "result": result.result, "changed_entities": {"packages": result.packages}})
    return dumps({**said, "result": result})


def refused(address: str, action: str, refusal: ActionRefused) -> bytes:
    """Return the envelope of a refusal."""
    return dumps({"help": _help(address, action), "error": refusal.error, "success": False})


def escaped(body: bytes) -> bytes:
    r"""Return JSON with every letter outside ASCII written `\u00e9`, as CKAN writes what is not rows."""
    return body if body.isascii() else body.decode().encode("ascii", _ESCAPING)


def _escape(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)
    pairs = error.object[error.start : error.end].encode("utf-16-be").hex()
    return "".join(f"\\u{pairs[place : place + 4]}" for place in range(0, len(pairs), 4)), error.end


codecs.register_error(_ESCAPING, _escape)


def _help(address: str, action: str) -> str:
    return f"{address}/api/3/action/help_show?name={action}"
