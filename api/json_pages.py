"""A page of rows as JSON made by SQLite itself, for seeks by key: a third of the CPU of objects made first."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from orjson import dumps

from api.rendering import shape_of
from api.row_files import Statement
from api.rows import KEY, Question, is_number, page_terms
from catalog.rows_index import quoted
from charter.release_parts import ReleaseColumn

_PLACE: Final = "place"
_KEPT: Final = 256


def fits(question: Question, columns: tuple[ReleaseColumn, ...]) -> bool:
    """Say whether a page can be made so: it seeks its key, and its columns are integers and texts."""
    return question.by_key_alone and _are_plain(columns)


@lru_cache(maxsize=_KEPT)
def _are_plain(columns: tuple[ReleaseColumn, ...]) -> bool:
    return all(shape_of(column) is None for column in columns)


def json_page(question: Question, columns: tuple[ReleaseColumn, ...]) -> Statement:
    """Return a question of one row: the objects of the page between commas, and the place of its last one."""
    terms, values = page_terms(question)
    head, tail = _around(columns)
    return Statement(head + terms + tail, (*values, question.limit))


@lru_cache(maxsize=_KEPT)
def _around(columns: tuple[ReleaseColumn, ...]) -> tuple[str, str]:
    """Return what stands before and behind the conditions."""
    inner = ["SELECT", quoted(KEY), "AS", _PLACE, ",", _object(columns), "AS line FROM rows", ""]
    head = " ".join(["SELECT group_concat(line), max(", _PLACE, ") FROM (", *inner])
    return head, " ".join([" ORDER BY", quoted(KEY), "LIMIT ? )"])


def _object(columns: Sequence[ReleaseColumn]) -> str:
    members = [
        f"{_text(mark + dumps(column.name).decode() + ':')} || {_value(column)}"
        for mark, column in zip("{" + "," * len(columns), columns, strict=False)
    ]
    return " || ".join([*members, _text("}")])


def _value(column: ReleaseColumn) -> str:
    name = quoted(column.name)
    return f"ifnull({name}, 'null')" if is_number(column) else f"json_quote({name})"


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
