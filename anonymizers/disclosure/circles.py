"""Circles: the masked cells that one contributor, alone in them, knows."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from anonymizers.cells import Booleans, Integers
from anonymizers.disclosure.components import connected, grouped
from anonymizers.disclosure.lines import Lines
from anonymizers.disclosure.table import Table
from anonymizers.stretches import Occurrences, places_among


@dataclass(frozen=True, slots=True)
class Circle:
    """What a single contributor knows: the values of `known`. The cells that are `own`, these too, hold nobody else."""

    known: Integers
    own: Integers

    def over(self, cells: Integers) -> "Circle":
        """Keep `cells` (ascending), renumbered."""
        known, own = places_among(cells, self.known), places_among(cells, self.own)
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
        owned = {int(own[group[0]]): group for group in grouped(members, own[members])}
        found += [Circle(together, owned[int(own[together[0]])]) for together in grouped(members, known[members])]
    return tuple(found)


class Knowers:
    """Who knows a cell: circles put in order once, then looked up at the cost of what is found."""

    __slots__ = ("_circles", "_number", "_where")

    def __init__(self, circles: Sequence[Circle]) -> None:
        self._circles = circles
        self._where = Occurrences(np.concatenate([np.zeros(0, dtype=np.int64), *(one.known for one in circles)]))
        self._number = np.repeat(np.arange(len(circles)), [len(one.known) for one in circles])

    def of(self, cells: Integers) -> list[Circle]:
        """Return the circles that know one of some cells, in their order."""
        return [self._circles[index] for index in np.unique(self._number[self._where.of(cells)]).tolist()]


def groups_by_cell(groups: Sequence[Integers]) -> dict[int, tuple[int, ...]]:
    """Return the groups that each cell belongs to."""
    found: dict[int, tuple[int, ...]] = {}
    for index, group in enumerate(groups):
        for cell in group.tolist():
            found[cell] = (*found.get(cell, ()), index)
    return found


def _joined(lines: Lines, alone: Booleans) -> Integers:
    """Label cells so that a margin and its parts of one unit share a label."""
    own = alone[lines.parts]
    members = np.concatenate([lines.parts[own], lines.parents])
    return connected(np.concatenate([lines.line_of_part[own], np.arange(len(lines))]), members, len(alone))
