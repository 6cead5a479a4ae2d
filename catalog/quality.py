"""How good a version's published rows are: how many stand, how many are masked, how full each column is.

Read from the footer of the version's own Parquet file, which anyone may read: no row is scanned, and nothing of what
came in is known here. Terms: W3C Data Quality Vocabulary (DQV), sections 4.3 and 4.5.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from catalog.views import VersionView

PARQUET: Final = "data.parquet"
_STEPS: Final = 10_000
"""A share has four decimals, the rest cut off: what is not whole is never rounded to it."""


@dataclass(frozen=True, slots=True)
class Measures:
    """What is measured of a version's rows; shares are from 0 to 1, of all rows, 1 where there is none."""

    rows: int
    masked: int
    filled: Mapping[str, float]
    """Column → the share of rows in which it has a value; a masked cell has none."""

    @property
    def published(self) -> float:
        """Return the share of rows that are not masked."""
        return _share(self.rows - self.masked, self.rows)

    @property
    def completeness(self) -> float:
        """Return the share of cells that have a value, over all columns."""
        return _share(sum(round(share * _STEPS) for share in self.filled.values()), len(self.filled) * _STEPS)


def measured(parquet: Path, *, rows: int, masked: int) -> Measures:
    """Measure a version by its Parquet file; a column of which the footer does not count the gaps is left out."""
    import pyarrow.parquet as pq  # noqa: PLC0415 - heavy: a worker that measures nothing does without

    footer = pq.read_metadata(parquet)
    names = [footer.schema.column(place).path for place in range(footer.num_columns)]
    empty: dict[str, int | None] = dict.fromkeys(names, 0)
    for group in range(footer.num_row_groups):
        for place, name in enumerate(names):
            statistics, so_far = footer.row_group(group).column(place).statistics, empty[name]
            counted = statistics is not None and statistics.has_null_count
            empty[name] = so_far + statistics.null_count if counted and so_far is not None else None
    filled = {name: _share(footer.num_rows - gaps, footer.num_rows) for name, gaps in empty.items() if gaps is not None}
    return Measures(rows, masked, MappingProxyType(filled))


def of_version(published: Path, version: VersionView) -> Measures | None:
    """Measure a version under the published root; None of one whose bytes are gone."""
    try:
        return measured(published / version.folder / PARQUET, rows=version.rows, masked=version.masked)
    except FileNotFoundError:
        return None


def _share(part: int, whole: int) -> float:
    return part * _STEPS // whole / _STEPS if whole else 1.0
