"""Rows that a search asks for, by whichever engine answers it."""

from itertools import islice

from api.asking import count_of, rows_of
from api.ckan.full_text import RANK
from api.ckan.search_question import Search
from api.ckan.table import KEY
from api.ckan.writing_rows import Row
from api.parts import Parts
from api.rows import ALL


async def rows_found(search: Search, parts: Parts, asker: str) -> list[Row]:
    """Return the rows of a page, their cells in the order of `Search.shown`.

    Refuses what takes too long or too much (503, 422).
    """
    if search.limit == 0:
        return []
    if search.plain:
        return await _plain(search, parts, asker)
    table = await parts.scans.table(search.table.version, search.statement(), client=asker)
    chosen = islice(table.columns, max(len(search.columns), 1))
    rows: list[Row] = [*zip(*(column.to_pylist() for column in chosen), strict=True)]
    return [(*row, *_ranks(search)) for row in rows] if search.ranks else rows


async def _plain(search: Search, parts: Parts, asker: str) -> list[Row]:
    question = search.question()
    found = await rows_of(parts, search.table.version, question, client=asker)
    places = {name: place for place, name in enumerate(question.columns)}
    chosen = [len(question.columns) if column is KEY else places[column.name] for column in search.columns]
    if chosen == [*range(len(chosen))] and not search.ranks:
        return [row[: len(chosen)] for row in found] if found and len(found[0]) > len(chosen) else [*found]
    return [(*(row[place] for place in chosen), *_ranks(search)) for row in found]


def _ranks(search: Search) -> tuple[float, ...]:
    return (RANK,) * len(search.ranks)


async def total_of(search: Search, parts: Parts, asker: str) -> int:
    """Return how many rows fit in all: exact."""
    if search.where == ALL and not search.distinct:
        return search.table.version.rows
    if search.plain:
        return await count_of(parts, search.table.version, search.question(), client=asker)
    ((found,),) = await parts.scans.rows(search.table.version, search.count(), client=asker)
    return int(found or 0)
