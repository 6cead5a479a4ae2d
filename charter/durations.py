"""Durations of the language: read, added, compared on the safe side, added to days (LANGUAGE.md section 2)."""

import calendar
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from charter.vocabulary import DURATION_UNITS, Frequency

_DAY: Final = 24 * 60


@dataclass(frozen=True, slots=True)
class Duration:
    """Calendar months and exact minutes, both counted; a year is twelve months, a day twenty-four hours."""

    months: int
    minutes: int

    @classmethod
    def parse(cls, text: str) -> "Duration":
        """Read ``N unité``; the shape of the text was checked by the model."""
        number, unit = text.split(" ")
        months, minutes = DURATION_UNITS[unit]
        return cls(int(number) * months, int(number) * minutes)

    def __add__(self, other: "Duration") -> "Duration":
        return Duration(self.months + other.months, self.minutes + other.minutes)

    def fits_in(self, other: "Duration") -> bool:
        """Tell whether this is at most `other`: exact within one kind of unit, on the safe side across.

        Across, the longest reading of this (31 days a month, 366 a year) against the shortest of `other` (28, 365).
        """
        if not self.months and not other.months:
            return self.minutes <= other.minutes
        if not self.minutes and not other.minutes:
            return self.months <= other.months
        return _minutes(self, year=366, month=31) <= _minutes(other, year=365, month=28)

    def after_day(self, day: date) -> date:
        """Return the day that comes this long after `day`, clipped to the month's last day; a part of a day counts."""
        begun = _plus_months(day, self.months)
        days = -(-self.minutes // _DAY)
        return begun + timedelta(days=min(days, (date.max - begun).days))

    def before_day(self, day: date) -> date:
        """Return the day that comes this long before `day`, clipped to the month's last day; a part of a day counts."""
        begun = _plus_months(day, -self.months)
        days = -(-self.minutes // _DAY)
        return begun - timedelta(days=min(days, (begun - date.min).days))

    def after(self, instant: datetime) -> datetime:
        """Return the instant that comes this long after, by the calendar and the clock of its own time zone."""
        day = _plus_months(instant.date(), self.months)
        return instant.replace(year=day.year, month=day.month, day=day.day) + timedelta(minutes=self.minutes)


def _minutes(duration: Duration, *, year: int, month: int) -> int:
    years, months = divmod(duration.months, 12)
    return (years * year + months * month) * _DAY + duration.minutes


def _plus_months(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    if year > date.max.year:
        return date.max
    if year < date.min.year:
        return date.min
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


_PERIODS: Final = {
    Frequency.DAY: Duration(0, _DAY),
    Frequency.WEEK: Duration(0, 7 * _DAY),
    Frequency.MONTH: Duration(1, 0),
    Frequency.QUARTER: Duration(3, 0),
    Frequency.YEAR: Duration(12, 0),
}


def period_length(frequency: Frequency) -> Duration | None:
    """Return the length of a calendar release, or none for a delivery and a live state, which have none."""
    return _PERIODS.get(frequency)
