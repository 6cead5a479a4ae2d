"""NDJSON: one object a line, keys in the columns' order."""

from collections.abc import Iterator

import pyarrow as pa

from catalog.export import Batch, Table, text_export


def pieces(_table: Table, batches: Iterator[Batch]) -> Iterator[pa.Buffer | bytes]:
    """Give the rows in key order; a value that is not there is null."""
    yield b""
    for batch in batches:
        yield batch.objects
    yield b""


EXPORT = text_export("data.ndjson", "application/x-ndjson", pieces)
