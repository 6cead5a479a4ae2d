"""The rows as a SQLite file beside the exports, for point reads and keyset paging; readers get it through the API only.

Table `rows(_n INTEGER PRIMARY KEY, …)`: `_n` counts from 1 in key order; texts are TEXT, integers INTEGER, decimals
NUMERIC. Open it with `immutable=1`.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import ClauseElement, Index
from sqlalchemy.schema import CreateIndex, CreateTable

from catalog.columnar import numbers
from catalog.export import Export, Table
from catalog.rows_index import DIALECT, NAME, rows_table
from charter.release_parts import ReleaseColumn
from charter.vocabulary import FieldType

INDEX_BUDGET_BYTES: Final = 16_000_000
"""What one column's values may weigh for it to be indexed."""
MOST_OF_A_VALUE: Final = 2_000
"""Rows that a value may have, about, for its column to be indexed: of more, a scan costs no more than an index."""
_ENOUGH_VALUES: Final = 100_000
_SETTINGS: Final = (
    "PRAGMA journal_mode = OFF",
    "PRAGMA synchronous = OFF",
    "PRAGMA page_size = 16384",
    "PRAGMA locking_mode = EXCLUSIVE",
    "PRAGMA cache_size = -16384",
)
_NEVER_INDEXED: Final = frozenset({FieldType.GEOMETRY, FieldType.BOOLEAN, FieldType.DECIMAL})
"""A value of half the rows, or of one measurement: a scan answers as well."""
_EXACT_DIGITS: Final = 15
"""Decimals of no more digits are the nearest float of their unscaled number over a power of ten."""


def write(table: Table, path: Path) -> None:
    """Write the rows, an index on each column that people filter by, and the statistics that the planner reads."""
    rows = rows_table(table.columns)
    asked = {column.name: _Asked() for column in table.columns if _may_be_indexed(column)}
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        for setting in _SETTINGS:
            database.execute(setting)
        database.execute("BEGIN")
        database.execute(_sql(CreateTable(rows)))
        database.executemany(_sql(rows.insert()), _numbered(table, asked))
        for name, column in asked.items():
            if column.deserves_an_index:
                database.execute(_sql(CreateIndex(Index(f"rows_{name}", rows.c[name]))))
        database.execute("ANALYZE")
        database.execute("COMMIT")


def _may_be_indexed(column: ReleaseColumn) -> bool:
    return column.kind in {"dimension", "technical"} and (bool(column.level) or column.type not in _NEVER_INDEXED)


def _sql(statement: ClauseElement) -> str:
    return str(statement.compile(dialect=DIALECT))


@dataclass(slots=True)
class _Asked:
    """A column that people may filter by: its rows, what they weigh with the number of each, some of its values."""

    rows: int = 0
    weight: int = 0
    values: set[object] = field(default_factory=set)

    @property
    def deserves_an_index(self) -> bool:
        """Say whether an index of it is light, and of use."""
        return self.weight <= INDEX_BUDGET_BYTES and self.rows <= MOST_OF_A_VALUE * len(self.values)

    def met(self, values: pa.Array) -> None:
        """Add values: letters or digits are weighed."""
        texts = numbers(values) if pa.types.is_integer(values.type) else values
        if pa.types.is_dictionary(texts.type):
            letters = pc.utf8_length(texts.dictionary).take(texts.indices)
        else:
            letters = pc.utf8_length(texts)
        self.rows += len(values)
        self.weight += int(pc.sum(letters).as_py() or 0) + 8 * len(values)
        if len(self.values) < _ENOUGH_VALUES and self.weight <= INDEX_BUDGET_BYTES:
            few = texts.dictionary if pa.types.is_dictionary(texts.type) else pc.unique(texts)
            self.values.update(few.to_pylist())


def _numbered(table: Table, asked: dict[str, _Asked]) -> Iterator[tuple[object, ...]]:
    """Give the rows, each after its number; a column at a time is made ready for all the rows of a batch."""
    first = 1
    for batch in table.record_batches():
        for name, column in asked.items():
            column.met(batch.column(name))
        yield from zip(range(first, first + len(batch)), *map(_cells, batch.columns), strict=True)
        first += len(batch)


def _cells(values: pa.Array) -> list[object]:
    """Return a column's cells as SQLite takes them: truth values and long decimals by their digits."""
    if pa.types.is_dictionary(values.type):
        few = _cells(values.dictionary)
        return [None if place is None else few[place] for place in values.indices.to_pylist()]
    if pa.types.is_boolean(values.type):
        values = pc.if_else(values, "1", "0")
    if pa.types.is_decimal(values.type):
        if pa.types.is_decimal128(values.type) and values.type.precision <= _EXACT_DIGITS and values.type.scale >= 0:
            return _floats(values)
        values = numbers(values)
    if pa.types.is_integer(values.type) and not values.null_count:
        whole: list[object] = values.to_numpy().tolist()
        return whole
    cells: list[object] = values.to_pylist()
    return cells


def _floats(values: pa.Array) -> list[object]:
    """Return decimals of few digits as floats: each the nearest to what its digits say."""
    unscaled = np.frombuffer(values.buffers()[1], np.int64)[::2][values.offset : values.offset + len(values)]
    made: list[object] = (unscaled / 10.0**values.type.scale).tolist()
    if not values.null_count:
        return made
    return [value if there else None for value, there in zip(made, values.is_valid().to_pylist(), strict=True)]


EXPORT = Export(NAME, "application/vnd.sqlite3", write, served=False)
