"""Small partitions of a stream become one a day: thousands of files would make every reading slow.

Nothing is lost or shown twice: the merged delivery and the disappearance of those it absorbs are one rename.
"""

from collections import defaultdict
from datetime import date
from typing import Final

from harvesters import index
from harvesters.intake import total
from harvesters.locks import waiting_for
from harvesters.raw_store import RawStore
from harvesters.receiving import APPEND_LOCK, Keeping
from harvesters.source import Source

_MOST_TODAY: Final = 60
"""Partitions of the day that goes on; those of earlier days (UTC, by arrival) are merged as soon as there are two."""


def compact(source: Source, store: RawStore) -> None:
    """Merge the flow's partitions where there are too many. Holds one partition at a time."""
    today = store.world.clock.now().date()
    for day, entries in _by_day(store.entries(source), flow=source.flow).items():
        if len(entries) >= (_MOST_TODAY if day >= today else 2):
            _merge(source, entries, store)


def _by_day(entries: list[index.Entry], *, flow: str) -> dict[date, list[index.Entry]]:
    days: dict[date, list[index.Entry]] = defaultdict(list)
    for entry in index.held(entries):
        if entry.flow == flow:
            days[entry.delivery.received_at.date()].append(entry)
    return {day: found for day, found in days.items() if len({entry.delivery.columns for entry in found}) == 1}


def _merge(source: Source, entries: list[index.Entry], store: RawStore) -> None:
    columns = entries[0].delivery.columns
    partitions = [partition for entry in entries for partition in entry.delivery.partitions]
    place = store.place(source.dataset, source.name)
    with waiting_for(place / APPEND_LOCK), store.receiving(source, columns) as receipt:
        still = {partition for entry in store.entries(source) for partition in entry.delivery.partitions}
        if not still.issuperset(partitions):
            return  # retention was faster
        received_at = entries[-1].delivery.received_at
        receipt.received_from = min((partition.received_from for partition in partitions), default=received_at)
        receipt.received_to = max((partition.received_to for partition in partitions), default=received_at)
        for partition in partitions:
            receipt.add(store.table(source.dataset, source.name, partition))
        receipt.commit(
            keeping=Keeping.APPEND,
            counts=total([entry.delivery.counts for entry in entries]),
            cursor=entries[-1].cursor,
            absorbs=tuple(entry.sequence for entry in entries),
        )
