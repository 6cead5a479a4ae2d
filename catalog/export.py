"""What an export is, and the rows it reads: a table in key order, one batch at a time."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Final

import pyarrow.parquet as pq
from orjson import OPT_APPEND_NEWLINE, Fragment, dumps, loads

from charter.release_parts import ReleaseColumn
from charter.vocabulary import FieldType

Value = str | int | bool | Decimal | None
BATCH: Final = 20_000
"""Rows in memory at once."""


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a release: one Parquet file in key order, and what its columns are. Holds no open file."""

    path: Path
    columns: tuple[ReleaseColumn, ...]

    @property
    def names(self) -> list[str]:
        """Return the columns' names, in the release's order."""
        return [column.name for column in self.columns]

    def batches(self) -> Iterator[list[tuple[Value, ...]]]:
        """Give the rows as tuples in the columns' order, at most `BATCH` at a time."""
        with pq.ParquetFile(self.path) as file:
            for batch in file.iter_batches(batch_size=BATCH, columns=self.names):
                by_name = dict(zip(batch.schema.names, batch.columns, strict=True))
                yield list(zip(*(by_name[name].to_pylist() for name in self.names), strict=True))

    def of_type(self, *types: FieldType) -> tuple[ReleaseColumn, ...]:
        """Return the ungeneralised columns of these types."""
        return tuple(column for column in self.columns if column.type in types and not column.level)


@dataclass(frozen=True, slots=True)
class Export:
    """One format: the file's name and media type, whether a table can be written in it, and how.

    `write` makes the same bytes for the same rows, in bounded memory. `served` is false for what readers never get.
    """

    file_name: str
    media_type: str
    write: Callable[[Table, Path], None]
    fits: Callable[[Table], bool] = lambda _table: True
    served: bool = True


def json_line(value: object) -> bytes:
    """Return compact JSON in UTF-8 with its line feed."""
    return dumps(value, option=OPT_APPEND_NEWLINE)


def json_value(value: Value, *, column: ReleaseColumn) -> object:
    """Return a value as JSON says it: decimals keep their digits, a geometry is an object rather than its text."""
    if isinstance(value, Decimal):
        return Fragment(format(value, "f"))
    if column.type == FieldType.GEOMETRY and isinstance(value, str):
        return loads(value)
    return value
