"""Content lines of iCalendar (RFC 5545 section 3.1) to components, one at a time, with the lines they stand on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO, Final

from icalendar.parser import Contentline

from eclor.errors import PayloadRefused, Place
from harvesters.decoding import BOM, encoding_of, opened, raw_lines, refuse_above, refuse_html

MAX_DEPTH: Final = 8
MAX_LINES: Final = 100_000
"""Of a component, with those in it."""
_MAX_LINE_BYTES: Final = 8 * 1024 * 1024
_MOST_BYTES: Final = 6 * 1024 * 1024
"""Of one component: a list of busy times takes twenty times its letters once it is read."""
_ROOTS: Final = ("VCALENDAR", "VEVENT", "VFREEBUSY", "VAVAILABILITY", "VTIMEZONE")
"""What may stand at the top: the RFC's calendar, and a lone component, as the examples of RFC 7953 are."""


@dataclass(frozen=True, slots=True)
class Property:
    """A content line: its name in capitals, its parameters, its value as it stands, and its first line."""

    name: str
    parameters: Mapping[str, object]
    value: str
    line: int

    def parameter(self, name: str) -> str:
        """Return a parameter's value, its first when it has several; empty without it."""
        value = self.parameters.get(name, "")
        return str(value[0] if isinstance(value, list) and value else value)


@dataclass(slots=True)
class Component:
    """A component: its name in capitals, the line of its BEGIN, what stands in it."""

    name: str
    line: int
    properties: list[Property] = field(default_factory=list)
    children: list["Component"] = field(default_factory=list)
    size: int = 0
    """In bytes, with the components in it."""
    unreadable: int = 0
    """The first line of it that is no content line; 0 when all are."""

    def first(self, name: str) -> Property | None:
        """Return the first property of that name; None without one."""
        return next((found for found in self.properties if found.name == name), None)


def components(payload: BinaryIO | bytes, *, name: str, encoding: str | None) -> Iterator[Component]:
    """Yield each component of each calendar when it ends; the calendar itself only if a line of its own cannot be read.

    Lines are unfolded before they are decoded, as folds may stand inside a letter. Refuses (`PayloadRefused`) what
    does not begin with a calendar, what ends before it is closed, components that cross or nest deeper than 8,
    and a component of more than 100,000 lines or 32 MiB. Holds one component.
    """
    codec = encoding_of(encoding, name=name)
    nest: list[Component] = []
    seen = False
    size = lines = 0
    for number, raw in _unfolded(opened(payload), name=name):
        place = Place(name, number)
        size, lines = size + len(raw), lines + 1
        _refuse_swelling(size, lines, place=place)
        text = _text(raw, codec, place=place)
        if text.upper().startswith(("BEGIN:", "END:")):
            seen = True
            for done in _bracket(nest, text.upper().strip(), place=place):
                done.size, size, lines = size, 0, 0
                yield done
        elif nest:
            _put(nest[-1], text, place=place)
        else:
            raise PayloadRefused("payload.icalendar-root", place=place)
    if nest:
        raise PayloadRefused("payload.icalendar-cut", place=Place(name, nest[-1].line), component=nest[-1].name)
    if not seen:
        raise PayloadRefused("payload.empty", place=Place(name))


def _refuse_swelling(size: int, lines: int, *, place: Place) -> None:
    refuse_above(_MOST_BYTES, size, place=place)
    if lines > MAX_LINES:
        raise PayloadRefused("payload.icalendar-too-many", place=place, limit=MAX_LINES)


def _bracket(nest: list[Component], text: str, *, place: Place) -> Iterator[Component]:
    """Open or close a component; yield one that stands right inside a calendar, or alone, when it is closed."""
    word, _, component = text.partition(":")
    if word == "BEGIN":
        if not nest and component not in _ROOTS:
            raise PayloadRefused("payload.icalendar-root", place=place)
        if len(nest) == MAX_DEPTH:
            raise PayloadRefused("payload.too-deep", place=place, levels=MAX_DEPTH)
        nest.append(Component(component, place.line or 0))
        return
    if not nest or nest[-1].name != component:
        raise PayloadRefused("payload.icalendar-nesting", place=place)
    done = nest.pop()
    if not nest or (len(nest) == 1 and nest[0].name == "VCALENDAR"):
        if done.name != "VCALENDAR" or done.unreadable:
            yield done
    else:
        nest[-1].children.append(done)


def _put(component: Component, text: str, *, place: Place) -> None:
    try:
        name, parameters, value = Contentline(text).raw_parts()  # type: ignore[no-untyped-call]
    except ValueError:
        component.unreadable = component.unreadable or place.line or 0
        return
    if component.name == "VCALENDAR":
        return
    capitals = {key.upper(): parameter for key, parameter in parameters.items()}
    component.properties.append(Property(name.upper(), capitals, value, place.line or 0))


def _unfolded(stream: BinaryIO, *, name: str) -> Iterator[tuple[int, bytes]]:
    parts: list[bytes] = []
    started = size = 0
    for number, raw in enumerate(raw_lines(stream, name=name), start=1):
        if number == 1:
            refuse_html(raw, name=name)
        line = (raw.removeprefix(BOM) if number == 1 else raw).rstrip(b"\r\n")
        if parts and line[:1] in {b" ", b"\t"}:
            size += len(line)
            if size > _MAX_LINE_BYTES:
                raise PayloadRefused("payload.line-too-long", place=Place(name, started))
            parts.append(line[1:])
            continue
        if parts:
            yield started, b"".join(parts)
        parts, started, size = ([line], number, len(line)) if line.strip() else ([], number, 0)
    if parts:
        yield started, b"".join(parts)


def _text(raw: bytes, codec: str, *, place: Place) -> str:
    try:
        return raw.decode(codec)
    except UnicodeDecodeError as error:
        code = "payload.not-utf8" if codec == "utf-8" else "payload.encoding-undecodable"
        raise PayloadRefused(code, place=place, encoding=codec) from error
