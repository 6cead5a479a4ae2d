"""DATEX II v3 in JSON to the shape that its XML has (JSON representation of v3.4 and later)."""

import re
import sys
from collections.abc import Iterator
from typing import Final

from harvesters.datex import LISTS, PUBLICATIONS, RECORDS
from harvesters.datex_places import ASKED
from harvesters.exchanged import objects
from harvesters.parsing import Row
from harvesters.strict_json import replaced, taken_out
from harvesters.xml_rows import TYPE, Noted, by_language, put_texts

_PREFIX: Final = re.compile(
    r"(?:acx|afac|aegi|comx?|con|cz|d2|dgx|egix?|ex|facx?|fst|inf|locx?|prkx?|par|rer|roax?|sitx?|tmp|trox?|ubx|vmsx?)"
    r"(?=[A-Z])"
)
"""Namespaces of the model, before a name that stands in for another's type: `sitVehicleObstruction`."""
_GLOBAL: Final = re.compile(r"(?<=[a-z])G$")
"""`idG`, `versionG`: what XML has as attributes."""


def plain(value: object) -> object:
    """Make of a value what XML would give: no prefixes, `{"value": x}` as x, texts in languages as texts.

    Objects and lists are used up.
    """
    match value:
        case list():
            return replaced(value, plain)
        case dict() if value.keys() == {"value"}:
            return plain(value["value"])
        case dict() if len(value) == 1 and (stood_in := _PREFIX.match(name := next(iter(value)))):
            inner = plain(value.pop(name))
            return {TYPE: sys.intern(name[stood_in.end() :]), **inner} if isinstance(inner, dict) else inner
        case dict():
            return _members(value)
        case _:
            return value


def _members(value: Row) -> Row:
    row: Row = {}
    for name, member in taken_out(value):
        prefix = _PREFIX.match(name)
        key = sys.intern(name[prefix.end() :] if prefix else _GLOBAL.sub("", name))  # or each object had its own
        match member:
            case {"values": [{"value": _}, *_] as texts} if isinstance(member, dict) and len(member) == 1:
                put_texts(row, key, _texts(texts))
            case [single] if key not in LISTS:
                row[key] = plain(single)
            case _:
                row[key] = plain(member)
    return row


def _texts(values: list[object]) -> dict[str, str | None]:
    return by_language((str(one.get("lang", "")), one.get("value")) for one in values if isinstance(one, dict))


def publications(document: object) -> Iterator[tuple[str, Row]]:
    """Yield each publication of a plain document with its type, wherever it is wrapped."""
    for name, member in objects(document):
        kind = str(member.get(TYPE, name))
        kind = kind[:1].upper() + kind[1:]
        if kind.endswith("Publication"):
            yield kind, member
        elif name not in RECORDS:
            yield from publications(member)


def is_known(kind: str) -> bool:
    """Say whether a publication has records that are rows."""
    return kind in PUBLICATIONS


def records(publication: Row, above: str = "") -> Iterator[tuple[str, Row, str, Row]]:
    """Yield each outermost record: its name and itself, the name and the object that it stands in."""
    for name, member in objects(publication):
        if name in RECORDS:
            yield name, member, above, publication
        else:
            yield from records(member, name)


def noted(row: Row) -> Iterator[Noted]:
    """Yield the members that say where a record is, however deep they stand in it."""
    for name, value in row.items():
        for member in value if isinstance(value, list) else (value,):
            if isinstance(member, dict):
                yield from noted(member)
            if name in ASKED:
                yield name, member, row
