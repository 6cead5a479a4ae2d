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

from catalog.export import Export, Table, Value
from charter.release_parts import ReleaseColumn
from charter.vocabulary import FieldType

INDEX_BUDGET_BYTES: Final = 16_000_000
"""What one column's values may weigh for it to be indexed."""


def write(table: Table, path: Path) -> None:
    """Write the rows, an index on each column that people filter by, and the statistics that the planner reads."""
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        for setting in ("journal_mode = OFF", "synchronous = OFF", "page_size = 4096"):
            database.execute(f"PRAGMA {setting}")
        database.execute("BEGIN")
        database.execute(f"CREATE TABLE rows (_n INTEGER PRIMARY KEY, {', '.join(map(_definition, table.columns))})")
        places = ", ".join("?" for _ in range(len(table.columns) + 1))
        database.executemany(f"INSERT INTO rows VALUES ({places})", _numbered(table))  # noqa: S608 - marks only
        for column in table.columns:
            if _worth_an_index(database, column):
                database.execute(f"CREATE INDEX {quoted(f'rows_{column.name}')} ON rows ({quoted(column.name)})")
        database.execute("ANALYZE")
        database.execute("COMMIT")


def quoted(identifier: str) -> str:
    """Return an SQL identifier, quoted: the one place where a name enters this file's SQL."""
    return '"' + identifier.replace('"', '""') + '"'


def _definition(column: ReleaseColumn) -> str:
    return f"{quoted(column.name)} {_affinity(column)}"


def _affinity(column: ReleaseColumn) -> str:
    if column.level:
        return "TEXT"
    if column.type == FieldType.DECIMAL:
        return "NUMERIC"
    return "INTEGER" if column.kind == "measure" or column.type == FieldType.INTEGER else "TEXT"


def _numbered(table: Table) -> Iterator[tuple[object, ...]]:
    numbers = count(1)
    for batch in table.batches():
        for row in batch:
            yield (next(numbers), *map(_stored, row))


def _stored(value: Value) -> str | int | None:
    return format(value, "f") if isinstance(value, Decimal) else value


def _worth_an_index(database: sqlite3.Connection, column: ReleaseColumn) -> bool:
    if column.kind not in {"dimension", "technical"} or column.type == FieldType.GEOMETRY:
        return False
    weighed = f"SELECT coalesce(sum(8 + length({quoted(column.name)})), 0) FROM rows"  # noqa: S608 - a quoted name
    (weight,) = database.execute(weighed).fetchone()
    return bool(weight <= INDEX_BUDGET_BYTES)


EXPORT = Export("rows.sqlite", "application/vnd.sqlite3", write, served=False)
