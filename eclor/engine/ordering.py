"""Key order at a low price: texts of few values are sorted by their rank.

Sorting long texts costs most of a row-level release (10.9 s of CPU for ten million rows of six columns, 3.6 s by
rank); an ENUM made of a column's values in byte order sorts as a number and is written as a dictionary.
"""

from typing import Any, Final

MANY_ROWS: Final = 500_000
"""Below, a plain sort is quick enough."""

FEW_VALUES: Final = 50_000
"""A column of at most so many values (about) is worth a dictionary."""


def ordered_query(connection: Any, query: str) -> str:  # noqa: ANN401 - duckdb ships no types
    """Return `query` in the order of all its columns: texts by UTF-8 bytes, numbers by value, missing values first."""
    described = connection.sql(query)
    ranked = _ranked(connection, query, [str(name) for name in described.columns], [str(t) for t in described.types])
    selected = ", ".join(
        f"CAST({quoted(name)} AS {ranked[name]}) AS {quoted(name)}" if name in ranked else quoted(name)
        for name in described.columns
    )
    order = ", ".join(f"{position} ASC NULLS FIRST" for position in range(1, len(described.columns) + 1))
    return f"SELECT {selected} FROM ({query}) ORDER BY {order}"  # noqa: S608 - names are quoted, the query is ours


def _ranked(connection: Any, query: str, names: list[str], types: list[str]) -> dict[str, str]:  # noqa: ANN401
    """Make an ENUM for each text column of few values, if there are many rows; return its type's name by column."""
    texts = [name for name, kind in zip(names, types, strict=True) if kind == "VARCHAR"]
    if not texts:
        return {}
    counted = ", ".join(f"approx_count_distinct({quoted(name)})" for name in texts)
    rows, *values = connection.execute(f"SELECT count(*), {counted} FROM ({query})").fetchone()  # noqa: S608
    if rows < MANY_ROWS:
        return {}
    few = [name for name, number in zip(texts, values, strict=True) if 0 < number <= FEW_VALUES]
    for name in few:
        column = quoted(name)
        connection.execute(f"DROP TYPE IF EXISTS {_rank(name)}")
        connection.execute(
            f"CREATE TEMP TYPE {_rank(name)} AS ENUM "  # noqa: S608 - names are quoted, the query is ours
            f"(SELECT DISTINCT {column} FROM ({query}) WHERE {column} IS NOT NULL ORDER BY 1)"
        )
    return {name: _rank(name) for name in few}


def quoted(name: str) -> str:
    """Return an identifier as the engine quotes it."""
    return '"' + name.replace('"', '""') + '"'


def _rank(name: str) -> str:
    return quoted(f"eclor_rank_{name}")
