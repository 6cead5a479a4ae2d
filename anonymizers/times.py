"""Calendar of a release, Europe/Paris: spans (a day, an ISO week, a month…), local hours, and their labels.

Source: LANGUAGE.md section 9, "Time" and "Labels and files".
"""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from typing import Final, assert_never
from zoneinfo import ZoneInfo

PARIS: Final = ZoneInfo("Europe/Paris")

_HOUR: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)


class Grain(Enum):
    """A level of time, finest first."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Whole local days: the one of `grain` whose first day is `first`. There is no span of an hour."""

    first: date
    grain: Grain

    @property
    def label(self) -> str:
        """Return ``2026-05-04``, ``2026-W19``, ``2026-05``, ``2026-T2`` or ``2026``."""
        match self.grain:
            case Grain.HOUR | Grain.DAY:
                return self.first.isoformat()
            case Grain.WEEK:
                year, week, _ = self.first.isocalendar()
                return f"{year:04}-W{week:02}"
            case Grain.MONTH:
                return f"{self.first:%Y-%m}"
            case Grain.QUARTER:
                return f"{self.first:%Y}-T{(self.first.month + 2) // 3}"
            case Grain.YEAR:
                return f"{self.first:%Y}"
            case _:
                assert_never(self.grain)

    @property
    def after(self) -> date:
        """Return the first day that no longer belongs to it."""
        match self.grain:
            case Grain.HOUR | Grain.DAY:
                return self.first + _DAY
            case Grain.WEEK:
                return self.first + 7 * _DAY
            case Grain.MONTH:
                return _months_later(self.first, 1)
            case Grain.QUARTER:
                return _months_later(self.first, 3)
            case Grain.YEAR:
                return _months_later(self.first, 12)
            case _:
                assert_never(self.grain)

    @property
    def end(self) -> datetime:
        """Return the instant when it ends, aware, local."""
        return midnight(self.after)

    def within(self, grain: Grain) -> "Span":
        """Return the longer span that it belongs to; a week belongs to the one that holds its Thursday."""
        day = self.first + 3 * _DAY if self.grain is Grain.WEEK else self.first
        return span_holding(grain, day)

    def parts(self, grain: Grain) -> tuple["Span", ...]:
        """Return the shorter spans that belong to it, in order: for weeks, those whose Thursday it holds."""
        return tuple(self._parts(grain))

    def _parts(self, grain: Grain) -> Iterator["Span"]:
        part = span_holding(grain, self.first)
        while part.within(self.grain).first <= self.first:
            if part.within(self.grain) == self:
                yield part
            part = span_holding(grain, part.after)


def span_holding(grain: Grain, day: date) -> Span:
    """Return the span of `grain` that holds `day`."""
    match grain:
        case Grain.HOUR | Grain.DAY:
            return Span(day, Grain.DAY)
        case Grain.WEEK:
            return Span(day - day.weekday() * _DAY, grain)
        case Grain.MONTH:
            return Span(day.replace(day=1), grain)
        case Grain.QUARTER:
            return Span(day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1), grain)
        case Grain.YEAR:
            return Span(day.replace(month=1, day=1), grain)
        case _:
            assert_never(grain)


def midnight(day: date) -> datetime:
    """Return the instant when a local day begins, aware, local."""
    return datetime(day.year, day.month, day.day, tzinfo=PARIS)


def utc_midnight(day: date) -> datetime:
    """Return the naive UTC instant when a local day begins."""
    return midnight(day).astimezone(UTC).replace(tzinfo=None)


def local_day(instant: datetime) -> date:
    """Return the local day of a naive UTC instant; the last day of all holds what Paris would date after it."""
    try:
        return instant.replace(tzinfo=UTC).astimezone(PARIS).date()
    except OverflowError:
        return date.max


def hours_between(first: date, after: date) -> tuple[datetime, ...]:
    """Return the naive UTC starts of the local hours of these days: 23, 24 or 25 a day."""
    low, high = utc_midnight(first), utc_midnight(after)
    return tuple(low + index * _HOUR for index in range(int((high - low) / _HOUR)))


def hour_label(hour: datetime) -> str:
    """Return ``2026-05-04T09:00:00+02:00`` for a naive UTC start of hour, local.

    With a microsecond, the mark of `ambiguous_hour`, the label has no offset: ``2026-10-25T02:00:00``.
    """
    local = hour.replace(tzinfo=UTC).astimezone(PARIS)
    if hour.microsecond:
        return local.replace(microsecond=0, tzinfo=None).isoformat()
    return local.isoformat()


def ambiguous_hour(hour: datetime) -> datetime:
    """Return the key of the one cell for local times without offset in the doubled autumn hour.

    It is the first reading's start and one microsecond, which no start of an hour is.
    """
    return hour.replace(microsecond=1)


def doubled_hours(first: date, after: date) -> tuple[datetime, ...]:
    """Return the naive UTC starts of the first readings of the doubled hours of these days: none, or the autumn's."""
    hours = hours_between(first, after)
    return tuple(hour for hour in hours if _local(hour) == _local(hour + _HOUR))


def _local(hour: datetime) -> datetime:
    return hour.replace(tzinfo=UTC).astimezone(PARIS).replace(tzinfo=None)


_LABELS: Final = {
    Grain.HOUR: re.compile(r"(\d{4})-(\d{2})-(\d{2})T\d{2}:00:00(?:[+-]\d{2}:\d{2})?"),
    Grain.DAY: re.compile(r"(\d{4})-(\d{2})-(\d{2})"),
    Grain.WEEK: re.compile(r"(\d{4})-W(\d{2})"),
    Grain.MONTH: re.compile(r"(\d{4})-(\d{2})"),
    Grain.QUARTER: re.compile(r"(\d{4})-T([1-4])"),
    Grain.YEAR: re.compile(r"(\d{4})"),
}


def grain_of(label: str) -> Grain | None:
    """Return the level that a label of time is written at, or none for a text that is no such label."""
    return next((grain for grain, shape in _LABELS.items() if shape.fullmatch(label)), None)


def span_labelled(label: str) -> Span | None:
    """Return the span that a label names; for an hour, its day; none for a text that is no label of time."""
    grain = grain_of(label)
    found = _LABELS[grain].fullmatch(label) if grain else None
    if grain is None or found is None:
        return None
    numbers = tuple(int(part) for part in found.groups())
    return span_holding(grain, _first_day(grain, *numbers))


def _first_day(grain: Grain, year: int, part: int = 1, day: int = 1) -> date:
    match grain:
        case Grain.WEEK:
            return date.fromisocalendar(year, part, 1)
        case Grain.QUARTER:
            return date(year, part * 3 - 2, 1)
        case Grain.HOUR | Grain.DAY | Grain.MONTH | Grain.YEAR:
            return date(year, part, day)
        case _:
            assert_never(grain)


def _months_later(first: date, months: int) -> date:
    years, month = divmod(first.month - 1 + months, 12)
    year = first.year + years
    return date(year, month + 1, min(first.day, calendar.monthrange(year, month + 1)[1]))
