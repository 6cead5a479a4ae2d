"""The expectations that one DuckDB scan judges, over the Parquet file of a release, in little memory."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from catalog.gates.opening import opened_engine
from catalog.gates.outcome import MOST_ROWS, Outcome
from catalog.gates.own import OWN
from catalog.gates.pushdown import COMPILERS
from catalog.gates.pushdown.columns import Outside, Parameters, kind_of
from catalog.gates.pushdown.compiled import PLACE, RELEASE, Compiled, Table
from catalog.gates.subject import Expected

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
    """The rows of a release, open to questions."""

    connection: "duckdb.DuckDBPyConnection"

    @classmethod
    @contextmanager
    def opened(cls, rows: Path, scratch: Path) -> Iterator[Self]:
        """Open a release's rows, closed to the outside; what does not fit in memory is spilled to `scratch`."""
        with opened_engine(rows, scratch=scratch, memory=_MEMORY) as connection:
            connection.execute("SET TimeZone = 'Europe/Paris'")
            read = connection.read_parquet(str(rows), file_row_number=True)
            read.select(f"* EXCLUDE (file_row_number), file_row_number + 1 AS {PLACE}").create_view(RELEASE)
            yield cls(connection)

    def table(self) -> Table:
        """Return the columns of the release and their types."""
        described = self.connection.table(RELEASE)
        columns = zip(described.columns, map(str, described.types), strict=True)
        return Table({name: kind_of(name, kind) for name, kind in columns if name != PLACE.strip('"')})

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
        """Return the values of all their measures, each asked once."""
        measures = list(dict.fromkeys(measure for each in compiled for measure in each.measures))
        if not measures:
            return [[] for _ in compiled]
        found = self.connection.execute(" ".join(("SELECT", ", ".join(measures), "FROM", RELEASE))).fetchone() or ()
        values = dict(zip(measures, found, strict=True))
        return [[values[measure] for measure in each.measures] for each in compiled]

    def _located(self, asked: Compiled, outcome: Outcome) -> Outcome:
        if outcome.success or not asked.failing:
            return outcome
        first = " ".join((asked.failing, "ORDER BY", PLACE, "LIMIT", str(MOST_ROWS)))
        return replace(outcome, rows=tuple(place for (place,) in self.connection.execute(first).fetchall()))
