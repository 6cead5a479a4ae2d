"""Nearly inside: cells whose rows lie in a coarser cell, or in a sum of cells, but for those of fewer than k units.

Rows that came after the coarser one was published make such a cell of one that lay inside it, rows that left make one
that holds what it does not. Who is in them is all that tells: no label is read.
"""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from anonymizers.cells import Booleans, Integers
from anonymizers.differencing.facts import Facts, Inside, odd_units, told_apart, within
from anonymizers.differencing.membership import NO_UNIT
from anonymizers.stretches import stretches

_AT_ONCE = 1 << 22
"""Entries looked at together: bounded memory."""


def nearly_inside(facts: Facts) -> Iterator[Inside]:
    """Yield each fact that holds others but for fewer than k units each, if they may hold more than it does together.

    One of them all is of the table to come and one of another table. That k is the largest of all tables.
    """
    finer, coarser, odd = _pairs(facts)
    new = facts.tables == 0
    order = np.argsort(coarser, kind="stable")
    finer, coarser, odd = finer[order], coarser[order], odd[order]
    for own in np.unique(coarser[new[finer] != new[coarser]]).tolist():
        first, last = np.searchsorted(coarser, [own, own + 1])
        inside = within(facts, own, _least(facts, told_apart(facts, own, finer[first:last])))
        if odd[first:last].any() or _overtake(inside):
            yield inside


def _overtake(inside: Inside) -> bool:
    """Say whether the facts together hold more of some unit than the whole does."""
    held = np.zeros(len(inside.whole.rows), dtype=np.int64)
    np.add.at(held, inside.at, inside.rows)
    return bool((held > inside.whole.rows).any())


def _least(facts: Facts, candidates: Integers) -> Integers:
    """Leave out the cells that others among the candidates add up to exactly: those tell as much."""
    held = set(facts.same[candidates].tolist())
    made = {fact for fact, parts in facts.made if fact in held and held.issuperset(parts.tolist())}
    return candidates[~np.isin(facts.same[candidates], list(made))] if made else candidates


def _pairs(facts: Facts) -> tuple[Integers, Integers, Integers]:
    """Return pairs (finer, coarser) with the number of units of the finer one that do not lie in the coarser one."""
    k = int(facts.ks.max())
    found = [_odd(facts, *some) for some in _candidates(facts, k)]
    if not found:
        none = np.zeros(0, dtype=np.int64)
        return none, none, none
    finer, coarser, odd = (np.concatenate(column) for column in zip(*found, strict=True))
    near = odd < k
    return finer[near], coarser[near], odd[near]


def _odd(facts: Facts, finer: Integers, coarser: Integers) -> tuple[Integers, Integers, Integers]:
    sizes = np.diff(facts.members.starts)[finer]
    odd = [np.zeros(0, dtype=np.int64)]
    for some in _parts(sizes):
        more, other = odd_units(facts, finer[some], coarser[some])
        odd.append(more + other)
    return finer, coarser, np.concatenate(odd)


def _candidates(facts: Facts, k: int) -> Iterator[tuple[Integers, Integers]]:
    """Yield pairs that may be near: of the 2k rarest units of the finer one all but k - 1 are in the coarser one."""
    members, size = facts.members, np.diff(facts.members.starts)
    rarest = _rarest(facts, 2 * k)
    by_unit = np.argsort(facts.ranks, kind="stable")
    bounds = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(np.bincount(facts.ranks))])
    lengths = np.diff(bounds)[facts.ranks[rarest]] if len(rarest) else rarest
    for some in _parts(lengths, whole=members.cells[rarest]):
        own, several = rarest[some], lengths[some]
        held = np.repeat(own, several)
        other = by_unit[stretches(bounds[facts.ranks[own]], several)]
        shared = members.rows[other] >= members.rows[held]
        spelt = members.cells[held][shared] * len(facts.tables) + members.cells[other][shared]
        pairs, common = np.unique(spelt, return_counts=True)
        finer, coarser = np.divmod(pairs, len(facts.tables))
        near = (common > np.minimum(size[finer], 2 * k) - k) & (size[coarser] > size[finer] - k)
        kept = near & _could_nest(facts, finer, coarser)
        yield finer[kept], coarser[kept]


def _could_nest(facts: Facts, finer: Integers, coarser: Integers) -> Booleans:
    """Leave out two cells of one level of one table, in whatever versions: they are one cell, or share no row.

    So are the cells of a table next to its own totals.
    """
    same = facts.lineages[finer] == facts.lineages[coarser]
    level = (facts.series[finer] == facts.series[coarser]) | (coarser >= facts.cells_alone)
    could: Booleans = (finer != coarser) & ~(same & level)
    return could


def _rarest(facts: Facts, several: int) -> Integers:
    """Return the entries of the rarest units of each cell, in the order of cells."""
    members, ranks = facts.members, facts.ranks
    frequency = np.bincount(ranks)[ranks] + (members.units == NO_UNIT) * (len(ranks) + 1)
    ordered = np.lexsort((frequency, members.cells))
    place = np.arange(len(ordered)) - members.starts[members.cells[ordered]]
    rarest: Integers = ordered[(place < several) & (members.cells[ordered] < facts.cells_alone)]
    return rarest


def _parts(lengths: Integers, whole: Integers | None = None) -> Iterator[slice]:
    """Cut a sequence where its lengths add up to too much, never within one of `whole`."""
    part = np.cumsum(lengths) // _AT_ONCE
    if whole is not None and len(whole):
        first = np.concatenate([np.ones(1, dtype=np.bool_), np.diff(whole) != 0])
        part = part[np.maximum.accumulate(np.where(first, np.arange(len(whole)), 0))]
    cuts = np.flatnonzero(np.diff(part)) + 1
    bounds = [0, *cuts.tolist(), len(lengths)]
    yield from (slice(low, high) for low, high in pairwise(bounds) if low < high)
