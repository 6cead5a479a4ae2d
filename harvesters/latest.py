"""Of a live state that is told piece by piece: the latest row of each key."""

from collections.abc import Sequence
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

_AT: Final = "#"
"""A name that no column may have."""


def latest(table: pa.Table, *, key: Sequence[str], instant: str) -> pa.Table:
    """Return of each key the row of the greatest `instant`, of several the last; the others keep their order.

    Whatever order rows come in, twice or not, the same ones are left. A row without instant is older than any.
    """
    if table.num_rows == 0:
        return table
    order = pc.sort_indices(table.select([instant]), sort_keys=[(instant, "ascending", "at_start")])
    keys = table.select(list(key)).take(order).append_column(_AT, order)
    last = keys.group_by(list(key), use_threads=False).aggregate([(_AT, "last")])[f"{_AT}_last"]
    return table.take(pc.take(last, pc.sort_indices(last)))


def fitted(table: pa.Table, schema: pa.Schema) -> pa.Table:
    """Return a table with these columns: those that it has, the others empty."""
    if table.schema.equals(schema):
        return table
    kept = {field.name: table[field.name] for field in schema if field in list(table.schema)}
    missing = {field.name: pa.nulls(table.num_rows, field.type) for field in schema}
    return pa.table(missing | kept, schema=schema)
