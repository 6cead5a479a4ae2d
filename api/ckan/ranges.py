"""Ranges of a Solr query: `[a TO b]`, `{a TO b}`, both mixed; texts, numbers, instants and sums on `NOW`."""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

from api.ckan.index import Document
from api.ckan.wire import ActionRefused, bad_search

_RANGE: Final = re.compile(r"\s*(\S+)\s+TO\s+(\S+)\s*")
_UNIT: Final = "(YEAR|MONTH|DAY|HOUR|MINUTE|SECOND|MILLI)S?"
_SUM: Final = re.compile(rf"([+-])(\d{{1,6}}){_UNIT}|/{_UNIT}")
_DATES: Final = frozenset({"metadata_created", "metadata_modified"})
_SECONDS: Final = {"DAY": 86_400.0, "HOUR": 3_600.0, "MINUTE": 60.0, "SECOND": 1.0, "MILLI": 0.001}
_KEPT: Final = {"YEAR": 4, "MONTH": 7, "DAY": 10, "HOUR": 13, "MINUTE": 16, "SECOND": 19, "MILLI": 19}
"""How many letters of an instant's writing stand before what is rounded off."""
_REST: Final = "0000-01-01T00:00:00+00:00"
Bound = str | float | datetime


def between(field: str, text: str, now: datetime) -> Callable[[Document], bool]:
    """Return the test of a range. Refuses (409) what is not one."""
    found = _RANGE.fullmatch(text[1:-1])
    if found is None:
        raise _unreadable("a range is written [a TO b]")
    low, high = (None if end in {"*", '"*"'} else _bound(field, end.strip('"'), now) for end in found.groups())
    takes_low, takes_high = text[0] == "[", text[-1] == "]"

    def holds(value: str) -> bool:
        return _above(value, low, takes=takes_low) and _below(value, high, takes=takes_high)

    return lambda document: any(holds(one) for one in document.get(field, ()))


def instant(text: str, now: datetime) -> datetime:
    """Return the instant that a text tells: ISO 8601 in UTC, or a sum on `NOW`. Refuses (409) another."""
    base, rest = (now, text[3:]) if text.startswith("NOW") else _dated(text)
    return _summed(base, rest)


def _bound(field: str, text: str, now: datetime) -> Bound:
    if field in _DATES or text.startswith("NOW"):
        return instant(text, now)
    number = _number(text)
    return text if number is None else number


def _number(text: str) -> float | None:
    return float(text) if re.fullmatch(r"-?\d{1,15}(\.\d{1,15})?", text) else None


def _above(value: str, low: Bound | None, *, takes: bool) -> bool:
    if low is None:
        return True
    order = _order(value, low)
    return order is not None and (order > 0 or (takes and order == 0))


def _below(value: str, high: Bound | None, *, takes: bool) -> bool:
    if high is None:
        return True
    order = _order(value, high)
    return order is not None and (order < 0 or (takes and order == 0))


def _order(value: str, bound: Bound) -> int | None:
    """Return whether a value comes before (-1), with (0) or after (1) a bound; None if it is of another kind."""
    own: Bound | None
    match bound:
        case datetime():
            own = _read(value)
        case float():
            own = _number(value)
        case _:
            own = value
    if own is None:
        return None
    return (own > bound) - (own < bound)  # type: ignore[operator]


def _read(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found


def _dated(text: str) -> tuple[datetime, str]:
    """Return the instant at the head of a text, and the sum behind it."""
    head, mark, rest = text.partition("Z")
    found = _read(head)
    if found is None:
        raise _unreadable("an instant is written 2026-01-31T00:00:00Z or NOW-7DAYS")
    return found, rest if mark else ""


def _summed(base: datetime, rest: str) -> datetime:
    place = 0
    while place < len(rest):
        step = _SUM.match(rest, place)
        if step is None:
            raise _unreadable("an instant is written 2026-01-31T00:00:00Z or NOW-7DAYS")
        base, place = _stepped(base, step), step.end()
    return base


def _stepped(base: datetime, step: "re.Match[str]") -> datetime:
    sign, amount, unit, rounded = step.groups()
    if rounded:
        return datetime.fromisoformat(base.isoformat()[: _KEPT[rounded]] + _REST[_KEPT[rounded] :])
    number = int(amount) * (1 if sign == "+" else -1)
    try:
        if unit in _SECONDS:
            return base + timedelta(seconds=number * _SECONDS[unit])
        months = base.year * 12 + base.month - 1 + number * (12 if unit == "YEAR" else 1)
        year, month = months // 12, months % 12 + 1
        return base.replace(year=year, month=month, day=min(base.day, monthrange(year, month)[1]))
    except (OverflowError, ValueError) as error:
        raise _unreadable("an instant is out of the calendar") from error


def _unreadable(why: str) -> ActionRefused:
    return bad_search(f"'{why}'")
