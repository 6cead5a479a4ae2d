"""The parameters of an action: from the query, a form or a JSON body; everything may be text, and is converted here."""

import re
from collections.abc import AsyncGenerator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote

from orjson import JSONDecodeError, loads
from starlette.datastructures import Headers
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request
from starlette.types import Scope

from api.ckan.wire import BadRequest, invalid

MOST_BYTES: Final = 1_000_000
_MOST_FIELDS: Final = 200
_BAD_FORM: Final = "JSON Error: Error decoding form data."
_BOUNDARY: Final = re.compile(r"""\bboundary="?([\w'()+,./:=?-]{1,70})""", re.ASCII | re.IGNORECASE)
"""What stands between the parts of a form (RFC 2046); whatever else its media type says is left alone."""
_DIGITS: Final = 15
_NO_INTEGER: Final = ("Invalid integer",)
_TRUE: Final = frozenset({"true", "yes", "on", "t", "y", "1"})


@dataclass(frozen=True, slots=True)
class Given:
    """What was given, by name. Each reading refuses (409) what is not of its type, in CKAN's words."""

    values: Mapping[str, object] = field(default_factory=dict)

    def text(self, name: str, default: str = "") -> str:
        """Return a text; a number is its writing, nothing is the default."""
        value = self.values.get(name)
        if value is None:
            return default
        if isinstance(value, str | int | float):
            return str(value)
        raise invalid(**{name: ["Must be a Unicode string value"]})

    def needed(self, name: str) -> str:
        """Return a text that must be there."""
        if not (found := self.text(name)):
            raise invalid(**{name: ["Missing value"]})
        return found

    def needed_as(self, name: str, shown: str) -> str:
        """Return a text that must be there, under one name or the other; `shown` is the one that is asked for."""
        if not (found := self.text(name)):
            raise invalid(**{shown: ["Missing value"]})
        return found

    def natural(self, name: str, default: int, said: Sequence[str] = _NO_INTEGER) -> int:
        """Return an integer from 0; `said` refuses what is none."""
        value = self.text(name)
        if value == "":
            return default
        digits = value.removeprefix("-")
        if not (digits.isascii() and digits.isdigit() and len(digits) <= _DIGITS):
            raise invalid(**{name: [*said]})
        if value.startswith("-") and int(digits):
            raise invalid(**{name: ["Must be a natural number"]})
        return int(digits)

    def yes(self, name: str, default: str = "false") -> bool:
        """Return whether a switch is on."""
        value = self.values.get(name)
        return value if isinstance(value, bool) else self.text(name, default).lower() in _TRUE

    def names(self, name: str) -> tuple[str, ...]:
        """Return a list of texts, given as a list or between commas."""
        value = self.values.get(name)
        if isinstance(value, list):
            return tuple(str(item) for item in value)
        return tuple(part.strip() for part in self.text(name).split(",") if part.strip())

    def listed(self, name: str) -> tuple[str, ...]:
        """Return a list of texts, given as a list, as its JSON text, or between commas."""
        value = self.values.get(name)
        read = self.json(name) if isinstance(value, str) and value.lstrip().startswith("[") else value
        return tuple(str(item) for item in read) if isinstance(read, list) else self.names(name)

    def json(self, name: str) -> object:
        """Return a JSON value, given as it is or as its text."""
        value = self.values.get(name)
        if not isinstance(value, str) or not value:
            return value or None
        try:
            return loads(value)
        except JSONDecodeError as error:
            raise invalid(**{name: ["Cannot parse JSON"]}) from error

    def without(self, name: str) -> "Given":
        """Return these without one of them."""
        return Given({key: value for key, value in self.values.items() if key != name}) if name in self.values else self

    def only(self, known: Iterable[str]) -> None:
        """Refuse whatever is not known, by name."""
        if strangers := self.values.keys() - known:
            raise invalid(__extras=[f'invalid value "{min(strangers)[:60]}"'])


def query_of(scope: Scope) -> Given:
    """Return the parameters of an address. Refuses (400, a bare text) too many."""
    return Given(_pairs(scope["query_string"].decode("latin-1")))


async def read_given(request: Request) -> Given:
    """Return a POST's parameters. Refuses (400, a bare text) a body that is not an object, or is too large.

    A form is read if there is one; else the address wins over a body of JSON, whatever media type that one claims.
    """
    query = query_of(request.scope)
    body = await _body(request)
    kind = request.headers.get("content-type", "")
    bare = kind.partition(";")[0].strip().lower()
    if not body.strip():
        return query
    if bare == "multipart/form-data":
        return Given(await _parts(kind, body))
    if bare == "application/x-www-form-urlencoded":
        return Given(_form(body))
    return query if query.values else Given(_object(body))


async def _body(request: Request) -> bytes:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            raise BadRequest("JSON Error: request body too large")
    return body


def _form(body: bytes) -> Mapping[str, object]:
    """Return a form's fields; a lone key that is JSON text is the object that `curl -d` meant."""
    if body.lstrip().startswith(b"{"):
        return _object(body)
    fields = _pairs(body.decode("utf-8", "replace"))
    alone = next(iter(fields), "") if len(fields) == 1 else ""
    return _object(alone.encode()) if alone.startswith("{") else fields


async def _parts(kind: str, body: bytes) -> Mapping[str, object]:
    """Return the fields of a multipart form (RFC 7578), which is UTF-8; a file is its bytes."""
    boundary = _BOUNDARY.search(kind)
    if boundary is None:
        raise BadRequest(_BAD_FORM)
    headers = Headers({"Content-Type": f'multipart/form-data; boundary="{boundary.group(1)}"'})

    async def stream() -> AsyncGenerator[bytes, None]:
        yield body

    limits = {"max_files": _MOST_FIELDS, "max_fields": _MOST_FIELDS, "max_part_size": MOST_BYTES}
    try:
        form = await MultiPartParser(headers, stream(), **limits).parse()
    except MultiPartException as error:
        raise BadRequest(_BAD_FORM) from error
    try:
        return {name: one if isinstance(one, str) else await one.read() for name, one in form.multi_items()}
    finally:
        await form.close()


def _object(body: bytes) -> Mapping[str, object]:
    try:
        read = loads(body)
    except JSONDecodeError as error:
        raise BadRequest("JSON Error: Error decoding JSON data.") from error
    if not isinstance(read, dict):
        raise BadRequest("JSON Error: Request data JSON decoded to something that is not the dictionary it must be.")
    return read


def _pairs(text: str) -> Mapping[str, object]:
    """Return the pairs of a query; a repeated name becomes a list."""
    if text.count("&") >= _MOST_FIELDS:
        raise BadRequest("Too many parameters")
    found: dict[str, object] = {}
    for pair in filter(None, text.split("&")):
        name, _, value = map(_read, pair.partition("="))
        former = found.get(name)
        found[name] = value if former is None else [*(former if isinstance(former, list) else [former]), value]
    return found


def _read(text: str) -> str:
    """Return what a part of a query says; most are plain, and need no more than a look."""
    spaced = text.replace("+", " ")
    return unquote(spaced) if "%" in spaced else spaced
