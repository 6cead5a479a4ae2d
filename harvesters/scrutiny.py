"""What a file that somebody hands in is held to beyond a flow's delivery: a column that does not hold refuses it.

A flow comes again, and what it cannot say today costs a row; a file by hand is all there is, and the one who gives it
can correct it. Rows that are refused one by one are the collector's to tell.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from eclor.errors import PayloadRefused, Place
from harvesters.parsing import PayloadWarning
from harvesters.source import MappedColumn

MOST_ROWS_NAMED: Final = 5


@dataclass(slots=True)
class Met:
    """How many rows of a delivery something was met in, and the numbers of the first few."""

    count: int = 0
    first: list[int] = field(default_factory=list)

    def at(self, row: int) -> None:
        """Count a row."""
        self.count += 1
        if len(self.first) < MOST_ROWS_NAMED:
            self.first.append(row)

    def where(self, found: pa.Array, numbers: Sequence[int]) -> None:
        """Count the rows of a batch at which `found` is true."""
        count = pc.sum(found).as_py() or 0
        self.count += count
        if count and (missing := MOST_ROWS_NAMED - len(self.first)):
            self.first += [numbers[at.as_py()] for at in pc.indices_nonzero(found)[:missing]]

    @property
    def named(self) -> str:
        """Return the numbers of the first rows as they are said: `4, 7, 9, 12, 15, …`."""
        return ", ".join([*map(str, self.first), *(["…"] if self.count > len(self.first) else [])])


@dataclass(frozen=True, slots=True)
class Days:
    """The days that a column may say, both included."""

    first: date
    last: date


@dataclass(slots=True)
class Scrutiny:
    """Looks at a file's columns batch by batch, then judges. Holds a few numbers a column."""

    may_be_empty: frozenset[str] = frozenset()
    """Columns that nothing is made of: they may say nothing at all."""
    spans: Mapping[str, Days] = field(default_factory=dict)
    rows: int = 0
    odd: list[PayloadWarning] = field(default_factory=list)
    """What is odd in the file and costs no row, for the one who gives it; of a flow's delivery the log says it."""
    _filled: set[str] = field(default_factory=set)
    _local: dict[str, Met] = field(default_factory=dict)
    _zoned: dict[str, Met] = field(default_factory=dict)
    _beyond: dict[str, Met] = field(default_factory=dict)

    def see(self, table: pa.Table, *, local: Mapping[str, pa.Array], numbers: Sequence[int]) -> None:
        """Look at the rows of a batch that are kept, the numbers of which in the delivery are `numbers`.

        `local` says of the columns of instants which cells were written without an offset.
        """
        self.rows += table.num_rows
        self._filled.update(
            name for name in table.column_names if name not in self._filled and table[name].null_count < table.num_rows
        )
        for name, cells in local.items():
            known = table[name].combine_chunks().is_valid()
            self._local.setdefault(name, Met()).where(pc.and_(known, cells), numbers)
            self._zoned.setdefault(name, Met()).where(pc.and_not(known, cells), numbers)
        for name, span in self.spans.items():
            self._beyond.setdefault(name, Met()).where(_outside(table[name], span), numbers)

    def settle(self, columns: Sequence[MappedColumn], *, name: str) -> None:
        """Refuse (`PayloadRefused`) a file with a column that says nothing, mixes its clocks, or leaves its days."""
        for column in columns if self.rows else ():
            if (fault := self._fault(column)) is not None:
                code, facts = fault
                said = {"path": column.path, "column": column.name, "rows": self.rows, **facts}
                raise PayloadRefused(code, place=Place(name), **said)

    def _fault(self, column: MappedColumn) -> tuple[str, Mapping[str, object]] | None:
        """Return the code of what is wrong with a column, and the facts of it."""
        if column.name not in self._filled and not column.optional and column.name not in self.may_be_empty:
            return "intake.empty-column", {}
        local, zoned = (met.get(column.name, Met()) for met in (self._local, self._zoned))
        if local.count and zoned.count:
            told = {"local": local.count, "local_rows": local.named, "zoned": zoned.count, "zoned_rows": zoned.named}
            return "intake.mixed-zones", told
        if (beyond := self._beyond.get(column.name, Met())).count:
            days = self.spans[column.name]
            years = {"first": days.first.year, "last": days.last.year}
            return "intake.out-of-range", {"count": beyond.count, "which": beyond.named, **years}
        return None


def _outside(cells: pa.ChunkedArray, span: Days) -> pa.Array:
    """Say which days or instants are outside of a span; an instant may be of the day before or after it elsewhere."""
    first, after = span.first, span.last + timedelta(days=1)
    if not pa.types.is_date(cells.type):
        a_day = timedelta(days=1)
        first, after = (datetime.combine(end, time()) + by for end, by in ((first, -a_day), (after, a_day)))
    early, late = pc.less(cells, pa.scalar(first, cells.type)), pc.greater_equal(cells, pa.scalar(after, cells.type))
    return pc.fill_null(pc.or_(early, late), False).combine_chunks()
