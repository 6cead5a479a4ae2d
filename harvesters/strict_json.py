"""JSON that says one thing: no duplicate member, no NaN, no float, no abyss."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import BinaryIO, Final, Never, Protocol, TypeVar, cast

import orjson

from eclor.errors import PayloadRefused, Place
from harvesters import weighing
from harvesters.decoding import BOM, decoded, opened, raw_lines, refuse_html, whole_from
from harvesters.parsing import MAX_PAYLOAD_BYTES, RefusedRow

MAX_DEPTH: Final = 64
_MAX_EXPONENT: Final = 400
"""Beyond what a double holds: such a number is a trap for whoever turns it into an integer."""
_NOT_BRACKETS: Final = bytes(sorted(set(range(256)) - set(b"[]{}")))
_ODD_ESCAPE: Final = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])")
_CUT: Final = ("Unterminated string", "Expecting value", "Expecting ',' delimiter", "Expecting ':' delimiter",
               "Expecting property name")  # fmt: skip
_BITS: Final = 63
_SEPARATOR: Final = b"\x1e"
"""Stands before each text of a JSON text sequence (RFC 7464), and of GeoJSON ones (RFC 8142)."""


Item = TypeVar("Item")
Made = TypeVar("Made")


class _Refusal(ValueError):
    """Carries a code out of the decoder's hooks."""


def _members(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise _Refusal("payload.json-duplicate-member")
    return members


def _number(text: str) -> Decimal:
    number = Decimal(text)
    if not -_MAX_EXPONENT < number.adjusted() < _MAX_EXPONENT:
        raise _Refusal("payload.json-number")
    return number


def _constant(_name: str) -> Never:
    raise _Refusal("payload.json-not-a-number")


_DECODER: Final = json.JSONDecoder(object_pairs_hook=_members, parse_float=_number, parse_constant=_constant)


class _Counting:
    """Decodes a large document: no list of members beside each object, they are counted instead."""

    def __init__(self) -> None:
        self.members = 0

    def _see(self, members: dict[str, object]) -> dict[str, object]:
        self.members += len(members)
        return members

    def decode(self, text: str, *, members: int) -> object:
        """Return the value of a text whose objects have so many members."""
        decoder = json.JSONDecoder(object_hook=self._see, parse_float=_number, parse_constant=_constant)
        value: object = decoder.decode(text)
        if self.members != members:
            raise _Refusal("payload.json-duplicate-member")
        return value


def read(content: bytes, *, name: str, line: int = 1, before: int = 0, most: int = weighing.MOST_BYTES) -> object:
    """Return the one JSON value of `content`, UTF-8, numbers as `int` or `Decimal`.

    Refuses (`PayloadRefused`, with line and column) what is cut short, a member named twice, NaN and Infinity, more
    than 64 levels, values that would take too much memory, a NUL or half a surrogate pair in a text. `line` is where
    `content` starts in the payload, behind so many letters (`before`); `most` is what its values may take, for whoever
    makes larger ones of them.
    """
    refuse_html(content, name=name)
    is_large = len(content) > weighing.LIGHT_BYTES * most // weighing.MOST_BYTES
    members = weighing.refuse_heavy_json(content, place=Place(name, line), most=most) if is_large else None
    text = decoded(content, name=name)
    if _too_deep(content):
        raise PayloadRefused("payload.too-deep", place=Place(name, line), levels=MAX_DEPTH)
    try:
        value: object = _DECODER.decode(text) if members is None else _Counting().decode(text, members=members)
    except json.JSONDecodeError as error:
        raise _syntax(error, name=name, line=line, before=before) from error
    except _Refusal as refusal:
        raise PayloadRefused(str(refusal), place=Place(name, line)) from refusal
    except (ValueError, ArithmeticError) as error:  # an integer of more than 4,300 digits
        raise PayloadRefused("payload.json-number", place=Place(name, line)) from error
    except RecursionError as error:  # brackets that are never closed
        raise PayloadRefused("payload.too-deep", place=Place(name, line), levels=MAX_DEPTH) from error
    if _ODD_ESCAPE.search(content) and _has_odd_text(value):
        raise PayloadRefused("payload.nul", place=Place(name, line))
    return value


def _syntax(error: json.JSONDecodeError, *, name: str, line: int, before: int) -> PayloadRefused:
    cut = error.pos >= len(error.doc.rstrip()) or error.msg.startswith("Unterminated string")
    code = "payload.json-cut" if cut and error.msg.startswith(_CUT) else "payload.json-syntax"
    if error.doc[: error.pos + 1].lstrip() == "<":
        code = "payload.xml-for-json"
    column = error.colno + (before if error.lineno == 1 else 0)
    return PayloadRefused(code, place=Place(name, line + error.lineno - 1, column))


def _too_deep(content: bytes) -> bool:
    """Say whether brackets nest deeper than 64, at C speed: strings out, then innermost pairs off, level by level.

    Pairs of both kinds are marked before any goes, or a pair around another would go with it. By a pattern, each pair
    would take 90 bytes meanwhile.
    """
    if content.count(b"[") + content.count(b"{") <= MAX_DEPTH:
        return False
    left = weighing.without_strings(content).translate(None, _NOT_BRACKETS)
    for _ in range(MAX_DEPTH):
        peeled = left.replace(b"[]", b".").replace(b"{}", b".").replace(b".", b"")
        if len(peeled) == len(left):
            break
        left = peeled
    return bool(left)


def _has_odd_text(value: object) -> bool:
    match value:
        case str():
            return "\0" in value or any("\ud800" <= letter <= "\udfff" for letter in value)
        case dict():
            return any(_has_odd_text(key) or _has_odd_text(member) for key, member in value.items())
        case list():
            return any(_has_odd_text(item) for item in value)
        case _:
            return False


class Reads(Protocol):
    """Returns the one JSON value of what begins at a line of a payload."""

    def __call__(self, content: bytes, *, name: str, line: int) -> object:
        """Return it, or refuse (`PayloadRefused`)."""
        ...


def documents(
    payload: BinaryIO | bytes, *, name: str, whole: Reads = read
) -> Iterator[tuple[int, object] | RefusedRow]:
    """Yield each JSON document with its line: the whole payload, as `whole` reads it, or one a line (NDJSON), streamed.

    It is NDJSON when its first line that is not blank is an object by itself. Then a line that is no JSON is a
    refused row, as lines end for sure; a last line without its end that is no JSON refuses the payload as cut short.
    The lines of a text sequence (RFC 7464), each behind a separator, are read alike.
    """
    stream = opened(payload)
    number, line = _first_line(stream, name=name)
    value = _object_or_none(line, name=name, number=number)
    if value is None:
        yield number, whole(whole_from(line, stream, name=name), name=name, line=number)
        return
    yield number, value
    yield from _each_line(raw_lines(stream, name=name, before=number), name=name, number=number + 1)


def _first_line(stream: BinaryIO, *, name: str) -> tuple[int, bytes]:
    try:
        for number, line in enumerate(raw_lines(stream, name=name, limit=MAX_PAYLOAD_BYTES), start=1):
            text = (line.removeprefix(BOM) if number == 1 else line).removeprefix(_SEPARATOR)
            if text and not text.isspace():
                return number, text
    except PayloadRefused as refusal:
        if refusal.code != "payload.line-too-long":
            raise
        mib = MAX_PAYLOAD_BYTES // 1024 // 1024  # the whole may well stand on one line
        raise PayloadRefused("payload.too-large", place=Place(name), limit_mib=mib) from refusal
    raise PayloadRefused("payload.empty", place=Place(name))


def _object_or_none(line: bytes, *, name: str, number: int) -> dict[str, object] | None:
    if not line.rstrip().endswith(b"}"):
        return None
    try:
        value = read(line, name=name, line=number)
    except PayloadRefused:
        return None
    return value if isinstance(value, dict) else None


def _each_line(lines: Iterator[bytes], *, name: str, number: int) -> Iterator[tuple[int, object] | RefusedRow]:
    for line_number, line in enumerate(lines, start=number):
        if line.isspace():
            continue
        try:
            value = read(line.removeprefix(_SEPARATOR), name=name, line=line_number)
        except PayloadRefused as refusal:
            if not line.endswith(b"\n") or refusal.code == "payload.not-utf8":
                raise
            yield RefusedRow(refusal.code, Place(name, line_number), refusal.facts)
        else:
            yield line_number, value


def dump(value: object) -> bytes:
    """Write a value of a row as compact JSON, decimals digit for digit, members in their order."""
    try:
        return orjson.dumps(value, default=_exact)
    except TypeError:  # an integer of more than 64 bits
        return orjson.dumps(_with_big_integers(value), default=_exact)


def _exact(value: object) -> orjson.Fragment:
    if isinstance(value, Decimal):
        return orjson.Fragment(str(value))
    message = f"a row holds no {type(value).__name__}"
    raise TypeError(message)


def _with_big_integers(value: object) -> object:
    match value:
        case bool():
            return value
        case int():
            return orjson.Fragment(str(value)) if value.bit_length() > _BITS else value
        case dict():
            return {key: _with_big_integers(member) for key, member in value.items()}
        case list():
            return [_with_big_integers(item) for item in value]
        case _:
            return value


def taken_out(members: dict[str, object]) -> Iterator[tuple[str, object]]:
    """Yield each member of an object, taken out of it: what is made of it stands in its place, never beside it."""
    for name in list(members):
        yield name, members.pop(name)


def replaced(items: list[Item], made: Callable[[Item], Made]) -> list[Made]:
    """Put what is made of each item in its place; a second list, with other items, would take as much again."""
    places = cast("list[Made]", items)
    for at, item in enumerate(items):
        places[at] = made(item)
    return places


def member(value: object, path: Sequence[str]) -> object:
    """Return what stands at the end of `path` in nested objects; None where a member is missing."""
    for step in path:
        if not isinstance(value, dict):
            return None
        value = value.get(step)
    return value
