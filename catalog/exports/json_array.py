"""JSON: one array of objects, one object a line, keys in the columns' order."""

from pathlib import Path

from catalog.columnar import joined, json_parts
from catalog.export import Export, Table


def write(table: Table, path: Path) -> None:
    """Write the rows in key order; a value that is not there is null."""
    with path.open("wb") as file:
        file.write(b"[")
        first = True
        for batch in table.record_batches():
            lines = joined([",\n", *json_parts(batch, table.columns)])
            file.write(lines.slice(1) if first and len(batch) else lines)
            first = first and not len(batch)
        file.write(b"\n]\n")


EXPORT = Export("data.json", "application/json", write)
