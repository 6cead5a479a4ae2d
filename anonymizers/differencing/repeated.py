"""Repeated: cells of the table to come that say again what an earlier table says of the very same rows.

In a sum they stand for the earlier cell: what a reader works out with them could be worked out before, so that not to
show them would hide nothing.
"""

from dataclasses import replace

import numpy as np

from anonymizers.cells import Booleans, Integers
from anonymizers.differencing.facts import Facts
from anonymizers.differencing.membership import Membership, seals


def once(facts: Facts) -> Facts:
    """Leave out the cells of the table to come that another one shows already, and note which fact says each again.

    `facts` are cells alone. The earlier table must sum all that the table to come sums, and ask for no lower k: a
    difference with the one cell is then judged as it is with the other. It must be protected, too: what the cells of
    another one tell among themselves was never judged.
    """
    old = _as_strict(facts)
    cells = np.arange(len(facts.tables))
    seal = seals(facts.taken(cells, facts.measured[0]), len(cells))
    told, first = np.unique(seal[old], return_index=True)
    at = np.minimum(np.searchsorted(told, seal), max(len(told) - 1, 0))
    again = np.flatnonzero((facts.tables == 0) & (told[at] == seal)) if len(told) else old[:0]
    if not len(again):
        return facts
    kept = np.ones(len(cells), dtype=np.bool_)
    kept[again] = False
    place = np.cumsum(kept) - 1
    twins = place[old[first[at[again]]]]
    repeated = tuple(zip(facts.cells[again].tolist(), twins.tolist(), strict=True))
    return replace(_keeping(facts, kept), repeated=repeated)


def _as_strict(facts: Facts) -> Integers:
    """Return the facts of protected tables that sum as much as the table to come, and ask for as high a k."""
    sums_as_much = ~(facts.measured[0] & ~facts.measured).any(axis=1)
    strict = sums_as_much & (facts.ks >= facts.ks[0]) & facts.protects
    strict[0] = False
    return np.flatnonzero(strict[facts.tables])


def _keeping(facts: Facts, kept: Booleans) -> Facts:
    members = facts.members
    entries = np.flatnonzero(kept[members.cells])
    lengths = np.diff(members.starts)[kept]
    fewer = Membership(
        starts=np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(lengths)]),
        units=members.units[entries],
        rows=members.rows[entries],
        digests=members.digests[entries],
        amounts=tuple(amount[entries] for amount in members.amounts),
    )
    ranks = facts.ranks[entries]
    return replace(
        facts,
        members=fewer,
        tables=facts.tables[kept],
        cells=facts.cells[kept],
        groups=facts.groups[kept],
        series=facts.series[kept],
        lineages=facts.lineages[kept],
        same=np.arange(int(kept.sum())),
        ranks=ranks,
        spelt=fewer.cells * facts.several + ranks,
    )
