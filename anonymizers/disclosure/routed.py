"""The heuristic: mask what the cheapest proofs need, one need after another."""

from typing import Final

import numpy as np

from anonymizers.cells import Booleans, Integers
from anonymizers.disclosure.pattern import Pattern
from anonymizers.disclosure.problem import Problem
from anonymizers.disclosure.prover import Means, Prover
from anonymizers.disclosure.reader import Reader
from anonymizers.disclosure.shortlist import seed, shortlist

LARGE: Final = 3_000
"""Cells from which proofs are looked for in a shortlist first."""


def routed(problem: Problem, masked: Booleans) -> Pattern | None:
    """Add to the `masked` cells by cheapest routes; None if some need cannot be met even with every cell masked."""
    hidden, made = masked, list[Prover]()
    for reader in problem.readers:
        hidden = _first_guess(problem, reader, hidden)
        means = Means(hidden, problem.prices, _scopes(problem, reader, hidden), problem.work)
        made.append(Prover(reader, means, problem.circles))
        if not all(made[-1].proves(ask) for ask in made[-1].asks()):
            return None
        hidden = made[-1].hidden
    hidden = _without_small_remainders(problem, hidden)
    for prover in made:
        prover.hide(np.flatnonzero(hidden))
        prover.look_inside_again()
        if not _proves_against_circles(problem, prover):
            return None
        hidden = prover.hidden
    return Pattern(hidden.copy(), tuple(prover.routes() for prover in made))


def _first_guess(problem: Problem, reader: Reader, hidden: Booleans) -> Booleans:
    """Mask a second cell of each sum of a large table at once: most needs are met, and what is too much goes later."""
    if len(hidden) < LARGE or reader.loose:
        return hidden
    guessed = hidden.copy()
    guessed[seed(reader, hidden, problem.prices)] = True
    return guessed


def _scopes(problem: Problem, reader: Reader, hidden: Booleans) -> tuple[Integers, ...]:
    """Look in a shortlist first where the table is large; not where rounding lets every cell move a little."""
    everywhere = np.arange(len(hidden))
    if len(hidden) < LARGE or reader.loose:
        return (everywhere,)
    return (shortlist(reader, hidden, problem.prices), everywhere)


def _without_small_remainders(problem: Problem, hidden: Booleans) -> Booleans:
    """Mask the cheapest cell that cures each small remainder, until there is none."""
    hidden, prices = hidden.copy(), problem.prices
    while found := problem.hidden_sums.small_remainders(hidden):
        for concerned in found:
            if not hidden[concerned].any():
                hidden[concerned[np.lexsort((concerned, problem.sums[concerned], prices[concerned]))[0]]] = True
    return hidden


def _proves_against_circles(problem: Problem, prover: Prover) -> bool:
    return all(
        prover.proves_against_all(ask, [problem.circles[number] for number in prover.against(ask)])
        for ask in prover.asks()
    )
