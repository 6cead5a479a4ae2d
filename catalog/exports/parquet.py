"""Parquet, zstd: types as in the release (text, int64, decimal), row groups small enough to be read by range."""

from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from catalog.export import Export, Table

ROW_GROUP: Final = 100_000


def write(table: Table, path: Path) -> None:
    """Write the rows in key order, `ROW_GROUP` a group."""
    with pq.ParquetFile(table.path) as file:
        schema = pa.schema([file.schema_arrow.field(name).remove_metadata() for name in table.names])
        with pq.ParquetWriter(path, schema, compression="zstd") as writer:
            for batch in file.iter_batches(batch_size=ROW_GROUP, columns=table.names):
                writer.write_batch(batch.select(table.names).replace_schema_metadata(None), row_group_size=ROW_GROUP)


EXPORT = Export("data.parquet", "application/vnd.apache.parquet", write)
