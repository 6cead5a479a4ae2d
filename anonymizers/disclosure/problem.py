"""The problem of complementary suppression, for cells that lines tie together and to no other."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from anonymizers.cells import Booleans, CellTable, Integers, Kind, Rules
from anonymizers.disclosure.circles import circles_of
from anonymizers.disclosure.components import connected
from anonymizers.disclosure.constraints import Floats
from anonymizers.disclosure.hidden_sums import covers_of
from anonymizers.disclosure.lines import Lines
from anonymizers.disclosure.primary import Primary
from anonymizers.disclosure.reader import Reader, known_zeros, reader_of


@dataclass(frozen=True, slots=True)
class Problem:
    """Which `candidates` to mask besides the `primary` cells so that no reader narrows what must stay unknown.

    `units` and `sums` say what masking a cell costs. Each of `circles` is known to one contributor; of each of
    `covers` one cell at least must be masked.
    """

    readers: tuple[Reader, ...]
    primary: Booleans
    candidates: Booleans
    units: Integers
    sums: Integers
    circles: tuple[Integers, ...]
    covers: tuple[Integers, ...]

    @property
    def prices(self) -> Floats:
        """Return what a unit of movement costs in each cell: infinite where the cell may not be masked."""
        return np.where(self.candidates, self.units + 1.0, np.inf)

    def restricted(self, cells: Integers) -> "Problem":
        """Keep `cells` (ascending), which no line ties to another."""
        inside = np.zeros(len(self.primary), dtype=np.bool_)
        inside[cells] = True
        return Problem(
            readers=tuple(reader.restricted(cells) for reader in self.readers),
            primary=self.primary[cells],
            candidates=self.candidates[cells],
            units=self.units[cells],
            sums=self.sums[cells],
            circles=tuple(np.searchsorted(cells, group) for group in self.circles if inside[group].all()),
            covers=tuple(np.searchsorted(cells, group) for group in self.covers if inside[group].all()),
        )


def problem_of(cells: CellTable, rules: Rules, lines: Lines, primary: Primary) -> Problem:
    """Pose the problem of a whole table."""
    indices = range(len(cells.indicators))
    candidates = ~primary.masked & ~known_zeros(cells, rules)
    return Problem(
        readers=tuple(reader_of(cells, rules, lines, primary, indicator=index) for index in indices),
        primary=primary.masked,
        candidates=candidates,
        units=weights_of(cells),
        sums=_first_sum(cells),
        circles=circles_of(cells, lines, primary.masked),
        covers=covers_of(cells, rules, lines, primary.masked),
    )


def blocks(problem: Problem) -> Iterator[Integers]:
    """Yield the cells of each part of the table that holds a primary cell and that no line ties to another part."""
    free = problem.primary | problem.candidates
    constraints = problem.readers[0].constraints
    label = connected(constraints.rows, constraints.columns, len(free))
    for own in np.unique(label[problem.primary]):
        yield np.flatnonzero((label == own) & free)


def weights_of(cells: CellTable) -> Integers:
    """Return what masking a cell costs: its units of the first minimum count, its rows where there is none."""
    return cells.units[0] if cells.units else cells.rows


def _first_sum(cells: CellTable) -> Integers:
    for indicator, values in zip(cells.indicators, cells.values, strict=True):
        if indicator.kind is Kind.SUM:
            return values
    return np.zeros(len(cells.keys), dtype=np.int64)
