"""The problem of complementary suppression, for cells that lines tie together and to no other."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from anonymizers.cells import Booleans, Integers
from anonymizers.disclosure.circles import Circle, circles_of
from anonymizers.disclosure.components import connected, grouped
from anonymizers.disclosure.constraints import Floats
from anonymizers.disclosure.groups import groups_of
from anonymizers.disclosure.hidden_sums import HiddenSums, hidden_sums_of
from anonymizers.disclosure.reader import Reader, reader_of
from anonymizers.disclosure.table import Table
from anonymizers.disclosure.work import Work

PREFERENCE: Final = 100
"""How many times less a preferred cell costs: cheap, never forced (last week's masks, in a series)."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Which `candidates` to mask besides the `primary` cells so that no reader narrows what must stay unknown.

    `units` and `sums` say what masking a cell costs, a `preferred` one a hundredth of it. Each of `circles` is known
    to one contributor; `hidden_sums` finds the small groups that a pattern would leave bare; `groups` says where the
    table can be split.
    """

    readers: tuple[Reader, ...]
    primary: Booleans
    candidates: Booleans
    preferred: Booleans
    units: Integers
    sums: Integers
    circles: tuple[Circle, ...]
    hidden_sums: HiddenSums
    groups: Integers
    work: Work
    """What is left of the work that the whole table may take, in all rounds where it is compared."""

    @property
    def prices(self) -> Floats:
        """Return what a unit of movement costs in each cell: infinite where the cell may not be masked."""
        return np.where(self.candidates, (self.units + 1.0) * np.where(self.preferred, 1 / PREFERENCE, 1.0), np.inf)

    @property
    def burdens(self) -> Integers:
        """Return whole numbers that order sets of cells by units, then by how many they are."""
        burdens = self.units * (len(self.units) + 1) + 1
        return np.where(self.preferred, burdens, burdens * PREFERENCE) if self.preferred.any() else burdens


def problem_of(table: Table, preferred: Booleans | None = None, work: Work | None = None) -> Problem:
    """Pose the problem of a whole table, cells of `preferred` being masked more readily than others."""
    return Problem(
        readers=tuple(reader_of(table, indicator) for indicator in range(len(table.cells.indicators))),
        primary=table.primary.masked,
        candidates=~table.primary.masked & ~table.known_zeros,
        preferred=np.zeros(len(table.cells.keys), dtype=np.bool_) if preferred is None else preferred,
        units=table.weights,
        sums=table.first_sums,
        circles=circles_of(table),
        hidden_sums=hidden_sums_of(table),
        groups=groups_of(table.cells.keys),
        work=work or Work(),
    )


def blocks(problem: Problem) -> list[Integers]:
    """Return the cells of each part of the table that holds a primary cell and that no line ties to another part."""
    constraints = problem.readers[0].constraints
    label = connected(constraints.rows, constraints.columns, len(problem.primary))
    free = np.flatnonzero(problem.primary | problem.candidates)
    return [own for own in grouped(free, label[free]) if problem.primary[own].any()]
