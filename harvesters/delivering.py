"""The last step of every delivery: rows that are held already are left out, the others are held, at once."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import structlog

from eclor.world import World
from harvesters import index
from harvesters.admission import Admission
from harvesters.cursors import Cursor
from harvesters.intake import IntakeCounts, total
from harvesters.latest import fitted, latest
from harvesters.locks import waiting_for
from harvesters.raw_store import RawStore
from harvesters.receiving import APPEND_LOCK, Keeping, Receipt
from harvesters.repeats import KeyWatch
from harvesters.screening import screen_out
from harvesters.source import Source, key_columns

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Arrival:
    """What a delivery is, once it is read whole."""

    keeping: Keeping
    counts: IntakeCounts
    cursor: Cursor
    hidden: Mapping[str, Collection[str]] = field(default_factory=dict)
    """Who its source no longer lets be shown, by the column that names them."""


def hold(receipt: Receipt, arrival: Arrival, *, watch: KeyWatch, admission: Admission, store: RawStore) -> None:
    """Commit a delivery that is read whole; of increments with a key, only the rows that no partition holds yet."""
    source = admission.source
    counts = replace(arrival.counts, repeated=arrival.counts.repeated + watch.twice)
    with waiting_for(receipt.folder / APPEND_LOCK):
        if arrival.keeping is Keeping.APPEND:
            counts = replace(counts, repeated=counts.repeated + _without_held(receipt, watch, source, store))
        screen_hidden(receipt.folder, arrival.hidden, until=receipt.received_to, world=receipt.world)
        receipt.commit(keeping=arrival.keeping, counts=counts, cursor=arrival.cursor)
    _say(source, counts)


def screen_hidden(folder: Path, hidden: Mapping[str, Collection[str]], *, until: datetime, world: World) -> None:
    """Mark, by the column that names them, who may no longer be shown since an instant. Under the append lock."""
    for column, units in hidden.items():
        screen_out(folder, (column,), units, until=until, world=world)


def hold_latest(receipt: Receipt, arrival: Arrival, *, told: pa.Table, admission: Admission, store: RawStore) -> None:
    """Commit what was told of a live state over what is held of it: of each key the latest row.

    What was counted is added up until its source is asked for all of it again: a row that was refused must not be
    forgotten a tenth of a second later.
    """
    source = admission.source
    key, instant = key_columns(source.options), source.options["instant"]
    with waiting_for(receipt.folder / APPEND_LOCK):
        entries = [entry for entry in index.held(store.entries(source)) if entry.flow == source.flow]
        partitions = [partition for entry in entries for partition in entry.delivery.partitions]
        held = [fitted(store.table(source.dataset, source.name, one), told.schema) for one in partitions]
        receipt.received_from = min([receipt.received_from, *(one.received_from for one in partitions)])
        receipt.add(latest(pa.concat_tables([*held, told]), key=key, instant=instant))
        counts = total([*(entry.delivery.counts for entry in entries), arrival.counts])
        receipt.commit(keeping=arrival.keeping, counts=counts, cursor=arrival.cursor)
    _say(source, arrival.counts)


def _say(source: Source, counts: IntakeCounts) -> None:
    log.info(
        "intake.held",
        dataset=source.dataset,
        flow=source.flow,
        rows=counts.rows,
        refused=counts.refused,
        left_out=counts.left_out,
        quarantined=counts.quarantined,
        repeated=counts.repeated,
        unmapped=list(counts.unmapped),
    )


def _without_held(receipt: Receipt, watch: KeyWatch, source: Source, store: RawStore) -> int:
    """Drop from the receipt the rows whose key a held partition has; return how many."""
    if not watch.seen or not store.has(source.dataset, source.name):
        return 0
    held = store.held(source.dataset, source.name, received_since=watch.received_since)
    repeated = watch.repeated_in(store.tables(held, watch.key, within=watch.span))
    return receipt.sift(lambda table: watch.without(table, repeated)) if repeated else 0
