"""icalendar: an event, a list of busy times or of opening hours is a row (RFC 5545, RFC 7953)."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import BinaryIO, Final

from eclor.errors import PayloadRefused, Place
from harvesters.calendar_expansion import ANNOUNCED, Expansion, announced, read_window
from harvesters.calendar_rows import ROWS, Entry, entry_of
from harvesters.calendar_times import NotRead, Zones
from harvesters.content_lines import Component, components
from harvesters.decoding import refuse_too_large
from harvesters.parsing import Event, PayloadProtocol, PayloadWarning, RefusedRow, Shape

_MOST_ENTRIES: Final = 100_000
_PERIOD_BYTES: Final = 96
"""What a busy time that waits is counted for beside its letters: it takes five times as much."""


def parse(payload: BinaryIO | bytes, *, name: str, options: Mapping[str, str]) -> Iterator[Event]:
    """Yield one row a VEVENT, VFREEBUSY or VAVAILABILITY, of one calendar or several: `kind`, and its properties.

    Properties stand under their names in small letters. Times are ISO 8601: days, local times without offset, or
    instants (a TZID is one of IANA, of Windows, or of the payload's own VTIMEZONE). `dtend` is not included, and comes
    from DURATION where that is said; `all_day` and `busy` are booleans; `freebusy` and `available` lists. Nothing is
    repeated, unless the option `fenetre` (`2026-11-01/2026-12-01`) is given: then a row is an occurrence that meets
    that window, EXDATE left out, RDATE in, RECURRENCE-ID in the place of the occurrence that it replaces; so is each
    busy period, and each opening. `fenetre: annoncee` is the window that the lists of busy times announce, from the
    first DTSTART to the last DTEND of those that say both. A component with a line, a time, a zone, a duration or a
    rule that cannot be read is a refused row. Other components are named in a warning. Option `encodage` as for csv.
    Streamed; a component above 6 MiB refuses the whole, as does what a window or a zone defined further down makes wait
    above 32 MiB, each busy time being counted for a hundred bytes.
    """
    asked = options.get("fenetre")
    window = None if asked in {None, ANNOUNCED} else read_window(str(asked), name=name)
    entries: list[tuple[int, Entry]] = []
    held = 0
    for event in _entries(payload, name=name, encoding=options.get("encodage")):
        if not isinstance(event, tuple):
            yield event
        elif asked is None:
            yield event[1].row
        elif len(entries) == _MOST_ENTRIES:
            raise PayloadRefused("payload.icalendar-too-many", place=Place(name, event[0]), limit=_MOST_ENTRIES)
        else:
            held += event[1].size + _PERIOD_BYTES * len(event[1].busy)
            refuse_too_large(held, place=Place(name, event[0]))
            entries.append(event)
    if asked is not None:
        yield from Expansion(window or announced(entries, name=name), name).rows(entries)


def _entries(
    payload: BinaryIO | bytes, *, name: str, encoding: str | None
) -> Iterator[tuple[int, Entry] | RefusedRow | PayloadWarning]:
    """Yield each entry with its line; those whose zone is only defined below come last."""
    zones, waiting, held = Zones(), list[Component](), 0
    strangers: Counter[str] = Counter()
    for component in components(payload, name=name, encoding=encoding):
        if component.name == "VTIMEZONE":
            zones.learn(component)
        elif component.name == "VCALENDAR":
            yield PayloadWarning("payload.icalendar-line", Place(name, component.unreadable))
        elif component.name not in ROWS:
            strangers[component.name] += 1
        else:
            entry = _entry(component, zones, name=name)
            if isinstance(entry, RefusedRow) and entry.code == "payload.icalendar-zone":
                held += component.size
                refuse_too_large(held, place=Place(name, component.line))
                waiting.append(component)
            else:
                yield entry
    for component in waiting:
        yield _entry(component, zones, name=name)
    for stranger, count in strangers.items():
        yield PayloadWarning("payload.icalendar-component", Place(name), {"component": stranger, "count": count})


def _entry(component: Component, zones: Zones, *, name: str) -> tuple[int, Entry] | RefusedRow:
    try:
        return component.line, entry_of(component, zones)
    except NotRead as fault:
        return RefusedRow(str(fault), Place(name, component.unreadable or component.line))


PROTOCOL: Final = PayloadProtocol("icalendar", Shape.NESTED, parse, ("encodage", "fenetre"))
