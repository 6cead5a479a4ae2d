"""The occurrences of a recurrence rule inside a window (RFC 5545 section 3.3.10), bounded in number and in work."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from dateutil.rrule import DAILY, MONTHLY, WEEKLY, YEARLY, rrule, rrulestr

from harvesters.calendar_times import NotRead, Time, read_time
from harvesters.times import PARIS

if TYPE_CHECKING:
    from datetime import tzinfo

_BARREN: Final = 20_000
"""What a rule that never matches costs of the budget: about as long as so many occurrences."""
_FREQUENCIES: Final = (YEARLY, MONTHLY, WEEKLY, DAILY)
_LATE: Final = 7_200
"""The calendar comes back every 400 years. A rule is run this much later, so that one that never matches soon meets
the end of the calendar."""


@dataclass(frozen=True, slots=True)
class Window:
    """Instants between which occurrences are wanted: from `start` on, before `end`."""

    start: datetime
    end: datetime

    def meets(self, start: Time, end: Time) -> bool:
        """Say whether what lasts from `start` to `end` is in the window for a moment, or begins in it."""
        begun, ended = instant(start), instant(end)
        return begun < self.end and (ended > self.start or begun >= self.start)


@dataclass(slots=True)
class Budget:
    """How many occurrences may still be looked at, over a whole payload."""

    left: int = 1_000_000

    def spend(self, count: int) -> None:
        """Take some; raise `NotRead` when none are left."""
        self.left -= count
        if self.left < 0:
            raise NotRead("payload.icalendar-too-many")


def instant(moment: Time) -> datetime:
    """Return the UTC instant of a time; local times and the beginning of days are those of the territory."""
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time())
    return (moment if moment.tzinfo else moment.replace(tzinfo=PARIS)).astimezone(UTC)


def occurrences(rule: str, *, start: Time, length: timedelta, window: Window, budget: Budget) -> Iterator[Time]:
    """Yield when each occurrence that may meet the window begins, `start` first, in its own zone.

    Raises `NotRead` for a rule that cannot be read, that repeats more often than each day, that never matches, or
    when the budget is spent.
    """
    if instant(start) >= window.end:
        return
    zone = start.tzinfo if isinstance(start, datetime) else None
    naive = clock(start)
    last = clock(window.end.astimezone(zone or PARIS))
    first = clock(window.start.astimezone(zone or PARIS)) - abs(length) - timedelta(days=1)
    for found in _run(rule, naive, zone=zone, last=last, budget=budget):
        budget.spend(1)
        if found >= first:
            yield like(start, found)


def clock(moment: Time) -> datetime:
    """Return what the clock shows; of a day, its beginning."""
    if isinstance(moment, datetime):
        return moment.replace(tzinfo=None)
    return datetime.combine(moment, time())


def like(start: Time, found: datetime) -> Time:
    """Return what the clock shows as a time in the zone of another, or as a day if that is one."""
    return found.replace(tzinfo=start.tzinfo) if isinstance(start, datetime) else found.date()


def _run(text: str, start: datetime, *, zone: "tzinfo | None", last: datetime, budget: Budget) -> Iterator[datetime]:
    parts = {key.strip().upper(): value for key, _, value in (part.partition("=") for part in text.split(";")) if key}
    until = _until(parts.pop("UNTIL", ""), zone=zone)
    limit = last if until is None else min(until, last)
    years = _LATE if start.year + _LATE < date.max.year else 0
    try:
        rule = rrulestr(
            ";".join(f"{key}={value.replace(' ', '')}" for key, value in parts.items()),
            dtstart=start.replace(year=start.year + years),
        )
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError) as error:
        raise NotRead("payload.icalendar-rule") from error
    if not isinstance(rule, rrule) or rule._freq not in _FREQUENCIES or rule._interval < 1:  # noqa: SLF001 - they have
        raise NotRead("payload.icalendar-rule")  # no other names
    yield start
    met = False
    for found in rule:
        met = True
        try:
            back = found.replace(year=found.year - years)
        except ValueError as error:
            raise NotRead("payload.icalendar-rule") from error
        if back > limit:
            return
        if back != start:
            yield back
    if not met:
        budget.spend(_BARREN)
        raise NotRead("payload.icalendar-rule")


def _until(text: str, *, zone: "tzinfo | None") -> datetime | None:
    if not text:
        return None
    until = read_time(text.strip(), zone=None)
    if not isinstance(until, datetime):
        return datetime.combine(until, time.max)
    return until.astimezone(zone or PARIS).replace(tzinfo=None) if until.tzinfo else until
