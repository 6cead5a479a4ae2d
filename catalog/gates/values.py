"""What stands in each column of a release, read once for all the gates: its values, and in how many rows each stands.

A cell is right or wrong by its value: most of what a gate asks of a million cells it may ask of a few thousand values.
What is not told here (a column of which most values differ, another type, too much for its memory) is asked of the
rows, as if nothing were known: no verdict rests on it. A gate that asks nothing of it costs nothing by it.
"""

from collections.abc import Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pyarrow.parquet as pq

from catalog.export import weights
from catalog.gates.key_order import is_ordered
from catalog.gates.pushdown.columns import Column, Kind, kind_of
from catalog.gates.pushdown.compiled import question
from eclor.engine.closing import close_to

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

COUNT: Final = "#rows"
ROWS: Final = f'"{COUNT}"'
"""In a table of values: in how many rows each stands."""
_MEMORY: Final = "256MB"
_SMALL: Final = 10_000
_SMALL_BYTES: Final = 1 << 20
"""Rows and texts that cost nothing to count, whatever they hold."""
_MOST_BYTES: Final = 6
"""Weight of a row under which a text comes back: two letters, read one by one, weigh as much."""
_FILE: Final = "file"
_BITS: Final = 20
"""Numbers that lie within so many bits are counted by their place, without hashes."""
_COUNTED: Final = frozenset({Kind.TEXT, Kind.WHOLE, Kind.DECIMAL, Kind.BOOLEAN})


class Values:
    """A Parquet file, its columns, and the tables of their values, each made when it is first asked for."""

    def __init__(self, connection: "duckdb.DuckDBPyConnection", file: Path) -> None:
        self.file = file
        self.connection = connection
        close_to(connection, [file])
        connection.execute("SET enable_progress_bar = false")
        connection.execute(question("SET perfect_ht_threshold =", str(_BITS)))
        read = connection.read_parquet(str(file))
        read.create_view(_FILE)
        self.kinds: Mapping[str, str] = dict(zip(read.columns, (each.id for each in read.types), strict=True))
        self.types: Mapping[str, str] = dict(zip(read.columns, map(str, read.types), strict=True))
        self.columns = {name: kind_of(name, kind) for name, kind in self.types.items()}
        self._tables: dict[str, str | None] = {}
        self._apart: dict[frozenset[str], bool] = {}
        (self.rows,) = self._one("SELECT count(*) FROM", _FILE)

    def of(self, name: str) -> str | None:
        """Return the table of a column's values, under its own name and `ROWS`; None where it is not told."""
        if name not in self._tables:
            self._tables[name] = self._made(self.columns[name]) if name in self.columns else None
        return self._tables[name]

    def ask(self, *parts: str) -> list[tuple[Any, ...]]:
        """Return what a question made of these parts answers; it names tables that `of` told."""
        return self.connection.execute(question(*parts)).fetchall()

    def table(self, name: str) -> "duckdb.DuckDBPyRelation | None":
        """Return a column's values, each with `COUNT`, the rows in which it stands; None where they are not told."""
        held = self.of(name)
        return None if held is None else self.connection.table(held)

    def in_order(self, name: str) -> "pa.Table":
        """Return the values of a column of which they are told, in their order, and in how many rows each stands."""
        cell, table = self.columns[name].quoted, self.of(name)
        asked = question("SELECT", cell, ",", ROWS, f"FROM {table} WHERE {cell} IS NOT NULL ORDER BY {cell}")
        return self.connection.execute(asked).to_arrow_table()

    @cached_property
    def filled(self) -> Mapping[str, int]:
        """Return how many cells of each column hold a value."""
        counts = ", ".join(f"count({column.quoted})" for column in self.columns.values())
        return dict(zip(self.columns, self._one("SELECT", counts, "FROM", _FILE), strict=True))

    def apart(self, names: frozenset[str]) -> bool:
        """Tell whether no two rows agree on some columns, if their order proves it: each comes after the one before.

        A release stands in the order of its key; of what does not, nothing is said here.
        """
        if names not in self._apart:
            keys = [name for name in self._weights if name in names & self.columns.keys()]
            keys = [name for name in keys if self.columns[name].kind in _COUNTED]
            coded = [each for each in keys if self._is_light(each)]
            self._apart[names] = len(keys) == len(names) and is_ordered(self.file, keys, coded=coded)
        return self._apart[names]

    def _is_light(self, name: str) -> bool:
        return self.columns[name].kind is Kind.TEXT and 0 < self._weights.get(name, 0) < _MOST_BYTES * self.rows

    def _made(self, column: Column) -> str | None:
        import duckdb  # noqa: PLC0415 - heavy: only the worker may load it

        table = f"values{len(self._tables)}"
        counted = question("SELECT", column.quoted, ", count(*) AS", ROWS, "FROM", _FILE, "GROUP BY", column.quoted)
        try:
            if not self._come_back(column):
                return None
            self.connection.execute(question("CREATE TABLE", table, "AS", counted))
        except duckdb.Error:
            return None
        return table

    def _come_back(self, column: Column) -> bool:
        """Tell whether a column's values come back, by what its file says of it: no cell is read."""
        if column.kind not in _COUNTED:
            return False
        if column.kind is Kind.TEXT:
            return self._is_light(column.name) or 0 < self._weights.get(column.name, 0) < _SMALL_BYTES
        if self.rows <= _SMALL or column.kind is Kind.BOOLEAN:
            return True
        most, least = (f"{end}({column.quoted})::HUGEINT" for end in ("max", "min"))
        (span,) = self._one("SELECT", f"({most} - {least}) * {10**column.scale}", "FROM", _FILE)
        return span is None or 0 <= int(span) < min(self.rows, 1 << _BITS)

    @cached_property
    def _weights(self) -> Mapping[str, int]:
        with pq.ParquetFile(self.file) as file:
            return weights(file)

    def _one(self, *parts: str) -> tuple[Any, ...]:
        [row] = self.ask(*parts)
        return row


def values_of(file: Path) -> Values:
    """Return what a file holds; what was read of it is kept until another file is asked for, or it is written again."""
    told = file.stat()
    return _kept(file, (told.st_dev, told.st_ino, told.st_size, told.st_mtime_ns))


def forget() -> None:
    """Keep nothing of the last file."""
    _kept.cache_clear()


@lru_cache(maxsize=1)
def _kept(file: Path, _written: tuple[int, ...]) -> Values:
    return opened_values(file)


def opened_values(file: Path) -> Values:
    """Return what a file holds, for whoever reads it alone: in memory, closed to all but this file."""
    import duckdb  # noqa: PLC0415 - heavy: only the worker may load it

    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": _MEMORY,
        "threads": 1,
        "temp_directory": "",
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    return Values(duckdb.connect(config=config), file)
