"""Cleaning: show again, dearest first, each added cell that every claim does without."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from anonymizers.disclosure.audit import provers
from anonymizers.disclosure.pattern import Pattern
from anonymizers.disclosure.problem import Problem
from anonymizers.disclosure.prover import Ask, Prover

MOST_UNKNOWNS: Final = 20_000_000
"""All questions together, after which the rest stays masked: counted, not timed."""
LOOK: Final = 8
"""How much is spent for each cell of a table when one of them is taken away and small remainders are looked for."""


def cleaned(problem: Problem, pattern: Pattern) -> Pattern:
    """Take each added mask away in turn and keep it away if all can be proven again without it."""
    made = provers(problem, pattern.hidden, pattern.routes)
    hidden = pattern.hidden.copy()
    added, prices = np.flatnonzero(hidden & ~problem.primary), problem.prices
    for cell in added[np.lexsort((added, -problem.sums[added], -prices[added]))].tolist():
        if sum(prover.unknowns for prover in made) > MOST_UNKNOWNS:
            break
        problem.work.spend(LOOK * len(hidden))
        hidden[cell] = False
        hidden[cell] = problem.hidden_sums.leave_small_remainder(hidden) or not _do_without(problem, made, cell)
    return Pattern(hidden, tuple(prover.routes() for prover in made))


def _do_without(problem: Problem, made: Sequence[Prover], cell: int) -> bool:
    if any(prover.needs(cell) for prover in made):
        return False
    tried: list[Prover] = []
    for prover in made:
        tried.append(prover)
        if not _settles(problem, prover, prover.show(cell)):
            for own in tried:
                own.mask_again(cell)
            return False
    for prover in made:
        prover.keep_shown()
    return True


def _settles(problem: Problem, prover: Prover, asks: Sequence[Ask]) -> bool:
    """Prove claims against any reader, then each against each single contributor."""
    return all(prover.proves(ask) for ask in asks) and all(
        prover.proves_against_all(ask, [problem.circles[number] for number in prover.against(ask)]) for ask in asks
    )
