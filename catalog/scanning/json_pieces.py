"""A JSON document of any length, cut into its records without being held: items of its lists, members of its object."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import BinaryIO, Final

from eclor.errors import PayloadRefused, Place
from harvesters import strict_json
from harvesters.decoding import BOM, raw_lines

MAX_PIECE: Final = 16 << 20
_CHUNK: Final = 1 << 20
_TOKEN: Final = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"|["\[\]{},:]', re.DOTALL)
_BRACKET: Final = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"|["\[\]{}]', re.DOTALL)
_CLOSES: Final = {b"[": b"]", b"{": b"}"}
_IN_LIST: Final = 2
"""Depth at which the items of a list stand that is a member of the document."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A value of the document; `key` is the member it belongs to, `listed` whether it is an item of a list."""

    value: object
    key: str = ""
    listed: bool = False


def pieces(stream: BinaryIO, *, name: str) -> Iterator[Piece]:
    """Yield the values of a JSON document, or of each line (NDJSON), in their order.

    Refuses (`PayloadRefused`) what is no JSON, two members of one name, NaN, a value of more than 16 MiB.
    """
    if _is_lines(stream, name=name):
        for number, line in enumerate(raw_lines(stream, name=name, limit=MAX_PIECE), start=1):
            text = line.removeprefix(BOM) if number == 1 else line
            if not text.isspace():
                yield Piece(strict_json.read(text, name=name, line=number), listed=True)
        return
    yield from _Cutter(stream, name).cut()


def _is_lines(stream: BinaryIO, *, name: str) -> bool:
    """Tell whether the first line that is not blank is a value by itself, and another line follows it."""
    try:
        first = b""
        while not first:
            line = stream.readline(MAX_PIECE)
            if not line:
                return False
            first = line.removeprefix(BOM).strip()
        strict_json.read(first, name=name)
        return any(line.strip() for line in iter(lambda: stream.readline(MAX_PIECE), b""))
    except PayloadRefused:
        return False
    finally:
        stream.seek(0)


class _Next(Enum):
    """What may stand before the next comma or bracket."""

    NOTHING_YET = "nothing yet"
    """A value, or the end of what was just opened."""
    VALUE = "value"
    NO_MORE = "no more"
    """The value was a list, whose items were given."""


@dataclass(slots=True)
class _Cutter:
    """Follows the brackets of a document, and lets go of what it has given."""

    stream: BinaryIO
    name: str
    _held: bytes = b""
    _line: int = 1
    _first: bytes = b""
    """What the document opened with."""
    _open: list[bytes] = field(default_factory=list)
    _key: str | None = None
    _keys: set[str] = field(default_factory=set)
    _start: int = 0
    """Where, in what is held, the value that is being read begins."""
    _next: _Next = _Next.NOTHING_YET
    _listing: bool = False
    """The member that is being read is a list: its items are pieces."""
    _ended: bool = False

    def cut(self) -> Iterator[Piece]:
        """Yield the pieces."""
        place = 0
        self._held = self.stream.read(_CHUNK).removeprefix(BOM)
        while True:
            match = _TOKEN.search(self._held, place)
            end = self._end_of(match) if match else -1
            if match is None or end < 0:
                place = match.start() if match else len(self._held)
                if not self._more():
                    break
                place -= self._let_go()
                continue
            place = end
            if end == match.end() and not match[0].startswith(b'"'):
                yield from self._see(match[0], match.start(), end)
        if not self._ended:
            raise self._refused("payload.json-cut")
        if self._held[self._start :].strip():
            raise self._refused("payload.json-syntax")

    def _is_within(self, match: "re.Match[bytes]") -> bool:
        """Tell whether a bracket opens within a piece: it opens neither the document nor a list of pieces."""
        if not self._open:
            return False
        is_list = match[0] == b"[" and not self._listing and self._key is not None
        return not (is_list and not self._held[self._start : match.start()].strip())

    def _end_of(self, match: "re.Match[bytes]") -> int:
        """Return where a token ends, a bracket within a piece where it is closed; -1 if that is not held yet."""
        if match[0] == b'"':
            return -1
        return self._closed(match.start()) if match[0] in _CLOSES and self._is_within(match) else match.end()

    def _closed(self, at: int) -> int:
        """Return where the bracket that opens at `at` is closed, whichever closes it: its reader judges the piece."""
        depth = 0
        for match in _BRACKET.finditer(self._held, at):
            token = match[0]
            if token in _CLOSES:
                depth += 1
            elif token == b'"':
                return -1
            elif len(token) == 1:
                depth -= 1
                if depth == 0:
                    return match.end()
        return -1

    def _more(self) -> bool:
        """Read on; refuse a value that grows too long."""
        if len(self._held) - self._start > MAX_PIECE:
            raise PayloadRefused("scan.value-too-long", place=Place(self.name, self._line), mib=MAX_PIECE >> 20)
        chunk = self.stream.read(max(_CHUNK, len(self._held) - self._start))
        self._held += chunk
        return bool(chunk)

    def _let_go(self) -> int:
        """Forget what was given; return how many bytes that were."""
        gone = self._start
        self._held, self._start = self._held[gone:], 0
        return gone

    def _see(self, token: bytes, at: int, after: int) -> Iterator[Piece]:
        depth = len(self._open)
        ends_pieces = depth == 1 or (depth == _IN_LIST and self._listing)
        if token in _CLOSES:
            self._enter(token, at, after)
        elif depth == 0:
            raise self._refused("payload.json-syntax")
        elif token == b":" and depth == 1 and self._open[0] == b"{" and self._key is None:
            self._name(at, after)
        elif token in _CLOSES.values():
            if _CLOSES[self._open.pop()] != token:
                raise self._refused("payload.json-syntax")
            if ends_pieces:
                yield from self._give(at, after, closes=True)
                self._leave(depth)
        elif token == b"," and ends_pieces:
            yield from self._give(at, after, closes=False)

    def _enter(self, token: bytes, at: int, after: int) -> None:
        if self._open:
            self._listing, self._start, self._next = True, after, _Next.NOTHING_YET
        elif self._ended or self._held[self._start : at].strip():
            raise self._refused("payload.json-syntax")
        else:
            self._first, self._start = token, after
        self._open.append(token)

    def _leave(self, depth: int) -> None:
        if depth == 1:
            self._ended = True
        else:
            self._listing, self._next = False, _Next.NO_MORE

    def _name(self, at: int, after: int) -> None:
        key = strict_json.read(self._taken(at, after), name=self.name, line=self._line)
        if not isinstance(key, str):
            raise self._refused("payload.json-syntax")
        if key in self._keys:
            raise self._refused("payload.json-duplicate-member")
        self._keys.add(key)
        self._key, self._next = key, _Next.VALUE

    def _give(self, at: int, after: int, *, closes: bool) -> Iterator[Piece]:
        raw = self._taken(at, after)
        is_empty = closes and self._next is _Next.NOTHING_YET
        if raw.strip() or not (is_empty or self._next is _Next.NO_MORE):
            yield self._piece(raw)
        self._next = _Next.VALUE
        if not self._listing:
            self._key = None

    def _piece(self, raw: bytes) -> Piece:
        is_list = self._listing or self._first == b"["
        if self._next is _Next.NO_MORE or (not is_list and self._key is None):
            raise self._refused("payload.json-syntax")
        return Piece(strict_json.read(raw, name=self.name, line=self._line), self._key or "", is_list)

    def _taken(self, at: int, after: int) -> bytes:
        raw = self._held[self._start : at]
        self._line += raw.count(b"\n")
        self._start = after
        return raw

    def _refused(self, code: str) -> PayloadRefused:
        return PayloadRefused(code, place=Place(self.name, self._line))
