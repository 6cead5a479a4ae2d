"""A table under study: its cells, what is asked of them, how they add up, and which are masked for themselves."""

from dataclasses import dataclass

import numpy as np

from anonymizers.cells import TOGETHER, Booleans, CellTable, EmptyCellRule, Integers, Kind, Rules
from anonymizers.disclosure.lines import Lines, check_additive, lines_of
from anonymizers.disclosure.primary import Primary, primary_cells


@dataclass(frozen=True, slots=True)
class Table:
    """All that disclosure control works on."""

    cells: CellTable
    rules: Rules
    lines: Lines
    primary: Primary

    @property
    def known_zeros(self) -> Booleans:
        """Return the empty cells that everyone knows to be empty."""
        known: Booleans = (self.cells.rows == 0) & (self.rules.empty_cells is EmptyCellRule.KNOWN_ZERO)
        return known

    @property
    def opened(self) -> Integers:
        """Return how many dimensions each cell opens: 0 for the finest."""
        return np.array([key.count(TOGETHER) for key in self.cells.keys], dtype=np.int64)

    @property
    def weights(self) -> Integers:
        """Return what masking a cell costs: its units of the first minimum count, its rows where there is none."""
        return self.cells.units[0] if self.cells.units else self.cells.rows

    @property
    def first_sums(self) -> Integers:
        """Return the first summed measure, 0 where there is none."""
        for indicator, values in zip(self.cells.indicators, self.cells.values, strict=True):
            if indicator.kind is Kind.SUM:
                return values
        return np.zeros(len(self.cells.keys), dtype=np.int64)


def studied(cells: CellTable, rules: Rules) -> Table:
    """Find the lines, refuse a table that does not add up, mask what is refused for itself."""
    lines = lines_of(cells)
    check_additive(cells, lines)
    return Table(cells, rules, lines, primary_cells(cells, rules))
