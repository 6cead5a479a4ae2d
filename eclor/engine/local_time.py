"""Local time in the engine: one session function, cheap where the data see few clock changes.

An engine's own conversion asks its calendar for every row (DuckDB: 0.3 s of CPU a million rows); between two clock
changes it is an addition. The changes come from the zone database, so both ways say the same, which a test holds.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

PARIS: Final = ZoneInfo("Europe/Paris")
"""The one zone of the language (`fuseau` of the charter)."""

FEW: Final = 16
"""Beyond so many clock changes the engine's own calendar is asked."""

_DAY: Final = timedelta(days=1)
_SECOND: Final = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class ClockChange:
    """From this naive UTC instant on, local time is `offset` ahead."""

    instant: datetime
    offset: timedelta


def clock_changes(low: datetime, high: datetime) -> tuple[ClockChange, ...]:
    """Return the offset at `low`, then every change until `high`, both naive UTC, in order."""
    return tuple(_changes(low, high))


def _changes(low: datetime, high: datetime) -> Iterator[ClockChange]:
    at, offset = low, _offset(low)
    yield ClockChange(at, offset)
    while at < high:
        following = min(at + _DAY, high)
        if _offset(following) != offset:
            changed = _first_with_another_offset(at, following)
            offset = _offset(changed)
            yield ClockChange(changed, offset)
        at = following


def _first_with_another_offset(before: datetime, after: datetime) -> datetime:
    former = _offset(before)
    low, high = before.replace(microsecond=0), after
    while high - low > _SECOND:
        middle = low + (high - low) / 2
        middle = middle.replace(microsecond=0)
        low, high = (middle, high) if _offset(middle) == former else (low, middle)
    return high.replace(microsecond=0)


def _offset(instant: datetime) -> timedelta:
    return instant.replace(tzinfo=UTC).astimezone(PARIS).utcoffset() or timedelta(0)


def local_time(low: datetime, high: datetime) -> str | None:
    """Return local time as SQL of `instant`, a naive UTC one from `low` to `high`; none where the changes are many.

    Both engines read it. Holds clock changes only, which anybody knows; no value of a row.
    """
    if high - low > timedelta(days=366 * FEW):
        return None
    changes = clock_changes(low, high)
    if len(changes) > FEW:
        return None
    added = [f"instant + INTERVAL {int(change.offset.total_seconds())} SECOND" for change in changes]
    cases = [
        f"WHEN instant < TIMESTAMP '{change.instant:%Y-%m-%d %H:%M:%S}' THEN {before}"
        for change, before in zip(changes[1:], added, strict=False)
    ]
    return f"CASE {' '.join(cases)} ELSE {added[-1]} END" if cases else added[0]
