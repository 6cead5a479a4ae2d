"""The door function of door 2: what is new of a flow comes in, and what is held is given."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import BinaryIO

import pyarrow as pa
import structlog

from eclor.errors import DeclarationRefused, PayloadRefused, Place
from harvesters import protocols, transport
from harvesters.admission import Admission
from harvesters.archives import ZIP
from harvesters.collecting import BATCH_BYTES, BATCH_ROWS, Collector
from harvesters.cursors import RECALL, TERMS, VALIDATORS, Cursor, memory_of, terms_of
from harvesters.delivering import Arrival, hold
from harvesters.giving_back import give_back
from harvesters.intake import AllowedFields, RawDataset
from harvesters.listening import drain
from harvesters.parsing import Columns, Event, PayloadProtocol, PayloadWarning, RefusedRow, Row, Shape
from harvesters.raw_store import RawStore
from harvesters.reach import Payload, Reach
from harvesters.receiving import Keeping, Receipt
from harvesters.repeats import KeyWatch, refuse_twice
from harvesters.source import Source, key_columns

_NO_FINAL_LINE_END = "payload.no-final-line-end"

log = structlog.get_logger()


def harvest(source: Source, allowed: AllowedFields, *, keeping: Keeping, store: RawStore, reach: Reach) -> RawDataset:
    """Fetch what is new of a flow, store what the policy lets in, and return all the dataset's rows that are held.

    Nothing new writes nothing. Refuses (`SourceUnavailable`, `PayloadRefused`, `DeclarationRefused`, `Busy`) and then
    holds what it held; deliveries that were whole before the one refused stay.
    """
    access = transport.load(source.access)
    if access.fetch is None:
        drain(source, allowed, keeping=keeping, store=store, reach=reach)
    else:
        with store.harvesting(source):
            fetch_new(source, allowed, keeping=keeping, store=store, reach=reach)
    return store.held(source.dataset, source.name)


def fetch_new(source: Source, allowed: AllowedFields, *, keeping: Keeping, store: RawStore, reach: Reach) -> None:
    """Fetch what is new of a flow that can be asked, and hold it. Call it while `store.harvesting` holds."""
    access = transport.load(source.access)
    if access.fetch is None:
        message = f"{source.access} is listened to"
        raise TypeError(message)
    if keeping is Keeping.APPEND and access.needs_key and not key_columns(source.options):
        raise DeclarationRefused("intake.append-needs-key", place=Place(source.file), dataset=source.dataset)
    protocol = protocols.load(source.protocol)
    admission = Admission.of(source, allowed, shape=protocol.shape)
    terms = terms_of(source, allowed)
    memory = memory_of(store.cursor(source), terms=terms, increments=keeping is Keeping.APPEND)
    former = memory.cursor if memory.same_terms else {}
    give_back()
    fetched = access.fetch(source, wanted=admission.wanted, memory=memory, reach=reach)
    with closing(fetched):  # a refusal ends the visit at once, whoever still looks at it
        for payload in fetched:
            _Reading(protocol, admission, keeping, store).receive(payload, former=former, terms=terms)


@dataclass(frozen=True, slots=True)
class _Reading:
    """Reads one delivery through the flow's parser into the store."""

    protocol: PayloadProtocol
    admission: Admission
    keeping: Keeping
    store: RawStore

    def receive(self, payload: Payload, *, former: Cursor, terms: str) -> None:
        """Hold a delivery, unless its bytes are those of the former one."""
        source, collector = self.admission.source, Collector(self.admission)
        watch = KeyWatch.over(source.options, self.admission.columns)
        recall = self.protocol.recall and self.protocol.recall(former.get(RECALL))
        with self.store.receiving(source, self.admission.columns) as receipt:
            for row in self._read(payload, collector=collector, watch=watch, receipt=receipt):
                if recall:
                    recall.see(row)
            cursor = payload.finish()
            if cursor.get("sha256") == former.get("sha256", ""):
                log.info("intake.unchanged", dataset=source.dataset, payload=payload.name)
                if any(cursor.get(name) != former.get(name) for name in VALIDATORS):
                    self.store.remember(source, {**former, **cursor})
                return
            counts = collector.settle(name=payload.name)
            refuse_twice(watch, shape=self.protocol.shape, name=payload.name)
            if self._is_state and watch.twice:
                receipt.sift(watch.newest_only)
            cursor = {**cursor, RECALL: recall.settle(name=payload.name)} if recall else cursor
            arrival = Arrival(self.keeping, counts, {**cursor, TERMS: terms}, collector.hidden)
            hold(receipt, arrival, watch=watch, admission=self.admission, store=self.store)

    def _read(self, payload: Payload, *, collector: Collector, watch: KeyWatch, receipt: Receipt) -> Iterator[Row]:
        """Read the delivery into the receipt; yield each row as the parser gave it, before it is taken."""
        taken = before = 0
        is_zip = _is_zip(payload.stream)
        for event in self._events(payload):
            match event:
                case RefusedRow():
                    collector.refuse(event)
                case PayloadWarning():
                    self._warned(event)
                case Columns():
                    self._add(collector.batch_of(event), watch=watch, receipt=receipt)
                case _:
                    yield event
                    collector.take(event)
                    taken = taken + _letters(event) if is_zip else payload.taken()
                    if collector.pending >= BATCH_ROWS or taken - before >= BATCH_BYTES:
                        before = taken
                        self._add(collector.batch(), watch=watch, receipt=receipt)
        self._add(collector.batch(), watch=watch, receipt=receipt)

    def _add(self, table: pa.Table, *, watch: KeyWatch, receipt: Receipt) -> None:
        """Take a batch into the receipt; of a state all of it, until its latest rows are known."""
        if self._is_state:
            watch.note_all(table, left_out=receipt.leaves_out(table))
            receipt.add(table)
        else:
            receipt.add(watch.first_only(table))

    @property
    def _is_state(self) -> bool:
        """Say whether a key that comes twice is one that changed meanwhile: a whole, read a page at a time."""
        return self.keeping is Keeping.REPLACE and self.protocol.shape is Shape.NESTED

    def _events(self, payload: Payload) -> Iterator[Event | Columns]:
        options, parse = self.admission.source.options, self.protocol.columns or self.protocol.parse
        for part in payload.parts():
            yield from parse(part.stream, name=part.name, options=options)

    def _warned(self, warning: PayloadWarning) -> None:
        source = self.admission.source
        if (
            warning.code == _NO_FINAL_LINE_END
            and self.protocol.shape is Shape.TABLE
            and source.options.get("fin_de_ligne") != "facultative"
        ):
            raise PayloadRefused("intake.maybe-cut", place=warning.place)
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
