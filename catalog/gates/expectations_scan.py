"""The expectations that one DuckDB scan judges, over the Parquet file of a release, in little memory."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from catalog.gates.opening import once_asked, opened_engine
from catalog.gates.outcome import MOST_ROWS, Outcome
from catalog.gates.own import OWN
from catalog.gates.pushdown import COMPILERS
from catalog.gates.pushdown.columns import Column, Kind, Outside, Parameters
from catalog.gates.pushdown.compiled import (
    ALL,
    PLACE,
    RELEASE,
    Aggregate,
    Compiled,
    Different,
    Measure,
    Missing,
    RowsWhere,
    Table,
    question,
)
from catalog.gates.subject import Expected
from catalog.gates.values import ROWS, Values, values_of

if TYPE_CHECKING:
    import duckdb

EXECUTOR: Final = "eclor/duckdb"
_MEMORY: Final = "600MB"


def compiled(expected: Expected, table: Table) -> Compiled | None:
    """Return an expectation as the scan judges it; None if any of it is beyond what the scan knows."""
    own = OWN.get(expected.name)
    compiler = own.compiled if own else COMPILERS.get(expected.name)
    if compiler is None:
        return None
    try:
        return compiler(table, Parameters(expected.parameters))
    except Outside:
        return None


@dataclass(frozen=True, slots=True)
class Scan:
    """A release, open to questions: its values, and its rows once they are asked for."""

    values: Values
    engine: "Callable[[], duckdb.DuckDBPyConnection]"

    @classmethod
    @contextmanager
    def opened(cls, rows: Path, scratch: Path) -> Iterator[Self]:
        """Open a release's rows, closed to the outside; what does not fit in memory is spilled to `scratch`."""
        with once_asked(lambda: _opened_rows(rows, scratch)) as engine:
            yield cls(values_of(rows), engine)

    def table(self) -> Table:
        """Return the columns of the release and their types."""
        return Table(self.values.columns)

    def outcomes(self, compiled: Sequence[Compiled]) -> list[Outcome | None]:
        """Return what each expectation comes to, in their order: one scan, and another for what must be counted again.

        Rows are located where an expectation does not hold. None where only the library can tell.
        """
        told = [each.told(found) for each, found in zip(compiled, self._measured(compiled), strict=True)]
        again = [more for more in told if isinstance(more, Compiled)]
        recounted = iter(zip(again, self._measured(again), strict=True))
        outcomes: list[Outcome | None] = []
        for each, first in zip(compiled, told, strict=True):
            asked, outcome = each, first
            if isinstance(first, Compiled):
                asked, found = next(recounted)
                outcome = asked.told(found)
            outcomes.append(self._located(asked, outcome) if isinstance(outcome, Outcome) else None)
        return outcomes

    def _measured(self, compiled: Sequence[Compiled]) -> list[list[object]]:
        """Return the values of all their measures, each asked once: of the columns' values, or else of the rows."""
        measures = dict.fromkeys(measure for each in compiled for measure in each.measures)
        told = {measure: value for measure in measures if (value := self._told(measure)) is not None}
        left = dict.fromkeys(measure.sql for measure in measures if measure not in told)
        found: Sequence[object] = ()
        if left:
            found = self.engine().execute(question("SELECT", ", ".join(left), "FROM", RELEASE)).fetchone() or ()
        read = dict(zip(left, found, strict=True))
        return [[told[each] if each in told else read[each.sql] for each in one.measures] for one in compiled]

    def _told(self, measure: Measure) -> object:
        """Return what the columns' values say of a measure; None where they do not, or it is null."""
        match measure:
            case RowsWhere(column, predicate):
                return self._of_values(column, f"coalesce(sum({ROWS}) FILTER ({predicate}), 0)::BIGINT")
            case Aggregate(column, sql):
                return self._of_values(column, sql)
            case Missing():
                return self._missing(measure)
            case Different(columns, missing) if self.values.apart(frozenset(each.name for each in columns)):
                left_out = self._missing(missing)
                return None if left_out is None else self.values.rows - left_out
            case _:
                return self.values.rows if measure == ALL else None

    def _of_values(self, column: Column, told: str) -> object:
        table = self.values.of(column.name)
        return None if table is None else self.values.ask("SELECT", told, "FROM", table)[0][0]

    def _missing(self, missing: Missing) -> int | None:
        """Return in how many rows cells are missing, where each column by itself says it."""
        if any(column.kind is Kind.REAL for column in missing.columns):
            return None
        empty = [self.values.rows - self.values.filled[column.name] for column in missing.columns]
        some = [count for count in empty if count]
        if missing.joined == "AND" and len(some) < len(empty):
            return 0
        return sum(some) if len(some) <= 1 else None

    def _located(self, asked: Compiled, outcome: Outcome) -> Outcome:
        if outcome.success or not asked.failing:
            return outcome
        first = " ".join((asked.failing, "ORDER BY", PLACE, "LIMIT", str(MOST_ROWS)))
        return replace(outcome, rows=tuple(place for (place,) in self.engine().execute(first).fetchall()))


@contextmanager
def _opened_rows(rows: Path, scratch: Path) -> "Iterator[duckdb.DuckDBPyConnection]":
    with opened_engine(rows, scratch=scratch, memory=_MEMORY) as connection:
        connection.execute("SET TimeZone = 'Europe/Paris'")
        read = connection.read_parquet(str(rows), file_row_number=True)
        read.select(f"* EXCLUDE (file_row_number), file_row_number + 1 AS {PLACE}").create_view(RELEASE)
        yield connection
