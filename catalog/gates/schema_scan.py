"""The scan itself: one reading of a release in DuckDB, one more of its keys, and the rows that may be at fault."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa

from catalog.gates.schema_fields import Cells
from catalog.gates.schema_plan import CELLS, NUMBER, ROWS, UNEVEN, Scan
from eclor.engine.closing import close_to
from eclor.engine.handles import Connection

MEMORY: Final = "512MB"
"""What the scan may hold before it spills into the gate's scratch."""
_BATCH: Final = 10_000
_TWICE: Final = "twice"
_EVEN: Final = duckdb.ConstantExpression(value=False)
_COUNTED: Final = "SELECT count(*), count(*) FILTER ({suspect}), count(*) FILTER ({unread}) FROM rows"
_REPEATED: Final = (
    "CREATE TEMP TABLE {table} AS SELECT {values} FROM rows WHERE {some} GROUP BY ALL HAVING count(*) > 1"
)
_ALIKE: Final = "EXISTS (SELECT 1 FROM {table} t WHERE {alike})"
_LOCATED: Final = "SELECT * FROM rows WHERE {suspect} ORDER BY number LIMIT {most}"


@dataclass(frozen=True, slots=True)
class Counted:
    """How many rows there are, may be at fault, and have a key that only the library can read."""

    rows: int
    suspects: int
    unread: int


class Rows:
    """The rows of a file, open in the engine; `opened` makes it."""

    def __init__(self, connection: Connection, columns: tuple[str, ...]) -> None:
        self._connection = connection
        self.columns = columns

    def cells(self, *, null_is_empty: bool) -> list[Cells]:
        """Return the columns as the scan names them, with their stored types."""
        stored = {name: str(kind) for name, kind, *_ in self._connection.table(ROWS).limit(0).description}
        return [Cells(f"c{place}", stored[f"c{place}"], null_is_empty) for place in range(len(self.columns))]

    def count(self, scan: Scan) -> Counted:
        """Read all rows once."""
        counted = self._connection.execute(_COUNTED.format(suspect=scan.suspect, unread=scan.unread)).fetchone()
        return Counted(*map(int, counted))

    def repeated(self, scan: Scan) -> str:
        """Return the condition of a row whose key another row has: `false` if there is none. Reads the keys once."""
        conditions = []
        for place, key in enumerate(scan.keys):
            table, values = f"{_TWICE}{place}", [f"{value} AS v{at}" for at, value in enumerate(key)]
            some = " OR ".join(f"{value} IS NOT NULL" for value in key)
            self._connection.execute(_REPEATED.format(table=table, values=", ".join(values), some=some))
            if self._connection.table(table).limit(1).fetchone():
                alike = [f"t.v{at} IS NOT DISTINCT FROM {value}" for at, value in enumerate(key)]
                conditions.append(_ALIKE.format(table=table, alike=" AND ".join(alike)))
        return " OR ".join(conditions) or "false"

    def located(self, condition: str, *, most: int) -> Iterator[pa.RecordBatch]:
        """Give the first rows that meet a condition, in their order, with their number."""
        question = _LOCATED.format(suspect=condition, most=most)
        yield from self._connection.execute(question).to_arrow_reader(_BATCH)


@contextmanager
def opened(file: Path, columns: tuple[str, ...], *, numbered: bool, spill: Path) -> Iterator[Rows]:
    """Open these columns of a Parquet file, and nothing else; `numbered` files have their rows' numbers in them."""
    spill.mkdir(exist_ok=True)
    connection = duckdb.connect(config={"threads": 1, "memory_limit": MEMORY, "temp_directory": str(spill)})
    try:
        connection.execute("SET enable_progress_bar = false")
        close_to(connection, [file], [spill])
        rows = connection.read_parquet(str(file), file_row_number=not numbered)
        kept = [duckdb.ColumnExpression(name) for name in (NUMBER, UNEVEN, CELLS)]
        counted = [duckdb.ColumnExpression("file_row_number").alias(NUMBER), _EVEN.alias(UNEVEN)]
        cells = [duckdb.ColumnExpression(name).alias(f"c{place}") for place, name in enumerate(columns)]
        rows.select(*(kept if numbered else counted), *cells).create_view(ROWS)
        yield Rows(connection, columns)
    finally:
        connection.close()
