"""Forced: the equations that every difference of too few satisfies, because k units or more hold each of them."""

from typing import Final

import numpy as np

from anonymizers.cells import Integers
from anonymizers.differencing.equations import Equations, merged
from anonymizers.differencing.modular import PRIME
from anonymizers.stretches import stretches

Line = dict[int, int]
"""Numbers by fact."""
_ITSELF: Final = 1


def forced_by(equations: Equations, several: int, *, k: int, nobody: int) -> "tuple[Forced, Equations]":
    """Let every equation over `several` facts hold that k units hold; return that, and what fewer hold, said by it."""
    forced = Forced(equations, several)
    while (heavy := equations.sizes(nobody) >= k).any():
        forced.force(equations.selected(heavy))
        equations = merged(forced.rest(equations.selected(~heavy)))
    return forced, equations


class Forced:
    """Coefficients as sums of those that are still free: one for each equation that has been forced."""

    __slots__ = ("_made", "_uses", "_using")

    def __init__(self, equations: Equations, several: int) -> None:
        self._uses = np.bincount(equations.facts, minlength=several).tolist()
        self._made: dict[int, Line] = {}
        self._using: list[set[int]] = [set() for _ in range(several)]

    def force(self, equations: Equations) -> None:
        """Let equations hold: each makes the coefficient of its fact that the fewest speak of."""
        bounds = np.searchsorted(equations.lines, np.arange(len(equations) + 1)).tolist()
        facts, numbers = equations.facts.tolist(), equations.numbers.tolist()
        for line in np.argsort(np.diff(bounds), kind="stable").tolist():
            span = slice(bounds[line], bounds[line + 1])
            self._force(self._free(dict(zip(facts[span], numbers[span], strict=True))))

    def _free(self, line: Line) -> Line:
        """Say a line by free coefficients alone."""
        free: Line = {}
        for fact, number in line.items():
            for other, factor in self._made.get(fact, {fact: _ITSELF}).items():
                free[other] = (free.get(other, 0) + number * factor) % PRIME
        return {fact: number for fact, number in free.items() if number}

    def _force(self, line: Line) -> None:
        if not line:
            return
        chosen = min(line, key=lambda fact: (self._uses[fact], fact))
        factor = PRIME - pow(line.pop(chosen), -1, PRIME)
        self._make(chosen, {fact: number * factor % PRIME for fact, number in line.items()})
        for user in self._using[chosen]:
            self._make(user, self._free(self._made[user]))
        self._using[chosen] = set()

    def _make(self, fact: int, line: Line) -> None:
        self._made[fact] = line
        for other in line:
            self._using[other].add(fact)

    def by_fact(self) -> tuple[Integers, Integers, Integers]:
        """Return entries (fact, free fact, number), facts ascending, free ones as themselves."""
        entries = [
            (fact, other, number)
            for fact in range(len(self._using))
            for other, number in self._made.get(fact, {fact: _ITSELF}).items()
        ]
        facts, others, numbers = np.array(entries, dtype=np.int64).reshape(-1, 3).T
        return facts, others, numbers

    def rest(self, equations: Equations) -> Equations:
        """Say equations by free coefficients alone, those left out that always hold."""
        facts, others, numbers = self.by_fact()
        starts = np.searchsorted(facts, np.arange(len(self._using) + 1))
        lengths = np.diff(starts)[equations.facts]
        entries = np.repeat(np.arange(len(equations.facts)), lengths)
        at = stretches(starts[equations.facts], lengths)
        spelt = equations.lines[entries] * len(self._using) + others[at]
        told, place = np.unique(spelt, return_inverse=True)
        added = np.zeros(len(told), dtype=np.int64)
        np.add.at(added, place, equations.numbers[entries] * numbers[at] % PRIME)
        added %= PRIME
        lines, free = np.divmod(told[added != 0], len(self._using))
        alive = np.zeros(len(equations), dtype=np.bool_)
        alive[lines] = True
        numbered, holders = np.cumsum(alive) - 1, alive[equations.held]
        return Equations(
            numbered[lines],
            free,
            added[added != 0],
            numbered[equations.held[holders]],
            equations.units[holders],
        )

    def every(self, coefficients: Integers) -> Integers:
        """Return the coefficients of all facts from those of the free ones (zero elsewhere)."""
        facts, others, numbers = self.by_fact()
        found = np.zeros(len(self._using), dtype=np.int64)
        np.add.at(found, facts, numbers * coefficients[others] % PRIME)
        found %= PRIME
        return found
