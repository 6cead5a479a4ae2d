"""Which engine answers a question on rows: seeks and indexed filters go to SQLite, all else to a scan of the Parquet.

The answer is the same whichever: a version whose index is not there yet is scanned for everything.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import Enum, auto
from typing import TYPE_CHECKING, Final, assert_never

from orjson import dumps

from api.parts import Parts
from api.row_files import Record, Statement
from api.rows import KEY, After, And, Condition, Operator, Question, count, page, scan
from api.steps import columns_read, steps
from api.summaries import Summary, lines
from catalog.views import VersionView
from eclor.engine.quoting import quoted
from eclor.errors import RequestRefused

if TYPE_CHECKING:
    from api.words import Found

QUICK_ROWS: Final = 1000
"""What a page may hold to be read on the event loop."""
_FEW: Final = 2000
"""Rows that an index may have to look at, for one value, on the event loop."""
_SOME: Final = 20_000
"""Rows that it may look at in a thread; beyond, a scan costs less."""
AT_PLACES: Final = (
    'FROM (SELECT "key" AS "_at", value AS "_place" FROM json_each(?)) JOIN rows ON "_n" = "_place" ORDER BY "_at"'
)
"""Rows that stand at some places, in the order of the list of places."""
_PLAIN: Final = frozenset(set(Operator) - {Operator.CONTAINS, Operator.LIKE, Operator.ENDS_WITH, Operator.STARTS_WITH})


class Way(Enum):
    """How a question is answered."""

    SEEK = auto()
    READ = auto()
    SCAN = auto()


def way(question: Question, touched: Mapping[str, float] | None) -> Way:
    """Return how to answer, given the indexed columns and the rows that one value of each has; None: no index."""
    if touched is None:
        return Way.SCAN
    if question.by_key_alone:
        return Way.SEEK if question.limit <= QUICK_ROWS else Way.READ
    if question.sorts:
        return Way.SEEK if _in_order(question, touched) else Way.SCAN
    return _indexed(question, touched)


def _indexed(question: Question, touched: Mapping[str, float]) -> Way:
    parts = question.filter
    conditions = [part for part in parts if isinstance(part, Condition) and _is_plain(part)]
    reached = [_reached(condition, touched) for condition in conditions]
    if len(conditions) < len(parts):
        return Way.SCAN
    seeks_one = len(parts) == 1 and parts[0] == conditions[0] and conditions[0].operator == Operator.EQ
    if seeks_one and reached[0] is not None and not question.offset and question.limit <= QUICK_ROWS:
        return Way.SEEK
    least = min((rows for rows in reached if rows is not None), default=float("inf"))
    if least <= _FEW and question.limit <= QUICK_ROWS:
        return Way.SEEK
    return Way.READ if least <= _SOME else Way.SCAN


def _in_order(question: Question, touched: Mapping[str, float]) -> bool:
    """Say whether an index already stands in the order asked for, with few rows of each value."""
    unfiltered = not question.filter and not question.offset and question.limit <= QUICK_ROWS
    return unfiltered and len(question.sorts) == 1 and touched.get(question.sorts[0].column, _SOME) <= _FEW


def _is_plain(condition: Condition) -> bool:
    return condition.operator in _PLAIN and not condition.folded


def _reached(condition: Condition, touched: Mapping[str, float]) -> float | None:
    """Return how many rows its index would look at, about; None without an index."""
    rows = touched.get(condition.column)
    if rows is None or condition.operator not in {Operator.EQ, Operator.IN}:
        return None
    return rows * len(condition.values)


async def rows_of(
    parts: Parts, version: VersionView, question: Question, *, beyond: int = 0, client: str = ""
) -> list[Record]:
    """Return a page of rows, and some beyond: the chosen columns, the place, the sorted columns (`api.rows.page`).

    Refuses what takes too long, what waits behind too much, what cannot be read (503), too much memory (422).
    """
    chosen = way(question, parts.rows.touched(version))
    match chosen:
        case Way.SEEK:
            found = sought_rows(parts, version, question, beyond=beyond)
            return await _scanned(parts, version, question, beyond, client) if found is None else found
        case Way.READ:
            return (await parts.rows.patiently(version, [page(question, beyond=beyond)]))[0]
        case Way.SCAN:
            return await _scanned(parts, version, question, beyond, client)
        case _:
            assert_never(chosen)


async def placed(parts: Parts, version: VersionView, question: Question, *, client: str = "") -> Question:
    """Return the same, with the values of the row that it begins behind where its cursor left them out.

    Refuses (400) a place where no row is, and as `rows_of` does.
    """
    columns = tuple(sort.column for sort in question.sorts)
    if question.after is None or len(question.after.values) == len(columns):
        return question
    place = question.after.place
    rows = await rows_of(parts, version, Question(columns, 1, after=After((), place - 1)), client=client)
    if not rows:
        raise RequestRefused("api.bad-cursor")
    return replace(question, after=After(rows[0][: len(columns)], place))


def sought_rows(parts: Parts, version: VersionView, question: Question, *, beyond: int = 0) -> list[Record] | None:
    """Seek a page by its key or an index; None if that turns out to be long."""
    found: list[Record] = []
    for step in steps(question):
        missing = question.limit + beyond - len(found)
        rows = parts.rows.sought(version, page(replace(step, limit=missing))) if missing else []
        if rows is None:
            return None
        found += rows
    return found


async def count_of(parts: Parts, version: VersionView, question: Question, *, client: str = "") -> int:
    """Return how many rows fit, whatever the page."""
    if not question.filter:
        return version.rows
    chosen = way(replace(question, sorts=(), after=None, offset=0, limit=_FEW), parts.rows.touched(version))
    if chosen == Way.SCAN:
        words = await _found(parts, version, question, client)
        if words is not None and (known := _counted(parts, version, question, words)) is not None:
            return known
        source = await parts.scans.source(version, columns_read(question.filter), client=client)
        ((found,),) = await parts.scans.rows(version, count(question, source), client=client)
    else:
        (((found,),),) = await parts.rows.patiently(version, [count(question)])
    return int(found or 0)


async def places_of(
    parts: Parts, version: VersionView, question: Question, *, beyond: int = 0, client: str = ""
) -> list[Record]:
    """Scan for a page's rows without their columns: each one's place, then its sorted columns."""
    words = await _found(parts, version, question, client)
    if (
        words is not None
        and (known := _placed(parts, version, replace(question, columns=()), words, beyond)) is not None
    ):
        return known
    found: list[Record] = []
    read = columns_read(question.filter) | {sort.column for sort in question.sorts}
    source = await parts.scans.source(version, read, client=client)
    for step in steps(replace(question, columns=())):
        missing = question.limit + beyond - len(found)
        if missing:
            asked = scan(replace(step, limit=missing), source=source)
            found += await parts.scans.rows(version, asked, client=client)
    return found


async def _found(parts: Parts, version: VersionView, question: Question, client: str) -> "Found | None":
    """Return the rows that the words of a question stand in, where there is an index of words to say so."""
    asked = question.filter
    if not parts.words.there(version, asked):
        return None
    return await parts.scans.in_turn(lambda: parts.words.find(version, asked), client=client)


def _placed(parts: Parts, version: VersionView, question: Question, words: "Found", beyond: int) -> list[Record] | None:
    """Return a page of places of rows in which words stand; None where a scan costs less."""
    if words.rest or question.sorts:
        fewer = _among(question, words)
        there = fewer is not None and parts.rows.touched(version) is not None
        return sought_rows(parts, version, fewer, beyond=beyond) if fewer is not None and there else None
    first, most = (question.after.place if question.after else 0), question.offset + question.limit + beyond
    return [(place + 1,) for place in words.places(first, most)[question.offset :]]


def _counted(parts: Parts, version: VersionView, question: Question, words: "Found") -> int | None:
    if not words.rest:
        return words.count
    fewer = _among(question, words)
    if fewer is None or parts.rows.touched(version) is None:
        return None
    found = parts.rows.sought(version, count(fewer))
    return None if found is None else int(found[0][0] or 0)


def _among(question: Question, words: "Found") -> Question | None:
    """Return a question on the rows in which words stand, if these are few."""
    if words.count > _FEW:
        return None
    standing = Condition(KEY, Operator.IN, tuple(place + 1 for place in words.places(0, _FEW)))
    return replace(question, where=And((standing, *words.rest)))


async def lines_of(
    parts: Parts, version: VersionView, summary: Summary, *, beyond: int = 0, client: str = ""
) -> list[Record]:
    """Return a page of a summary's lines, and some beyond."""
    most = summary.limit + beyond
    if summary.tallied and (found := await parts.scans.tallied(version, summary, most=most, client=client)) is not None:
        return found
    source = await parts.scans.source(version, summary.columns_read, client=client)
    return await parts.scans.rows(version, lines(summary, beyond=beyond, source=source), client=client)


async def _scanned(parts: Parts, version: VersionView, question: Question, beyond: int, client: str) -> list[Record]:
    """Find the places by a scan of few columns, then read those rows by their key where there is an index."""
    if question.limit > QUICK_ROWS or parts.rows.touched(version) is None or not question.columns:
        return await parts.scans.rows(version, scan(question, beyond=beyond), client=client)
    places = await places_of(parts, version, question, beyond=beyond, client=client)
    read = parts.rows.quickly(version, _at(question.columns, [place for place, *_ in places]))
    return [row + place for row, place in zip(read, places, strict=True)]


def _at(columns: Sequence[str], places: Sequence[object]) -> Statement:
    """Return the question of the rows that stand at some places, in the order of the places."""
    return Statement(" ".join(["SELECT", ", ".join(map(quoted, columns)), AT_PLACES]), (dumps(places).decode(),))
