"""The rows as a SQLite file beside the exports, for point reads and keyset paging; readers get it through the API only.

Table `rows(_n INTEGER PRIMARY KEY, …)`: `_n` counts from 1 in key order; texts are TEXT, integers INTEGER, decimals
NUMERIC. Open it with `immutable=1`.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Final

from sqlalchemy import ClauseElement, Index, func, select
from sqlalchemy import Table as SqlTable
from sqlalchemy.schema import CreateIndex, CreateTable

from catalog.export import Export, Table, Value
from catalog.rows_index import DIALECT, NAME, rows_table
from charter.release_parts import ReleaseColumn
from charter.vocabulary import FieldType

INDEX_BUDGET_BYTES: Final = 16_000_000
"""What one column's values may weigh for it to be indexed."""
_SETTINGS: Final = ("PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF", "PRAGMA page_size = 4096")


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
    numbers = count(1)
    for batch in table.batches():
        for row in batch:
            yield (next(numbers), *map(_stored, row))


def _stored(value: Value) -> str | int | None:
    return format(value, "f") if isinstance(value, Decimal) else value


def _worth_an_index(database: sqlite3.Connection, rows: SqlTable, column: ReleaseColumn) -> bool:
    if column.kind not in {"dimension", "technical"} or column.type == FieldType.GEOMETRY:
        return False
    weight, lines = database.execute(_sql(select(func.sum(func.length(rows.c[column.name])), func.count()))).fetchone()
    return bool((weight or 0) + 8 * lines <= INDEX_BUDGET_BYTES)


EXPORT = Export(NAME, "application/vnd.sqlite3", write, served=False)
