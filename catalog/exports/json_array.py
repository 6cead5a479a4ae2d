"""JSON: one array of objects, one object a line, keys in the columns' order."""

from collections.abc import Iterator

from catalog.export import Batch, Table, text_export


def pieces(_table: Table, batches: Iterator[Batch]) -> Iterator[bytes]:
    """Give the rows in key order, each batch once the next is there: what stands behind the last row is no comma."""
    yield b"[\n"
    held = b""
    for batch in batches:
        lines = batch.objects.to_pybytes().replace(b"\n", b",\n")
        yield held if lines else b""
        held = lines or held
    yield held[:-2] + b"\n]\n" if held else b"]\n"


EXPORT = text_export("data.json", "application/json", pieces)
