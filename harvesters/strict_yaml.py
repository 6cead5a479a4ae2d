"""A declaration's YAML as plain values with their places: the strict subset of LANGUAGE.md section 2.

A plain decimal integer is an integer, everything else is text; no empty value, no true or null, no anchor, no tag,
no second document, no key twice. Every refusal says its line and column.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from eclor.errors import DeclarationRefused, Place

Location = tuple[int | str, ...]
"""Keys and indices from the top of the document to a value."""

_MAX_BYTES: Final = 262_144
_MAX_DEPTH: Final = 12
_MAX_TEXT: Final = 4_000
_INTEGER: Final = re.compile(r"0|-?[1-9][0-9]{0,9}")
_LIKE_A_NUMBER: Final = re.compile(r"[-+]?\.?[0-9][0-9_.,]*([eE][-+]?[0-9]+)?|0[xob][0-9a-fA-F_]+")
_NOT_SURE: Final = re.compile(r"|~|(?i:y|n|yes|no|on|off|true|false|null|vrai|faux|[-+]?\.(nan|inf))")


@dataclass(frozen=True, slots=True)
class Document:
    """A file's plain values (strings, integers, lists, maps), and where each of them stands."""

    file: str
    plain: Mapping[str, object]
    places: Mapping[Location, Place]

    def place(self, location: Location) -> Place:
        """Return where the value at `location` stands, or its nearest ancestor that stands in the file."""
        found = (self.places.get(location[:size]) for size in range(len(location), -1, -1))
        return next((place for place in found if place is not None), Place(self.file))


def read_document(file: Path) -> Document:
    """Return the document of a file whose top is a mapping; refuse (`DeclarationRefused`) anything not sure."""
    node = _composed(_text(file), name=file.name)
    reader = _Reader(file.name)
    plain = reader.value(node, ())
    if not isinstance(plain, dict):
        raise DeclarationRefused("declaration.not-a-map", place=reader.place(node))
    return Document(file.name, plain, reader.places)


def _text(file: Path) -> str:
    place = Place(file.name)
    try:
        content = file.read_bytes()
        text = content.decode("utf-8")
    except OSError as error:
        where = Place(f"{file.parent.name}/{file.name}")
        raise DeclarationRefused("declaration.no-file", place=where) from error
    except UnicodeDecodeError as error:
        raise DeclarationRefused("declaration.not-utf8", place=place) from error
    if len(content) > _MAX_BYTES:
        raise DeclarationRefused("declaration.too-big", place=place, limit=_MAX_BYTES)
    for number, line in enumerate(text.split("\n"), start=1):
        _check_line(line.removesuffix("\r"), place=Place(file.name, number))
    return text


def _check_line(line: str, *, place: Place) -> None:
    if line.isascii() and line.isprintable():
        return
    if odd := next((at for at, letter in enumerate(line, 1) if unicodedata.category(letter)[0] == "C"), 0):
        raise DeclarationRefused("declaration.odd-character", place=Place(place.file, place.line, odd))
    if not unicodedata.is_normalized("NFC", line):
        raise DeclarationRefused("declaration.not-nfc", place=place)


def _composed(text: str, *, name: str) -> Node:
    if text.startswith("%"):
        raise DeclarationRefused("declaration.unreadable", place=Place(name, 1, 1))
    try:
        node: Node | None = YAML(typ="safe", pure=True).compose(text)
    except YAMLError as error:
        mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
        place = Place(name, mark.line + 1, mark.column + 1) if mark else Place(name)
        raise DeclarationRefused("declaration.unreadable", place=place) from error
    if node is None:
        raise DeclarationRefused("declaration.not-a-map", place=Place(name))
    return node


@dataclass(slots=True)
class _Reader:
    """Turns composed nodes into plain values, noting their places on the way."""

    file: str
    places: dict[Location, Place] = field(default_factory=dict)

    def place(self, node: Node) -> Place:
        return Place(self.file, node.start_mark.line + 1, node.start_mark.column + 1)

    def value(self, node: Node, location: Location) -> object:
        place = self.places.setdefault(location, self.place(node))
        if node.anchor is not None:
            raise DeclarationRefused("declaration.anchor", place=place)
        if node.ctag.handle is not None:
            raise DeclarationRefused("declaration.tag", place=place)
        if len(location) > _MAX_DEPTH:
            raise DeclarationRefused("declaration.too-deep", place=place, levels=_MAX_DEPTH)
        match node:
            case MappingNode():
                return self._mapping(node, location)
            case SequenceNode():
                return [self.value(item, (*location, index)) for index, item in enumerate(node.value)]
            case ScalarNode():
                return _scalar(node, place)
            case _:
                raise DeclarationRefused("declaration.unreadable", place=place)

    def _mapping(self, node: MappingNode, location: Location) -> dict[str, object]:
        found: dict[str, object] = {}
        for key, value in node.value:
            place = self.place(key)
            if not isinstance(key, ScalarNode) or key.anchor is not None:
                raise DeclarationRefused("declaration.key", place=place)
            if key.value in found:
                first = self.places[(*location, key.value)].line
                raise DeclarationRefused("declaration.duplicate-key", place=place, key=key.value, first=first)
            self.places[(*location, key.value)] = place
            found[key.value] = self.value(value, (*location, key.value))
        return found


def _scalar(node: ScalarNode, place: Place) -> str | int:
    text: str = node.value
    if len(text) > _MAX_TEXT:
        raise DeclarationRefused("declaration.too-big", place=place, limit=_MAX_TEXT)
    if node.style is not None:
        return text
    if _INTEGER.fullmatch(text):
        return int(text)
    if _NOT_SURE.fullmatch(text) or _LIKE_A_NUMBER.fullmatch(text):
        raise DeclarationRefused("declaration.not-sure", place=place)
    return text
