"""The texts of two columns, row by row, read by DuckDB: in how many rows they meet conditions, and which they are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import duckdb

_BATCH: Final = 5_000
_SHORTEST: Final = 5
_LONGEST: Final = 80


@dataclass(frozen=True, slots=True)
class PairCount:
    """Two texts of one row, in how many rows they stand together, and the first of them, from 1."""

    one: str
    other: str
    rows: int
    first_row: int


@dataclass(frozen=True, slots=True)
class Pairs:
    """Two columns as texts: `one` and `other`, with the row's number from 0, `place`; conditions are SQL over these.

    What is too short or too long for an identifier or a name is left out, and what stands in one column alone.
    """

    rows: "duckdb.DuckDBPyRelation"

    @classmethod
    def of(cls, rows: "duckdb.DuckDBPyRelation") -> "Pairs":
        """Return the pairs of two columns of texts, one of which may be null."""
        size = f"strlen(one) + strlen(other) BETWEEN {_SHORTEST} AND {_LONGEST}"
        return cls(rows.filter(f"one <> '' AND other <> '' AND {size}").select("*, one || other AS together"))

    def count(self, conditions: Sequence[str], *, among: str) -> list[int]:
        """Return in how many rows each condition holds, in one scan; it must hold only where that of `among` does."""
        counts = ", ".join(f"count(*) FILTER ({condition})" for condition in conditions)
        found = self.rows.filter(among).aggregate(counts).fetchone()
        assert found is not None, "counts are one row"
        return [*map(int, found)]

    def halves(self, side: str, condition: str) -> list[str]:
        """Return the distinct texts of a side, `one` or `other`, where a condition holds."""
        return [text for (text,) in self.rows.filter(condition).select(side).distinct().fetchall()]

    def distinct(self, condition: "str | duckdb.Expression") -> Iterator[list[PairCount]]:
        """Give the distinct pairs for which a condition holds, some at a time."""
        found = self.rows.filter(condition)
        counted = found.aggregate("one, other, count(*), min(place) + 1 AS first_row", "one, other").order("first_row")
        while rows := counted.fetchmany(_BATCH):
            yield [PairCount(*row) for row in rows]
