"""Parquet, zstd: types as in the release (text, int64, decimal), row groups small enough to be read by range.

Where a column says where, it is GeoParquet 1.1 too: a WKB geometry and its box stand beside the released columns.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyarrow as pa
import pyarrow.parquet as pq

from catalog.export import Export, Table, light_columns

if TYPE_CHECKING:
    from catalog.geometries import Geometries

ROW_GROUP: Final = 100_000


def write(table: Table, path: Path) -> None:
    """Write the rows in key order, `ROW_GROUP` a group."""
    places = _places(table)
    with pq.ParquetFile(table.path) as file:
        fields = [file.schema_arrow.field(name).remove_metadata() for name in table.names]
        schema = pa.schema(fields + (places.fields if places else []))
        # without Arrow's own schema in the file, Arrow too takes `geo` from where all others find it
        # a dictionary of values that do not come back is made for nothing: it costs time, and the file more
        codes: list[str] | bool = light_columns(file) or False
        with pq.ParquetWriter(
            path, schema, compression="zstd", store_schema=not places, use_dictionary=codes
        ) as writer:
            for batch in file.iter_batches(batch_size=ROW_GROUP, columns=table.names):
                columns = batch.select(table.names).columns
                added = places.columns(batch.column(places.source.name)) if places else []
                writer.write_batch(pa.record_batch([*columns, *added], schema=schema), row_group_size=ROW_GROUP)
            if places:
                writer.add_key_value_metadata(places.metadata())


def _places(table: Table) -> "Geometries | None":
    if table.place is None:
        return None
    from catalog.geometries import Geometries  # noqa: PLC0415 - a table without places needs no geometry engine

    return Geometries.of(table.place, table.names)


EXPORT = Export("data.parquet", "application/vnd.apache.parquet", write)
