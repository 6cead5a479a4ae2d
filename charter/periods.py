"""Which periods a release covers: closed ones that hold rows and were never published (LANGUAGE.md section 9).

A period is the span of the policy's `periodicite`, Europe/Paris. A cell belongs to the period that holds it, an ISO
week to the one that holds its Thursday, so the rows of a period depend on the level of time.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from anonymizers.times import PARIS, Grain, Span, midnight, span_holding, utc_midnight
from charter.durations import Duration
from charter.vocabulary import FieldType
from eclor.engine.limits import Range
from eclor.names import Period

EARLIEST: Final = date(1912, 1, 1)
"""Local time in Paris was not a whole number of hours from UTC before 1911; nothing that old is a row of ours."""

_MONTHS: Final = 12
_FIRST_MONDAY: Final = date(1970, 1, 5)
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Closing:
    """When a period may be published: its end and `delay` have passed at `now`, and so has its last cell's end."""

    frequency: Grain
    delay: Duration
    now: datetime

    def due(self, period: Span, grain: Grain) -> datetime:
        """Return the instant from which a period may be published with cells of `grain`."""
        return max(self.delay.after(period.end), midnight(days_of(period, grain)[1]))

    def is_closed(self, period: Span, grain: Grain) -> bool:
        """Tell whether a period may be published."""
        return self.due(period, grain) <= self.now

    def periods(self, days: Iterable[date], grain: Grain) -> tuple[Span, ...]:
        """Return the periods of the cells of `grain` that hold these local days, in order."""
        found = {span_holding(grain, day).within(self.frequency) for day in days}
        return tuple(sorted(found, key=lambda span: span.first))


def days_of(period: Span, grain: Grain) -> tuple[date, date]:
    """Return the first local day of a period's cells and the one after their last."""
    if grain is not Grain.WEEK:
        return period.first, period.after
    weeks = period.parts(Grain.WEEK)
    return weeks[0].first, weeks[-1].after


def stored_ranges(column: str, kind: FieldType, spans: Sequence[tuple[date, date]]) -> tuple[Range, ...]:
    """Return where the rows of some spans of local days stand in the stored column, neighbours joined."""
    return tuple(_range(column, kind, low, high) for low, high in _joined(spans))


def _joined(spans: Sequence[tuple[date, date]]) -> list[tuple[date, date]]:
    joined: list[tuple[date, date]] = []
    for low, high in sorted(spans):
        if joined and low <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(high, joined[-1][1]))
        else:
            joined.append((low, high))
    return joined


def _range(column: str, kind: FieldType, low: date, high: date) -> Range:
    if kind is FieldType.DATETIME:
        return Range(column, utc_midnight(low), utc_midnight(high))
    if kind is FieldType.DATE:
        return Range(column, low, high)
    if kind is FieldType.INTEGER:
        return Range(column, low.year, high.year)
    return Range(column, str(low.year), str(high.year))


def overlaps(spans: Sequence[tuple[date, date]], others: Sequence[tuple[date, date]]) -> bool:
    """Tell whether a day stands in both."""
    return any(low < other_high and other_low < high for low, high in spans for other_low, other_high in others)


@dataclass(frozen=True, slots=True)
class Rotation:
    """One rotation of the pseudonym key: it serves the release periods that begin in its days."""

    first: date
    after: date
    label: Period


def rotation_of(day: date, rotation: Duration) -> Rotation:
    """Return the rotation that holds a day: calendar months from January, days from a Monday.

    A release period uses the key of its first day to its end, so no key turns inside a period (D604).
    """
    if rotation.months:
        index = (day.year * _MONTHS + day.month - 1) // rotation.months * rotation.months
        first, after = _month(index), _month(index + rotation.months)
    else:
        length = -(-rotation.minutes // (24 * 60))
        first = day - (day - _FIRST_MONDAY) % (length * _DAY)
        after = first + length * _DAY
    return Rotation(first, after, _rotation_label(first, after))


def _rotation_label(first: date, after: date) -> Period:
    for grain in (Grain.MONTH, Grain.QUARTER, Grain.YEAR):
        if span_holding(grain, first) == Span(first, grain) and Span(first, grain).after == after:
            return Period(Span(first, grain).label)
    return Period(first.isoformat())


def _month(index: int) -> date:
    return date(index // _MONTHS, index % _MONTHS + 1, 1)


def local_date(instant: datetime) -> date:
    """Return the local day of an aware instant."""
    return instant.astimezone(PARIS).date()
