"""The door function of door 2: what is new of a flow comes in, and what is held is given."""

from contextlib import closing
from dataclasses import dataclass

import structlog

from eclor.errors import DeclarationRefused, Place
from harvesters import protocols, transport
from harvesters.admission import Admission
from harvesters.cursors import RECALL, TERMS, VALIDATORS, Cursor, memory_of, terms_of
from harvesters.delivering import Arrival, hold
from harvesters.giving_back import give_back
from harvesters.intake import AllowedFields, RawDataset
from harvesters.listening import drain
from harvesters.parsing import PayloadProtocol
from harvesters.raw_store import RawStore
from harvesters.reach import Payload, Reach
from harvesters.reading import Reading
from harvesters.receiving import Keeping
from harvesters.source import Source, key_columns

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
            _Receiving(protocol, admission, keeping, store).receive(payload, former=former, terms=terms)


@dataclass(frozen=True, slots=True)
class _Receiving:
    """Receives the deliveries of one flow into the store."""

    protocol: PayloadProtocol
    admission: Admission
    keeping: Keeping
    store: RawStore

    def receive(self, payload: Payload, *, former: Cursor, terms: str) -> None:
        """Hold a delivery, unless its bytes are those of the former one."""
        source = self.admission.source
        recall = self.protocol.recall and self.protocol.recall(former.get(RECALL))
        with self.store.receiving(source, self.admission.columns) as receipt:
            reading = Reading(self.protocol, self.admission, self.keeping, receipt, self.store.world.clock)
            for row in reading.rows(payload):
                if recall:
                    recall.see(row)
            cursor = payload.finish()
            if cursor.get("sha256") == former.get("sha256", ""):
                log.info("intake.unchanged", dataset=source.dataset, payload=payload.name)
                if any(cursor.get(name) != former.get(name) for name in VALIDATORS):
                    self.store.remember(source, {**former, **cursor})
                return
            counts = reading.settle(name=payload.name)
            cursor = {**cursor, RECALL: recall.settle(name=payload.name)} if recall else cursor
            arrival = Arrival(self.keeping, counts, {**cursor, TERMS: terms}, reading.collector.hidden)
            hold(receipt, arrival, watch=reading.watch, admission=self.admission, store=self.store)
