"""All rows grouped by one column of few values, counted and summed here: a fraction of what the engine takes for it.

What it goes by is held beside a version's open engine, from the second time on that the same columns are asked for: the
values of the grouped column with their counts, and whole numbers in the order of these values, as floats of which every
sum is exact. Whatever else is asked (filters, other functions, a page behind a line) is the engine's.

Heavy (NumPy, Arrow): loaded by the first group that may be tallied.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from api.row_files import Cell, Record
from api.rows import Sort
from api.summaries import Aggregate, Function, Summary
from eclor.engine.quoting import quoted

if TYPE_CHECKING:
    import duckdb
    from numpy.typing import NDArray

Cells = Callable[["duckdb.DuckDBPyConnection"], list[Record]]
"""Reads what a cursor found."""
MOST_VALUES: Final = 4_096
_MOST_HELD: Final = 4_000_000
"""Cells held for one version: 32 MB."""
_AGAIN: Final = 2
_MOST_ASKED: Final = 64
_EXACT: Final = 2**53
"""Sums below are exact as floats."""
_AT_ONCE: Final = 65_536
_UNKNOWN: Final = object()


@dataclass(frozen=True, slots=True)
class _Groups:
    """The values of a column, ascending, a missing one last; how many rows each has; the rows in their order."""

    values: tuple[Cell, ...]
    counts: tuple[int, ...]
    rows: "NDArray[np.int32]"

    def summed(self, numbers: "NDArray[np.float64]") -> list[float]:
        """Return the sum of each value's numbers, which come in the order of the values."""
        counts = np.array(self.counts, np.intp)
        found: list[float] = np.add.reduceat(numbers, np.cumsum(counts) - counts).tolist()
        return found


@dataclass(frozen=True, slots=True)
class _Numbers:
    """The cells of a column of whole numbers in the order of groups, 0 where missing; how many of each are not."""

    cells: "NDArray[np.float64]"
    counts: tuple[int, ...]


@dataclass(slots=True)
class Tallies:
    """What is held of one version; None stands for a column that does not fit."""

    rows: int
    _groups: dict[str, _Groups | None] = field(default_factory=dict)
    _numbers: dict[tuple[str, str], _Numbers | None] = field(default_factory=dict)
    _asked: Counter[frozenset[str]] = field(default_factory=Counter)
    _lock: Lock = field(default_factory=Lock)

    def takes(self, summary: Summary) -> bool:
        """Say whether to group here: all that it looks at is held, or is asked again and has room."""
        group, pairs = summary.groups[0], _pairs(summary)
        held = [self._groups.get(group, _UNKNOWN), *(self._numbers.get(pair, _UNKNOWN) for pair in pairs)]
        missing = held.count(_UNKNOWN)
        if None in held or not missing:
            return None not in held
        if len(self._asked) >= _MOST_ASKED:
            self._asked.clear()
        self._asked[summary.columns_read] += 1
        room = self.rows * (len(self._groups) + len(self._numbers) + missing) <= _MOST_HELD
        return room and self._asked[summary.columns_read] >= _AGAIN

    def lines(
        self, cursor: "duckdb.DuckDBPyConnection", cells: Cells, summary: Summary, most: int
    ) -> list[Record] | None:
        """Return the first lines of a summary; None if a column does not fit. One that cannot be read never does."""
        (name,) = summary.groups
        with self._lock:
            if name not in self._groups:
                self._groups[name] = None
                self._groups[name] = _grouped(cursor, cells, name, self.rows)
            groups = self._groups[name]
            if groups is None:
                return None
            for pair in _pairs(summary) - self._numbers.keys():
                self._numbers[pair] = None
                self._numbers[pair] = _numbered(cursor, pair[1], groups)
        numbers = {pair[1]: self._numbers.get(pair) for pair in _pairs(summary)}
        if None in numbers.values():
            return None
        reckoned = [_reckoned(groups, one, numbers.get(one.column)) for one in summary.aggregates]
        return _ordered([*zip(groups.values, *reckoned, strict=True)], summary)[:most]


def _pairs(summary: Summary) -> set[tuple[str, str]]:
    return {(summary.groups[0], one.column) for one in summary.aggregates if one.column}


def _grouped(cursor: "duckdb.DuckDBPyConnection", cells: Cells, name: str, rows: int) -> _Groups | None:
    column, room = quoted(name), str(MOST_VALUES + 1)
    parts = ["CREATE OR REPLACE TEMP TABLE grouped AS SELECT", column, "AS value, count(*) AS rows FROM rows GROUP BY"]
    cursor.execute(" ".join([*parts, column, "ORDER BY", column, "ASC NULLS LAST LIMIT", room]))
    found = cells(cursor.execute("SELECT value, rows FROM grouped ORDER BY rowid"))
    if len(found) > MOST_VALUES:
        return None
    values = cursor.execute("SELECT value FROM grouped ORDER BY rowid").to_arrow_table().column(0).combine_chunks()
    places = np.zeros(rows, np.int16)
    try:
        for place, batch in _batches(cursor, name):
            places[place : place + len(batch)] = pc.index_in(batch, value_set=values).to_numpy(zero_copy_only=False)
    except pa.ArrowNotImplementedError:
        return None  # a type whose values Arrow does not look up
    counts = tuple(int(count or 0) for _, count in found)
    return _Groups(tuple(value for value, _ in found), counts, np.argsort(places, kind="stable").astype(np.int32))


def _numbered(cursor: "duckdb.DuckDBPyConnection", name: str, groups: _Groups) -> _Numbers | None:
    rows = len(groups.rows)
    cells, there, largest = np.zeros(rows), np.ones(rows, np.bool_), 0
    for place, batch in _batches(cursor, name):
        if not pa.types.is_integer(batch.type):
            return None
        least, most = (one.as_py() or 0 for one in pc.min_max(batch).values())
        largest = max(largest, -least, most)
        cells[place : place + len(batch)] = pc.fill_null(batch, 0).to_numpy(zero_copy_only=False)
        there[place : place + len(batch)] = pc.is_valid(batch).to_numpy(zero_copy_only=False)
    if largest * rows >= _EXACT:
        return None
    counts = groups.counts
    if not there.all():
        counts = tuple(map(int, groups.summed(there[groups.rows].astype(np.float64))))
    return _Numbers(cells[groups.rows], counts)


def _batches(cursor: "duckdb.DuckDBPyConnection", name: str) -> Iterator[tuple[int, pa.Array]]:
    """Give a column in the order of its rows, each piece with its place."""
    place = 0
    for batch in cursor.execute(" ".join(["SELECT", quoted(name), "FROM rows"])).to_arrow_reader(_AT_ONCE):
        yield place, batch.column(0)
        place += len(batch)


def _reckoned(groups: _Groups, aggregate: Aggregate, numbers: _Numbers | None) -> list[Cell]:
    """Return an aggregate of each group; a sum or a mean of nothing is missing."""
    if numbers is None:
        return [*groups.counts]
    pairs = zip(groups.summed(numbers.cells), numbers.counts, strict=True)
    if aggregate.function == Function.SUM:
        return [int(total) if count else None for total, count in pairs]
    return [total / count if count else None for total, count in pairs]


def _ordered(rows: list[Record], summary: Summary) -> list[Record]:
    """Return lines in the order asked for; they come in that of their groups, by which equal ones stay."""
    if summary.keys == (Sort(summary.groups[0]),):
        return rows
    rank = {row[0]: place for place, row in enumerate(rows)}
    for key in reversed(summary.keys):
        place = summary.names.index(key.column)
        there = [row for row in rows if row[place] is not None]
        there.sort(key=lambda row: rank[row[0]] if place == 0 else float(row[place] or 0), reverse=key.descending)
        rows = there + [row for row in rows if row[place] is None]
    return rows
