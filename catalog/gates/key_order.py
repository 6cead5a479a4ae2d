"""Whether each row of a file comes after the one before, by some of its columns: no two of its rows agree on them then.

A release stands in the order of its key, so this tells what a table of all its keys would, for much less.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq


def is_ordered(file: Path, names: Sequence[str], *, coded: Sequence[str]) -> bool:
    """Tell it of a Parquet file, up to the first group of rows that is not so, or has a missing cell in one of these.

    `coded` are the columns of which texts come back: they are compared by their place among the texts of their group.
    """
    last: list[object] = []
    with pq.ParquetFile(file, read_dictionary=[*coded]) as parquet:
        for group in range(parquet.num_row_groups):
            columns = [each.combine_chunks() for each in parquet.read_row_group(group, [*names], use_threads=False)]
            if any(each.null_count for each in columns) or not _ascends([*map(_comparable, columns)]):
                return False
            if len(columns[0]):
                first = [each[0].as_py() for each in columns]
                if last and not last < first:
                    return False
                last = [each[-1].as_py() for each in columns]
    return True


def _ascends(columns: Sequence[pa.Array]) -> bool:
    """Tell whether each row comes after the one before."""
    after = pa.array(np.zeros(max(len(columns[0]) - 1, 0), bool))
    for cells in reversed(columns):
        before, cell = cells[:-1], cells[1:]
        after = pc.or_(pc.greater(cell, before), pc.and_(pc.equal(cell, before), after))
    return bool(pc.all(after, min_count=0).as_py())


def _comparable(cells: pa.Array) -> pa.Array:
    """Return cells, or the places of texts in their order."""
    if not pa.types.is_dictionary(cells.type):
        return cells
    places = np.empty(len(cells.dictionary), np.int32)
    places[pc.array_sort_indices(cells.dictionary).to_numpy()] = np.arange(len(places), dtype=np.int32)
    return pa.array(places[cells.indices.to_numpy()])
