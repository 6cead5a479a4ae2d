"""The demonstration's clock, and the local calendar."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from time import monotonic
from zoneinfo import ZoneInfo

WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")


@dataclass(frozen=True, slots=True)
class RunningClock:
    """A clock that was set at `instant` when the machine's monotonic counter showed `mark`, and runs since.

    The counter is the machine's, so that another process with both values has the same clock.
    """

    instant: datetime
    mark: float

    def now(self) -> datetime:
        """Return the present instant in UTC."""
        return self.instant + timedelta(seconds=monotonic() - self.mark)


def started_at(instant: datetime) -> RunningClock:
    """Start a clock at an aware instant."""
    return RunningClock(instant.astimezone(UTC), monotonic())


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """Return the first instant of a local day, in UTC."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def written_utc(instant: datetime) -> str:
    """Write an instant as most systems do: UTC, to the second, with a Z."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def hours(day: date, zone: ZoneInfo) -> tuple[datetime, ...]:
    """List the hours of a local day, in UTC: 23 or 25 where the clocks change."""
    first, after = midnight(day, zone), midnight(day + timedelta(days=1), zone)
    return tuple(first + timedelta(hours=hour) for hour in range(int((after - first).total_seconds()) // 3600))


def local_day(instant: datetime, zone: ZoneInfo) -> date:
    """Return the local day of an instant."""
    return instant.astimezone(zone).date()


def days(first: date, last: date) -> tuple[date, ...]:
    """List the days from `first` to `last`, both included."""
    return tuple(first + timedelta(days=n) for n in range((last - first).days + 1))


def first_of_last_closed_month(now: datetime, zone: ZoneInfo, *, delay_days: int) -> date:
    """Return the first day of the newest month that ended at least `delay_days` before `now`."""
    ended = local_day(now, zone) - timedelta(days=delay_days)
    return (ended.replace(day=1) - timedelta(days=1)).replace(day=1)


def exported_day(started: datetime, now: datetime, zone: ZoneInfo) -> date:
    """Return the local day that the lighting platform's export holds at `now`.

    At the start, the newest day that may be published (the day before yesterday); after an hour, yesterday, so that
    no day is missing when it closes; then, each day from noon, the day before.
    """
    today = local_day(now, zone)
    if now < started + timedelta(hours=1):
        return local_day(started, zone) - timedelta(days=2)
    if today == local_day(started, zone) or now.astimezone(zone).time() >= time(12):
        return today - timedelta(days=1)
    return today - timedelta(days=2)
