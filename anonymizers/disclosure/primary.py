"""Primary suppression: the cells that some guarantee refuses to show for what they are."""

from dataclasses import dataclass

import numpy as np

from anonymizers.cells import Booleans, CellTable, Integers, Rules
from anonymizers.guarantees import judges


@dataclass(frozen=True, slots=True)
class Primary:
    """The masked cells, and what must stay unknown of each.

    `exposed[i, c]`: a reader must not narrow indicator `i` of cell `c`; `floors[i, c]`: the value that their upper
    bound must reach at least. `causes` counts the cells that each guarantee refuses; a cell may count twice.
    """

    masked: Booleans
    exposed: Booleans
    floors: Integers
    causes: tuple[tuple[str, int], ...]


def primary_cells(cells: CellTable, rules: Rules) -> Primary:
    """Ask every guarantee in turn, those of other packages too, and mask what one of them refuses."""
    shape = (len(cells.indicators), len(cells.keys))
    masked = np.zeros(shape[1], dtype=np.bool_)
    exposed = np.zeros(shape, dtype=np.bool_)
    floors = np.zeros(shape, dtype=np.int64)
    causes: list[tuple[str, int]] = []
    for name, judge in judges().items():
        verdict = judge(cells, rules)
        masked |= verdict.refused
        exposed |= verdict.exposed
        floors = np.maximum(floors, verdict.floors)
        causes.append((name, int(verdict.refused.sum())))
    return Primary(masked, exposed, floors, tuple(causes))
