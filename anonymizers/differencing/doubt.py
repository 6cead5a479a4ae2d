"""Doubt: the shown cells that may have a part in a sum that leaves too few; all others are settled at once.

Whatever is left of a cell by others is a sum of cells too. Of all sums together it is told which cells can be in one
that leaves fewer than k units (`equations`, `forced`, `leaving`): the searches under each cell need no others.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from anonymizers.cells import Booleans, Integers
from anonymizers.differencing.equations import Equations, equations_of
from anonymizers.differencing.facts import Facts
from anonymizers.differencing.forced import forced_by
from anonymizers.differencing.leaving import Leaving, TooMuchWork, is_too_large, telling
from anonymizers.disclosure.components import connected
from anonymizers.disclosure.work import Work


def doubtful(facts: Facts, work: Work) -> Booleans:
    """Return which cells may be in a sum that leaves somebody, but fewer than k units; none if there is no such sum.

    k is the largest of all tables. If all earlier ones are protected, sums without any cell of the table to come tell
    what was told, and so does such a sum with another one that leaves nobody. Amounts are not looked at: they make no
    fewer units be left. The cells of sets that are too large, or need too much work, are all in doubt. All is taken
    from `work`.
    """
    count, k = facts.cells_alone, int(facts.ks.max())
    cells = np.arange(len(facts.tables)) < count
    uncorrected = replace(facts, measured=np.zeros_like(facts.measured))
    forced, rest = forced_by(equations_of(uncorrected, cells), count, k=k, nobody=facts.nobody)
    doubt = np.zeros(count, dtype=np.bool_)
    sets = [_Set(equations, k, facts.nobody, work) for equations in _sets(rest, count)]
    entries, new = forced.by_fact(), facts.tables == 0
    was_judged = facts.protects[1:].all()
    told = [one.in_sums(telling(entries, new, one.every) if was_judged else None) for one in sets]
    places = [place for place, columns in enumerate(told) if len(columns)]
    if places:
        free = np.ones(count, dtype=np.bool_)
        free[rest.facts] = False
        for place, one in enumerate(sets):
            free[told[place]] = True
            free[one.besides(alone=places == [place])] = True
        of_fact, others, _ = entries
        doubt[of_fact[free[others]]] = True
    return doubt


@dataclass(frozen=True, slots=True)
class _Set:
    """Free facts that hang together."""

    equations: Equations
    k: int
    nobody: int
    work: Work

    @property
    def every(self) -> Integers:
        """Return the facts, ascending."""
        return np.unique(self.equations.facts)

    def in_sums(self, telling: Integers | None) -> Integers:
        """Return the facts in sums that leave too few, and of which something is `telling` (see `Leaving`)."""
        if is_too_large(self.equations):
            return self.every
        try:
            return self.every[self._leaving(telling).in_sums()]
        except TooMuchWork:
            return self.every

    def besides(self, *, alone: bool) -> Integers:
        """Return the facts of sums that a sum of another set may take besides: those that leave nobody, or too few.

        No other set tells anything if this one does so `alone`.
        """
        if is_too_large(self.equations):
            return self.every
        nobody = self.every[(self._leaving(None).leaving_nobody() != 0).any(axis=0)]
        return nobody if alone else np.concatenate([nobody, self.in_sums(None)])

    def _leaving(self, telling: Integers | None) -> Leaving:
        return Leaving(self.equations, telling, self.work, k=self.k, nobody=self.nobody)


def _sets(rest: Equations, count: int) -> Iterator[Equations]:
    label = connected(rest.lines, rest.facts, count)
    yield from (rest.over(label == own) for own in np.unique(label[rest.facts]).tolist())
