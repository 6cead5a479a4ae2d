"""A page of rows as JSON made by SQLite itself: a third of the CPU of objects made first."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from orjson import dumps

from api.asking import AT_PLACES
from api.row_files import Statement
from api.rows import KEY, Question, is_number, is_yes_or_no, page_terms
from charter.release_parts import ReleaseColumn
from charter.vocabulary import FieldType
from eclor.engine.quoting import quoted, text_literal

_PLACE: Final = "place"
_OBJECTS: Final = "CAST(group_concat(line) AS BLOB)"
_KEPT: Final = 256
_AT_ONCE: Final = 100
"""Columns that one call writes: SQLite takes 127 arguments a call."""


def json_page(question: Question, columns: tuple[ReleaseColumn, ...]) -> Statement:
    """Return a question of one row: the objects of a page between commas, as bytes, and the place of its last one.

    The page is in key order: its question has no sort.
    """
    terms, values = page_terms(question)
    head, tail = _around(columns)
    return Statement(head + terms + tail, (*values, question.limit))


def json_at(places: Sequence[object], columns: tuple[ReleaseColumn, ...]) -> Statement:
    """Return the same of the rows that stand at some places, in the order of the places."""
    return Statement(_at_places(columns), (dumps(places).decode(),))


@lru_cache(maxsize=_KEPT)
def _around(columns: tuple[ReleaseColumn, ...]) -> tuple[str, str]:
    """Return what stands before and behind the conditions."""
    inner = ["SELECT", quoted(KEY), "AS", _PLACE, ",", _object(columns), "AS line FROM rows", ""]
    head = " ".join(["SELECT", _OBJECTS, ", max(", _PLACE, ") FROM (", *inner])
    return head, " ".join([" ORDER BY", quoted(KEY), "LIMIT ? )"])


@lru_cache(maxsize=_KEPT)
def _at_places(columns: tuple[ReleaseColumn, ...]) -> str:
    inner = ["SELECT", _object(columns), "AS line", AT_PLACES]
    return " ".join(["SELECT", _OBJECTS, "FROM (", *inner, ")"])


def _object(columns: Sequence[ReleaseColumn]) -> str:
    """Write a row by as few calls as can be: each costs as much as what it writes."""
    names = [dumps(column.name).decode().replace("%", "%%") for column in columns]
    members = [f"{mark}{name}:%s" for mark, name in zip("{" + "," * len(names), names, strict=False)]
    members[-1] += "}"
    firsts = range(0, len(columns), _AT_ONCE)
    return " || ".join(_printed(members[n : n + _AT_ONCE], columns[n : n + _AT_ONCE]) for n in firsts)


def _printed(members: Sequence[str], columns: Sequence[ReleaseColumn]) -> str:
    return f"printf({', '.join([text_literal(''.join(members)), *map(_value, columns)])})"


def _value(column: ReleaseColumn) -> str:
    """Return a cell as JSON: decimals with their digits, a geometry as it is."""
    name = quoted(column.name)
    if is_yes_or_no(column):
        return f"CASE {name} WHEN '1' THEN 'true' WHEN '0' THEN 'false' ELSE 'null' END"
    if column.type == FieldType.DECIMAL and column.decimals and not column.level:
        written = [
            f"WHEN 'null' THEN 'null' WHEN 'text' THEN {name} ELSE",
            f"printf('%.{column.decimals}f', {name}) END",
        ]
        return " ".join(["CASE typeof(", name, ")", *written])
    if is_number(column) or (column.type == FieldType.GEOMETRY and not column.level):
        return f"ifnull({name}, 'null')"
    return f"json_quote({name})"
