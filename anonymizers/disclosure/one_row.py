"""One row: the exact ranges of cells that a single relation ties, without a linear programme."""

import numpy as np

from anonymizers.disclosure.components import Component
from anonymizers.disclosure.constraints import Floats


def spans(component: Component) -> tuple[Floats, Floats]:
    """Return how far down and up each cell of a one-row component can go. Exact: sums of integers and halves."""
    low, high = component.low, component.high
    upward = component.constraints.coefficients > 0
    least = np.where(upward, low, -high)
    most = np.where(upward, high, -low)
    others_least, others_most = _all_but_each(least), _all_but_each(most)
    weighted_low = np.maximum(least, component.constraints.low[0] - others_most)
    weighted_high = np.minimum(most, component.constraints.high[0] - others_least)
    return np.where(upward, weighted_low, -weighted_high), np.where(upward, weighted_high, -weighted_low)


def _all_but_each(amounts: Floats) -> Floats:
    """Sum all the amounts but each one in turn; infinities of one sign are counted apart, never subtracted."""
    endless = np.isinf(amounts)
    finite = np.where(endless, 0.0, amounts)
    others_endless = int(endless.sum()) - endless
    sign = np.inf if (amounts[endless] > 0).any() else -np.inf
    return np.where(others_endless > 0, sign, finite.sum() - finite)
