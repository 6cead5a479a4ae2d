"""XML read piece by piece: each record whole with what stands above it, then let go; no DTD, no entity, no abyss."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import BinaryIO, Final, NoReturn
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser
from xml.parsers import expat

from eclor.errors import PayloadRefused, Place
from harvesters.decoding import BOM, opened, refuse_html
from harvesters.strict_xml import MAX_DEPTH, refuse_depth, syntax

_CHUNK_BYTES: Final = 16 * 1024
"""Elements of more than that go out of the processor's cache before they are read."""
_MAX_RECORD_BYTES: Final = 16 * 1024 * 1024
_MAX_RECORD_ELEMENTS: Final = 400_000
"""Counted by their `<`: comments too, and in UTF-16 their ends."""
_MAX_BESIDE: Final = 64 * 1024 * 1024
"""Bytes that may be held of what stands beside the records."""
_ELEMENT_BYTES: Final = 100
_LEAST_ELEMENT_BYTES: Final = len("<a/>")

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
    than 64 levels, and a record above 16 MiB or 400,000 elements. Holds one record, and a piece of 16 KiB.
    """
    builder = TreeBuilder()
    shell = builder.start("", {})  # around the root: what is built can be seen while it is being built
    parser = XMLParser(target=builder)  # noqa: S314 - the prolog is read ahead: no DTD comes so far
    prolog, walk = _Prolog(name), _Walk(name, is_record, [_Open.of(shell, is_over=False)])
    chunk = head
    try:
        while chunk:
            prolog.see(chunk)
            parser.feed(chunk)
            yield from walk.take()
            walk.refuse_swelling(chunk)
            chunk = stream.read(_CHUNK_BYTES)
        parser.close()
    except ParseError as error:
        yield from walk.take()
        raise syntax(error, head, name=name) from error
    except (LookupError, ValueError) as error:  # an encoding that the parser does not know
        raise PayloadRefused("payload.xml-encoding", place=Place(name, 1)) from error
    yield from walk.take(is_over=True)


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
class _Open:
    """An element that has started and is no record."""

    element: Element
    is_over: bool
    """Nothing more comes in it."""
    waiting: list[Element]
    """What came in it and was not looked at yet, taken out of it; the first one last."""
    kept: int = 0
    """How many elements it holds that were looked at."""
    gave: bool = False
    """A record stood in it."""

    @classmethod
    def of(cls, element: Element, *, is_over: bool) -> "_Open":
        """Return an element with all that it holds still to be looked at."""
        waiting = element[::-1]
        if waiting:
            del element[:]
        return cls(element, is_over, waiting)

    def see(self, *, is_over: bool) -> None:
        """Take out what came in it since it was last looked at."""
        self.is_over = is_over
        self.waiting = self.element[self.kept :]
        self.waiting.reverse()
        del self.element[self.kept :]


@dataclass(slots=True)
class _Walk:
    """Follows what is built, in the order of the document: finds the records, lets go of what was given."""

    name: str
    is_record: IsRecord
    open: list[_Open]
    """The first one is no element of the document: it holds the root."""
    above: Ancestors = field(default_factory=list)
    record: Element | None = None
    """The record that is being read."""
    bytes_held: int = 0
    elements_held: int = 0
    beside: int = 0
    """Weight of what stood beside the records so far, also of what was let go since."""

    def take(self, *, is_over: bool = False) -> Iterator[tuple[Element, Ancestors]]:
        """Yield each record that is whole by now; the last one of all is, once the document `is_over`."""
        for one in self.open:
            one.see(is_over=is_over)
            is_over = is_over or bool(one.waiting)
        above, is_record = self.above, self.is_record
        while True:
            inner = self.open[-1]
            waiting = inner.waiting
            if waiting:
                element = waiting.pop()
            elif inner.is_over and above:
                self._close()
                continue
            else:
                return
            if len(above) >= MAX_DEPTH:
                self._refuse_abyss()
            is_over = inner.is_over or bool(waiting)
            if not (element is self.record or is_record(element, above)):
                self._enter(element, inner, is_over=is_over)
            elif is_over:
                self._refuse_deep(element)
                inner.gave = True
                yield element, above
                self.bytes_held = 0
            else:
                self._wait(element)

    def _refuse_deep(self, record: Element) -> None:
        levels = MAX_DEPTH - len(self.above)
        if next(islice(record.iter(), levels, None), None) is not None:  # most hold fewer elements than levels
            refuse_depth(record, levels=levels, name=self.name)

    def _refuse_abyss(self) -> NoReturn:
        raise PayloadRefused("payload.too-deep", place=Place(self.name), levels=MAX_DEPTH)

    def _wait(self, record: Element) -> None:
        """Put back a record of which more is to come; the next pieces go down into its last elements."""
        self.record = record
        self.open[-1].element.append(record)
        levels, last = MAX_DEPTH - len(self.above), record
        while len(last):
            levels, last = levels - 1, last[-1]
        if levels <= 0:
            self._refuse_abyss()

    def _enter(self, element: Element, inner: _Open, *, is_over: bool) -> None:
        """Keep an element that is no record: it is one of the ancestors of what follows, until it is over."""
        self.beside += _ELEMENT_BYTES
        if attributes := element.items():
            self.beside += sum(map(len, chain.from_iterable(attributes)))
        inner.element.append(element)
        inner.kept += 1
        if is_over and not len(element):
            self._leave(element)
            return
        self.open.append(_Open.of(element, is_over=is_over))
        self.above.append(element)

    def _close(self) -> None:
        closed = self.open.pop()
        self._leave(self.above.pop())
        if closed.gave:  # its records are gone, and so may it
            outer = self.open[-1]
            del outer.element[-1]
            outer.kept -= 1
            outer.gave = True

    def _leave(self, element: Element) -> None:
        if text := element.text:
            self.beside += len(text)
        element.tail = None  # text between elements is nobody's

    def refuse_swelling(self, chunk: bytes) -> None:
        """Refuse a record, or what stands beside the records, that holds too much with this piece."""
        if self.bytes_held:
            self.elements_held += chunk.count(b"<") - chunk.count(b"</")
        else:  # a record ended in this piece: whatever begins in it has fewer than that
            self.elements_held = len(chunk) // _LEAST_ELEMENT_BYTES
        self.bytes_held += len(chunk)
        if (
            self.bytes_held > _MAX_RECORD_BYTES
            or self.elements_held > _MAX_RECORD_ELEMENTS
            or self.beside > _MAX_BESIDE
        ):
            raise PayloadRefused("payload.xml-record-too-large", place=Place(self.name))
