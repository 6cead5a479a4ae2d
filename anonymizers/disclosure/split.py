"""The split of a very large table: the cells above a dimension first, then each group of it with its margins fixed."""

import numpy as np

from anonymizers.cells import Booleans
from anonymizers.disclosure.components import grouped
from anonymizers.disclosure.groups import ABOVE
from anonymizers.disclosure.parted import Parts
from anonymizers.disclosure.problem import Problem
from anonymizers.disclosure.routed import routed


def guessed_by_parts(problem: Problem) -> Booleans:
    """Mask what each part of the table needs by itself; a part that cannot be protected alone is left as it is.

    A part of which no other cell can be masked adds nothing. A proof found in a group, its margins standing still,
    holds in the whole table; what more is needed is for the whole to add, and the audit of the whole has the last word.
    """
    hidden, parts = problem.primary.copy(), Parts(problem)
    free = np.flatnonzero(problem.primary | problem.candidates)
    for cells in grouped(free, problem.groups[free]):
        if not (problem.primary[cells].any() and problem.candidates[cells].any()):
            continue
        part = parts.alone(cells) if problem.groups[cells[0]] == ABOVE else parts.part(cells)
        pattern = routed(part, part.primary)
        if pattern is not None:
            hidden[cells] |= pattern.hidden
    return hidden
