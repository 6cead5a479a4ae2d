"""NDJSON: one object a line, keys in the columns' order."""

from pathlib import Path

from catalog.columnar import joined, json_parts
from catalog.export import Export, Table


def write(table: Table, path: Path) -> None:
    """Write the rows in key order; a value that is not there is null."""
    with path.open("wb") as file:
        for batch in table.record_batches():
            file.write(joined([*json_parts(batch, table.columns), "\n"]))


EXPORT = Export("data.ndjson", "application/x-ndjson", write)
