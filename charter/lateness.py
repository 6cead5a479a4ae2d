"""Rows that came after the release of their period, and when the first row of a period dies.

Only the stored files that came since are looked into, and only their column of time.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from anonymizers.times import local_day
from charter.dimensions import Dimension
from charter.durations import Duration
from charter.ledger.records import Days, Seen
from charter.run import Run
from charter.vocabulary import FieldType
from eclor.engine.statistics import extremes
from harvesters.intake import Partition


def seen_now(run: Run) -> Seen:
    """Return which rows this run knows, for the next one to tell those that came later."""
    partitions = run.held.raw.partitions
    until = max((partition.received_to for partition in partitions), default=run.held.raw.received_at)
    return Seen(until, tuple(one.stands_for for one in partitions if one.received_to == until))


def late_rows(run: Run, time: Dimension, released: Mapping[Days, Seen]) -> dict[Days, int]:
    """Return how many rows came for some published periods after what their release had seen; none is left out."""
    counted: Counter[Days] = Counter()
    for partition, file in zip(run.held.raw.partitions, run.held.files, strict=False):
        concerned = [days for days, seen in released.items() if _is_new(partition, seen)]
        if concerned:
            counted.update(_rows_within(file, time, concerned))
    return {days: rows for days, rows in counted.items() if rows}


def files_since(run: Run, seen: Seen) -> tuple[Path, ...] | None:
    """Return the stored files that came after what a release had seen; none where a file is not one partition."""
    partitions, files = run.held.raw.partitions, run.held.files
    if len(partitions) != len(files):
        return None
    return tuple(file for partition, file in zip(partitions, files, strict=True) if _is_new(partition, seen))


def _is_new(partition: Partition, seen: Seen) -> bool:
    return partition.received_to >= seen.until and partition.stands_for not in seen.partitions


def _rows_within(file: Path, time: Dimension, periods: Iterable[Days]) -> Counter[Days]:
    found: Counter[Days] = Counter()
    for day, rows in _rows_by_day(file, time):
        found.update({days: rows for days in periods if days[0] <= day < days[1]})
    return found


def _rows_by_day(file: Path, time: Dimension) -> list[tuple[date, int]]:
    column = pq.read_table(file, columns=[time.name])[time.name]
    if pa.types.is_timestamp(column.type):
        column = pc.floor_temporal(column, unit="hour")
    counts = pc.value_counts(column)
    return [
        (_day(value), int(rows))
        for value, rows in zip(counts.field(0).to_pylist(), counts.field(1).to_pylist(), strict=True)
        if value is not None
    ]


def _day(value: datetime | date | int | str) -> date:
    if isinstance(value, datetime):
        return local_day(value)
    return value if isinstance(value, date) else date(int(value), 1, 1)


def destroyed_on(run: Run, time: Dimension | None, days: Days | None) -> datetime:
    """Return when the first row that may be of a period dies: what is kept of who is in it dies then too.

    By the least and greatest time that each stored file says it holds, so a little early at most, never late.
    """
    received = [
        partition.received_from
        for partition, file in zip(run.held.raw.partitions, run.held.files, strict=False)
        if time is None or days is None or _could_hold(file, time, days)
    ]
    first = min(received, default=run.held.raw.received_at)
    return Duration.parse(run.plan.policy.retention.raw_store).after(first)


def _could_hold(file: Path, time: Dimension, days: Days) -> bool:
    if time.field.type not in {FieldType.DATE, FieldType.DATETIME}:
        return True
    ends = extremes((file,), time.name)
    return ends is None or any(_day(low) < days[1] and _day(high) >= days[0] for low, high in ends)
