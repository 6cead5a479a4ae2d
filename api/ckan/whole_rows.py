"""All the rows of a table in the order of their keys, by batches read from its Parquet file, their keys counted.

Heavy (Arrow): loaded by the first long dump.
"""

from collections.abc import AsyncIterator, Sequence

import numpy as np
import pyarrow as pa

from api.ckan.search_question import Search
from api.ckan.table import KEY, Column
from api.parts import Parts
from catalog.export import Table
from catalog.rows_index import SCANNED


async def whole_batches(search: Search, parts: Parts, asker: str) -> AsyncIterator[pa.RecordBatch]:
    """Give the rows that a search without a filter, in the order of keys, asks for."""
    version = search.table.version
    columns = {column.name: column for column in version.columns}
    chosen = tuple(columns[column.name] for column in search.columns if column is not KEY)
    reading = Table(parts.rows.published / version.folder / SCANNED, chosen).record_batches()
    first, behind = search.offset, search.offset + search.limit
    place = 0
    while (
        place < behind and (batch := await parts.scans.in_turn(lambda: next(reading, None), client=asker)) is not None
    ):
        start, end = max(first - place, 0), min(behind - place, len(batch))
        if start < end:
            yield keyed(batch.slice(start, end - start), search.columns, place + start)
        place += len(batch)


def keyed(batch: pa.RecordBatch, columns: Sequence[Column], place: int) -> pa.RecordBatch:
    """Return a batch with the keys of its rows, which begin behind a place, where these columns have them."""
    others = iter(batch.columns)
    arrays = [
        pa.array(np.arange(place + 1, place + 1 + len(batch))) if column is KEY else next(others) for column in columns
    ]
    return pa.RecordBatch.from_arrays(arrays, names=[column.name for column in columns])
