"""Circles: the masked cells that one contributor, alone in them, knows."""

import numpy as np

from anonymizers.cells import Booleans, Integers
from anonymizers.disclosure.table import Table


def circles_of(table: Table) -> tuple[Integers, ...]:
    """Group the masked cells of exactly one unit by that unit, as far as the table itself tells that it is the same.

    A unit that is alone in a margin is alone in each of its non-empty parts: what it knows of one it knows of all.
    One group a unit and minimum count, cells ascending (LANGUAGE.md section 9, "exactly one unit").
    """
    groups: list[Integers] = []
    for units in table.cells.units:
        alone = table.primary.masked & (units == 1)
        label = np.arange(len(units))
        for parent, nonempty in _shared(table, alone):
            merged = label[np.append(nonempty, parent)]
            label[np.isin(label, merged)] = merged.min()
        members = np.flatnonzero(alone)
        groups += [members[label[members] == one] for one in np.unique(label[members])]
    return tuple(groups)


def _shared(table: Table, alone: Booleans) -> list[tuple[int, Integers]]:
    """List the margins of one unit whose non-empty parts have one unit too, with those parts."""
    lines, shared = table.lines, []
    for line in np.flatnonzero(alone[lines.parents]):
        parts = lines.parts[lines.starts[line] : lines.starts[line + 1]]
        nonempty = parts[table.cells.rows[parts] > 0]
        if alone[nonempty].all():
            shared.append((int(lines.parents[line]), nonempty))
    return shared
