"""Strict YAML text → a plain document with places (LANGUAGE.md section 2); nothing of YAML is ever constructed.

Events are judged one by one, bounds first, so that a bomb is refused before anything is built of it.
"""

from bisect import bisect_left
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Final, NoReturn, cast

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from charter.document import Document, PlainPath, Spot
from charter.misread import OFFICE, of_bytes, of_character, of_key, of_value, unread
from charter.scalars import fault_of_key, fault_of_value, integer, is_normal, shown, unseen
from charter.unreadable import Cause, cause_of
from eclor.errors import Place, PolicyRefusals, PolicyRefused

MAX_BYTES: Final = 262_144
MAX_DEPTH: Final = 12
MAX_NODES: Final = 5_000
MAX_TEXT: Final = 4_000
_MOST_KEPT: Final = 128
"""Documents that stay read: a policy of each dataset of a territory, some 50 kB each, is asked for at each door."""

_BOM: Final = b"\xef\xbb\xbf"
_FIRST_KEY: Final = "langage"
"""What every file of the language begins with: where it stands again, a second one was pasted below the first."""


def read(file: Path) -> Document:
    """Read a file of the language; raise `PolicyRefusals` with every fault of reading that can still be seen.

    Reads at most one byte more than the language allows, whatever the file is.
    """
    name = str(file).encode("utf-8", "replace").decode("utf-8")
    try:
        with file.open("rb") as stream:
            payload = stream.read(MAX_BYTES + 1)
    except OSError:
        raise PolicyRefusals([unread("L100", "file", Place(name))]) from None
    return parse(payload, name)


def parse(payload: bytes, file: str) -> Document:
    """Read the bytes of a document that is called `file` in messages, as `read` does.

    One walk asks for the same few texts again and again: what was last read is kept, and every caller has its own copy.
    """
    known = _parsed(payload, file)
    return Document(known.file, deepcopy(known.plain), known.places)


@lru_cache(maxsize=_MOST_KEPT)
def _parsed(payload: bytes, file: str) -> Document:
    text = _text(payload, file)
    if faults := list(_faults_of_text(text, file)):
        raise PolicyRefusals(faults)
    building = _Building(file)
    here = Place(file, 1, 1)
    try:
        for event in YAML(typ="safe", pure=True).parse(text):
            building.take(event)
            here = Place(file, event.end_mark.line + 1, event.end_mark.column + 1)
    except MarkedYAMLError as error:
        building.unreadable(cause_of(error, text), here)
    except (YAMLError, ValueError, OverflowError):
        building.unreadable(None, here)  # an escape that is no character, and what the library cannot place
    return building.document()


def _text(payload: bytes, file: str) -> str:
    if len(payload) > MAX_BYTES:
        raise PolicyRefusals([PolicyRefused("L101", place=_bound(payload, file), most=MAX_BYTES)])
    if payload.startswith(_BOM):
        raise PolicyRefusals([PolicyRefused("L102", place=Place(file, 1, 1))])
    if payload.startswith(OFFICE):
        raise PolicyRefusals([of_bytes(payload, Place(file, 1, 1))])
    try:
        return payload.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        before = payload[: error.start].decode("utf-8")
        raise PolicyRefusals([of_bytes(payload, _place(before, len(before), file))]) from None


def _bound(payload: bytes, file: str) -> Place:
    """Return the place of the first byte too many."""
    kept = payload[:MAX_BYTES].decode("utf-8", "replace")
    return _place(kept, len(kept), file)


def _place(text: str, offset: int, file: str) -> Place:
    return Place(file, text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))


def _faults_of_text(text: str, file: str) -> Iterator[PolicyRefused]:
    for offset, character in sorted(unseen(text)):
        yield of_character(character, _place(text, offset, file))
    if not is_normal(text):
        lines = text.split("\n")
        line = next(number for number, content in enumerate(lines) if not is_normal(content))
        content = lines[line]
        column = bisect_left(range(len(content)), x=True, key=lambda end: not is_normal(content[:end]))
        yield PolicyRefused("L105", place=Place(file, line + 1, column))
    for number, content in enumerate(text.split("\n")):
        if content.strip(" ") and not content.lstrip(" ").startswith("#"):
            if content.startswith("%"):
                yield PolicyRefused("L106", place=Place(file, number + 1, 1))
            return


@dataclass(slots=True)
class _Frame:
    """A list or a map being built: where it stands, and the key that waits for its value."""

    path: PlainPath
    value: list[object] | dict[str, object]
    keys: dict[str, Place] = field(default_factory=dict)
    key: str | None = None
    in_braces: bool = False


@dataclass(slots=True)
class _Building:
    """A document being built; `faults` in the order of reading."""

    file: str
    faults: list[PolicyRefused] = field(default_factory=list)
    places: dict[PlainPath, Spot] = field(default_factory=dict)
    stack: list[_Frame] = field(default_factory=list)
    roots: list[object] = field(default_factory=list)
    nodes: int = 0
    documents: int = 0

    def take(self, event: Event) -> None:
        """Judge one event, then build what it says."""
        match event:
            case DocumentStartEvent():
                self.documents += 1
                if self.documents > 1:
                    self.stop("L109", self._place(event))
            case NodeEvent():
                self._node(event)
            case MappingEndEvent() | SequenceEndEvent():
                self.stack.pop()
            case _:
                pass  # the stream's ends say nothing

    def stop(self, code: str, place: Place, **facts: object) -> NoReturn:
        """Refuse what cannot be read any further."""
        self._halt(PolicyRefused(code, place=place, **facts))

    def unreadable(self, cause: Cause | None, here: Place) -> NoReturn:
        """Refuse what is no YAML, for its cause and at its place where they are known."""
        found = cause or Cause("other", here.line or 1, here.column or 1)
        place = Place(self.file, found.line, found.column)
        self._halt(unread("L100", found.wording, place, character=shown(found.character)))

    def document(self) -> Document:
        """Return the document, or raise all that was found."""
        if not self.roots and not self.faults:
            self.stop("L113", Place(self.file, 1, 1))
        if self.faults:
            raise PolicyRefusals(self.faults)
        return Document.of(self.file, self.roots[0], self.places)

    def _halt(self, last: PolicyRefused) -> NoReturn:
        raise PolicyRefusals([*self.faults, last])

    def _refuse(self, code: str, place: Place, **facts: object) -> None:
        self.faults.append(PolicyRefused(code, place=place, **facts))

    def _place(self, event: Event) -> Place:
        return Place(self.file, event.start_mark.line + 1, event.start_mark.column + 1)

    def _node(self, event: NodeEvent) -> None:
        place = self._place(event)
        self.nodes += 1
        if self.nodes > MAX_NODES:
            self.stop("L111", place, most=MAX_NODES)
        if event.anchor is not None:
            self._refuse("L107", place)
        match event:
            case AliasEvent() if self._awaits_key():
                frame = self.stack[-1]
                frame.keys.setdefault("", place)
                frame.key = ""
            case AliasEvent():
                self._put("", place)
            case ScalarEvent():
                self._tag(event, place)
                self._scalar(event, place)
            case MappingStartEvent() | SequenceStartEvent():
                self._tag(event, place)
                self._open({} if isinstance(event, MappingStartEvent) else [], place, in_braces=bool(event.flow_style))
            case _:
                self.unreadable(None, place)

    def _tag(self, event: ScalarEvent | MappingStartEvent | SequenceStartEvent, place: Place) -> None:
        if event.tag is not None:
            self._refuse("L108", place)

    def _open(self, value: list[object] | dict[str, object], place: Place, *, in_braces: bool) -> None:
        if len(self.stack) >= MAX_DEPTH:
            self.stop("L110", place, most=MAX_DEPTH)
        if self._awaits_key():
            self._halt(unread("L116", "other", place))
        self.stack.append(_Frame(self._put(value, place), value, in_braces=in_braces))

    def _awaits_key(self) -> bool:
        return bool(self.stack) and isinstance(self.stack[-1].value, dict) and self.stack[-1].key is None

    def _key_place(self) -> Place | None:
        """Return the place of the key that waits for a value: an empty value has none of its own."""
        frame = self.stack[-1] if self.stack else None
        return frame.keys.get(frame.key) if frame and frame.key else None

    def _scalar(self, event: ScalarEvent, place: Place) -> None:
        text = cast("str", event.value)
        if len(text) > MAX_TEXT:
            self.stop("L112", place, most=MAX_TEXT)
        for _, character in unseen(text):
            self.faults.append(of_character(character, place))
        if not is_normal(text):
            self._refuse("L105", place)
        if self._awaits_key():
            self._key(text, place, style=event.style or "")
            return
        if code := fault_of_value(text, event.style or ""):
            self._value(code, text, (not text and self._key_place()) or place)
        number = None if event.style else integer(text)
        self._put(text if number is None else number, place)

    def _key(self, key: str, place: Place, *, style: str) -> None:
        frame = self.stack[-1]
        earlier = frame.keys.setdefault(key, place)
        if code := fault_of_key(key, style):
            self.faults.append(of_key(code, key, place, after_comma=frame.in_braces and len(frame.keys) > 1))
        elif earlier is not place and (key, frame.path) == (_FIRST_KEY, ()):
            self._halt(unread("L118", "second", place, key=key, line=earlier.line))
        elif earlier is not place:
            self.faults.append(unread("L118", "other", place, key=shown(key), line=earlier.line))
        frame.key = key

    def _value(self, code: str, text: str, place: Place) -> None:
        """Refuse a value; one that is empty only because its key is ill-written is that key's fault, said once."""
        if text or all(fault.place != place for fault in self.faults):
            self.faults.append(of_value(code, text, place))

    def _put(self, value: object, place: Place) -> PlainPath:
        if not self.stack:
            self.roots.append(value)
            self.places[()] = Spot(place, place)
            return ()
        frame = self.stack[-1]
        if isinstance(frame.value, list):
            path, key_place = (*frame.path, len(frame.value)), place
            frame.value.append(value)
        else:
            key = frame.key or ""
            path, key_place = (*frame.path, key), frame.keys[key]
            frame.value[key] = value
            frame.key = None
        self.places[path] = Spot(key_place, place)
        return path
