"""Cuts: why a pattern fails, said as a condition that every right pattern meets."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from anonymizers.cells import Booleans
from anonymizers.disclosure.audit import Failure
from anonymizers.disclosure.constraints import UNBOUNDED, Floats
from anonymizers.disclosure.problem import Problem
from anonymizers.disclosure.programme import PRIMAL_SIMPLEX, Columns, Programme
from anonymizers.disclosure.reader import Reader

NOISE: Final = 1e-9
"""Dual prices of such programmes are small fractions; what is nearer to 0 is 0."""
VIOLATED: Final = 1e-4


def cuts_of(problem: Problem, hidden: Booleans, failure: Failure) -> list[Floats]:
    """Return weights of cells: over those that a right pattern masks, each row adds up to 1 at least.

    The dual solution says which cells would let the target move as far as asked, and how much each helps. By weak
    duality no pattern moves it further than a constant plus what each masked cell adds; a cell that adds all that
    is missing weighs 1. What one row names is then taken for masked, so that the next one names others, until the
    target moves as asked; a row of zeros says that nothing helps. Where the numbers do not tell, one more cell must
    be masked, which is true of any pattern that fails.
    """
    reader = problem.readers[failure.reader]
    low, high = reader.ranges(hidden)
    low[failure.still] = high[failure.still] = 0.0
    cost = np.zeros(len(hidden))
    cost[reader.needs.cells[failure.ask.need]] = -failure.ask.sign
    programme = Programme(reader.constraints, Columns(cost, low, high), simplex=PRIMAL_SIMPLEX, work=problem.work)
    found: list[Floats] = []
    masked = hidden
    while (least := programme.least()) is not None and -least < failure.ask.amount - VIOLATED:
        weights = _weights(problem, reader, _Duals(programme.row_prices(), cost, failure.ask.amount), failure)
        if weights is None or float(weights[masked].sum()) > 1.0 - VIOLATED:
            break
        found.append(weights)
        named = np.flatnonzero(weights > 0)
        if not len(named):
            break
        masked = masked | (weights > 0)
        programme.bound(named, reader.hidden_low[named], np.full(len(named), UNBOUNDED))
    return found or [(problem.candidates & ~hidden).astype(np.float64)]


@dataclass(frozen=True, slots=True)
class _Duals:
    prices: Floats
    cost: Floats
    amount: int


def _weights(problem: Problem, reader: Reader, duals: _Duals, failure: Failure) -> Floats | None:
    rows = reader.constraints
    paid = np.where(np.abs(duals.prices) < NOISE, 0.0, duals.prices)
    used = np.bincount(rows.columns, weights=rows.coefficients * paid[rows.rows], minlength=len(duals.cost))
    reduced = duals.cost - used
    reduced = np.where(np.abs(reduced) < NOISE, 0.0, reduced)
    shown = _least(reduced, reader.shown_low, reader.shown_high)
    masked = _least(reduced, reader.hidden_low, np.full(len(shown), UNBOUNDED))
    fixed = np.where(problem.primary, masked, shown)
    fixed[failure.still] = 0.0
    reach = -float(_least(paid, rows.low, rows.high).sum() + fixed.sum())
    missing = duals.amount - reach
    if not 0.0 < missing < UNBOUNDED:
        return None
    return np.where(problem.candidates, np.minimum((shown - masked) / missing, 1.0), 0.0)


def _least(price: Floats, low: Floats, high: Floats) -> Floats:
    """Return the least of price * y for y from low to high; 0 where the price is 0, whatever the ends."""
    chosen = np.where(price > 0, low, high)
    return np.where(price == 0, 0.0, price * np.where(price == 0, 0.0, chosen))
