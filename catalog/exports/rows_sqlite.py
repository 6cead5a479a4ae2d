"""The rows as a SQLite file beside the exports, for point reads and keyset paging; readers get it through the API only.

Table `rows(_n INTEGER PRIMARY KEY, …)`: `_n` counts from 1 in key order; texts are TEXT, integers INTEGER, decimals
NUMERIC. Open it with `immutable=1`.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

import pyarrow as pa
from sqlalchemy import ClauseElement, Index, func, select
from sqlalchemy import Table as SqlTable
from sqlalchemy.schema import CreateIndex, CreateTable

from catalog.columnar import numbers
from catalog.export import Export, Table
from catalog.rows_index import DIALECT, NAME, rows_table
from charter.release_parts import ReleaseColumn
from charter.vocabulary import FieldType

INDEX_BUDGET_BYTES: Final = 16_000_000
"""What one column's values may weigh for it to be indexed."""
_SETTINGS: Final = (
    "PRAGMA journal_mode = OFF",
    "PRAGMA synchronous = OFF",
    "PRAGMA page_size = 4096",
    "PRAGMA locking_mode = EXCLUSIVE",
    "PRAGMA cache_size = -16384",
)


def write(table: Table, path: Path) -> None:
    """Write the rows, an index on each column that people filter by, and the statistics that the planner reads."""
    rows = rows_table(table.columns)
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        for setting in _SETTINGS:
            database.execute(setting)
        database.execute("BEGIN")
        database.execute(_sql(CreateTable(rows)))
        database.executemany(_sql(rows.insert()), _numbered(table))
        for column in table.columns:
            if _worth_an_index(database, rows, column):
                database.execute(_sql(CreateIndex(Index(f"rows_{column.name}", rows.c[column.name]))))
        database.execute("ANALYZE")
        database.execute("COMMIT")


def _sql(statement: ClauseElement) -> str:
    return str(statement.compile(dialect=DIALECT))


def _numbered(table: Table) -> Iterator[tuple[object, ...]]:
    """Give the rows, each after its number; a column at a time is made ready for all the rows of a batch."""
    first = 1
    for batch in table.record_batches():
        yield from zip(range(first, first + len(batch)), *map(_cells, batch.columns), strict=True)
        first += len(batch)


def _cells(values: pa.Array) -> list[object]:
    """Return a column's cells as SQLite takes them: decimals by their digits."""
    if pa.types.is_dictionary(values.type):
        few = _cells(values.dictionary)
        return [None if place is None else few[place] for place in values.indices.to_pylist()]
    cells: list[object] = (numbers(values) if pa.types.is_decimal(values.type) else values).to_pylist()
    return cells


def _worth_an_index(database: sqlite3.Connection, rows: SqlTable, column: ReleaseColumn) -> bool:
    if column.kind not in {"dimension", "technical"} or column.type == FieldType.GEOMETRY:
        return False
    weight, lines = database.execute(_sql(select(func.sum(func.length(rows.c[column.name])), func.count()))).fetchone()
    return bool((weight or 0) + 8 * lines <= INDEX_BUDGET_BYTES)


EXPORT = Export(NAME, "application/vnd.sqlite3", write, served=False)
