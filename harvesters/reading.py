"""One delivery, read through its flow's parser into typed batches: the same way whoever brings it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, Protocol

import pyarrow as pa
import structlog

from eclor.errors import PayloadRefused
from eclor.world import Clock
from harvesters.admission import Admission
from harvesters.archives import ZIP
from harvesters.collecting import BATCH_BYTES, BATCH_ROWS, Collector
from harvesters.intake import IntakeCounts
from harvesters.parsing import Columns, Event, PayloadProtocol, PayloadWarning, RefusedRow, Row, Shape
from harvesters.reach import Payload
from harvesters.receiving import Keeping
from harvesters.repeats import KeyWatch, refuse_twice
from harvesters.scrutiny import Scrutiny

_NO_FINAL_LINE_END = "payload.no-final-line-end"

log = structlog.get_logger()


class Taker(Protocol):
    """Takes the typed batches of a delivery."""

    def add(self, table: pa.Table) -> None:
        """Take a batch."""
        ...

    def leaves_out(self, table: pa.Table) -> Iterable[bool]:
        """Say of each row of a batch whether `add` leaves it out."""
        ...

    def sift(self, keep: Callable[[pa.Table], pa.Table]) -> int:
        """Pass all that was taken through `keep`, in its order, and return how many rows that dropped."""
        ...


@dataclass(slots=True)
class Reading:
    """One delivery being read. Take its `rows` to the end, then `settle`. Holds one batch."""

    protocol: PayloadProtocol
    admission: Admission
    keeping: Keeping
    into: Taker
    clock: Clock
    scrutiny: Scrutiny | None = None
    """What a file that somebody hands in is held to besides."""
    collector: Collector = field(init=False)
    watch: KeyWatch = field(init=False)

    def __post_init__(self) -> None:
        self.collector = Collector(self.admission, self.clock, self.scrutiny)
        self.watch = KeyWatch.over(self.admission.source.options, self.admission.columns)

    def rows(self, payload: Payload) -> Iterator[Row]:
        """Read the delivery into its taker; yield each row as the parser gave it, before it is taken."""
        taken = before = 0
        collector = self.collector
        is_zip = _is_zip(payload.stream)
        for event in self._events(payload):
            match event:
                case RefusedRow():
                    collector.refuse(event)
                case PayloadWarning():
                    self._warned(event)
                case Columns():
                    self._add(collector.batch_of(event))
                case _:
                    yield event
                    collector.take(event)
                    taken = taken + _letters(event) if is_zip else payload.taken()
                    if collector.pending >= BATCH_ROWS or taken - before >= BATCH_BYTES:
                        before = taken
                        self._add(collector.batch())
        self._add(collector.batch())

    def settle(self, *, name: str) -> IntakeCounts:
        """Return the counts of the whole delivery but for keys that came twice (`watch`); of a state leave the latest.

        Refuses (`PayloadRefused`) one of which most rows were refused, and a table that holds a key twice.
        """
        counts = self.collector.settle(name=name)
        refuse_twice(self.watch, shape=self.admission.shape, name=name)
        if self._is_state and self.watch.twice:
            self.into.sift(self.watch.newest_only)
        return counts

    def _add(self, table: pa.Table) -> None:
        """Have a batch taken; of a state all of it, until its latest rows are known."""
        if self._is_state:
            self.watch.note_all(table, left_out=self.into.leaves_out(table))
            self.into.add(table)
        else:
            self.into.add(self.watch.first_only(table))

    @property
    def _is_state(self) -> bool:
        """Say whether a key that comes twice is one that changed meanwhile: a whole, read a page at a time."""
        return self.keeping is Keeping.REPLACE and self.admission.shape is Shape.NESTED

    def _events(self, payload: Payload) -> Iterator[Event | Columns]:
        options, parse = self.admission.source.options, self.protocol.columns or self.protocol.parse
        for part in payload.parts():
            yield from parse(part.stream, name=part.name, options=options)

    def _warned(self, warning: PayloadWarning) -> None:
        source = self.admission.source
        if (
            warning.code == _NO_FINAL_LINE_END
            and self.admission.shape is Shape.TABLE
            and source.options.get("fin_de_ligne") != "facultative"
        ):
            raise PayloadRefused("intake.maybe-cut", place=warning.place)
        if self.scrutiny is not None:
            self.scrutiny.odd.append(warning)
            return
        log.warning("intake.odd", dataset=source.dataset, code=warning.code, line=warning.place.line)


def _is_zip(stream: BinaryIO) -> bool:
    """Say whether a delivery unpacks as it is read: how much of it was taken then tells nothing of its rows."""
    if not stream.seekable():
        return False
    head = stream.read(len(ZIP))
    stream.seek(0)
    return head == ZIP


def _letters(value: object) -> int:
    """Return how many letters stand in a row, at any depth."""
    match value:
        case str():
            return len(value)
        case dict():
            return sum(map(_letters, value.values()))
        case list():
            return sum(map(_letters, value))
        case _:
            return 0
