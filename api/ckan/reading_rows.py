"""Rows that a search asks for, by whichever engine answers it: the index where few rows are looked at, else a scan."""

from collections.abc import Sequence
from itertools import islice
from typing import Final

from api.asking import count_of, rows_of
from api.ckan.full_text import RANK
from api.ckan.search_question import Search
from api.ckan.table import KEY
from api.ckan.writing_rows import Row
from api.parts import Parts
from api.row_files import Record, Statement
from api.rows import ALL, And, Condition, Operator, count, page

_SMALL: Final = 10_000
"""Rows of a table that its index answers for alone."""
_FEW: Final = 2_000
"""Rows that a value of an indexed column may have, for the index to find and sort them."""
_MOST: Final = 1_000
"""Rows of a page that is read on the event loop."""


async def rows_found(search: Search, parts: Parts, asker: str) -> Sequence[Row]:
    """Return the rows of a page, their cells in the order of `Search.shown`.

    Refuses what takes too long or too much (503, 422).
    """
    if search.limit == 0:
        return []
    if few(search, parts):
        statement = page(search.question()) if search.plain else search.statement()
        found = parts.rows.sought(search.table.version, statement)
        if found is not None:
            return _placed(search, found) if search.plain else _ranked(search, found)
    if search.plain:
        return _placed(search, await rows_of(parts, search.table.version, search.question(), client=asker))
    table = await parts.scans.table(search.table.version, search.statement(), client=asker)
    chosen = islice(table.columns, max(len(search.columns), 1))
    return _ranked(search, [*zip(*(column.to_pylist() for column in chosen), strict=True)])


def few(search: Search, parts: Parts) -> bool:
    """Say whether the index is there and looks at few rows for this."""
    if search.table.exact or search.limit > _MOST or (touched := parts.rows.touched(search.table.version)) is None:
        return False
    if search.table.version.rows <= _SMALL or (search.plain and search.question().by_key_alone):
        return True
    parts_of = search.where.parts if isinstance(search.where, And) else (search.where,)
    conditions = [one for one in parts_of if isinstance(one, Condition)]
    equal = [one for one in conditions if one.operator in {Operator.EQ, Operator.IN} and one.column in touched]
    return any(touched[one.column] * len(one.values) <= _FEW for one in equal)


def _placed(search: Search, found: list[Record]) -> Sequence[Row]:
    """Return the cells of pages as the engines give them: the chosen columns, the key, those of the order."""
    names = [column.name for column in search.columns if column is not KEY]
    places = {name: place for place, name in enumerate(names)}
    chosen = [len(names) if column is KEY else places[column.name] for column in search.columns]
    if chosen == [len(names), *range(len(names))]:
        shown = len(names)
        return _ranked(search, [(row[shown], *row[:shown]) for row in found])
    return _ranked(search, [tuple(row[place] for place in chosen) for row in found])


def _ranked(search: Search, rows: Sequence[Row]) -> Sequence[Row]:
    ranks = (RANK,) * len(search.ranks)
    return [(*row, *ranks) for row in rows] if ranks else rows


async def total_of(search: Search, shown: int, parts: Parts, asker: str) -> int:
    """Return how many rows fit in all, `shown` of them being the page: exact, and not counted where it shows."""
    version = search.table.version
    if search.where == ALL and not search.distinct:
        return version.rows
    if search.behind is not None:
        return max(version.rows - search.behind, 0)
    if shown < search.limit and (shown or not search.offset):
        return search.offset + shown
    if few(search, parts):
        found = parts.rows.sought(version, _counting(search))
        if found is not None:
            return int(found[0][0] or 0)
    if search.plain:
        return await count_of(parts, version, search.question(), client=asker)
    ((number,),) = await parts.scans.rows(version, search.count(), client=asker)
    return int(number or 0)


def _counting(search: Search) -> Statement:
    return count(search.question()) if search.plain else search.count()
