"""Rays: cells that can rise together without end, found by following what ties them, without a linear programme."""

from collections import deque
from dataclasses import dataclass
from enum import Enum
from typing import Final

import numpy as np

from anonymizers.cells import Booleans, Integers
from anonymizers.disclosure.constraints import Constraints, Floats, columnwise

NOTHING: Final[Integers] = np.zeros(0, dtype=np.int64)
STEPS: Final = 64
"""Cells of one ray at most: far more than a cell has margins above it in real tables."""


class Choice(Enum):
    """Which cell of a row a ray takes where one must rise: that which could fall furthest, or the last one."""

    ROOMIEST = "roomiest"
    LAST = "last"


@dataclass(frozen=True, slots=True)
class Ray:
    """Cells that a reader must allow to stand, all by one amount, any amount above the truth, or `fall` below it."""

    cells: Integers
    fall: float


class Rays:
    """Follows masked cells upwards: where a part rises its margin does, where a margin rises one of its parts does.

    A ray is a proof by itself: each row allows it, the other cells standing still, and each of its cells has no upper
    end. Where none is found, nothing is said.
    """

    __slots__ = ("_by_column", "_constraints", "_down", "_low", "_rises", "_sums", "_up")

    def __init__(self, constraints: Constraints, low: Floats, high: Floats) -> None:
        self._constraints, self._low = constraints, low
        self._by_column = columnwise(constraints, len(low))
        self._up, self._down = np.isfinite(constraints.high), np.isfinite(constraints.low)
        self._sums = np.zeros(len(constraints))
        self._rises = self._risers(np.isinf(high))

    @property
    def any(self) -> bool:
        """Say whether there may be a ray at all."""
        return bool(self._rises.any())

    def ray(self, target: int, choice: Choice, still: Integers = NOTHING) -> Ray | None:
        """Return a ray that raises `target` and none of the cells `still`, or None if none is found."""
        rises = self._rises[still]
        self._rises[still] = False
        found = self._ray(target, choice)
        self._rises[still] = rises
        return found

    def _ray(self, target: int, choice: Choice) -> Ray | None:
        if not self._rises[target]:
            return None
        cells, waiting, touched = [target], deque(self._raised(target)), [self._rows_of(target)]
        while waiting:
            row = waiting.popleft()
            if self._is_allowed(row):
                continue
            other = self._other(row, cells, choice)
            if other is None or len(cells) == STEPS:
                break
            cells.append(other)
            touched.append(self._rows_of(other))
            waiting += self._raised(other)
        else:
            return self._found(np.array(cells), np.concatenate(touched))
        self._sums[np.concatenate(touched)] = 0.0
        return None

    def _risers(self, rises: Booleans) -> Booleans:
        """Leave out, until nothing changes, the cells that some row would hold back, no other rising in it."""
        row, column, upward = self._constraints.rows, self._constraints.columns, self._constraints.coefficients > 0
        while rises.any():
            rising = rises[column]
            ups = np.bincount(row[rising & upward], minlength=len(self._constraints)) > 0
            downs = np.bincount(row[rising & ~upward], minlength=len(self._constraints)) > 0
            held = np.where(upward, self._up[row] & ~downs[row], self._down[row] & ~ups[row])
            left = rises & (np.bincount(column[held], minlength=len(rises)) == 0)
            if (left == rises).all():
                break
            rises = left
        return rises

    def _rows_of(self, cell: int) -> Integers:
        return self._by_column.rows[self._by_column.starts[cell] : self._by_column.starts[cell + 1]]

    def _raised(self, cell: int) -> list[int]:
        """Raise a cell by one; return the rows that do not allow it yet."""
        rows = self._rows_of(cell)
        self._sums[rows] += self._by_column.coefficients[
            self._by_column.starts[cell] : self._by_column.starts[cell + 1]
        ]
        sums = self._sums[rows]
        broken: list[int] = rows[((sums > 0) & self._up[rows]) | ((sums < 0) & self._down[rows])].tolist()
        return broken

    def _is_allowed(self, row: int) -> bool:
        sums = self._sums[row]
        return not ((sums > 0 and self._up[row]) or (sums < 0 and self._down[row]))

    def _other(self, row: int, cells: list[int], choice: Choice) -> int | None:
        """Return a cell of a row that rises against what the row does not allow; none if it has risen already."""
        entries = slice(self._constraints.starts[row], self._constraints.starts[row + 1])
        members, against = (
            self._constraints.columns[entries],
            self._constraints.coefficients[entries] * self._sums[row] < 0,
        )
        able = members[against & self._rises[members]]
        if not len(able):
            return None
        chosen = int(able[-1] if choice is Choice.LAST else able[np.argmin(self._low[able])])
        return None if chosen in cells else chosen

    def _found(self, cells: Integers, touched: Integers) -> Ray:
        rows = touched[self._sums[touched] != 0]
        sums = self._sums[rows]
        self._sums[touched] = 0.0
        ends = np.where(sums > 0, -self._constraints.low[rows], self._constraints.high[rows])
        falls = [float(-self._low[cells].max()), *np.floor(ends / np.abs(sums)).tolist()]
        return Ray(cells, max(0.0, min(falls)))
