"""What an export is, and the rows it reads: a table in key order, one batch at a time."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import tee
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq
from orjson import OPT_APPEND_NEWLINE, Fragment, dumps, loads

from catalog.columnar import joined, json_parts
from charter.release_parts import ReleaseColumn
from charter.vocabulary import FieldType

Value = str | int | bool | Decimal | None
BATCH: Final = 10_000
"""Rows in memory at once."""
_CODED_BYTES: Final = 3
"""Weight of a row under which a text is coded: alone, a text weighs four bytes more than its letters."""


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a release: one Parquet file in key order, and what its columns are. Holds no open file."""

    path: Path
    columns: tuple[ReleaseColumn, ...]

    @property
    def names(self) -> list[str]:
        """Return the columns' names, in the release's order."""
        return [column.name for column in self.columns]

    def record_batches(self) -> Iterator[pa.RecordBatch]:
        """Give the rows as Arrow holds them, the columns in their order, at most `BATCH` rows at a time.

        A column whose texts come back again and again may be a dictionary.
        """
        with pq.ParquetFile(self.path) as file:
            repeated = _repeated(file)
        return self._read(repeated)

    def batches(self) -> Iterator[list[tuple[Value, ...]]]:
        """Give the rows as tuples in the columns' order, at most `BATCH` at a time."""
        return map(rows_of, self._read([]))

    def _read(self, as_dictionaries: list[str]) -> Iterator[pa.RecordBatch]:
        with pq.ParquetFile(self.path, read_dictionary=as_dictionaries) as file:
            for batch in file.iter_batches(batch_size=BATCH, columns=self.names):
                yield batch.select(self.names)

    @property
    def place(self) -> ReleaseColumn | None:
        """Return the column that says where."""
        return place_column(self.columns)


def place_column(columns: Sequence[ReleaseColumn]) -> ReleaseColumn | None:
    """Return the column that says where a row is: the geometry, or else the position, if it is not generalised."""
    by_type: Mapping[str, ReleaseColumn] = {column.type: column for column in reversed(columns) if not column.level}
    return by_type.get(FieldType.GEOMETRY) or by_type.get(FieldType.POSITION)


@dataclass(frozen=True)
class Batch:
    """Rows that stand in memory, and their JSON, made once for all the exports that write it."""

    rows: pa.RecordBatch
    columns: tuple[ReleaseColumn, ...]

    @cached_property
    def objects(self) -> pa.Buffer:
        """Return one object a line: no line feed stands inside one."""
        return joined([*json_parts(self.rows, self.columns), "\n"])


Pieces = Callable[[Table, Iterator[Batch]], "Iterator[pa.Buffer | bytes]"]
"""How a text is written: what stands before all rows, then a piece for each batch, then what stands behind."""


@dataclass(frozen=True, slots=True)
class Export:
    """One format: the file's name and media type, whether a table can be written in it, and how.

    `write` makes the same bytes for the same rows, in bounded memory. A text has `pieces` too: several texts are then
    written in one reading of the rows. `served` is false for what readers never get.
    """

    file_name: str
    media_type: str
    write: Callable[[Table, Path], None]
    fits: Callable[[Table], bool] = lambda _table: True
    served: bool = True
    pieces: Pieces | None = None


def text_export(
    file_name: str, media_type: str, pieces: Pieces, fits: Callable[[Table], bool] = lambda _table: True
) -> Export:
    """Return the export of a text."""
    return Export(file_name, media_type, lambda table, path: write_texts(table, {path: pieces}), fits, pieces=pieces)


def write_texts(table: Table, texts: Mapping[Path, Pieces]) -> None:
    """Write texts of the same rows, which are read once."""
    batches = (Batch(rows, table.columns) for rows in table.record_batches())
    readings = tee(batches, len(texts))
    with ExitStack() as stack:
        files = [stack.enter_context(path.open("wb")) for path in texts]
        written = (pieces(table, reading) for pieces, reading in zip(texts.values(), readings, strict=True))
        for row in zip(*written, strict=True):
            for file, piece in zip(files, row, strict=True):
                file.write(piece)


def _repeated(file: pq.ParquetFile) -> list[str]:
    """Return the text columns that weigh so little a row that they must be codes of a dictionary."""
    return [name for name in light_columns(file) if file.schema_arrow.field(name).type == pa.string()]


def light_columns(file: pq.ParquetFile) -> list[str]:
    """Return the columns that weigh so little a row that their values come back again and again."""
    most = _CODED_BYTES * file.metadata.num_rows
    return [name for name, weight in weights(file).items() if 0 < weight < most]


def weights(file: pq.ParquetFile) -> dict[str, int]:
    """Return the bytes of each column before compression; 0 of all where one of them is nested."""
    schema, metadata = file.schema_arrow, file.metadata
    weighed = dict.fromkeys(schema.names, 0)
    for group in range(metadata.num_row_groups):
        for place, name in enumerate(schema.names if metadata.num_columns == len(schema) else ()):
            weighed[name] += metadata.row_group(group).column(place).total_uncompressed_size
    return weighed


def rows_of(batch: pa.RecordBatch) -> list[tuple[Value, ...]]:
    """Return a batch's rows as tuples."""
    return list(zip(*(column.to_pylist() for column in batch.columns), strict=True))


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
