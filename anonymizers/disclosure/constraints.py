"""What a reader knows of one indicator: each line as linear constraints on how far cells may stand from the truth."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from anonymizers.cells import Booleans, Integers
from anonymizers.disclosure.lines import Lines
from anonymizers.stretches import stretches

Floats = NDArray[np.float64]
UNBOUNDED: Final = float("inf")
Entries = tuple[Integers, Integers, Floats]
"""Row, column and coefficient of each entry of a matrix."""


@dataclass(frozen=True, slots=True)
class Constraints:
    """Rows `low <= A y <= high`, A in compressed rows with coefficients 1 and -1.

    y is the deviation of every cell from its true value: y = 0 satisfies every row.
    """

    starts: Integers
    rows: Integers
    """The row of each entry."""
    columns: Integers
    coefficients: Floats
    low: Floats
    high: Floats

    def __len__(self) -> int:
        return len(self.low)


@dataclass(frozen=True, slots=True)
class Columnwise:
    """The same rows read by column: what a few cells that move change, the others standing still.

    What is asked of some columns costs what they hold, whatever the table.
    """

    starts: Integers
    rows: Integers
    coefficients: Floats
    low: Floats
    high: Floats

    def sums(self, columns: Integers, amounts: Floats, owner: Integers) -> tuple[Integers, Integers, Floats]:
        """Return, of each owner, the rows that its columns touch, and A y on them when those move by `amounts`.

        Three arrays, an entry a touched row: owner, row, sum; owners ascending, then rows.
        """
        entries, lengths = self._entries(columns)
        touched = np.repeat(owner * len(self.low), lengths) + self.rows[entries]
        order = np.argsort(touched, kind="stable")
        first = np.flatnonzero(np.diff(touched[order], prepend=-1))
        weighted = (self.coefficients[entries] * np.repeat(amounts, lengths))[order]
        of, row = np.divmod(touched[order[first]], len(self.low))
        return of, row, np.add.reduceat(weighted, first) if len(first) else weighted

    def over(self, columns: Integers) -> Constraints:
        """Keep the rows of `columns` (ascending) over these, renumbered; the others are taken to stand still."""
        entries, lengths = self._entries(columns)
        rows, row = np.unique(self.rows[entries], return_inverse=True)
        column = np.repeat(np.arange(len(columns)), lengths)
        return _from_entries((row, column, self.coefficients[entries]), low=self.low[rows], high=self.high[rows])

    def _entries(self, columns: Integers) -> tuple[Integers, Integers]:
        """Return the entries of some columns, one column after the other, and how many each has."""
        lengths = self.starts[columns + 1] - self.starts[columns]
        return stretches(self.starts[columns], lengths), lengths


def additive(lines: Lines, *, usable: Booleans) -> Constraints:
    """Say that each margin is the sum of its parts. A cell that is not `usable` cannot move and is left out."""
    zeros = np.zeros(len(lines))
    return _from_entries(_usable(_sum_entries(lines), usable), low=zeros, high=zeros)


def distinct(lines: Lines, values: Integers, *, usable: Booleans) -> Constraints:
    """Say what a reader knows of distinct counts, which may count one unit in two parts.

    A line whose numbers add up is taken for additive, as a reader may guess; the others say
    largest part <= margin <= sum of parts (LANGUAGE.md section 9).
    """
    slack = lines.sums(values) - values[lines.parents]
    loose = slack > 0
    of_loose = np.flatnonzero(loose[lines.line_of_part])
    below = (values[lines.parents][lines.line_of_part] - values[lines.parts])[of_loose]
    pairs = np.arange(len(of_loose)) + len(lines)
    ones = np.ones(len(of_loose))
    row, column, coefficient = _sum_entries(lines)
    entries = (
        np.concatenate([row, pairs, pairs]),
        np.concatenate([column, lines.parents[lines.line_of_part[of_loose]], lines.parts[of_loose]]),
        np.concatenate([coefficient, ones, -ones]),
    )
    low = np.concatenate([-slack, -below]).astype(np.float64)
    high = np.where(np.concatenate([loose, np.ones(len(pairs), dtype=np.bool_)]), UNBOUNDED, 0.0)
    return _from_entries(_usable(entries, usable), low=low, high=high)


def columnwise(constraints: Constraints, size: int) -> Columnwise:
    """Sort the entries by column, of which there are `size`."""
    order = np.argsort(constraints.columns, kind="stable")
    starts = np.searchsorted(constraints.columns[order], np.arange(size + 1))
    return Columnwise(
        starts, constraints.rows[order], constraints.coefficients[order], constraints.low, constraints.high
    )


def selected(constraints: Constraints, *, rows: Integers, columns: Integers) -> Constraints:
    """Keep `rows` over `columns` (ascending), renumbered; the other columns are taken to stand still."""
    place = np.full(int(max(constraints.columns.max(initial=-1), columns.max(initial=-1))) + 1, -1, dtype=np.int64)
    place[columns] = np.arange(len(columns))
    number = np.full(len(constraints), -1, dtype=np.int64)
    number[rows] = np.arange(len(rows))
    of_row, of_column = number[constraints.rows], place[constraints.columns]
    kept = (of_row >= 0) & (of_column >= 0)
    entries = (of_row[kept], of_column[kept], constraints.coefficients[kept])
    return _from_entries(entries, low=constraints.low[rows], high=constraints.high[rows])


def _sum_entries(lines: Lines) -> Entries:
    count = len(lines)
    return (
        np.concatenate([lines.line_of_part, np.arange(count)]),
        np.concatenate([lines.parts, lines.parents]),
        np.concatenate([np.ones(len(lines.parts)), -np.ones(count)]),
    )


def _usable(entries: Entries, usable: Booleans) -> Entries:
    row, column, coefficient = entries
    kept = usable[column]
    return row[kept], column[kept], coefficient[kept]


def _from_entries(entries: Entries, *, low: Floats, high: Floats) -> Constraints:
    row, column, coefficient = entries
    order = np.lexsort((column, row))
    lengths = np.bincount(row, minlength=len(low))
    starts = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(lengths)]).astype(np.int64)
    return Constraints(starts, row[order], column[order], coefficient[order], low, high)


def side_by_side(constraints: Constraints, signs: tuple[float, ...], *, size: int) -> Constraints:
    """Write A x as sign_0 A x_0 + sign_1 A x_1 + ..., the copies of the `size` columns standing one after another."""
    entries = (
        np.concatenate([constraints.rows] * len(signs)),
        np.concatenate([constraints.columns + copy * size for copy in range(len(signs))]),
        np.concatenate([constraints.coefficients * sign for sign in signs]),
    )
    return _from_entries(entries, low=constraints.low, high=constraints.high)
