"""Instants of a delivery: an offset is converted, a time without one is local (LANGUAGE.md section 9, "Time")."""

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

PARIS: Final = ZoneInfo("Europe/Paris")

_INSTANT: Final = re.compile(
    r"(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2})(:\d{2})?(?:[.,](\d{1,9}))?(?: ?(Z|z|[+-]\d{2}(?::?\d{2})?))?", re.ASCII
)
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_HOUR: Final = timedelta(hours=1)
_ZERO: Final = timedelta(0)


@dataclass(frozen=True, slots=True)
class Instant:
    """A naive UTC instant; `ambiguous` when a local time without offset was one of the doubled autumn hour.

    It is then that of the first, summer, reading.
    """

    utc: datetime
    ambiguous: bool
    local: bool = field(default=False, compare=False)
    """Whether it was written without its offset."""


class NoSuchTime(ValueError):
    """A local time inside the spring gap: the row is set apart and counted."""


def read_instant(text: str) -> Instant:
    """Return the instant of an ISO 8601 text, seconds and offset optional; raise `ValueError` for anything else.

    Raises `NoSuchTime` for a local time that the clocks skip.
    """
    found = _INSTANT.fullmatch(text)
    if found is None:
        message = "no ISO 8601 instant"
        raise ValueError(message)
    day, clock, seconds, fraction, offset = found.groups()
    naive = datetime.fromisoformat(f"{day}T{clock}{seconds or ':00'}.{(fraction or '0')[:6]:0<6}")
    try:
        return local_instant(naive) if offset is None else Instant(naive - _offset(offset), ambiguous=False)
    except OverflowError as error:
        message = "an instant off the calendar"
        raise ValueError(message) from error


def _offset(text: str) -> timedelta:
    if text in {"Z", "z"}:
        return _ZERO
    hours, minutes = int(text[1:3]), int(text[-2:]) if len(text) > len("+00") else 0
    if hours > 23 or minutes > 59:  # noqa: PLR2004 - a clock's bounds
        message = "no such offset"
        raise ValueError(message)
    offset = timedelta(hours=hours, minutes=minutes)
    return -offset if text[0] == "-" else offset


def aware_instant(instant: datetime) -> Instant:
    """Return the instant of a `datetime`: converted when it knows its zone, local when it does not."""
    if instant.tzinfo is None:
        return local_instant(instant)
    return Instant(instant.astimezone(UTC).replace(tzinfo=None), ambiguous=False)


def local_instant(naive: datetime) -> Instant:
    """Return the instant of a local clock time; raise `NoSuchTime` inside the spring gap."""
    first, second = _readings(naive.replace(minute=0, second=0, microsecond=0))
    if first < second:
        raise NoSuchTime
    return Instant(naive - first, ambiguous=first > second, local=True)


@lru_cache(maxsize=4096)
def _readings(hour: datetime) -> tuple[timedelta, timedelta]:
    """Return the UTC offsets of both readings of a local hour; clocks change at whole hours."""
    first, second = (hour.replace(tzinfo=PARIS, fold=fold).utcoffset() or _ZERO for fold in (0, 1))
    return first, second


def read_date(text: str) -> date:
    """Return the day of an AAAA-MM-JJ text; raise `ValueError` for anything else."""
    if _DATE.fullmatch(text) is None:
        message = "no AAAA-MM-JJ date"
        raise ValueError(message)
    return date.fromisoformat(text)
