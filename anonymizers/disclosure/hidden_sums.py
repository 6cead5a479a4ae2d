"""Hidden sums: a shown margin minus its shown parts is a number that nobody masked."""

import numpy as np

from anonymizers.cells import Integers
from anonymizers.disclosure.table import Table


def covers_of(table: Table) -> tuple[Integers, ...]:
    """Return, for each line whose primary cells together stay under k, the shown cells of which one must be masked.

    What is left of a shown margin once its shown parts are taken away must hold no unit or at least k, as any
    difference of published cells (LANGUAGE.md section 9, "Nesting"). Units of several cells are added up, so that
    only what is under k for sure is found here; each shown cell holds k units or more, so one more is enough.
    """
    cells, lines, masked = table.cells, table.lines, table.primary.masked
    short = np.zeros(len(lines), dtype=np.bool_)
    rows = lines.sums(np.where(masked, cells.rows, 0))
    for units, k in zip(cells.units, table.rules.ks, strict=True):
        short |= (rows > 0) & (lines.sums(np.where(masked, units, 0)) < k)
    found = []
    for line in np.flatnonzero(short & ~masked[lines.parents]):
        members = np.append(lines.parts[lines.starts[line] : lines.starts[line + 1]], lines.parents[line])
        found.append(np.sort(members[~masked[members] & (cells.rows[members] > 0)]))
    return tuple(found)
