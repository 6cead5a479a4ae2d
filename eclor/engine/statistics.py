"""What the statistics of stored files prove without reading a row: that all of them lie within some ranges."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

import pyarrow.parquet as pq

from eclor.engine.limits import Range

_ORDERED: Final = (datetime, date, int)
"""Texts are left out: a writer may shorten the least and the greatest of them."""


def all_within(files: Sequence[Path], ranges: Sequence[Range]) -> bool:
    """Say whether every row of every file is proven to lie within one of the ranges; False where nothing proves it.

    A filter that excludes nothing costs a reading of its column against the bounds, row by row.
    """
    return bool(ranges) and all(_is_proven(group, ranges) for file in files for group in _groups(file))


def _groups(file: Path) -> list[pq.RowGroupMetaData]:
    metadata = pq.read_metadata(file)
    return [metadata.row_group(index) for index in range(metadata.num_row_groups)]


def _is_proven(group: pq.RowGroupMetaData, ranges: Sequence[Range]) -> bool:
    return any(_holds(group, bounds) for bounds in ranges)


def _holds(group: pq.RowGroupMetaData, bounds: Range) -> bool:
    columns = [group.column(index) for index in range(group.num_columns)]
    found = [column.statistics for column in columns if column.path_in_schema == bounds.column]
    if len(found) != 1 or found[0] is None:
        return False
    known = found[0]
    if not (known.has_min_max and known.has_null_count and known.null_count == 0):
        return False
    least, greatest, low = _plain(known.min), _plain(known.max), _plain(bounds.low)
    if {type(least), type(greatest)} != {type(low)} or not isinstance(least, _ORDERED):
        return False
    try:
        return bool(low <= least and greatest < bounds.high)
    except TypeError:  # an instant with an offset against one without
        return False


def _plain(value: Any) -> Any:  # noqa: ANN401 - statistics are of any type
    """Return an instant as it is stored, naive and in UTC: statistics say the zone that the column does not."""
    is_aware = isinstance(value, datetime) and value.tzinfo is not None
    return value.astimezone(UTC).replace(tzinfo=None) if is_aware else value
