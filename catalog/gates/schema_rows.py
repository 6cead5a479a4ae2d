"""Where the rows that a schema judges come from, and how some of them or all are written as the CSV that they are."""

import csv
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Final, Protocol

import pyarrow as pa

from catalog.export import Table
from catalog.exports import export
from catalog.exports.csv_table import lines_of
from catalog.gates.schema_library import Written
from catalog.gates.schema_scan import Held, Rows, opened
from catalog.gates.values import values_of

NAME: Final = "data.csv"


class Source(Protocol):
    """The rows that are judged."""

    @property
    def labels(self) -> tuple[str, ...]:
        """Return the header."""
        ...

    @property
    def null_is_empty(self) -> bool:
        """Tell whether null stands for an empty cell; else it stands for none."""
        ...

    def opened(self, scratch: Path) -> AbstractContextManager[Rows]:
        """Open the rows in the engine."""
        ...

    def some(self, rows: Iterator[pa.RecordBatch], file: Path) -> Written:
        """Write some of the rows, with the header, as they stand in the CSV."""
        ...

    def whole(self, file: Path) -> Written:
        """Return the CSV with all rows, written to `file` if there is none yet."""
        ...


@dataclass(frozen=True, slots=True)
class ReleaseRows:
    """The rows of a release, which are those of the CSV that will be published."""

    table: Table
    null_is_empty: bool = True

    @property
    def labels(self) -> tuple[str, ...]:
        """Return the header of the CSV."""
        return tuple(self.table.names)

    def opened(self, scratch: Path) -> AbstractContextManager[Rows]:
        """Open the Parquet file, whose values all gates read."""
        return opened(Held(values_of(self.table.path), self.labels, numbered=False), spill=scratch / "spill")

    def some(self, rows: Iterator[pa.RecordBatch], file: Path) -> Written:
        """Write some of the rows as the export writes all."""
        cells = [f"c{place}" for place in range(len(self.labels))]
        with file.open("wb") as target:
            target.write(_header(self.labels))
            for batch in rows:
                target.write(lines_of(batch.select(cells)))
        return Written(file)

    def whole(self, file: Path) -> Written:
        """Write the CSV."""
        export("csv").write(self.table, file)
        return Written(file)


def _header(labels: tuple[str, ...]) -> bytes:
    text = StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerow(labels)
    return text.getvalue().encode()
