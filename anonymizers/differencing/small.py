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
                if (amounts < 0).any():
                    found |= held_by_few(difference, np.abs(amounts), rules.dominance)
    return found


def held_by_few(difference: Membership, amounts: Integers, rule: DominanceRule) -> Booleans:
    """Return the cells of which the largest of `amounts`, one an entry, are more than the rule allows."""
    cells, count = difference.cells, len(difference)
    totals, most = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.int64)
    np.add.at(totals, cells, amounts)
    np.maximum.at(most, cells, amounts)
    suspect = most * rule.contributors * 100 > rule.percent * totals
    own = np.flatnonzero(suspect[cells])
    order = own[np.lexsort((-amounts[own], cells[own]))]
    firsts = np.searchsorted(cells[order], np.arange(count))
    rank = np.arange(len(order)) - firsts[cells[order]]
    tops = np.zeros(count, dtype=np.int64)
    np.add.at(tops, cells[order], np.where(rank < rule.contributors, amounts[order], 0))
    found: Booleans = tops * 100 > rule.percent * totals
    return found
