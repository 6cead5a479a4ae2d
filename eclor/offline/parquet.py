"""Parquet, that only a file by hand comes in, and that rows read offline are written in."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import repeat
from pathlib import Path
from typing import BinaryIO, Final

import pyarrow as pa
import pyarrow.parquet as pq

from eclor.errors import PayloadRefused, Place
from harvesters.collecting import BATCH_ROWS
from harvesters.decoding import opened
from harvesters.parsing import Event, PayloadProtocol, Row, Shape

UNHELD: Final[tuple[object, ...]] = ()
"""What is read for an instant of no calendar or of an unknown zone: of no type that a column may have."""

_UNHOLDABLE: Final = (OverflowError, LookupError)
"""What is raised of a date beyond the year 9999, and of a zone that nobody knows."""


def _parse(payload: BinaryIO | bytes, *, name: str, options: Mapping[str, str]) -> Iterator[Event]:
    """Yield the rows of a Parquet file. Refuses (`PayloadRefused`) any other file."""
    del options  # it says itself how it is written
    try:
        file = pq.ParquetFile(opened(payload))
        _refuse_twice(file.schema_arrow.names, Place(name))
        for batch in file.iter_batches(batch_size=BATCH_ROWS):
            yield from _rows(batch)
    except pa.ArrowException:
        unreadable = True
    else:
        unreadable = False
    if unreadable:  # apart from what the library said: it may quote a cell
        raise PayloadRefused("apply.unreadable-parquet", place=Place(name))


def _refuse_twice(names: list[str], place: Place) -> None:
    """Refuse a file that names a column twice: nothing tells which of the two is meant."""
    if twice := sorted(column for column, times in Counter(names).items() if times > 1):
        raise PayloadRefused("payload.column-twice", place=place, columns=", ".join(twice))


def _rows(batch: pa.RecordBatch) -> Iterator[Row]:
    values = [_values(column) for column in batch.columns]
    return (dict(zip(batch.schema.names, row, strict=True)) for row in zip(*values, strict=True))


def _values(column: pa.Array) -> list[object]:
    """Return the values of a column; one that Python cannot hold is `UNHELD`, so that its row alone is refused."""
    try:
        return list(column.to_pylist())
    except _UNHOLDABLE:
        return [_value(scalar) for scalar in column]


def _value(scalar: pa.Scalar) -> object:
    try:
        return scalar.as_py()
    except _UNHOLDABLE:
        return UNHELD


PARQUET: Final = PayloadProtocol("parquet", Shape.TABLE, _parse)


@dataclass(slots=True)
class ParquetRows:
    """Takes typed batches into one Parquet file, which is whole after `close`. Holds one batch."""

    path: Path
    rows: int = 0
    _writer: pq.ParquetWriter | None = field(default=None)

    def add(self, table: pa.Table) -> None:
        """Write a batch."""
        self._writer = self._writer or pq.ParquetWriter(self.path, table.schema, compression="zstd")
        self._writer.write_table(table)
        self.rows += table.num_rows

    def leaves_out(self, table: pa.Table) -> Iterable[bool]:
        """Nobody is left out: nothing that a person asked of a home is known here."""
        return repeat(False, table.num_rows)

    def sift(self, keep: Callable[[pa.Table], pa.Table]) -> int:
        """Pass all that was taken through `keep`, in its order, and return how many rows that dropped."""
        self.close()
        before, self.rows = self.rows, 0
        former = self.path.rename(self.path.with_suffix(".former"))
        with pq.ParquetFile(former) as file:
            for group in range(file.num_row_groups):
                self.add(keep(file.read_row_group(group)))
        former.unlink()
        return before - self.rows

    def close(self) -> None:
        """End the file."""
        if self._writer is not None:
            self._writer.close()
            self._writer = None
