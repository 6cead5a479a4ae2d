"""Anybody's CSV file as rows that a schema judges: read as the library reads it, uneven rows kept as they are."""

import csv
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Final, Self

import pyarrow as pa
import pyarrow.parquet as pq

from catalog.gates.schema_library import Written
from catalog.gates.schema_plan import CELLS, NUMBER, UNEVEN
from catalog.gates.schema_scan import Held, Rows, opened
from catalog.gates.values import opened_values

_SAMPLE: Final = 100
"""Lines from which the library guesses the dialect."""
_DELIMITERS: Final = ",\t;|"
_BATCH: Final = 10_000


@dataclass(frozen=True, slots=True)
class CsvRows:
    """The rows of a CSV file in UTF-8, held as texts in a Parquet file of the scratch; `labels` are its header."""

    file: Path
    held: Path
    labels: tuple[str, ...]
    null_is_empty: bool = False

    @classmethod
    def read(cls, file: Path, scratch: Path) -> Self | None:
        """Read the file; none if it has no header or cannot be read: the library says why."""
        held = scratch / "held.parquet"
        try:
            with file.open(encoding="utf-8-sig", newline="") as lines:
                records = _records(lines)
                labels = tuple(next(records, []))
                if labels:
                    _hold(records, held, len(labels))
        except (csv.Error, UnicodeDecodeError):
            return None
        return cls(file, held, labels) if labels else None

    def opened(self, scratch: Path) -> AbstractContextManager[Rows]:
        """Open the rows in the engine."""
        columns = tuple(f"c{place}" for place in range(len(self.labels)))
        return opened(Held(opened_values(self.held), columns, numbered=True), spill=scratch / "spill")

    def some(self, rows: Iterator[pa.RecordBatch], file: Path) -> Written:
        """Write some of the rows, cell by cell as they are."""
        with file.open("w", encoding="utf-8", newline="") as target:
            writer = csv.writer(target, lineterminator="\n", quoting=csv.QUOTE_ALL)
            writer.writerow(self.labels)
            for batch in rows:
                writer.writerows(batch.column(CELLS).to_pylist())
        return Written(file)

    def whole(self, file: Path) -> Written:
        """Return the file itself."""
        del file
        return Written(self.file, ours=False)


def _records(lines: Iterator[str]) -> Iterator[list[str]]:
    """Give the records of a file, its dialect guessed from its first lines as the library does."""
    sample = [*islice(lines, _SAMPLE)]
    try:
        guessed = csv.Sniffer().sniff("".join(sample), _DELIMITERS)
    except csv.Error:
        return csv.reader(chain(sample, lines))
    quote = '"' if guessed.quotechar == "'" else guessed.quotechar
    return csv.reader(
        chain(sample, lines),
        delimiter=guessed.delimiter,
        quotechar=quote,
        skipinitialspace=guessed.skipinitialspace,
    )


def _hold(records: Iterator[list[str]], held: Path, width: int) -> None:
    """Write the records as texts: a cell that a short record has not is null, and each record is kept whole too."""
    columns = [(f"c{place}", pa.string()) for place in range(width)]
    kinds = [(NUMBER, pa.int64()), (UNEVEN, pa.bool_()), *columns, (CELLS, pa.list_(pa.string()))]
    with pq.ParquetWriter(held, pa.schema(kinds)) as writer:
        first = 0
        while batch := [*islice(records, _BATCH)]:
            even = [record if len(record) == width else _padded(record, width) for record in batch]
            arrays = [
                pa.array(range(first, first + len(batch)), pa.int64()),
                pa.array([len(record) != width for record in batch], pa.bool_()),
                *(pa.array(cells, pa.string()) for cells in zip(*even, strict=True)),
                pa.array(batch, pa.list_(pa.string())),
            ]
            writer.write_batch(pa.record_batch(arrays, schema=pa.schema(kinds)))
            first += len(batch)


def _padded(record: list[str], width: int) -> list[str | None]:
    return [*record[:width], *[None] * (width - len(record))]
