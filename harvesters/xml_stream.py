"""XML read piece by piece: each record whole with what stands above it, then let go; no DTD, no entity, no abyss."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO, Final, TypeAlias, cast
from xml.etree.ElementTree import Element, ParseError, XMLPullParser
from xml.parsers import expat

from eclor.errors import PayloadRefused, Place
from harvesters.decoding import BOM, opened, refuse_html
from harvesters.strict_xml import MAX_DEPTH

if TYPE_CHECKING:
    _Parser: TypeAlias = XMLPullParser[Element]

_CHUNK_BYTES: Final = 64 * 1024
_MAX_RECORD_BYTES: Final = 16 * 1024 * 1024
_MAX_RECORD_ELEMENTS: Final = 400_000
_MAX_BESIDE: Final = 64 * 1024 * 1024
"""Bytes that may be held of what stands beside the records."""
_ELEMENT_BYTES: Final = 100

Ancestors = list[Element]
"""The elements around a record, the root first, each with what it held before the record and is no record."""

IsRecord = Callable[[Element, Ancestors], bool]
"""Says, when an element starts (attributes known, content not yet), if it is one; the list ends with its parent."""


def head_of(payload: BinaryIO | bytes, *, name: str) -> tuple[bytes, BinaryIO]:
    """Return the first bytes of a payload and the stream of the others; refuse nothing but blanks, and HTML."""
    stream = opened(payload)
    head = stream.read(_CHUNK_BYTES)
    if not head.removeprefix(BOM).strip():
        raise PayloadRefused("payload.empty", place=Place(name))
    refuse_html(head, name=name)
    return head, stream


def records(head: bytes, stream: BinaryIO, *, name: str, is_record: IsRecord) -> Iterator[tuple[Element, Ancestors]]:
    """Yield each outermost record with its ancestors; both may change once the next one is asked for.

    Refuses (`PayloadRefused`, with line and column) what is cut short or not well formed, any DTD or entity, more
    than 64 levels, and a record above 16 MiB or 400,000 elements. Holds one record.
    """
    prolog, walk = _Prolog(name), _Walk(name, is_record)
    parser: _Parser = XMLPullParser(("start", "end"))
    chunk = head
    try:
        while chunk:
            prolog.see(chunk)
            parser.feed(chunk)
            yield from walk.take(parser)
            walk.refuse_swelling(len(chunk))
            chunk = stream.read(_CHUNK_BYTES)
        parser.close()
    except ParseError as error:
        line, column = error.position
        raise PayloadRefused("payload.xml-syntax", place=Place(name, line, column + 1)) from error
    except (LookupError, ValueError) as error:  # an encoding that the parser does not know
        raise PayloadRefused("payload.xml-encoding", place=Place(name, 1)) from error
    yield from walk.take(parser)


class _Prolog:
    """Reads up to the root element, ahead of the parser that builds: a DTD can stand nowhere else."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._over = False
        self._expat = expat.ParserCreate()
        self._expat.StartDoctypeDeclHandler = self._refuse
        self._expat.StartElementHandler = self._end

    def see(self, chunk: bytes) -> None:
        if self._over:
            return
        try:
            self._expat.Parse(chunk, False)
        except (expat.ExpatError, LookupError, ValueError):
            self._over = True  # what follows says it again, with its place

    def _refuse(self, *_: object) -> None:
        raise PayloadRefused("payload.xml-dtd", place=Place(self._name, self._expat.CurrentLineNumber))

    def _end(self, *_: object) -> None:
        self._over = True
        self._expat.StartElementHandler = None


@dataclass(slots=True)
class _Walk:
    """Follows the events: finds the records, lets go of what was given."""

    name: str
    is_record: IsRecord
    open: Ancestors = field(default_factory=list)
    record: Element | None = None
    """The record that is being read."""
    depth: int = 0
    given_depth: int = 0
    """Down to here the open elements are ancestors of the last record given."""
    bytes_held: int = 0
    elements_held: int = 0
    beside: int = 0
    """Weight of what stood beside the records so far, also of what was let go since."""
    last: Element | None = None
    """The last element closed beside the records."""

    def take(self, parser: "_Parser") -> Iterator[tuple[Element, Ancestors]]:
        record, depth, seen = self.record, self.depth, 0
        for event, element in cast("Iterator[tuple[str, Element]]", parser.read_events()):
            seen += 1
            if event == "start":
                depth += 1
                if depth > MAX_DEPTH:
                    raise PayloadRefused("payload.too-deep", place=Place(self.name), levels=MAX_DEPTH)
                if record is None:
                    record = self._opened(element)
                continue
            depth -= 1
            if record is None:
                self._closed(element)
            elif element is record:
                yield record, self.open
                self._let_go(record)
                record, seen = None, 0
        self.record, self.depth = record, depth
        self.elements_held += seen // 2

    def _opened(self, element: Element) -> Element | None:
        """Return the element if it is a record; else it is one of the ancestors of what follows."""
        if self.is_record(element, self.open):
            return element
        self.beside += _ELEMENT_BYTES + sum(len(name) + len(value) for name, value in element.items())
        self.open.append(element)
        return None

    def _let_go(self, record: Element) -> None:
        if self.open:
            self.open[-1].remove(record)
            self.open[-1].text = None
        self.given_depth = len(self.open)
        self.bytes_held = self.elements_held = 0

    def _closed(self, element: Element) -> None:
        """Count what stays beside the records; let go of what held records and is over."""
        self.open.pop()
        self.beside += len(element.text or "")
        if self.last is not None:
            self.last.tail = None  # text between elements is nobody's
        self.last = element
        if self.open and len(self.open) < self.given_depth:
            self.open[-1].remove(element)
            self.given_depth = len(self.open)

    def refuse_swelling(self, chunk_bytes: int) -> None:
        self.bytes_held += chunk_bytes
        if (
            self.bytes_held > _MAX_RECORD_BYTES
            or self.elements_held > _MAX_RECORD_ELEMENTS
            or self.beside > _MAX_BESIDE
        ):
            raise PayloadRefused("payload.xml-record-too-large", place=Place(self.name))
