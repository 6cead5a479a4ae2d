"""JSON: one array of objects, one object a line, keys in the columns' order."""

from collections.abc import Iterator
from pathlib import Path

from catalog.export import Export, Table, json_line, json_value


def write(table: Table, path: Path) -> None:
    """Write the rows in key order; a value that is not there is null."""
    with path.open("wb") as file:
        file.write(b"[")
        for number, line in enumerate(_lines(table)):
            file.write((b",\n" if number else b"\n") + line.removesuffix(b"\n"))
        file.write(b"\n]\n")


def _lines(table: Table) -> Iterator[bytes]:
    for batch in table.batches():
        for row in batch:
            named = zip(table.columns, row, strict=True)
            yield json_line({column.name: json_value(value, column=column) for column, value in named})


EXPORT = Export("data.json", "application/json", write)
