"""Small: whether a set of rows, given who is in it, speaks of too few."""

import numpy as np

from anonymizers.cells import Booleans, DominanceRule, Indicator, Integers, Rules
from anonymizers.differencing.membership import NO_UNIT, Membership, Memberships
from anonymizers.guarantees.dominance import JUDGED


def touched(differences: Memberships) -> Booleans:
    """Return which cells hold any row, or in a difference any row entered, changed or removed."""
    held = np.zeros(len(differences[0]), dtype=np.bool_)
    for difference in differences:
        held |= np.diff(difference.starts) > 0
    return held


def too_few(differences: Memberships, rules: Rules) -> Booleans:
    """Return which cells hold rows, but of fewer than k units of some minimum count.

    Rows without a unit help nothing: alone they are too few (LANGUAGE.md section 9, "Unit").
    """
    short = np.zeros(len(differences[0]), dtype=np.bool_)
    for difference, k in zip(differences, rules.ks, strict=True):
        counted = np.bincount(difference.cells[difference.units != NO_UNIT], minlength=len(difference))
        short |= counted < k
    return short & touched(differences)


def dominated(differences: Memberships, rules: Rules, indicators: tuple[Indicator, ...]) -> Booleans:
    """Return which cells have an added part, or a part changed in all, that few contributors hold nearly alone."""
    found = np.zeros(len(differences[0]), dtype=np.bool_)
    if rules.dominance is None:
        return found
    for difference in differences:
        for indicator, amounts in zip(indicators, difference.amounts, strict=True):
            if indicator.kind in JUDGED:
                found |= held_by_few(difference, np.maximum(amounts, 0), rules.dominance)
                found |= held_by_few(difference, np.abs(amounts), rules.dominance)
    return found


def held_by_few(difference: Membership, amounts: Integers, rule: DominanceRule) -> Booleans:
    """Return the cells of which the largest of `amounts`, one an entry, are more than the rule allows."""
    cells = difference.cells
    order = np.lexsort((-amounts, cells))
    rank = np.arange(len(cells)) - difference.starts[cells]
    largest = amounts[order][rank < rule.contributors]
    tops = _summed(cells[rank < rule.contributors], largest, len(difference))
    totals = _summed(cells, amounts, len(difference))
    found: Booleans = tops * 100 > rule.percent * totals
    return found


def _summed(cells: Integers, amounts: Integers, count: int) -> Integers:
    sums = np.zeros(count, dtype=np.int64)
    np.add.at(sums, cells, amounts)
    return sums
