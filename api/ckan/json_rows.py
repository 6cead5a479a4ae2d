"""A page of rows as JSON objects made by the index itself: a third of the CPU of rows made into objects first."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from orjson import Fragment, dumps

from api.ckan.reading_rows import few
from api.ckan.search_question import Search
from api.ckan.table import KEY, Column
from api.parts import Parts
from api.row_files import Statement
from api.rows import KEY as PLACE
from api.rows import order, page_terms
from eclor.engine.quoting import quoted, text_literal

_AS_IT_IS: Final = frozenset({"int", "int4", "int8", "json"})
_CHOSEN: Final = '"the chosen rows"'
_AS_TEXT: Final = frozenset({"text", "date"})


@dataclass(frozen=True, slots=True)
class Page:
    """Rows as an answer shows them, how many they are, and the key of the last one where it is known."""

    records: object
    count: int
    last: int | None


def json_page(search: Search, parts: Parts) -> Page | None:
    """Return a page as objects, or None where the index cannot make it so."""
    if not search.plain or search.ranks or search.limit == 0 or not few(search, parts):
        return None
    line = _object(search.columns)
    found = None if line is None else parts.rows.sought(search.table.version, _statement(search, line))
    if found is None:
        return None
    ((text, count, last),) = found
    assert isinstance(count, int)
    return Page(Fragment(f"[{text or ''}]"), count, last if isinstance(last, int) else None)


def _statement(search: Search, line: str) -> Statement:
    """Return the question of the page; in another order than the key's, its rows are chosen before they are written."""
    question = search.question()
    terms, values = page_terms(question)
    key, keys = quoted(PLACE), ", ".join([*order(question.sorts), quoted(PLACE)])
    tail = ["FROM rows", terms, "ORDER BY", keys, "LIMIT ? OFFSET ?)"]
    if question.sorts:
        inner = [f"{_CHOSEN}.place AS place,", line, "AS line FROM (SELECT", key, "AS place", *tail, "AS", _CHOSEN]
        inner += ["CROSS JOIN rows ON", f"rows.{key} = {_CHOSEN}.place)"]
    else:
        inner = [key, "AS place,", line, "AS line", *tail]
    offset = 0 if question.by_key_alone else question.offset
    head = "SELECT group_concat(line), count(*), max(place) FROM (SELECT"
    return Statement(" ".join([head, *inner]), (*values, question.limit, offset))


@lru_cache(maxsize=256)
def _object(columns: tuple[Column, ...]) -> str | None:
    """Return a row as the text of an object, in the index's SQL; None where a column's values need more than that."""
    values = [_value(column) for column in columns]
    return _members(columns, [value for value in values if value is not None]) if None not in values else None


def _members(columns: Sequence[Column], values: Sequence[str]) -> str:
    marks = "{" + "," * (len(columns) - 1)
    names = [mark + dumps(column.name).decode() + ":" for mark, column in zip(marks, columns, strict=True)]
    members = [f"{text_literal(name)} || {value}" for name, value in zip(names, values, strict=True)]
    return " || ".join([*members, "'}'"])


def _value(column: Column) -> str | None:
    name = quoted(PLACE if column is KEY else column.name)
    if column.type in _AS_IT_IS:
        return f"ifnull({name}, 'null')"
    if column.type in _AS_TEXT:
        return f"json_quote({name})"
    if column.type == "bool":
        return f"CASE WHEN {name} IS NULL THEN 'null' WHEN {name} IN ('1', 'true') THEN 'true' ELSE 'false' END"
    if column.type == "numeric":
        written = f"CASE typeof({name}) WHEN 'text' THEN {name} ELSE printf('%.{column.decimals}f', {name}) END"
        return f"iif({name} IS NULL, 'null', {written})"
    return None
