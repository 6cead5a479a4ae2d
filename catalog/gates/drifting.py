"""Two versions side by side: how many rows, which cells are empty, how values are spread.

A version's portrait is drawn when it is judged and kept with it: the next one is compared with that, and the rows of
the former are read again only where its portrait is lost or has not what is asked.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

from pydantic import TypeAdapter

from catalog.gates.opening import once_asked, opened_engine
from catalog.gates.pushdown.columns import Column, Kind
from catalog.gates.pushdown.compiled import question
from catalog.gates.values import ROWS, Values

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

_MEMORY: Final = "600MB"
MOST_VALUES: Final = 50
"""Distinct values of a closed category; beyond, it is not one."""
_TENTHS: Final = range(1, 10)
_LEAST_SHARE: Final = 1e-3
_NUMBERS: Final = frozenset({Kind.WHOLE, Kind.DECIMAL})
_HELD: Final = "held"


@dataclass(frozen=True, slots=True)
class Shares:
    """The share of each part of a column, before and after; each side adds up to one."""

    before: Sequence[float]
    after: Sequence[float]

    def stability_index(self) -> float:
        """Return the population stability index: 0 for the same spread, 0.25 for a marked change.

        A part that is empty on one side counts for a thousandth, or one lone row would weigh without bound.
        """
        pairs = [(max(b, _LEAST_SHARE), max(a, _LEAST_SHARE)) for b, a in zip(self.before, self.after, strict=True)]
        return sum((after - before) * math.log(after / before) for before, after in pairs)


@dataclass(frozen=True, slots=True)
class Spread:
    """How a column's cells are spread: numbers by their tenths, with how many cells are at most each; texts by value.

    Nothing of what cannot be said: of no value at all, or of more values than a closed category has.
    """

    limits: tuple[str, ...] = ()
    below: tuple[int, ...] = ()
    values: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Portrait:
    """What a version looks like: its rows; by column, its type, how many cells hold a value, how these are spread."""

    rows: int
    types: Mapping[str, str]
    filled: Mapping[str, int]
    spreads: Mapping[str, Spread]

    def empty(self, name: str) -> float:
        """Return the share of a column's cells that are empty."""
        return 1 - self.filled[name] / self.rows


PORTRAITS: Final = TypeAdapter(Portrait)


class Version:
    """The rows of a version: asked of the values of its columns where they are told, of the rows where not.

    `opened` makes it.
    """

    def __init__(self, values: Values, rows: "Callable[[], duckdb.DuckDBPyConnection]") -> None:
        self._values, self._rows = values, rows

    @classmethod
    @contextmanager
    def opened(cls, values: Values, scratch: Path) -> Iterator[Self]:
        """Open a version; its rows only once they are asked for."""
        with once_asked(lambda: _opened_rows(values.file, scratch)) as rows:
            yield cls(values, rows)

    def portrait(self, closed: Mapping[str, bool]) -> Portrait:
        """Draw the version, with how some columns are spread: those of numbers, and those of texts that are closed."""
        columns = self._values.columns
        asked = [columns[name] for name in closed if name in columns and _may_be_told(columns[name], closed[name])]
        return Portrait(
            self._values.rows,
            self._values.types,
            self._values.filled,
            {each.name: self._by_tenths(each) if each.kind in _NUMBERS else self._by_value(each) for each in asked},
        )

    def below(self, name: str, limits: Sequence[str]) -> tuple[int, ...]:
        """Return how many cells are at most each of these limits."""
        quoted = self._values.columns[name].quoted
        counts = [f"coalesce(sum({ROWS}) FILTER ({quoted} <= {limit}), 0)" for limit in limits]
        [told] = self._asked(name, ", ".join(counts)) if counts else [()]
        return tuple(map(int, told))

    def _by_tenths(self, column: Column) -> Spread:
        """Return the least values at most which a tenth of the cells is, two tenths…: each once, none of no cell."""
        if self._values.of(column.name) is not None:
            return _tenths_of(self._values.in_order(column.name))
        tenths = f"quantile_disc({column.quoted}, {[each / 10 for each in _TENTHS]})"
        [(limits,)] = self._asked(column.name, tenths)
        told = tuple(dict.fromkeys(map(str, limits or ())))
        return Spread(told, self.below(column.name, told))

    def _by_value(self, column: Column) -> Spread:
        counted = f"{column.quoted}, sum({ROWS})::BIGINT"
        grouped = question(_held(column), "GROUP BY", column.quoted, f"LIMIT {MOST_VALUES + 1}")
        told = dict(self._asked(column.name, counted, grouped))
        return Spread(values=told if len(told) <= MOST_VALUES else {})

    def _asked(self, name: str, told: str, among: str = "") -> list[tuple[Any, ...]]:
        """Return what is told of a column's values, or of its rows, each of which stands once."""
        table = self._values.of(name)
        if table is not None:
            return self._values.ask("SELECT", told, "FROM", table, among)
        return self._rows().execute(question("SELECT", told, "FROM", _HELD, among)).fetchall()


@contextmanager
def _opened_rows(file: Path, scratch: Path) -> "Iterator[duckdb.DuckDBPyConnection]":
    with opened_engine(file, scratch=scratch, memory=_MEMORY) as connection:
        connection.read_parquet(str(file)).select(f"*, 1 AS {ROWS}").create_view(_HELD)
        yield connection


def _tenths_of(values: "pa.Table") -> Spread:
    """Return the tenths of values in order, each with its cells."""
    import numpy as np  # noqa: PLC0415 - heavy: only the worker may load it

    upto = np.cumsum(values.column(1).to_numpy())
    filled = int(upto[-1]) if len(upto) else 0
    ranks = [-(-filled * tenth // 10) for tenth in _TENTHS if filled]
    places = list(dict.fromkeys(np.searchsorted(upto, ranks).tolist()))
    limits = values.column(0).take(places).to_pylist() if places else []
    return Spread(tuple(map(str, limits)), tuple(int(upto[place]) for place in places))


def _may_be_told(column: Column, closed: bool) -> bool:  # noqa: FBT001 - what is said of the column
    return column.kind in _NUMBERS or (closed and column.kind is Kind.TEXT)


def _held(column: Column) -> str:
    return f"WHERE {column.quoted} IS NOT NULL"


@dataclass(frozen=True, slots=True)
class Compared:
    """Two versions by their portraits; the latter is open, for what the former's asks of it."""

    before: Portrait
    after: Portrait
    latter: Version

    @property
    def rows(self) -> tuple[int, int]:
        """Return how many rows there were, and there are."""
        return self.before.rows, self.after.rows

    def common(self, names: Iterable[str]) -> list[str]:
        """Return the columns of one name and one type."""
        return [name for name in names if self.after.types.get(name, "") == self.before.types.get(name)]

    def empty(self, name: str) -> tuple[float, float]:
        """Return the share of a column's cells that are empty, before and after."""
        return self.before.empty(name), self.after.empty(name)

    def shares(self, name: str) -> Shares | None:
        """Return how a column is spread: by tenths of the former version, or by value; None if it cannot be said."""
        before, after = (side.spreads.get(name, Spread()) for side in (self.before, self.after))
        if before.limits and after.limits:
            below = self.latter.below(name, before.limits)
            return Shares(_parts(before.below, self.before.filled[name]), _parts(below, self.after.filled[name]))
        if not before.values or not after.values:
            return None
        values = {**before.values, **after.values}
        sides = ([side.get(each, 0) / sum(side.values()) for each in values] for side in (before.values, after.values))
        return Shares(*sides)


def _parts(cumulated: Sequence[int], filled: int) -> list[float]:
    """Return the shares that cumulated counts are made of, what is above the last one included."""
    steps = pairwise((0, *cumulated, filled))
    return [(upto - under) / filled for under, upto in steps]
