"""The heuristic: mask what the cheapest proofs need, one need after another, then show again what is not needed."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from anonymizers.cells import Booleans, Integers
from anonymizers.disclosure.audit import holds
from anonymizers.disclosure.pattern import Pattern
from anonymizers.disclosure.problem import Problem
from anonymizers.disclosure.prover import Means, Prover, Route
from anonymizers.disclosure.reader import Reader
from anonymizers.disclosure.shortlist import shortlist

LARGE: Final = 3_000
"""Cells from which proofs are looked for in a shortlist first."""
CLEANED: Final = 1_500
"""Cells up to which every added mask is tried without."""


def routed(problem: Problem) -> Pattern | None:
    """Find a pattern by cheapest routes; None if some need cannot be met even with every cell masked."""
    hidden, made = problem.primary, list[Prover]()
    for reader in problem.readers:
        means = Means(hidden, problem.prices, _scopes(problem, reader, hidden))
        made.append(Prover(reader, means, problem.circles))
        if not all(made[-1].proves(ask) for ask in made[-1].asks()):
            return None
        hidden = made[-1].hidden
    hidden = _without_small_remainders(problem, hidden)
    for prover in made:
        prover.hide(np.flatnonzero(hidden))
        if not _proves_against_circles(problem, prover):
            return None
        hidden = prover.hidden
    return Pattern(hidden.copy(), tuple(prover.routes() for prover in made))


def cleaned(problem: Problem, pattern: Pattern) -> Pattern:
    """Show again, dearest first, each added cell that the audit does without; small tables only."""
    if len(problem.primary) > CLEANED:
        return pattern
    added = np.flatnonzero(pattern.hidden & ~problem.primary)
    for cell in added[np.lexsort((added, -problem.sums[added], -problem.units[added]))].tolist():
        hidden = pattern.hidden.copy()
        hidden[cell] = False
        routes = holds(problem, hidden, tuple(_without(cell, known) for known in pattern.routes))
        if routes is not None:
            pattern = Pattern(hidden, routes)
    return pattern


def _without(cell: int, routes: Sequence[Route]) -> list[Route]:
    return [route for route in routes if cell not in route.cells]


def _scopes(problem: Problem, reader: Reader, hidden: Booleans) -> tuple[Integers, ...]:
    """Look in a shortlist first where the table is large; not where rounding lets every cell move a little."""
    everywhere = np.arange(len(hidden))
    if len(hidden) < LARGE or bool((reader.shown_low < reader.shown_high).any()):
        return (everywhere,)
    return (shortlist(reader.constraints, hidden, problem.prices), everywhere)


def _without_small_remainders(problem: Problem, hidden: Booleans) -> Booleans:
    """Mask the cheapest cell that cures each small remainder, until there is none."""
    hidden = hidden.copy()
    while found := problem.hidden_sums.small_remainders(hidden):
        for concerned in found:
            if not hidden[concerned].any():
                hidden[concerned[np.lexsort((concerned, problem.sums[concerned], problem.units[concerned]))[0]]] = True
    return hidden


def _proves_against_circles(problem: Problem, prover: Prover) -> bool:
    return all(
        prover.proves_against(ask, problem.circles[number]) for ask in prover.asks() for number in prover.against(ask)
    )
