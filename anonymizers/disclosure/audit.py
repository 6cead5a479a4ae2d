"""The audit: whether a pattern of masked cells leaves every reader uncertain enough, each claim proven exactly."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from anonymizers.cells import Booleans, Integers
from anonymizers.disclosure.feasibility import NOBODY
from anonymizers.disclosure.problem import Problem
from anonymizers.disclosure.proofs import Route
from anonymizers.disclosure.prover import Ask, Means, Prover

Routes = tuple[Sequence[Route], ...]
"""Proofs already found, one sequence a reader."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A claim of one reader that no proof was found for: against anybody, or against who knows the cells `still`."""

    reader: int
    ask: Ask
    still: Integers


def no_routes(problem: Problem) -> Routes:
    """Say that no proof is known yet."""
    return tuple(() for _ in problem.readers)


def provers(problem: Problem, hidden: Booleans, routes: Routes) -> tuple[Prover, ...]:
    """Make one prover a reader that may mask nothing more, with the proofs that still stand."""
    prices = np.full(len(hidden), np.inf)
    means = Means(hidden, prices, scopes=(), work=problem.work)
    made = tuple(Prover(reader, means, problem.circles) for reader in problem.readers)
    for prover, known in zip(made, routes, strict=True):
        prover.adopt(known)
    return made


def failures(problem: Problem, made: Sequence[Prover]) -> Iterator[Failure]:
    """Yield what the provers cannot prove: first against any reader, then against each single contributor."""
    unproven: set[tuple[int, Ask]] = set()
    for index, prover in enumerate(made):
        for ask in prover.asks():
            if not prover.proves(ask):
                unproven.add((index, ask))
                yield Failure(index, ask, NOBODY)
    for index, prover in enumerate(made):
        for ask in prover.asks():
            if (index, ask) not in unproven:
                yield from _failures_against(problem, prover, index=index, ask=ask)


def holds(problem: Problem, hidden: Booleans, routes: Routes) -> Routes | None:
    """Return proofs of every claim when `hidden` cells are masked, or None if one is missing."""
    if problem.hidden_sums.small_remainders(hidden):
        return None
    made = provers(problem, hidden, routes)
    if next(failures(problem, made), None) is not None:
        return None
    return tuple(prover.routes() for prover in made)


def _failures_against(problem: Problem, prover: Prover, *, index: int, ask: Ask) -> Iterator[Failure]:
    for number in prover.against(ask):
        if not prover.proves_against(ask, problem.circles[number]):
            yield Failure(index, ask, problem.circles[number].known)
