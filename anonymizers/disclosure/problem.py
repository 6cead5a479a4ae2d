"""The problem of complementary suppression, for cells that lines tie together and to no other."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from anonymizers.cells import Booleans, Integers
from anonymizers.disclosure.circles import Circle, circles_of, known_to
from anonymizers.disclosure.components import connected
from anonymizers.disclosure.constraints import Floats
from anonymizers.disclosure.groups import groups_of
from anonymizers.disclosure.hidden_sums import HiddenSums, hidden_sums_of
from anonymizers.disclosure.reader import Reader, reader_of
from anonymizers.disclosure.table import Table
from anonymizers.disclosure.work import Work

PREFERENCE: Final = 100
"""How many times less a preferred cell costs: cheap, never forced (last week's masks, in a series)."""
SPLIT: Final = 16
"""How much is spent for each entry of a table's rows when a part of it is taken out."""


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
    """What is left of the work that the whole table may take."""

    @property
    def prices(self) -> Floats:
        """Return what a unit of movement costs in each cell: infinite where the cell may not be masked."""
        return np.where(self.candidates, (self.units + 1.0) * np.where(self.preferred, 1 / PREFERENCE, 1.0), np.inf)

    @property
    def burdens(self) -> Integers:
        """Return whole numbers that order sets of cells by units, then by how many they are."""
        burdens = self.units * (len(self.units) + 1) + 1
        return np.where(self.preferred, burdens, burdens * PREFERENCE) if self.preferred.any() else burdens

    def restricted(self, cells: Integers) -> "Problem":
        """Keep `cells` (ascending); the others are taken to stand still. Reads the whole table, which is work."""
        self.work.spend(SPLIT * sum(len(reader.constraints.columns) for reader in self.readers))
        place = np.full(len(self.primary), -1, dtype=np.int64)
        place[cells] = np.arange(len(cells))
        return Problem(
            readers=tuple(reader.restricted(cells) for reader in self.readers),
            primary=self.primary[cells],
            candidates=self.candidates[cells],
            preferred=self.preferred[cells],
            units=self.units[cells],
            sums=self.sums[cells],
            circles=tuple(circle.restricted(place) for circle in known_to(self.circles, place >= 0)),
            hidden_sums=self.hidden_sums.restricted(cells),
            groups=self.groups[cells],
            work=self.work,
        )

    def alone(self, cells: Integers) -> "Problem":
        """Keep `cells` (ascending) and the lines that tie no other cell."""
        kept = self.restricted(cells)
        return replace(kept, readers=tuple(reader.alone(cells) for reader in self.readers))


def problem_of(table: Table, preferred: Booleans | None = None) -> Problem:
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
        work=Work(),
    )


def blocks(problem: Problem) -> Iterator[Integers]:
    """Yield the cells of each part of the table that holds a primary cell and that no line ties to another part."""
    free = problem.primary | problem.candidates
    constraints = problem.readers[0].constraints
    label = connected(constraints.rows, constraints.columns, len(free))
    for own in np.unique(label[problem.primary]):
        yield np.flatnonzero((label == own) & free)
