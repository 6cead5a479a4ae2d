"""Lines of CSV and TSV out of Arrow's batches, for columns whose values are already what PostgreSQL would write."""

from collections.abc import Sequence
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv

from api.ckan.table import Column

_PLAIN: Final = frozenset({"text", "int", "int4", "int8", "numeric", "date"})


def written(batch: pa.RecordBatch, columns: Sequence[Column], separator: str) -> bytes | None:
    """Return the lines of a batch, or None where its values must be written one by one."""
    if not all(_is_plain(one, column) for one, column in zip(batch.columns, columns, strict=True)):
        return None
    arrays = [_text(one) if pa.types.is_boolean(one.type) else one for one in batch.columns]
    table = pa.RecordBatch.from_arrays(arrays, names=[str(place) for place in range(len(arrays))])
    sink = pa.BufferOutputStream()
    options = pa_csv.WriteOptions(include_header=False, delimiter=separator, quoting_style="needed")
    pa_csv.write_csv(table, sink, options)
    return bytes(sink.getvalue())


def _is_plain(array: pa.Array, column: Column) -> bool:
    """Say whether Arrow writes an array as PostgreSQL does: an empty text, which it does not quote, is none."""
    if pa.types.is_boolean(array.type):
        return True
    if column.type not in _PLAIN:
        return False
    if not (pa.types.is_string(array.type) or pa.types.is_large_string(array.type)):
        return bool(pa.types.is_integer(array.type) or pa.types.is_decimal(array.type))
    return column.type != "numeric" and not pc.any(pc.equal(array, "")).as_py()


def _text(array: pa.Array) -> pa.Array:
    return pc.if_else(array, "t", "f")
