"""Times of iCalendar (RFC 5545 sections 3.3.4 to 3.3.9): dates, local and UTC times, durations, periods, zones."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from icalendar import Timezone
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from harvesters.content_lines import Component, Property

_DATE: Final = re.compile(r"\d{8}", re.ASCII)
_DATE_TIME: Final = re.compile(r"(\d{8}T\d{4})(\d{2})(Z?)", re.ASCII)
_DURATION: Final = re.compile(
    r"([+-]?)P(?:(\d{1,5})W|(?:(\d{1,6})D)?(?:T(?=\d)(?:(\d{1,7})H)?(?:(\d{1,8})M)?(?:(\d{1,9})S)?)?)", re.ASCII
)
_YEARLY: Final = re.compile(r"FREQ=YEARLY\b", re.IGNORECASE)
_LAST_SECOND: Final = 59
_YEARS: Final = range(1601, 9900)
"""Times far from either end of the calendar: they can be moved by an offset."""
_MAX_ZONES: Final = 100
_MOST_PARTS: Final = 3
"""Of an IANA name: `America/Argentina/Buenos_Aires`."""

Time = date | datetime
"""A day, a local time (naive), or an instant (aware)."""


class NotRead(ValueError):
    """Carries the code of what could not be read."""


@lru_cache(maxsize=512)
def _known(name: str) -> ZoneInfo | None:
    """Return the zone of an IANA name, or the last parts of a path that ends with one; None for no such zone."""
    parts = name.split("/")
    for key in (name, "/".join(parts[-_MOST_PARTS:]), "/".join(parts[-2:])):
        try:
            return ZoneInfo(key)
        except (ValueError, OSError, KeyError):
            continue
    return None


@dataclass(slots=True)
class Zones:
    """The zones of a payload: IANA's and Windows' names, else what its own VTIMEZONE says."""

    _own: dict[str, Component] = field(default_factory=dict)
    _made: dict[str, tzinfo | None] = field(default_factory=dict)

    def learn(self, component: Component) -> None:
        """Take a VTIMEZONE."""
        identifier = component.first("TZID")
        if identifier is not None and len(self._own) < _MAX_ZONES:
            self._own[identifier.value.strip()] = component
            self._made.pop(identifier.value.strip(), None)

    def of(self, name: str) -> tzinfo:
        """Return the zone of that name; raise `NotRead` for one that nobody defines."""
        known = _known(WINDOWS_TO_OLSON.get(name, name))
        if known is not None:
            return known
        if name not in self._made:
            self._made[name] = self._defined(name)
        zone = self._made[name]
        if zone is None:
            raise NotRead("payload.icalendar-zone")
        return zone

    def _defined(self, name: str) -> tzinfo | None:
        zone: tzinfo | None
        component = self._own.get(name)
        if component is None:
            return None
        rules = [found.value for part in component.children for found in part.properties if found.name == "RRULE"]
        if not all(_YEARLY.search(rule) for rule in rules):
            return None
        try:
            made = Timezone.from_ical("\r\n".join(_written(component)))
            zone = made.to_tz(lookup_tzid=False) if isinstance(made, Timezone) else None
        except (ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError):
            return None
        return zone


def _written(component: Component) -> Iterator[str]:
    yield f"BEGIN:{component.name}"
    yield from (f"{found.name}:{found.value}" for found in component.properties if found.name == "TZID")
    for part in component.children:
        yield f"BEGIN:{part.name}"
        yield from (f"{found.name}:{found.value.replace(' ', '')}" for found in part.properties)
        yield f"END:{part.name}"
    yield f"END:{component.name}"


def read_time(text: str, *, zone: tzinfo | None) -> Time:
    """Return a DATE or DATE-TIME; raise `NotRead` for anything else. `zone` is that of a time without Z."""
    try:
        if text[:4].isdigit() and int(text[:4]) not in _YEARS:
            raise NotRead("payload.icalendar-time")
        if _DATE.fullmatch(text):
            return datetime.strptime(text, "%Y%m%d").date()  # noqa: DTZ007 - a day has no zone
        found = _DATE_TIME.fullmatch(text)
        if found is None:
            raise NotRead("payload.icalendar-time")
        second = min(int(found[2]), _LAST_SECOND)  # 60 is a leap second
        naive = datetime.strptime(found[1], "%Y%m%dT%H%M").replace(second=second)  # noqa: DTZ007 - the zone comes next
        aware = naive.replace(tzinfo=UTC if found[3] else zone)
        aware.utcoffset()
    except (ValueError, OverflowError) as error:
        raise NotRead("payload.icalendar-time") from error
    return aware


def read_duration(text: str) -> timedelta:
    """Return a DURATION; raise `NotRead` for what is none, or lasts longer than a life."""
    found = _DURATION.fullmatch(text)
    if found is None or not any(found.groups()[1:]):
        raise NotRead("payload.icalendar-duration")
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
    length = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    if length > timedelta(days=36525):
        raise NotRead("payload.icalendar-duration")
    return -length if found[1] == "-" else length


def times_of(found: Property, zones: Zones) -> Iterator[tuple[Time, Time | None]]:
    """Yield each value of a property that holds times: its start, and its end when it is a period."""
    name = found.parameter("TZID").strip().strip('"')
    zone = zones.of(name) if name else None
    for text in found.value.split(","):
        start, slash, end = text.strip().partition("/")
        begun = read_time(start, zone=zone)
        if not slash:
            yield begun, None
            continue
        if not isinstance(begun, datetime):
            raise NotRead("payload.icalendar-time")
        yield begun, plus(begun, read_duration(end)) if "P" in end else read_time(end, zone=zone)


def plus(start: Time, length: timedelta) -> Time:
    """Return what is `length` after `start`: days by the calendar, hours by the clock (RFC 5545 3.3.6)."""
    try:
        if not isinstance(start, datetime) or start.tzinfo is None:
            return start + length
        days = timedelta(days=length.days)
        return ((start + days).astimezone(UTC) + (length - days)).astimezone(start.tzinfo)
    except (OverflowError, ValueError) as error:
        raise NotRead("payload.icalendar-duration") from error


def written(time: Time) -> str:
    """Return a time as ISO 8601: a day, a local time without offset, or an instant with its own."""
    text = time.isoformat()
    return f"{text.removesuffix('+00:00')}Z" if isinstance(time, datetime) and time.tzinfo is UTC else text
