"""Texts that sort at the price of numbers: a column of few values becomes an ENUM in byte order.

Sorting texts costs most of a row-level release (10.9 s of CPU for ten million rows of six columns, 3.6 s by rank).
Values are the same, read or written; only their order is known beforehand.
"""

from collections.abc import Sequence
from typing import Final

import duckdb

from eclor.engine.handles import Connection, Relation
from eclor.engine.quoting import quoted

MANY_ROWS: Final = 500_000
"""Below, a plain sort is quick enough."""

ROWS_PER_VALUE: Final = 5
"""A text with fewer rows a value in the sample is no list: a dictionary of it would not pay."""

_COUNTED: Final = "SELECT count(*), {counts} FROM eclor_rows USING SAMPLE 2 PERCENT (system, 1)"
_FORGOTTEN: Final = "DROP TYPE IF EXISTS {kind}"
_RANKED: Final = "CREATE TEMP TYPE {kind} AS ENUM (FROM eclor_values)"


def ranked(connection: Connection, rows: Relation, columns: Sequence[str]) -> dict[str, str]:
    """Make an ENUM of each of these text columns that has few values, if `rows` are many; return its name by column."""
    if not columns or rows.count("*").fetchone()[0] < MANY_ROWS:
        return {}
    rows.create_view("eclor_rows", replace=True)
    counts = ", ".join(f"approx_count_distinct({quoted(name)})" for name in columns)
    sampled, *found = connection.execute(_COUNTED.format(counts=counts)).fetchone()
    few = [name for name, number in zip(columns, found, strict=True) if 0 < number * ROWS_PER_VALUE <= sampled]
    return {name: _enum(connection, rows, name) for name in few}


def _enum(connection: Connection, rows: Relation, name: str) -> str:
    column, kind = duckdb.ColumnExpression(name), quoted(f"eclor_rank_{name}")
    values = rows.select(column).filter(column.isnotnull()).distinct().sort(column)
    values.create_view("eclor_values", replace=True)
    connection.execute(_FORGOTTEN.format(kind=kind))
    connection.execute(_RANKED.format(kind=kind))
    return kind
