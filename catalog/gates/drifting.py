"""Two versions side by side, read by DuckDB: how many rows, which cells are empty, how values are spread."""

import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

from catalog.gates.opening import opened_engine
from catalog.gates.pushdown.columns import Column, Kind, kind_of
from catalog.gates.pushdown.compiled import question

if TYPE_CHECKING:
    import duckdb

SIDES: Final = ("former", "latter")
_MEMORY: Final = "600MB"
MOST_VALUES: Final = 50
"""Distinct values of a closed category; beyond, it is not one."""
_TENTHS: Final = tuple(tenth / 10 for tenth in range(1, 10))
_LEAST_SHARE: Final = 1e-3
_NUMBERS: Final = frozenset({Kind.WHOLE, Kind.DECIMAL})


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
class Compared:
    """Two files open to the same questions; `common` are the columns of one name and one type."""

    connection: "duckdb.DuckDBPyConnection"
    common: Mapping[str, Column]
    rows: tuple[int, int]

    @classmethod
    @contextmanager
    def opened(cls, latter: Path, former: Path, scratch: Path) -> Iterator[Self]:
        """Open both files, closed to the outside."""
        with opened_engine(latter, former, scratch=scratch, memory=_MEMORY) as connection:
            types = []
            for side, file in zip(SIDES, (former, latter), strict=True):
                relation = connection.read_parquet(str(file))
                relation.create_view(side)
                types.append(dict(zip(relation.columns, map(str, relation.types), strict=True)))
            same = {name: kind_of(name, kind) for name, kind in types[1].items() if types[0].get(name) == kind}
            before, after = (_one(connection, "SELECT count(*) FROM", side)[0] for side in SIDES)
            yield cls(connection, same, (int(before), int(after)))

    def empty(self, names: Sequence[str]) -> dict[str, tuple[float, float]]:
        """Return the share of empty cells of some columns, before and after: one scan of each."""
        if not names:
            return {}
        counts = ", ".join(f"count({self.common[name].quoted}) / count(*)" for name in names)
        before, after = (_one(self.connection, "SELECT", counts, "FROM", side) for side in SIDES)
        return {name: (1 - b, 1 - a) for name, b, a in zip(names, before, after, strict=True)}

    def spread(self, name: str, *, closed: bool) -> Shares | None:
        """Return how a column is spread: by tenths of the former version, or by value; None if it cannot be said."""
        column = self.common[name]
        if column.kind in _NUMBERS:
            return self._by_tenths(column)
        return self._by_value(column) if closed and column.kind is Kind.TEXT else None

    def _by_tenths(self, column: Column) -> Shares | None:
        tenths = f"quantile_disc({column.quoted}, {list(_TENTHS)})"
        (limits,) = _one(self.connection, "SELECT", tenths, "FROM", SIDES[0])
        if limits is None:
            return None
        edges = list(dict.fromkeys(limits))
        below = [f"count_if({column.quoted} <= {edge})" for edge in edges]
        counts = ", ".join([*below, f"count({column.quoted})"])
        sides = [_one(self.connection, "SELECT", counts, "FROM", side) for side in SIDES]
        if not all(side[-1] for side in sides):
            return None
        before, after = ([part / side[-1] for part in _steps(side)] for side in sides)
        return Shares(before, after)

    def _by_value(self, column: Column) -> Shares | None:
        grouped = (f"WHERE {column.quoted} IS NOT NULL GROUP BY", column.quoted, f"LIMIT {MOST_VALUES + 1}")
        asked = (question("SELECT", column.quoted, ", count(*) FROM", side, *grouped) for side in SIDES)
        before, after = (dict(self.connection.execute(each).fetchall()) for each in asked)
        if not before or not after or max(len(before), len(after)) > MOST_VALUES:
            return None
        values = {**before, **after}
        sides = [[side.get(value, 0) / sum(side.values()) for value in values] for side in (before, after)]
        return Shares(*sides)


def _steps(cumulated: Sequence[int]) -> list[int]:
    """Return the parts that cumulated counts are made of."""
    return [each - before for before, each in zip((0, *cumulated), cumulated, strict=False)]


def _one(connection: "duckdb.DuckDBPyConnection", *parts: str) -> tuple[Any, ...]:
    return connection.execute(question(*parts)).fetchone() or ()
