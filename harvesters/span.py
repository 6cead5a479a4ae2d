"""The instants between which some rows lie: groups of rows outside of them are passed over without being unpacked."""

from dataclasses import dataclass
from datetime import datetime

import pyarrow.parquet as pq


@dataclass(frozen=True, slots=True)
class Span:
    """From the first to the last instant of a column, both included, in UTC and written without it."""

    column: str
    first: datetime
    last: datetime

    def meets(self, group: pq.RowGroupMetaData) -> bool:
        """Say whether a group of rows may hold an instant of these; one that does not say is taken to."""
        columns = (group.column(place) for place in range(group.num_columns))
        said = next((column.statistics for column in columns if column.path_in_schema == self.column), None)
        return said is None or not said.has_min_max or (said.min <= self.last and self.first <= said.max)

    def groups(self, file: pq.ParquetFile) -> list[int]:
        """Return the places of the groups that may hold one."""
        return [place for place in range(file.num_row_groups) if self.meets(file.metadata.row_group(place))]
