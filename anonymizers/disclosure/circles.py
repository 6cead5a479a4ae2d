"""Circles: the masked cells that one contributor, alone in them, knows."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from anonymizers.cells import Booleans, Integers
from anonymizers.disclosure.lines import Lines
from anonymizers.disclosure.table import Table


@dataclass(frozen=True, slots=True)
class Circle:
    """What a single contributor knows: the values of `known`. The cells that are `own`, these too, hold nobody else."""

    known: Integers
    own: Integers

    def restricted(self, place: Integers) -> "Circle":
        """Renumber the cells, and leave out those without a place."""
        known, own = place[self.known], place[self.own]
        return Circle(known[known >= 0], own[own >= 0])


def circles_of(table: Table) -> tuple[Circle, ...]:
    """Return the circles of the masked cells of exactly one unit (LANGUAGE.md section 9, "exactly one unit").

    A unit that is alone in a margin is the one that is alone in its parts: those cells are its own, and the criterion
    does not protect them from it. It knows them together where no other part may hold anything; else each apart.
    """
    found: list[Circle] = []
    for units in table.cells.units:
        alone = table.primary.masked & (units == 1)
        of_alone = table.lines.chosen(np.flatnonzero(alone[table.lines.parents]))
        own = _joined(of_alone, alone)
        usable = ~table.known_zeros & ~alone
        known = _joined(of_alone.chosen(np.flatnonzero(of_alone.sums(usable.astype(np.int64)) == 0)), alone)
        members = np.flatnonzero(alone)
        for label in np.unique(known[members]):
            together = members[known[members] == label]
            found.append(Circle(together, members[own[members] == own[together[0]]]))
    return tuple(found)


def known_to(circles: Sequence[Circle], cells: Booleans) -> list[Circle]:
    """Return the circles that know one of some cells."""
    if not circles:
        return []
    number = np.repeat(np.arange(len(circles)), [len(circle.known) for circle in circles])
    inside = cells[np.concatenate([circle.known for circle in circles])]
    return [circles[index] for index in np.unique(number[inside]).tolist()]


def groups_by_cell(groups: Sequence[Integers]) -> dict[int, tuple[int, ...]]:
    """Return the groups that each cell belongs to."""
    found: dict[int, tuple[int, ...]] = {}
    for index, group in enumerate(groups):
        for cell in group.tolist():
            found[cell] = (*found.get(cell, ()), index)
    return found


def _joined(lines: Lines, alone: Booleans) -> Integers:
    """Label cells so that a margin and its parts of one unit share a label."""
    label = np.arange(len(alone))
    for line in range(len(lines)):
        parts = lines.parts_of(line)
        merged = label[np.append(parts[alone[parts]], lines.parents[line])]
        label[np.isin(label, merged)] = merged.min()
    return label
