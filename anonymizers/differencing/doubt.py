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
from anonymizers.differencing.leaving import Leaving, TooMuchWork, is_too_large
from anonymizers.disclosure.components import connected


@dataclass(frozen=True, slots=True)
class _Set:
    """Free facts that hang together: whether sums of them may leave too few, and which are in these, or leave nobody.

    A sum that leaves too few in one set may take others that leave nobody in another one.
    """

    leaves: bool
    in_sums: Integers


def doubtful(facts: Facts) -> Booleans:
    """Return which cells may be in a sum that leaves somebody, but fewer than k units; none if there is no such sum.

    k is the largest of all tables. Amounts are not looked at: they make no fewer units be left. The cells of sets
    that are too large, or need too much work, are all in doubt.
    """
    count, k = facts.cells_alone, int(facts.ks.max())
    cells = np.arange(len(facts.tables)) < count
    uncorrected = replace(facts, measured=np.zeros_like(facts.measured))
    forced, rest = forced_by(equations_of(uncorrected, cells), count, k=k, nobody=facts.nobody)
    doubt = np.zeros(count, dtype=np.bool_)
    telling = forced.parts_of(np.flatnonzero(facts.tables[:count] == 0))
    sets = list(_sets(rest, telling, k=k, nobody=facts.nobody))
    if any(each.leaves for each in sets):
        free = np.ones(count, dtype=np.bool_)
        free[rest.facts] = False
        free[np.concatenate([each.in_sums for each in sets])] = True
        of_fact, others, _ = forced.by_fact()
        doubt[of_fact[free[others]]] = True
    return doubt


def _sets(rest: Equations, telling: Integers, *, k: int, nobody: int) -> Iterator[_Set]:
    label = connected(rest.lines, rest.facts, len(telling))
    for own in np.unique(label[rest.facts]).tolist():
        yield _set_of(rest.over(label == own), telling, k=k, nobody=nobody)


def _set_of(equations: Equations, telling: Integers, *, k: int, nobody: int) -> _Set:
    every = np.unique(equations.facts)
    if is_too_large(equations):
        return _Set(leaves=True, in_sums=every)
    leaving = Leaving(equations, telling, k=k, nobody=nobody)
    try:
        taken = leaving.in_sums()
    except TooMuchWork:
        return _Set(leaves=True, in_sums=every)
    without = (leaving.leaving_nobody() != 0).any(axis=0)
    return _Set(leaves=bool(taken.any()), in_sums=every[taken | without])
