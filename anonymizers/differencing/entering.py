"""Entering: whether what changed in a cell or a margin speaks of too few, asked of the units only where it is in doubt.

Where rows only enter, a margin holds at least the units of each of its parts, and nobody holds more of it than of all.
That proves most margins without looking at who is in them; the others, and all where rows leave, are gathered.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np

from anonymizers.cells import Booleans, DominanceRule, Indicator, Integers, Rules
from anonymizers.differencing.membership import NO_UNIT, Membership, Memberships, layers
from anonymizers.differencing.small import dominated, too_few, touched
from anonymizers.guarantees.dominance import JUDGED

_ENDINGS: Final = np.uint64(2**16)
"""How many ends of a mark are told apart."""


def changed_and_small(
    finest: Memberships, margins: Sequence[Integers], rules: Rules, indicators: tuple[Indicator, ...]
) -> tuple[Booleans, Booleans]:
    """Return which cells and margins hold other rows, and of which of them these speak of too few.

    `finest` is what changed in the finest cells; `margins[l][c]` is cell c's margin at a level, -1 for none.
    """
    enough = _enough_by_parts(finest, margins, rules, indicators)
    doubtful = [np.where(enough[places], -1, places) for places in margins]
    changed, small = enough.copy(), np.zeros_like(enough)
    for layer in zip(*(layers(of_entry, doubtful) for of_entry in finest), strict=True):
        changed |= touched(layer)
        small |= too_few(layer, rules) | dominated(layer, rules, indicators)
    return changed, small


def _enough_by_parts(
    finest: Memberships, margins: Sequence[Integers], rules: Rules, indicators: tuple[Indicator, ...]
) -> Booleans:
    """Return the margins that changed by enough, as their parts alone show; none where rows leave."""
    if not all(map(_only_enters, finest)):
        return np.zeros(len(finest[0]), dtype=np.bool_)
    enough = np.ones(len(finest[0]), dtype=np.bool_)
    for difference, k in zip(finest, rules.ks, strict=True):
        enough &= _most_units(difference, margins) >= max(k, 1)
        if rules.dominance is not None:
            enough &= _shared(difference, margins, rules.dominance, indicators)
    return enough


def _only_enters(difference: Membership) -> bool:
    return bool((difference.rows > 0).all()) and all(bool((amounts >= 0).all()) for amounts in difference.amounts)


def _most_units(difference: Membership, margins: Sequence[Integers]) -> Integers:
    """Return the units of the part that holds most of them, by margin; 0 for a cell that has no parts."""
    counted = np.bincount(difference.cells[difference.units != NO_UNIT], minlength=len(difference))
    most = np.zeros(len(difference), dtype=np.int64)
    for places in margins:
        inside = np.flatnonzero(places >= 0)
        np.maximum.at(most, places[inside], counted[inside])
    return most


def _shared(
    difference: Membership, margins: Sequence[Integers], rule: DominanceRule, indicators: tuple[Indicator, ...]
) -> Booleans:
    """Return the margins that no few can dominate: all that one contributor holds anywhere is little of them.

    One holds no more than all whose marks end alike, whose sums ask for no order of the units.
    """
    shared = np.ones(len(difference), dtype=np.bool_)
    alike, cells = (difference.units % _ENDINGS).view(np.int64), difference.cells
    for indicator, amounts in zip(indicators, difference.amounts, strict=True):
        if indicator.kind in JUDGED:
            held, totals = np.zeros(_ENDINGS, dtype=np.int64), np.zeros(len(difference), dtype=np.int64)
            np.add.at(held, alike, amounts)
            np.add.at(totals, cells, amounts)
            most = int(held.max(initial=0)) * rule.contributors * 100
            shared &= most <= rule.percent * _totals(totals, margins)
    return shared


def _totals(parts: Integers, margins: Sequence[Integers]) -> Integers:
    totals = np.zeros(len(parts), dtype=np.int64)
    for places in margins:
        inside = np.flatnonzero(places >= 0)
        np.add.at(totals, places[inside], parts[inside])
    return totals
