"""When a published text says that something is: a day, a label of time (`2026-T3`), a period, an instant.

Times are microseconds UTC. A day or a label is local; it lasts from its first to its last one, and an instant is both.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final

from anonymizers.times import span_labelled
from catalog.notes import PARIS

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
_LONGEST: Final = 100
"""No time is longer, and what is longer is not kept."""
NEVER: Final = 2**62
"""Later than any instant; its opposite is earlier than any."""
Moment = tuple[int, int]
"""First and last microsecond."""


def read_moment(text: str) -> Moment | None:
    """Return when a text says, None if it says no time."""
    return None if len(text) > _LONGEST else _read(text)


@lru_cache(maxsize=8192)
def _read(text: str) -> Moment | None:
    try:
        if "/" in text:
            return _between(*text.split("/", 1))
        if "T" in text and ":" in text:
            instant = datetime.fromisoformat(text)
            place = _microseconds(instant if instant.tzinfo else instant.replace(tzinfo=UTC))
            return place, place
        span = span_labelled(text)
        return None if span is None else _days(span.first, span.after)
    except (ValueError, OverflowError):
        return None


def _between(start: str, end: str) -> Moment | None:
    """Return a period of whole days: its first day, a slash, its last."""
    first, last = span_labelled(start), span_labelled(end)
    return None if first is None or last is None else _days(first.first, last.after)


def _days(first: date, after: date) -> Moment:
    return _midnight(first), _midnight(after) - 1


def _midnight(day: date) -> int:
    return _microseconds(datetime.combine(day, time(), PARIS))


def _microseconds(instant: datetime) -> int:
    return (instant - _EPOCH) // _MICROSECOND
