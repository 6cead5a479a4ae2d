"""What the statistics of stored files prove without reading a row: where the values of a column lie.

Files are read in groups of rows, each with the least and the greatest value of every column, and how many are missing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, TypeAlias

import pyarrow as pa
import pyarrow.parquet as pq

from eclor.engine.limits import Range

Moment: TypeAlias = Any
"""A value that statistics say exactly: an instant, naive and in UTC, a day, a whole or a decimal number."""

_ORDERED: Final = (datetime, date, int, Decimal)
"""Texts are left out: a writer may shorten the least and the greatest of them."""


def all_within(files: Sequence[Path], ranges: Sequence[Range]) -> bool:
    """Say whether every row of every file is proven to lie within one of the ranges; False where nothing proves it.

    A filter that excludes nothing costs a reading of its column against the bounds, row by row.
    """
    return bool(ranges) and all(_is_proven(group, ranges) for file in files for group in _groups(file))


def extremes(files: Sequence[Path], column: str) -> tuple[tuple[Moment, Moment], ...] | None:
    """Return the least and the greatest value of each group of rows that holds one; None where one is not proven.

    Both stand in a row. A file that cannot be read proves nothing.
    """
    try:
        found = [_found(group, column) for file in files for group in _groups(file)]
    except (OSError, pa.ArrowException):
        return None
    holding = [each for each in found if each is None or each.values]
    proven = [each.ends for each in holding if each is not None and each.ends is not None]
    return tuple(proven) if len(proven) == len(holding) else None


def _groups(file: Path) -> list[pq.RowGroupMetaData]:
    """Return the groups that hold a row: of an empty one nothing is said."""
    metadata = pq.read_metadata(file)
    groups = (metadata.row_group(index) for index in range(metadata.num_row_groups))
    return [group for group in groups if group.num_rows]


@dataclass(frozen=True, slots=True)
class _Found:
    """Of one column in one group of rows: how many values it has, whether none is missing, its least and greatest."""

    values: int
    is_full: bool
    ends: tuple[Moment, Moment] | None


def _found(group: pq.RowGroupMetaData, name: str) -> _Found | None:
    columns = [group.column(index) for index in range(group.num_columns)]
    found = [column.statistics for column in columns if column.path_in_schema == name]
    if len(found) != 1 or found[0] is None or not found[0].has_null_count:
        return None
    known = found[0]
    values = group.num_rows - known.null_count
    ends = (_plain(known.min), _plain(known.max)) if known.has_min_max else None
    return _Found(values, known.null_count == 0, ends if ends and all(map(_is_ordered, ends)) else None)


def _is_proven(group: pq.RowGroupMetaData, ranges: Sequence[Range]) -> bool:
    return any(_holds(group, bounds) for bounds in ranges)


def _holds(group: pq.RowGroupMetaData, bounds: Range) -> bool:
    found = _found(group, bounds.column)
    if found is None or not found.is_full or found.ends is None:
        return False
    (least, greatest), low = found.ends, _plain(bounds.low)
    if {type(least), type(greatest)} != {type(low)}:
        return False
    try:
        return bool(low <= least and greatest < bounds.high)
    except TypeError:  # an instant with an offset against one without
        return False


def _is_ordered(value: object) -> bool:
    return isinstance(value, _ORDERED)


def _plain(value: Any) -> Any:  # noqa: ANN401 - statistics are of any type
    """Return an instant as it is stored, naive and in UTC: statistics say the zone that the column does not."""
    is_aware = isinstance(value, datetime) and value.tzinfo is not None
    return value.astimezone(UTC).replace(tzinfo=None) if is_aware else value
