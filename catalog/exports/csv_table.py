"""CSV as LANGUAGE.md section 9 says: UTF-8, LF, comma; quotes only where RFC 4180 needs them; empty for no value."""

import csv
from collections.abc import Iterator
from decimal import Decimal
from io import StringIO

import pyarrow as pa

from catalog.columnar import csv_lines, holds_return
from catalog.export import Batch, Table, Value, rows_of, text_export


def pieces(table: Table, batches: Iterator[Batch]) -> Iterator[pa.Buffer | bytes]:
    """Give a header, one line a row in key order, and nothing behind them."""
    names = StringIO(newline="")
    csv.writer(names, lineterminator="\n").writerow(table.names)
    yield names.getvalue().encode()
    for batch in batches:
        yield lines_of(batch.rows)
    yield b""


def lines_of(batch: pa.RecordBatch) -> pa.Buffer | bytes:
    """Return one line a row."""
    return _by_rows(batch) if _is_odd(batch) else csv_lines(batch)


def _is_odd(batch: pa.RecordBatch) -> bool:
    """Tell what the row writer writes apart: a line with a carriage return, or of one cell that may be empty."""
    return batch.num_columns == 1 or any(map(holds_return, batch.columns))


def _by_rows(batch: pa.RecordBatch) -> bytes:
    text = StringIO(newline="")
    minimal = csv.writer(text, lineterminator="\n")
    whole = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL)
    for row in rows_of(batch):
        # Python leaves a lone carriage return bare when lines end with LF; readers would end the line there.
        (whole if _has_return(row) else minimal).writerow([_text(value) for value in row])
    return text.getvalue().encode()


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


EXPORT = text_export("data.csv", "text/csv", pieces)
