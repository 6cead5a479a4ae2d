"""Texts that sort at the price of numbers: a column of few values becomes an ENUM in byte order.

Sorting texts costs most of a row-level release (10.9 s of CPU for ten million rows of six columns, 3.6 s by rank).
Values are the same, read or written; only their order is known beforehand.
"""

from collections.abc import Sequence
from typing import Any, Final

MANY_ROWS: Final = 500_000
"""Below, a plain sort is quick enough."""

ROWS_PER_VALUE: Final = 5
"""A text with fewer rows a value in the sample is no list: a dictionary of it would not pay."""

_ROWS: Final = "eclor_rows"
_SAMPLE: Final = f"FROM {_ROWS} USING SAMPLE 2 PERCENT (system, 1)"


def ranked(connection: Any, rows: Any, columns: Sequence[str]) -> dict[str, str]:  # noqa: ANN401 - duckdb ships no types
    """Make an ENUM of each of these text columns that has few values, if `rows` are many; return its name by column."""
    if not columns or rows.count("*").fetchone()[0] < MANY_ROWS:
        return {}
    rows.create_view(_ROWS, replace=True)
    counted = ", ".join(f"approx_count_distinct({quoted(name)})" for name in columns)
    sampled, *found = connection.execute(f"SELECT count(*), {counted} {_SAMPLE}").fetchone()
    few = [name for name, number in zip(columns, found, strict=True) if 0 < number * ROWS_PER_VALUE <= sampled]
    return {name: _enum(connection, name) for name in few}


def _enum(connection: Any, name: str) -> str:  # noqa: ANN401 - duckdb ships no types
    column, kind = quoted(name), quoted(f"eclor_rank_{name}")
    values = f"SELECT DISTINCT {column} FROM {_ROWS} WHERE {column} IS NOT NULL ORDER BY 1"  # noqa: S608 - quoted names
    connection.execute(f"DROP TYPE IF EXISTS {kind}")
    connection.execute(f"CREATE TEMP TYPE {kind} AS ENUM ({values})")
    return kind


def quoted(name: str) -> str:
    """Return an identifier as the engine quotes it."""
    return '"' + name.replace('"', '""') + '"'
