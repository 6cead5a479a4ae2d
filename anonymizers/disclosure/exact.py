"""The exact search: the preferred pattern among all right ones, for problems of few candidate cells."""

from itertools import islice
from typing import Final

import numpy as np

from anonymizers.cells import Booleans, Integers
from anonymizers.disclosure.audit import Routes, failures, no_routes, provers
from anonymizers.disclosure.constraints import UNBOUNDED, Floats
from anonymizers.disclosure.cuts import cuts_of
from anonymizers.disclosure.master import Choice, TooMuchWork, cheapest
from anonymizers.disclosure.pattern import Pattern
from anonymizers.disclosure.problem import Problem

AT_ONCE: Final = 40
"""Failures turned into cuts at each round."""
ROUNDS: Final = 60
"""Rounds after which the search gives up: bounded work."""


class ExactSearch:
    """Choose cells that meet the known cuts, audit, add the cuts that the audit gives, until nothing fails.

    Order of preference (LANGUAGE.md section 9): least units masked, then least cells, then least sum of the first
    summed measure, then first in key order, cells being numbered in key order.
    """

    __slots__ = ("_cuts", "_limits", "_problem", "_proven", "_rounds")

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._cuts: list[Floats] = []
        self._limits: list[tuple[Integers, int]] = []
        self._proven: dict[bytes, Routes] = {}
        self._rounds = 0

    def run(self) -> Pattern | None:
        """Return the preferred pattern, or None if there is none; raise `TooMuchWork` when none is found in time."""
        chosen = self._best(self._problem.burdens)
        if chosen is None:
            return None
        self._limit(self._problem.burdens, chosen)
        hidden = self._problem.primary | self._among_equals(chosen)
        return Pattern(hidden, self._proven[hidden.tobytes()])

    def _among_equals(self, chosen: Booleans) -> Booleans:
        """Prefer the least sum, then the first in key order, as far as the rounds allow."""
        if not chosen.any():
            return chosen
        try:
            least_sum = self._best(self._problem.sums)
            chosen = chosen if least_sum is None else least_sum
            self._limit(self._problem.sums, chosen)
            return self._first_in_key_order(chosen)
        except TooMuchWork:
            return chosen

    def _best(self, cost: Integers, *, least: Booleans | None = None, most: Booleans | None = None) -> Booleans | None:
        """Return the cheapest right choice within the limits that holds `least` and stays inside `most`."""
        none, all_of_them = np.zeros(len(cost), dtype=np.bool_), self._problem.candidates
        while True:
            choice = self._choice(none if least is None else least, all_of_them if most is None else most)
            chosen = cheapest(cost.astype(np.float64), choice)
            if chosen is None or not self._within_limits(chosen):
                return None
            fresh = self._separated(chosen)
            if not fresh:
                return chosen
            self._cuts += fresh

    def _first_in_key_order(self, chosen: Booleans) -> Booleans:
        """Among choices of equal cost, prefer the one whose first cells come first."""
        if not self._has_equal(chosen):
            return chosen
        least, most = np.zeros_like(chosen), self._problem.candidates.copy()
        for cell in np.flatnonzero(self._problem.candidates).tolist():
            if not chosen[cell]:
                wanted = least.copy()
                wanted[cell] = True
                other = self._best(np.zeros_like(self._problem.units), least=wanted, most=most)
                most[cell] = other is not None
                chosen = chosen if other is None else other
            least[cell] = chosen[cell]
        return chosen

    def _has_equal(self, chosen: Booleans) -> bool:
        """Say whether another choice of the same cost meets the cuts."""
        self._limits.append((chosen.astype(np.int64), int(chosen.sum()) - 1))
        other = self._best(np.zeros_like(self._problem.units))
        self._limits.pop()
        return other is not None

    def _separated(self, chosen: Booleans) -> list[Floats]:
        self._rounds += 1
        if self._rounds > ROUNDS:
            raise TooMuchWork
        hidden = self._problem.primary | chosen
        small = self._problem.hidden_sums.small_remainders(hidden)
        made = provers(self._problem, hidden, no_routes(self._problem))
        found = list(islice(failures(self._problem, made), AT_ONCE))
        if not found and not small:
            self._proven[hidden.tobytes()] = tuple(prover.routes() for prover in made)
        cuts = [cut for failure in found for cut in cuts_of(self._problem, hidden, failure)]
        return cuts + [_one_of(self._problem, concerned) for concerned in small]

    def _limit(self, cost: Integers, chosen: Booleans) -> None:
        self._limits.append((cost, int(cost[chosen].sum())))

    def _within_limits(self, chosen: Booleans) -> bool:
        return all(int(cost[chosen].sum()) <= most for cost, most in self._limits)

    def _choice(self, least: Booleans, most: Booleans) -> Choice:
        limits = [cost / max(highest, 1) for cost, highest in self._limits]
        rows = np.array([*self._cuts, *limits], dtype=np.float64).reshape(-1, len(least))
        cuts, ends = len(self._cuts), [highest / max(highest, 1) for _, highest in self._limits]
        low = np.concatenate([np.ones(cuts), np.full(len(ends), -UNBOUNDED)])
        high = np.concatenate([np.full(cuts, UNBOUNDED), ends])
        return Choice(least, most, rows, low, high)


def _one_of(problem: Problem, concerned: Integers) -> Floats:
    row = np.zeros(len(problem.primary))
    row[concerned] = 1.0
    return row
