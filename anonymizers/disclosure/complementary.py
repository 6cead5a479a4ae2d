"""Complementary suppression: which other cells to mask so that nobody works out the primary ones."""

from typing import Final

from anonymizers.disclosure.cleaned import cleaned
from anonymizers.disclosure.exact import ExactSearch
from anonymizers.disclosure.master import TooMuchWork
from anonymizers.disclosure.pattern import Pattern
from anonymizers.disclosure.problem import Problem
from anonymizers.disclosure.routed import routed
from anonymizers.disclosure.split import guessed_by_parts

FEW: Final = 60
"""Candidate cells up to which the preferred pattern is searched for exactly (LANGUAGE.md section 9)."""

WHOLE: Final = 60_000
"""Cells up to which a table is looked at as a whole."""


def complementary(problem: Problem) -> Pattern | None:
    """Choose the cells to mask; None if no choice at all leaves every reader uncertain enough.

    Exact up to 60 candidate cells, a heuristic beyond, or where the exact search takes more than its bounded work. Past
    a size, parts of the table are protected first, each by itself. What bounds the work is counted, never timed: the
    same table has the same masks on any machine.
    Refuses (`GuaranteeBroken`, `protection.too-tied`) once the work left for the table is spent.
    """
    if int(problem.candidates.sum()) <= FEW:
        try:
            return ExactSearch(problem).run()
        except TooMuchWork:
            pass
    masked = problem.primary if len(problem.primary) <= WHOLE else guessed_by_parts(problem)
    pattern = routed(problem, masked)
    return None if pattern is None else cleaned(problem, pattern)
