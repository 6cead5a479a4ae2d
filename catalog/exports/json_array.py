"""JSON: one array of objects, one object a line, keys in the columns' order."""

from collections.abc import Iterator

from catalog.export import Batch, Table, text_export


def pieces(_table: Table, batches: Iterator[Batch]) -> Iterator[bytes]:
    """Give the rows in key order; a value that is not there is null."""
    yield b"["
    between = b"\n"
    for batch in batches:
        yield between + batch.objects[:-1].replace(b"\n", b",\n") if len(batch.rows) else b""
        between = b",\n" if len(batch.rows) else between
    yield b"\n]\n"


EXPORT = text_export("data.json", "application/json", pieces)
