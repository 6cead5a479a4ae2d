"""All the rows that fit, by batches, in bounded memory: found by a scan, read in key order from the Parquet file.

Heavy (Arrow): loaded by the first stream.
"""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from api.file_lines import one_row_a_line, picked
from api.parts import Parts
from api.row_files import Statement
from api.rows import Question, scan
from api.steps import columns_read
from api.summaries import Summary, lines
from catalog.export import Table
from catalog.rows_index import SCANNED
from catalog.views import VersionView
from charter.release_parts import ReleaseColumn

BATCH: Final = 50_000
_CSV: Final = "data.csv"
_MANY: Final = 20
"""One row in so many: below, the engine that found them reads them."""
BINARY: Final = frozenset({"parquet", "arrow"})
"""The formats that show a batch's own types."""


async def batches_of(
    parts: Parts, version: VersionView, asked: Question | Summary, *, kind: str, client: str
) -> AsyncIterator[pa.RecordBatch]:
    """Give the rows asked for, by batches of the columns shown alone."""
    if isinstance(asked, Summary):
        return _scanned(parts, version, lines(asked), len(asked.names), client)
    if asked.sorts or kind in BINARY:
        return _scanned(parts, version, scan(asked), len(asked.columns), client)
    places = None if _is_whole(asked) else await places_in_order(parts, version, asked, client=client)
    if places is not None and is_small(places, version):
        return _scanned(parts, version, scan(asked), len(asked.columns), client)
    columns = {column.name: column for column in version.columns}
    return _read(parts, version, tuple(columns[name] for name in asked.columns), places, client)


async def csv_lines_of(
    parts: Parts, version: VersionView, asked: Question | Summary, *, client: str
) -> AsyncIterator[memoryview] | None:
    """Give the same as lines of the version's own CSV, header first; None where they cannot be taken from it."""
    path = parts.rows.published / version.folder / _CSV
    if isinstance(asked, Summary) or asked.sorts or asked.columns != tuple(one.name for one in version.columns):
        return None
    if not path.exists() or not await parts.scans.in_turn(lambda: one_row_a_line(path, version.rows), client=client):
        return None
    places = await places_in_order(parts, version, asked, client=client)
    return None if is_small(places, version) else _taken(parts, picked(path, places), client)


async def _taken(parts: Parts, lines_picked: Iterator[pa.Buffer | bytes], client: str) -> AsyncIterator[memoryview]:
    while (piece := await parts.scans.in_turn(lambda: next(lines_picked, None), client=client)) is not None:
        yield memoryview(piece)


async def places_in_order(parts: Parts, version: VersionView, asked: Question, *, client: str) -> pa.Array:
    """Return the places of the rows that fit, in key order."""
    source = await parts.scans.source(version, columns_read(asked.filter), client=client)
    statement = scan(replace(asked, columns=()), source=source)
    found = await parts.scans.table(version, statement, client=client)
    return pa.concat_arrays([*found.column(0).chunks, pa.array([], pa.int64())])


def is_small(places: pa.Array, version: VersionView) -> bool:
    """Say whether so few rows fit that the engine that found them had better read them."""
    return len(places) * _MANY < version.rows


def _is_whole(asked: Question) -> bool:
    return asked.by_key_alone and not asked.offset and asked.after is None


async def _scanned(
    parts: Parts, version: VersionView, statement: Statement, shown: int, client: str
) -> AsyncIterator[pa.RecordBatch]:
    async for batch in parts.scans.batches(version, statement, size=BATCH, client=client):
        names = [str(place) for place in range(batch.num_columns)]  # a sorted column is there twice
        told_apart = pa.RecordBatch.from_arrays(batch.columns, names).select(names[:shown])
        yield pa.RecordBatch.from_arrays(told_apart.columns, batch.schema.names[:shown])


async def _read(
    parts: Parts, version: VersionView, columns: tuple[ReleaseColumn, ...], places: pa.Array | None, client: str
) -> AsyncIterator[pa.RecordBatch]:
    path = parts.rows.published / version.folder / SCANNED
    reading = _picked(Table(path, columns), places)
    while (batch := await parts.scans.in_turn(lambda: next(reading, None), client=client)) is not None:
        yield batch


def _picked(table: Table, places: pa.Array | None) -> Iterator[pa.RecordBatch]:
    """Give the rows that stand at some places, counted from 1; all of them if none are named."""
    first, taken = 1, 0
    for batch in table.record_batches():
        behind = first + len(batch)
        if places is None:
            yield batch
        elif taken < len(places):
            here = _until(places, taken, behind)
            if here > taken:
                yield batch.take(pc.subtract(places.slice(taken, here - taken), first))
            taken = here
        first = behind


def _until(places: pa.Array, start: int, behind: int) -> int:
    """Return how many places, in order, come before one."""
    low, high = start, min(len(places), start + behind)
    while low < high:
        middle = (low + high) // 2
        if places[middle].as_py() < behind:
            low = middle + 1
        else:
            high = middle
    return low
