"""A stream's rows on their way to partitions: batches written ahead, segments sealed, what a crash left recovered.

Knows no network. A message is safe once `commit` returned; until then it is to be said again.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Final, Self, assert_never

import pyarrow as pa
import structlog

from eclor.errors import PayloadRefused, Place
from eclor.failpoints import failpoint
from harvesters import protocols, write_ahead
from harvesters.admission import Admission
from harvesters.collecting import Collector
from harvesters.compacting import compact
from harvesters.delivering import Arrival, hold, hold_latest, screen_hidden
from harvesters.intake import AllowedFields, IntakeCounts
from harvesters.latest import fitted
from harvesters.locks import if_free, waiting_for
from harvesters.parsing import PayloadProtocol, PayloadWarning, RefusedRow, Row
from harvesters.raw_store import RawStore
from harvesters.reach import MESSAGE_BYTES, MIB
from harvesters.receiving import APPEND_LOCK, READ_LOCK, Keeping
from harvesters.repeats import KeyWatch
from harvesters.source import Source
from harvesters.window import SUFFIX as WINDOW_SUFFIX
from harvesters.window import Window, identity_of
from harvesters.write_ahead import Record, Segment

SEGMENT: Final = "segment"
"""Key of the cursor: the segment whose rows the delivery holds."""
SEGMENT_ROWS: Final = 200_000
_LIVE: Final = timedelta(seconds=0.1)
_TELLING: Final = 20
"""So many readable messages refused together, and none taken, are a change of the source."""

log = structlog.get_logger()


@dataclass(slots=True)
class StreamIntake(AbstractContextManager["StreamIntake"]):
    """Takes the messages of one flow. Holds the typed rows of the open segment. Not safe between threads."""

    source: Source
    store: RawStore
    admission: Admission
    protocol: PayloadProtocol
    keeping: Keeping = Keeping.APPEND
    """`REPLACE`: a live state, of which each row is the latest of its key (`cle`) by its `instant`."""
    _window: Window = field(init=False)
    _collector: Collector = field(init=False)
    _identities: list[bytes] = field(default_factory=list)
    _records: list[Record] = field(default_factory=list)
    _counts: IntakeCounts = field(default_factory=IntakeCounts)
    """At the last commit."""
    _unreadable: int = 0
    """How many of the waiting messages are damaged, cut or too long: no map would let them in."""
    _segment: Segment | None = None
    _opened_at: datetime | None = None

    @classmethod
    def of(
        cls, source: Source, allowed: AllowedFields, *, store: RawStore, keeping: Keeping = Keeping.APPEND
    ) -> "StreamIntake":
        """Return the intake of a flow, what a crash left already sealed. Call it while `store.harvesting` holds.

        What a flow says joins what is held unless it names the `cle` and the `instant` of a state.
        """
        protocol = protocols.load(source.protocol)
        kept = keeping if source.tells_a_state else Keeping.APPEND
        intake = cls(source, store, Admission.of(source, allowed, shape=protocol.shape), protocol, kept)
        intake._recover()
        return intake

    def __post_init__(self) -> None:
        self._collector = self._new_collector()

    def _new_collector(self) -> Collector:
        return Collector(self.admission, self.store.world.clock)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        if self._segment is not None:
            self._segment.close()

    def __enter__(self) -> Self:
        return self

    @property
    def _folder(self) -> Path:
        return self.store.place(self.source.dataset, self.source.name)

    @property
    def pending(self) -> int:
        """Return how many messages wait for `commit`."""
        return len(self._identities)

    @property
    def refused(self) -> int:
        """Return how many messages of the open segment were refused."""
        return self._collector.refused

    def take(self, *, topic: str, payload: bytes) -> None:
        """Take one message: its rows wait for `commit`; one that was taken before, or cannot come in, is counted."""
        try:
            rows = self._rows(payload, topic)
        except PayloadRefused as refusal:
            self._unreadable += 1
            rows = [RefusedRow(refusal.code, refusal.place or Place(topic), refusal.facts)]
        self._enter(rows, topic=topic, payload=payload)

    def refuse(self, code: str, *, topic: str, payload: bytes) -> None:
        """Count a message that is not one; it is remembered like the others at `commit`."""
        self._enter([RefusedRow(code, Place(topic))], topic=topic, payload=payload)

    def _enter(self, rows: "list[Row | RefusedRow]", *, topic: str, payload: bytes) -> None:
        mark = self._collector.mark()
        first = next((row for row in rows if isinstance(row, dict)), None)
        identity = identity_of(self.source, first, topic=topic, payload=payload)
        self._identities.append(identity)
        if not self._window.add(identity):
            self._collector.repeat()
            return
        try:
            for row in rows:
                if isinstance(row, RefusedRow):
                    self._collector.refuse(row)
                else:
                    self._collector.take(row)
        except PayloadRefused as refusal:
            self._collector.back_to(mark)
            self._collector.refuse(RefusedRow(refusal.code, refusal.place or Place(topic), refusal.facts))

    def _rows(self, payload: bytes, topic: str) -> "list[Row | RefusedRow]":
        if len(payload) > MESSAGE_BYTES:
            raise PayloadRefused("payload.too-large", place=Place(topic), limit_mib=MESSAGE_BYTES // MIB)
        events = self.protocol.parse(payload, name=topic, options=self.source.options)
        return [event for event in events if not isinstance(event, PayloadWarning)]

    def commit(self) -> None:
        """Make the waiting messages durable.

        Refuses (`PayloadRefused`) when the source changed: twenty readable messages or more, all refused. They are then
        not safe, and will be said again once the map is right. What cannot be read is counted and let go: said again,
        it would come first for ever, and hold up what is behind it.
        """
        if not self._identities:
            return
        failpoint("stream.taken")
        identities, self._identities = tuple(self._identities), []
        readable, self._unreadable = len(identities) - self._unreadable, 0
        table, before = self._collector.batch(), self._counts
        counts = self._counts = self._collector.counts
        if readable >= _TELLING and counts.rows - before.rows == counts.refused - before.refused:
            raise self._collector.changed(name=self.source.file)
        now = self.store.world.clock.now()
        self._screen_hidden(now)
        if self._segment is None:
            self._segment, self._opened_at = Segment(self._folder, self.source.flow, self.store.world), now
        record = Record(table, identities, counts, now)
        self._segment.append(record)
        self._records.append(record)

    def _screen_hidden(self, now: datetime) -> None:
        """Mark who may no longer be shown before the message that says so is safe: a segment keeps rows alone."""
        hidden, self._collector.hidden = self._collector.hidden, {}
        if hidden:
            with waiting_for(self._folder / APPEND_LOCK):
                screen_hidden(self._folder, hidden, until=now, world=self.store.world)

    def seal_if_due(self) -> None:
        """Seal the open segment when it is long or old (the flow's `every`; a live state at once if no walk reads)."""
        if self._segment is None or self._opened_at is None:
            return
        age = abs(self.store.world.clock.now() - self._opened_at)
        many = sum(record.table.num_rows for record in self._records) >= SEGMENT_ROWS
        if many or (self.keeping is Keeping.APPEND and age >= self.source.every):
            self.seal()
        elif self.keeping is Keeping.REPLACE and age >= _LIVE:
            with ExitStack() as unread:
                if unread.enter_context(if_free(self._folder / READ_LOCK)):
                    self.seal(held=unread.close)

    def seal(self, held: Callable[[], None] | None = None) -> None:
        """Make a partition of the open segment, if there is one; `held` is called once its rows are held."""
        if self._segment is None:
            return
        segment, records = self._segment, self._records
        segment.close()
        self._hold(segment.path, records)
        if held is not None:
            held()
        self._forget(segment.path)
        self._segment, self._records = None, []
        self._collector, self._counts = self._new_collector(), IntakeCounts()
        compact(self.source, self.store)

    def _recover(self) -> None:
        """Seal what a crash left: segments that are held already are only forgotten."""
        world, flow = self.store.world, self.source.flow
        write_ahead.bury_dead(self._folder, flow, world)
        self._window = Window.kept(self._window_path, key_name=self._window_key, world=world)
        for path in write_ahead.segments(self._folder, flow):
            records = write_ahead.read_segment(path, world)
            self._window.add_all(identity for record in records for identity in record.identities)
            held = {entry.cursor.get(SEGMENT) for entry in self.store.entries(self.source) if entry.flow == flow}
            log.info("stream.recovered", dataset=self.source.dataset, records=len(records))
            if records and write_ahead.name_of(path) not in held:
                self._hold(path, [self._fitted(record) for record in records])
            self._forget(path)

    def _fitted(self, record: Record) -> Record:
        """Return a record with the columns that are let in now: the policy may have changed since it was written."""
        return replace(record, table=fitted(record.table, self._new_collector().batch().schema))

    def _hold(self, path: Path, records: Sequence[Record]) -> None:
        watch = KeyWatch.over(self.source.options, self.admission.columns)
        cursor = {SEGMENT: write_ahead.name_of(path)}
        with self.store.receiving(self.source, self.admission.columns) as receipt:
            receipt.received_from, receipt.received_to = records[0].received_at, records[-1].received_at
            arrival = Arrival(self.keeping, records[-1].counts, cursor)
            match self.keeping:
                case Keeping.APPEND:
                    for record in records:
                        receipt.add(watch.first_only(record.table))
                    hold(receipt, arrival, watch=watch, admission=self.admission, store=self.store)
                case Keeping.REPLACE:
                    told = pa.concat_tables([record.table for record in records])
                    hold_latest(receipt, arrival, told=told, admission=self.admission, store=self.store)
                case _:
                    assert_never(self.keeping)
        failpoint("stream.held")

    def _forget(self, path: Path) -> None:
        """Forget a segment whose rows are held; the identities of its messages are kept first."""
        self._window.save(self._window_path, key_name=self._window_key, world=self.store.world)
        failpoint("stream.window")
        write_ahead.forget(path, self.store.world)

    @property
    def _window_path(self) -> Path:
        return self._folder / f"{self.source.flow}{WINDOW_SUFFIX}"

    @property
    def _window_key(self) -> str:
        return f"window.{self.source.name}.{self.source.dataset}.{self.source.flow}"
