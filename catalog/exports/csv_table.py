"""CSV as LANGUAGE.md section 9 says: UTF-8, LF, comma; quotes only where RFC 4180 needs them; empty for no value."""

import csv
from decimal import Decimal
from pathlib import Path

from catalog.export import Export, Table, Value


def write(table: Table, path: Path) -> None:
    """Write a header and one line a row, in key order."""
    with path.open("w", encoding="utf-8", newline="") as file:
        minimal = csv.writer(file, lineterminator="\n")
        whole = csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL)
        minimal.writerow(table.names)
        for batch in table.batches():
            for row in batch:
                # Python leaves a lone carriage return bare when lines end with LF; readers would end the line there.
                (whole if _has_return(row) else minimal).writerow([_text(value) for value in row])


def _has_return(row: tuple[Value, ...]) -> bool:
    return any(isinstance(value, str) and "\r" in value for value in row)


def _text(value: Value) -> object:
    match value:
        case bool():
            return "true" if value else "false"
        case Decimal():
            return format(value, "f")
        case _:
            return value


EXPORT = Export("data.csv", "text/csv", write)
