"""NDJSON: one object a line, keys in the columns' order."""

from pathlib import Path

from catalog.export import Export, Table, json_line, json_value


def write(table: Table, path: Path) -> None:
    """Write the rows in key order; a value that is not there is null."""
    with path.open("wb") as file:
        for batch in table.batches():
            file.writelines(
                json_line(
                    {
                        column.name: json_value(value, column=column)
                        for column, value in zip(table.columns, row, strict=True)
                    }
                )
                for row in batch
            )


EXPORT = Export("data.ndjson", "application/x-ndjson", write)
