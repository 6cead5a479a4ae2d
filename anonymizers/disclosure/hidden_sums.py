"""Hidden sums: a shown margin minus shown cells inside it is a number that nobody masked."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from anonymizers.cells import Booleans, Integers
from anonymizers.disclosure.lines import Lines
from anonymizers.disclosure.table import Table


@dataclass(frozen=True, slots=True)
class HiddenSums:
    """What is needed to find small remainders: lines by stages, finest margins first; rows, units and k of each count.

    What is left of a shown margin, once shown cells inside it are taken away, must hold no row, or k units (LANGUAGE.md
    section 9, "Nesting"). Units of several masked cells are added up, so that only what is under k for sure is
    found; every shown cell holds k units or more, so that masking one more of those concerned is a cure.
    """

    stages: tuple[Lines, ...]
    rows: Integers
    units: tuple[Integers, ...]
    ks: tuple[int, ...]

    def small_remainders(self, hidden: Booleans) -> list[Integers]:
        """Return, for each remainder under k, the shown cells of which one must be masked, ascending."""
        return [
            self._concerned(lines, line, hidden)
            for lines, small in self._small(hidden)
            for line in np.flatnonzero(small).tolist()
        ]

    def leave_small_remainder(self, hidden: Booleans) -> bool:
        """Say whether there is a remainder under k."""
        return any(small.any() for _, small in self._small(hidden))

    def _small(self, hidden: Booleans) -> Iterator[tuple[Lines, Booleans]]:
        """Yield, stage by stage, which lines of a shown margin leave a remainder under k."""
        left = [np.where(hidden, amounts, 0) for amounts in (self.rows, *self.units)]
        for lines in self.stages:
            sums = [lines.sums(amounts) for amounts in left]
            small = np.zeros(len(lines), dtype=np.bool_)
            for units, k in zip(sums[1:], self.ks, strict=True):
                small |= (sums[0] > 0) & (units < k)
            masked = hidden[lines.parents]
            yield lines, small & ~masked
            for amounts, own in zip(left, sums, strict=True):
                np.minimum.at(amounts, lines.parents[masked], own[masked])

    def _concerned(self, lines: Lines, line: int, hidden: Booleans) -> Integers:
        """List the margin and every shown cell that may have been taken away from it, masked margins opened up."""
        waiting, seen = [int(lines.parents[line]), *lines.parts_of(line).tolist()], set[int]()
        while waiting:
            cell = waiting.pop()
            if cell not in seen:
                seen.add(cell)
                waiting += self._inside(cell) if hidden[cell] else ()
        return np.array(sorted(cell for cell in seen if not hidden[cell] and self.rows[cell]), dtype=np.int64)

    def _inside(self, cell: int) -> Iterator[int]:
        for lines in self.stages:
            for line in np.flatnonzero(lines.parents == cell).tolist():
                yield from lines.parts_of(line).tolist()


def hidden_sums_of(table: Table) -> HiddenSums:
    """Sort the lines of a table by how many dimensions their margin opens."""
    opened = table.opened[table.lines.parents]
    return HiddenSums(
        stages=tuple(table.lines.chosen(np.flatnonzero(opened == count)) for count in np.unique(opened)),
        rows=table.cells.rows,
        units=table.cells.units,
        ks=table.rules.ks,
    )
