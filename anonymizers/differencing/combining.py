"""Combining: shown cells of any tables, each added or taken away any number of times, leave nobody or k units.

What lies inside or nearly inside one cell is looked for before (`nesting`): here nothing is supposed of what the cells
cover. Of all combinations at once it is asked whether one leaves too few (`equations`, `forced`, `leaving`;
docs/decisions/0051-sums-of-cells-are-asked-all-at-once.md).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from anonymizers.cells import Booleans, Integers
from anonymizers.differencing.equations import Equations, equations_of
from anonymizers.differencing.facts import Facts, facts_of
from anonymizers.differencing.forced import Forced, forced_by
from anonymizers.differencing.leaving import Leaving, TooMuchWork, is_too_large, telling
from anonymizers.differencing.modular import small
from anonymizers.differencing.nesting import Found, fresh_of, located
from anonymizers.differencing.past import Breach, PastRelease, Release, Rule
from anonymizers.differencing.repeated import once
from anonymizers.disclosure.components import connected
from anonymizers.disclosure.work import Work

LARGEST: Final = 16
"""How often one cell is added or taken away at most."""


def combinations(new: Release, fresh: Booleans, past: Sequence[PastRelease], work: Work) -> Iterator[Found]:
    """Yield the fresh cells that say too much in a sum with others of several tables, and with which.

    Two tables are compared by the minimum counts whose units have one name, as in `nesting`. All is taken from `work`.
    """
    for unit in new.units:
        others = [other for other in past if unit in other.release.units]
        if others:
            releases = [new, *(other.release for other in others)]
            shown = [fresh, *(fresh_of(other) for other in others)]
            facts = once(facts_of(list(zip(releases, shown, strict=True)), unit))
            yield from _Combining(facts, releases, work).barred()


@dataclass(frozen=True, slots=True)
class _Sum:
    """Facts that leave too few: the smallest one of the table to come is not to be shown."""

    barred: Integers
    facts: Integers


class _Combining:
    __slots__ = ("_facts", "_k", "_new", "_nobody", "_releases", "_work")

    def __init__(self, facts: Facts, releases: Sequence[Release], work: Work) -> None:
        self._facts, self._releases, self._work = facts, releases, work
        self._new, self._k = facts.tables == 0, int(facts.ks.max())
        self._nobody = facts.nobody

    def barred(self) -> Iterator[Found]:
        kept = np.ones(len(self._facts.tables), dtype=np.bool_)
        while (found := self._first(kept)) is not None:
            kept[found.barred] = False
            for fact in found.barred.tolist():
                yield int(self._facts.cells[fact]), self._breach(fact, found.facts)

    def _first(self, kept: Booleans) -> _Sum | None:
        every = equations_of(self._facts, kept)
        forced, equations = forced_by(every, len(kept), k=self._k, nobody=self._nobody)
        label = connected(equations.lines, equations.facts, len(kept))
        for own in self._mixed(label, equations, forced):
            found = self._told(equations.over(label == own), forced)
            if found is not None:
                return found
        return None

    def _mixed(self, label: Integers, equations: Equations, forced: Forced) -> list[int]:
        """Return the sets of free facts by which cells of the table to come, and others, are said."""
        facts, free, _ = forced.by_fact()
        new = self._new[facts]
        both = np.intersect1d(label[free[new]], label[free[~new]])
        found: list[int] = np.intersect1d(both, label[equations.facts]).tolist()
        return found

    def _told(self, equations: Equations, forced: Forced) -> _Sum | None:
        if is_too_large(equations):
            return None
        said = telling(forced.by_fact(), self._new, np.unique(equations.facts))
        leaving = Leaving(equations, said, self._work, k=self._k, nobody=self._nobody)
        try:
            for space in leaving.spaces():
                for chosen in space:
                    found = self._sum(self._every(leaving.columns, chosen, forced))
                    if found is not None:
                        return found
        except TooMuchWork:
            facts, free, _ = forced.by_fact()
            every = np.unique(facts[np.isin(free, leaving.columns)])
            return _Sum(every[self._new[every]], every)
        return None

    def _every(self, columns: Integers, chosen: Integers, forced: Forced) -> Integers:
        free = np.zeros(len(self._facts.tables), dtype=np.int64)
        free[columns] = chosen
        return forced.every(free)

    def _sum(self, coefficients: Integers) -> _Sum | None:
        whole = small(coefficients, LARGEST)
        if whole is None:
            return None
        facts = np.flatnonzero(whole)
        new = facts[self._new[facts]]
        if len(new) in {0, len(facts)}:
            return None
        left = self._left(facts, whole[facts])
        if not len(left) or (left != self._nobody).sum() >= int(self._facts.ks[self._facts.tables[facts]].max()):
            return None
        return _Sum(self._smallest(new, left), facts)

    def _left(self, facts: Integers, whole: Integers) -> Integers:
        """Return the units (ranks) of which something is left: rows, days, or amounts that all these tables sum."""
        measures: Booleans = (~self._facts.measured[self._facts.tables[facts]]).sum(axis=0) == 0
        places, _ = self._facts.entries(facts)
        entries = self._facts.taken(facts, measures)
        units, at = np.unique(self._facts.ranks[places], return_inverse=True)
        rest = np.zeros(len(units), dtype=np.bool_)
        for numbers in (entries.rows, entries.digests.view(np.int64), *entries.amounts):
            added = np.zeros(len(units), dtype=np.int64)
            np.add.at(added, at, numbers * whole[entries.cells])
            rest |= added != 0
        return units[rest]

    def _smallest(self, new: Integers, left: Integers) -> Integers:
        """Return the smallest fact of the table to come that holds somebody of those who are left, if any does."""
        places, owners = self._facts.entries(new)
        holding = np.unique(owners[np.isin(self._facts.ranks[places], left)])
        among = new[holding] if len(holding) else new
        size = np.diff(self._facts.members.starts)[among]
        return among[np.lexsort((-among, size))][:1]

    def _breach(self, fact: int, facts: Integers) -> Breach:
        named = [
            located(self._releases[self._facts.tables[each]], int(self._facts.cells[each])) for each in facts.tolist()
        ]
        own = located(self._releases[0], int(self._facts.cells[fact]))
        finer, *others = [each for each in named if each != own]
        return Breach(Rule.NESTING, finer=finer, coarser=own, others=tuple(others))
