"""Rows as files are written, batch by batch: CSV, NDJSON, GeoJSON, Parquet, an Arrow stream; the bytes of the exports.

Heavy (Arrow): loaded by the first answer that needs it, not by pages of JSON.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final, Protocol

import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import ipc

from catalog.columnar import joined, json_parts
from catalog.export import place_column
from catalog.exports.csv_table import lines_of
from catalog.exports.geojson import features_of
from charter.release_parts import ReleaseColumn

Bytes = bytes | memoryview


class Writer(Protocol):
    """Writes one answer: what stands before the rows, each batch of them, what stands behind."""

    def opening(self, schema: pa.Schema | None) -> Bytes:
        """Return what stands before any row."""
        ...

    def lines(self, batch: pa.RecordBatch) -> Bytes:
        """Return a batch's rows."""
        ...

    def closing(self) -> Bytes:
        """Return what stands behind the last row."""
        ...


class _Csv:
    def __init__(self, columns: Sequence[ReleaseColumn]) -> None:
        self._names = [column.name for column in columns]

    def opening(self, schema: pa.Schema | None) -> Bytes:
        del schema
        names = pa.RecordBatch.from_arrays([pa.array([name]) for name in self._names], self._names)
        return memoryview(lines_of(names))

    def lines(self, batch: pa.RecordBatch) -> Bytes:
        return memoryview(lines_of(batch))

    def closing(self) -> Bytes:
        return b""


class _Ndjson:
    def __init__(self, columns: Sequence[ReleaseColumn]) -> None:
        self._columns = columns

    def opening(self, schema: pa.Schema | None) -> Bytes:
        del schema
        return b""

    def lines(self, batch: pa.RecordBatch) -> Bytes:
        return memoryview(joined([*json_parts(batch, self._columns), "\n"]))

    def closing(self) -> Bytes:
        return b""


class _Geojson:
    def __init__(self, columns: Sequence[ReleaseColumn]) -> None:
        place = place_column(columns)
        assert place is not None, "asked of rows without a place"
        self._columns, self._place = columns, place
        self._begun = False

    def opening(self, schema: pa.Schema | None) -> Bytes:
        del schema
        return b'{"type":"FeatureCollection","features":['

    def lines(self, batch: pa.RecordBatch) -> Bytes:
        features = memoryview(features_of(batch, self._columns, self._place))
        begun, self._begun = self._begun, self._begun or len(features) > 0
        return features if begun else features[1:]

    def closing(self) -> Bytes:
        return b"\n]}\n"


class _Drain:
    """A file that is only written to, emptied between writes."""

    closed = False

    def __init__(self) -> None:
        self._held: list[bytes] = []
        self._written = 0

    def write(self, content: bytes) -> int:
        self._held.append(bytes(content))
        self._written += len(content)
        return len(content)

    def tell(self) -> int:
        return self._written

    def flush(self) -> None:
        """Nothing waits."""

    def close(self) -> None:
        """What is left is taken by `emptied`."""

    def emptied(self) -> bytes:
        held, self._held = b"".join(self._held), []
        return held


_Opened = Callable[[pa.NativeFile, pa.Schema], "pq.ParquetWriter | ipc.RecordBatchStreamWriter"]


class _Binary:
    """Arrow's own writers, on a file that is emptied as it grows."""

    def __init__(self, opened: _Opened) -> None:
        self._drain = _Drain()
        self._opened = opened
        self._writer: pq.ParquetWriter | ipc.RecordBatchStreamWriter | None = None

    def opening(self, schema: pa.Schema | None) -> Bytes:
        assert schema is not None, "a first batch, be it empty"
        self._writer = self._opened(pa.PythonFile(self._drain, mode="w"), schema.remove_metadata())
        return self._drain.emptied()

    def lines(self, batch: pa.RecordBatch) -> Bytes:
        assert self._writer is not None, "opened first"
        self._writer.write_batch(batch.replace_schema_metadata(None))
        return self._drain.emptied()

    def closing(self) -> Bytes:
        assert self._writer is not None, "opened first"
        self._writer.close()
        return self._drain.emptied()


def _parquet(file: pa.NativeFile, schema: pa.Schema) -> pq.ParquetWriter:
    return pq.ParquetWriter(file, schema, compression="zstd")


def _arrow(file: pa.NativeFile, schema: pa.Schema) -> "ipc.RecordBatchStreamWriter":
    return ipc.new_stream(file, schema)


_WRITERS: Final[Mapping[str, Callable[[Sequence[ReleaseColumn]], Writer]]] = {
    "csv": _Csv,
    "ndjson": _Ndjson,
    "geojson": _Geojson,
    "parquet": lambda _columns: _Binary(_parquet),
    "arrow": lambda _columns: _Binary(_arrow),
}


def writer_of(kind: str, columns: Sequence[ReleaseColumn]) -> Writer:
    """Return what writes rows of these columns in a format; GeoJSON needs a column that says where."""
    return _WRITERS[kind](columns)


def whole(kind: str, columns: Sequence[ReleaseColumn], table: pa.Table) -> bytes:
    """Return a table as one file."""
    writer = writer_of(kind, columns)
    opening = writer.opening(table.schema)
    return b"".join([opening, *map(writer.lines, table.to_batches()), writer.closing()])
