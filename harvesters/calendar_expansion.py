"""Rows of calendars, one an occurrence inside a window rather than one a component."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Final

from eclor.errors import PayloadRefused, Place
from harvesters.calendar_rows import Entry
from harvesters.calendar_times import NotRead, Time, plus, written
from harvesters.parsing import Event, RefusedRow, Row
from harvesters.recurrences import Budget, Window, clock, instant, like, occurrences
from harvesters.times import read_instant

MAX_DAYS: Final = 800
ANNOUNCED: Final = "annoncee"
"""The option's word for the window that the calendar's own lists of busy times announce."""
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_NONE: Final = timedelta(0)
_DAY_LONG: Final = timedelta(days=1)
_NOT_REPEATED: Final[Row] = {"rrule": [], "rdate": [], "exdate": []}


def read_window(text: str, *, name: str) -> Window:
    """Return the window that the option says: two days or instants with `/` between, 800 days apart at most."""
    try:
        start, end = (_moment(part) for part in text.split("/"))
    except (ValueError, OverflowError) as error:
        raise PayloadRefused("payload.icalendar-window", place=Place(name), days=MAX_DAYS) from error
    return _window(start, end, name=name)


def announced(entries: Sequence[tuple[int, Entry]], *, name: str) -> Window:
    """Return the window from the first beginning to the last end of lists of busy times that announce both."""
    bounds = [
        (instant(entry.start), instant(entry.end))
        for _, entry in entries
        if entry.row["kind"] == "VFREEBUSY" and entry.start is not None and entry.end is not None
    ]
    if not bounds:
        raise PayloadRefused("payload.icalendar-unannounced", place=Place(name))
    return _window(min(start for start, _ in bounds), max(end for _, end in bounds), name=name)


def _window(start: datetime, end: datetime, *, name: str) -> Window:
    if not start < end <= start + timedelta(days=MAX_DAYS):
        raise PayloadRefused("payload.icalendar-window", place=Place(name), days=MAX_DAYS)
    return Window(start, end)


def _moment(text: str) -> datetime:
    if _DAY.fullmatch(text):
        return instant(date.fromisoformat(text))
    return read_instant(text).utc.replace(tzinfo=UTC)


@dataclass(slots=True)
class Expansion:
    """Makes rows of entries; an occurrence that another event replaces is left to that one."""

    window: Window
    name: str
    budget: Budget = field(default_factory=Budget)
    _replaced: set[tuple[str, Time]] = field(default_factory=set)
    """Occurrences that others stand for, by their instant; by their day too, where the other names a day alone."""
    _changed: dict[str, dict[datetime, Entry]] = field(default_factory=dict)
    """The events that stand for an occurrence and all the later ones (`RANGE=THISANDFUTURE`), by that occurrence."""

    def rows(self, entries: Sequence[tuple[int, Entry]]) -> Iterator[Event]:
        """Yield the rows of entries that begin on these lines; a rule that cannot be run refuses its entry."""
        for _, entry in entries:
            if entry.replaces is not None:
                self._replaced |= {(entry.identifier, instant(entry.replaces)), (entry.identifier, entry.replaces)}
                if entry.onwards:
                    self._changed.setdefault(entry.identifier, {})[instant(entry.replaces)] = entry
        for line, entry in entries:
            try:
                yield from self._entry(entry)
            except NotRead as fault:
                place = Place(self.name, line)
                if str(fault) == "payload.icalendar-too-many":
                    raise PayloadRefused(str(fault), place=place, limit=Budget().left) from fault
                yield RefusedRow(str(fault), place)

    def _entry(self, entry: Entry) -> Iterator[Row]:
        """Yield the rows of an entry; what refuses it does so before the first."""
        if "exrule" in entry.row:  # of RFC 2445: what it leaves out would read as taking place
            raise NotRead("payload.icalendar-rule")
        for start, end, kind in entry.busy:
            if self.window.meets(start, end):
                yield entry.row | _span(start, end) | {"fbtype": kind, "busy": kind != "FREE", "freebusy": []}
        openings = [(part, span) for part in entry.available for span in self._spans(part)]
        for part, (start, end) in openings:
            if _within(entry, start, end):
                kept = {"kind": entry.row["kind"], "available": [], "recurrence_id": None, **_span(start, end)}
                yield entry.row | part.row | _NOT_REPEATED | kept
        if entry.row["kind"] == "VEVENT":
            yield from self._event(entry)

    def _event(self, entry: Entry) -> Iterator[Row]:
        repeated = entry.replaces is None and bool(entry.rules or entry.added)
        changes = self._changed.get(entry.identifier, {}) if repeated else {}
        for start, end in self._spans(entry, margin=_margin(changes)):  # all are known before the first comes
            day = start.date() if isinstance(start, datetime) else start
            if entry.replaces is None and self._replaced & {
                (entry.identifier, instant(start)),
                (entry.identifier, day),
            }:
                continue
            which = {"recurrence_id": written(start)} if repeated else {}
            said, begun, ended = _as_changed(entry, start, end, changes)
            if self.window.meets(begun, ended):
                yield said.row | _NOT_REPEATED | _span(begun, ended) | which

    def _spans(self, entry: Entry, *, margin: timedelta = _NONE) -> Iterator[tuple[Time, Time]]:
        """Yield start and end of each occurrence that meets the window, or its margin, in order, each once."""
        if entry.start is None:
            return
        length = _lasting(entry)
        window = Window(self.window.start - margin, self.window.end + margin)
        found: dict[datetime, tuple[Time, Time]] = {}
        for start, end in self._candidates(entry, entry.start, length, window):
            ended = plus(start, length) if end is None else end
            if window.meets(start, ended) and not _left_out(entry, start):
                found.setdefault(instant(start), (start, ended))
        for moment in sorted(found):
            yield found[moment]

    def _candidates(
        self, entry: Entry, start: Time, length: timedelta, window: Window
    ) -> Iterator[tuple[Time, Time | None]]:
        yield start, entry.end
        if entry.replaces is not None:
            return
        yield from entry.added
        for rule in entry.rules:
            for moment in occurrences(rule, start=start, length=length, window=window, budget=self.budget):
                yield moment, None


def _margin(changes: Mapping[datetime, Entry]) -> timedelta:
    """Return how far out of the window an occurrence may stand that a change moves into it."""
    moves = []
    for moment, change in changes.items():
        if change.start is None:
            continue
        moves.append(abs(instant(change.start) - moment))
        if moves[-1].days >= MAX_DAYS or isinstance(change.start, datetime) != isinstance(change.replaces, datetime):
            raise NotRead("payload.icalendar-period")
    return max(moves) + _DAY_LONG if moves else _NONE


def _as_changed(entry: Entry, start: Time, end: Time, changes: Mapping[datetime, Entry]) -> tuple[Entry, Time, Time]:
    """Return the event that speaks of an occurrence, and when: the last change before it, moved as that one was."""
    last = max((moment for moment in changes if moment <= instant(start)), default=None)
    change = entry if last is None else changes[last]
    if change is entry or change.start is None or change.replaces is None:
        return entry, start, end
    by = clock(change.start) - clock(_beside(change.replaces, change.start))
    begun = like(change.start, clock(_beside(start, change.start)) + by)
    return change, begun, plus(begun, _lasting(change))


def _beside(moment: Time, other: Time) -> Time:
    """Return a time in the zone of another, where both have one."""
    zones = [time.tzinfo if isinstance(time, datetime) else None for time in (moment, other)]
    return moment.astimezone(zones[1]) if isinstance(moment, datetime) and all(zones) else moment


def _lasting(entry: Entry) -> timedelta:
    return _NONE if entry.start is None or entry.end is None else _length(entry.start, entry.end)


def _length(start: Time, end: Time) -> timedelta:
    """Return how long it lasts: by the calendar for days and whole days, else by the clock."""
    if isinstance(start, datetime) and isinstance(end, datetime):
        same_clock = start.time() == end.time() and start.tzinfo == end.tzinfo
        return end.replace(tzinfo=None) - start.replace(tzinfo=None) if same_clock else instant(end) - instant(start)
    if isinstance(start, datetime) or isinstance(end, datetime):
        return instant(end) - instant(start)
    return end - start


def _left_out(entry: Entry, start: Time) -> bool:
    for time_out in entry.left_out:
        if isinstance(time_out, datetime) or not isinstance(start, datetime):
            if instant(time_out) == instant(start):
                return True
        elif start.date() == time_out:
            return True
    return False


def _within(entry: Entry, start: Time, end: Time) -> bool:
    """Say whether opening hours stand inside the time that their component speaks of (RFC 7953 section 3.1)."""
    after = entry.start is None or instant(end) > instant(entry.start)
    return after and (entry.end is None or instant(start) < instant(entry.end))


def _span(start: Time, end: Time) -> Row:
    all_day = not isinstance(start, datetime)
    return {"dtstart": written(start), "dtend": written(end), "all_day": all_day}
