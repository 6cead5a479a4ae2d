"""Hopeless: tables that no choice of masks protects, told from single rows before any pattern is looked for."""

from typing import Final

import numpy as np

from anonymizers.cells import Integers
from anonymizers.disclosure.constraints import Constraints, Floats
from anonymizers.disclosure.problem import Problem
from anonymizers.disclosure.proof import EXACT
from anonymizers.disclosure.reader import Reader

ROUNDS: Final = 8
"""How often what one row tells is used in the others: bounded work, more than hierarchies have steps."""


def hopeless(problem: Problem) -> bool:
    """Say whether some reader places a primary cell too well though every cell that may be masked is.

    True is a proof that no pattern holds. A cell stands within what any one row leaves it when the others stand
    anywhere in their ranges; that a pattern masks fewer cells only makes those ranges narrower, and so does what a
    contributor knows besides. A margin of as many cells as it counts rows, none of them a zero, is the usual case:
    nobody doubts that each holds one. False says nothing. Numbers too large for exact sums are left to the search.
    """
    everything = problem.primary | problem.candidates
    return any(_is_told(reader, *reader.ranges(everything)) for reader in problem.readers)


def _is_told(reader: Reader, low: Floats, high: Floats) -> bool:
    cells, needs = reader.needs.cells, reader.needs
    for _ in range(ROUNDS):
        if (high[cells] < needs.up).any() or (-low[cells] < needs.down).any():
            return True
        narrower = _narrowed(reader.constraints, low, high)
        if narrower is None or ((narrower[0] == low).all() and (narrower[1] == high).all()):
            return False
        low, high = narrower
    return False


def _narrowed(constraints: Constraints, low: Floats, high: Floats) -> tuple[Floats, Floats] | None:
    """Return the ranges that each row leaves to each of its cells; None where the sums are not exact."""
    row, column = constraints.rows, constraints.columns
    upward = constraints.coefficients > 0
    least = np.where(upward, low[column], -high[column])
    most = np.where(upward, high[column], -low[column])
    others_least, others_most = (_all_but_each(row, ends, len(constraints)) for ends in (least, most))
    if others_least is None or others_most is None:
        return None
    weighted_low = constraints.low[row] - others_most
    weighted_high = constraints.high[row] - others_least
    low, high = low.copy(), high.copy()
    np.maximum.at(low, column, np.where(upward, weighted_low, -weighted_high))
    np.minimum.at(high, column, np.where(upward, weighted_high, -weighted_low))
    return low, high


def _all_but_each(row: Integers, ends: Floats, count: int) -> Floats | None:
    """Sum the ends of each row but each one in turn; all endless ends of one call have one sign."""
    endless = np.isinf(ends)
    finite = np.where(endless, 0.0, ends)
    if float(np.abs(finite).sum()) >= EXACT:
        return None
    sums = np.bincount(row, weights=finite, minlength=count)[row] - finite
    others = np.bincount(row, weights=endless, minlength=count)[row] - endless
    sign = np.inf if (ends[endless] > 0).any() else -np.inf
    return np.where(others > 0, sign, sums)
