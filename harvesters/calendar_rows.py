"""Components of iCalendar to rows: what RFC 5545 and RFC 7953 name, under its name in small letters."""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from harvesters.calendar_times import NotRead, Time, Zones, plus, read_duration, times_of, written
from harvesters.content_lines import Component, Property
from harvesters.coordinates import plain
from harvesters.geometry import is_sound
from harvesters.parsing import Row

ROWS: Final = ("VEVENT", "VFREEBUSY", "VAVAILABILITY")
_PIECES: Final = re.compile(r"(?:[^\\,]|\\.)+", re.DOTALL)
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)
_INSTANTS: Final = ("DTSTAMP", "CREATED", "LAST-MODIFIED")
_LISTED: Final = ("CATEGORIES", "RESOURCES")
_SEVERAL: Final = ("ATTENDEE", "COMMENT", "CONTACT", "ATTACH", "RELATED-TO", "REQUEST-STATUS")
"""Properties that may stand several times: a list, however few they are."""
_READ: Final = frozenset({"UID", "DTSTART", "DTEND", "DURATION", "RECURRENCE-ID", "RRULE", "RDATE", "EXDATE",
                          "FREEBUSY", *_INSTANTS})  # fmt: skip
_GEO: Final = re.compile(r"\s*([+-]?\d{1,3}(?:\.\d{1,20})?)\s*;\s*([+-]?\d{1,3}(?:\.\d{1,20})?)\s*", re.ASCII)
_DAY: Final = timedelta(days=1)
_ONWARDS: Final = "THISANDFUTURE"


@dataclass(slots=True)
class Entry:
    """A row, and the times that it was written from."""

    row: Row
    start: Time | None
    end: Time | None
    identifier: str = ""
    size: int = 0
    """Of the component, in bytes."""
    replaces: Time | None = None
    """The occurrence that this event stands for."""
    onwards: bool = False
    """It stands for all the later ones too."""
    rules: list[str] = field(default_factory=list)
    added: list[tuple[Time, Time | None]] = field(default_factory=list)
    left_out: list[Time] = field(default_factory=list)
    busy: list[tuple[Time, Time, str]] = field(default_factory=list)
    available: list["Entry"] = field(default_factory=list)


def entry_of(component: Component, zones: Zones) -> Entry:
    """Return the row of a component; raise `NotRead` where a time, a duration or a line of it cannot be read."""
    if component.unreadable:
        raise NotRead("payload.icalendar-line")
    entry = _timed(component, zones)
    if entry.row["uid"] is None and entry.start is None:
        raise NotRead("payload.icalendar-empty")
    row = _others(component) | {"kind": component.name} | entry.row
    row["position"] = _position(row.get("geo"))
    for name in _INSTANTS:
        row[_key(name)] = _written(_one(component, name, zones))
    match component.name:
        case "VEVENT":
            row["busy"] = row.get("transp") != "TRANSPARENT" and row.get("status") != "CANCELLED"
        case "VFREEBUSY":
            entry.busy = _busy(component, zones)
            row["freebusy"] = [
                {"start": written(start), "end": written(end), "fbtype": kind} for start, end, kind in entry.busy
            ]
        case "VAVAILABILITY":
            entry.available = [entry_of(part, zones) for part in component.children if part.name == "AVAILABLE"]
            row["available"] = [part.row for part in entry.available]
        case _:
            pass
    entry.row = row
    return entry


def _position(geo: object) -> str | None:
    """Return `lon,lat` of a GEO, which says the latitude first (section 3.8.1.6); None where it says no place."""
    found = _GEO.fullmatch(geo) if isinstance(geo, str) else None
    if found is None:
        return None
    lat, lon = Decimal(found[1]), Decimal(found[2])
    return f"{plain(lon)},{plain(lat)}" if is_sound({"type": "Point", "coordinates": [lon, lat]}) else None


def _timed(component: Component, zones: Zones) -> Entry:
    start = _one(component, "DTSTART", zones)
    replaces = _one(component, "RECURRENCE-ID", zones)
    end = _end(component, start, zones)
    added = [pair for found in _all(component, "RDATE") for pair in times_of(found, zones)]
    left_out = [time for found in _all(component, "EXDATE") for time, _ in times_of(found, zones)]
    rules = ["".join(found.value.split()) for found in _all(component, "RRULE")]
    uid = component.first("UID")
    row: Row = {
        "uid": _plain(uid.value) if uid else None,
        "dtstart": _written(start),
        "dtend": _written(end),
        "all_day": start is not None and not isinstance(start, datetime),
        "recurrence_id": _written(replaces),
        "rrule": list(rules),
        "rdate": [written(begun) if ended is None else f"{written(begun)}/{written(ended)}" for begun, ended in added],
        "exdate": [written(time) for time in left_out],
    }
    named = component.first("RECURRENCE-ID")
    onwards = named is not None and named.parameter("RANGE").upper() == _ONWARDS
    return Entry(row, start, end, str(row["uid"] or ""), component.size, replaces, onwards, rules, added, left_out)


def _end(component: Component, start: Time | None, zones: Zones) -> Time | None:
    """Return when it ends, not included: as said, after its duration, else as section 3.6.1 says."""
    end, duration = _one(component, "DTEND", zones), component.first("DURATION")
    length = None if duration is None else read_duration(duration.value.strip())
    if start is None:
        return end
    if end is not None:
        if isinstance(end, datetime) != isinstance(start, datetime):
            raise NotRead("payload.icalendar-period")
    elif length is not None:
        end = plus(start, length)
    elif component.name == "VEVENT":
        return start if isinstance(start, datetime) else start + _DAY
    if end is not None and _wall(end) < _wall(start) and _zone(end) == _zone(start):
        raise NotRead("payload.icalendar-period")
    return end


def _wall(time: Time) -> str:
    return time.strftime("%Y%m%d%H%M%S")


def _zone(time: Time) -> object:
    return time.tzinfo if isinstance(time, datetime) else None


def _busy(component: Component, zones: Zones) -> list[tuple[Time, Time, str]]:
    found: list[tuple[Time, Time, str]] = []
    for listed in _all(component, "FREEBUSY"):
        kind = listed.parameter("FBTYPE").upper() or "BUSY"
        for start, end in times_of(listed, zones):
            if end is None or not isinstance(end, datetime):
                raise NotRead("payload.icalendar-period")
            found.append((start, end, kind))
    return found


def _others(component: Component) -> Row:
    row: Row = {}
    for found in component.properties:
        if found.name in _READ:
            continue
        key = _key(found.name)
        if found.name in _LISTED:
            row[key] = [*_as_list(row.get(key)), *(_plain(piece) for piece in _PIECES.findall(found.value))]
        elif found.name in _SEVERAL or key in row:
            row[key] = [*_as_list(row.get(key)), _plain(found.value)]
        else:
            row[key] = _plain(found.value)
    return row


def _as_list(value: object) -> list[object]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _key(name: str) -> str:
    return name.lower().replace("-", "_")


def _plain(text: str) -> str:
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], text)


def _all(component: Component, name: str) -> list[Property]:
    return [found for found in component.properties if found.name == name]


def _one(component: Component, name: str, zones: Zones) -> Time | None:
    found = component.first(name)
    if found is None:
        return None
    times = list(times_of(found, zones))
    if len(times) != 1 or times[0][1] is not None:
        raise NotRead("payload.icalendar-time")
    return times[0][0]


def _written(time: Time | None) -> str | None:
    return None if time is None else written(time)
