"""Hopeless: tables that no choice of masks protects, told from single rows before any pattern is looked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from anonymizers.cells import Booleans, Integers
from anonymizers.disclosure.circles import Circle
from anonymizers.disclosure.constraints import Constraints, Floats
from anonymizers.disclosure.feasibility import NOBODY
from anonymizers.disclosure.problem import Problem
from anonymizers.disclosure.proof import EXACT
from anonymizers.disclosure.reader import Reader

ROUNDS: Final = 8
"""How often what one row tells is used in the others: bounded work, more than hierarchies have steps."""
ENTRIES: Final = 4_000_000
"""Entries of rows looked at together for those who know some of their cells: bounded memory."""


def hopeless(problem: Problem) -> bool:
    """Say whether some reader places a primary cell too well though every cell that may be masked is.

    True is a proof that no pattern holds. A cell stands within what any one row leaves it when the others stand
    anywhere in their ranges; that a pattern masks fewer cells only makes those ranges narrower. A margin of as many
    cells as it counts rows is the usual case: nobody doubts that each holds one. The same is asked of those who, alone
    in some cells, know these. False says nothing. Numbers too large for exact sums are left to the search.
    """
    everything = problem.primary | problem.candidates
    return any(_is_told(reader, *reader.ranges(everything), problem.circles) for reader in problem.readers)


def _is_told(reader: Reader, low: Floats, high: Floats, circles: Sequence[Circle]) -> bool:
    rows = _rows(reader.constraints, low, high)
    for _ in range(ROUNDS):
        if not rows.exact:
            return False
        least, most = rows.spans()
        if rows.breaks(reader, least, most).any():
            return True
        narrow_low, narrow_high = low.copy(), high.copy()
        np.maximum.at(narrow_low, rows.column, least)
        np.minimum.at(narrow_high, rows.column, most)
        if (narrow_low == low).all() and (narrow_high == high).all():
            break
        low, high = narrow_low, narrow_high
        rows = _rows(reader.constraints, low, high)
    return _is_told_to_one(reader, rows, circles)


@dataclass(frozen=True, slots=True)
class _Rows:
    """Entries of rows numbered by `row`, rows in order: each moves its row's sum from `least` to `most`.

    Columns of which `upward` is false are subtracted; each sum stays from `low` to `high`, one a row.
    """

    row: Integers
    column: Integers
    upward: Booleans
    least: Floats
    most: Floats
    low: Floats
    high: Floats

    @property
    def exact(self) -> bool:
        """Say whether all sums of these numbers are exact."""
        ends = np.concatenate([self.least, self.most])
        return float(np.abs(ends[np.isfinite(ends)]).sum()) < EXACT

    def spans(self) -> tuple[Floats, Floats]:
        """Return from where to where its row lets the column of each entry stand, the others within their ranges."""
        low = self.low[self.row] - self._all_but_each(self.most)
        high = self.high[self.row] - self._all_but_each(self.least)
        return np.where(self.upward, low, -high), np.where(self.upward, high, -low)

    def breaks(self, reader: Reader, least: Floats, most: Floats) -> Booleans:
        """Say of which entries the column must be able to stand above `most` or below `least`."""
        up, down = np.zeros(len(reader.values)), np.zeros(len(reader.values))
        up[reader.needs.cells], down[reader.needs.cells] = reader.needs.up, reader.needs.down
        broken: Booleans = (most < up[self.column]) | (-least < down[self.column])
        return broken

    def endless(self, ends: Floats) -> Integers:
        """Count the entries of each row that have no end."""
        return np.bincount(self.row[np.isinf(ends)], minlength=len(self.low))

    def _all_but_each(self, ends: Floats) -> Floats:
        """Sum the ends of each row but each one in turn; the endless ones all have one sign."""
        endless = np.isinf(ends)
        finite = np.where(endless, 0.0, ends)
        sums = np.bincount(self.row, weights=finite, minlength=len(self.low))[self.row] - finite
        others = self.endless(ends)[self.row] - endless
        sign = np.inf if (ends[endless] > 0).any() else -np.inf
        return np.where(others > 0, sign, sums)


def _rows(constraints: Constraints, low: Floats, high: Floats) -> _Rows:
    column, upward = constraints.columns, constraints.coefficients > 0
    return _Rows(
        row=constraints.rows,
        column=column,
        upward=upward,
        least=np.where(upward, low[column], -high[column]),
        most=np.where(upward, high[column], -low[column]),
        low=constraints.low,
        high=constraints.high,
    )


def _is_told_to_one(reader: Reader, rows: _Rows, circles: Sequence[Circle]) -> bool:
    """Ask the same for each circle: what it knows stands still, and what is its own is not kept from it."""
    circle, row = _telling(rows, [one.known for one in circles])
    starts = reader.constraints.starts
    if int((starts[row + 1] - starts[row]).sum()) > ENTRIES:
        return False
    number, entry = _spans_of(starts[row], starts[row + 1])
    spelt = circle[number] * len(reader.values) + rows.column[entry]
    known, own = (np.isin(spelt, _spelt(cells, len(reader.values))) for cells in _sides(circles))
    seen = _Rows(
        row=number,
        column=rows.column[entry],
        upward=rows.upward[entry],
        least=np.where(known, 0.0, rows.least[entry]),
        most=np.where(known, 0.0, rows.most[entry]),
        low=rows.low[row],
        high=rows.high[row],
    )
    return bool((seen.breaks(reader, *seen.spans()) & ~known & ~own).any())


def _telling(rows: _Rows, known: Sequence[Integers]) -> tuple[Integers, Integers]:
    """Return circles and rows of which all entries but one have an end, once the `known` cells of a circle stand still.

    No other row says more to them than to anybody.
    """
    order = np.argsort(rows.column, kind="stable")
    column = np.concatenate([*known, NOBODY])
    bounds = np.searchsorted(rows.column[order], np.stack([column, column + 1]))
    number, place = _spans_of(*bounds)
    entry = order[place]
    circle = np.repeat(np.arange(len(known)), [len(cells) for cells in known])[number]
    pairs, pair = np.unique(circle * len(rows.low) + rows.row[entry], return_inverse=True)
    told = np.zeros(len(pairs), dtype=np.bool_)
    for ends in (rows.least, rows.most):
        stopped = np.bincount(pair[np.isinf(ends[entry])], minlength=len(pairs))
        told |= rows.endless(ends)[pairs % len(rows.low)] - stopped <= 1
    circles, row = np.divmod(pairs[told], len(rows.low))
    return circles, row


def _sides(circles: Sequence[Circle]) -> tuple[Sequence[Integers], Sequence[Integers]]:
    return [one.known for one in circles], [one.own for one in circles]


def _spelt(cells: Sequence[Integers], size: int) -> Integers:
    """Return one number for each cell of each group."""
    return np.concatenate([NOBODY, *(number * size + own for number, own in enumerate(cells))])


def _spans_of(starts: Integers, ends: Integers) -> tuple[Integers, Integers]:
    """Return the numbers from each start to its end, one after the other, and of which span each is."""
    lengths = ends - starts
    number = np.repeat(np.arange(len(lengths)), lengths)
    return number, starts[number] + np.arange(len(number)) - (np.cumsum(lengths) - lengths)[number]
