"""An attacker that adds and takes away every set of the cells that it ever read, whatever these cover.

It tries all of them, each cell added, taken away or left aside. The judge alone knows the rows. Shares no code with the
engine.
"""

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Final

import numpy as np

from tests.attack.moments_attacker import Said, Told

CELLS: Final = 10
"""Cells of which all combinations are tried; of more, those of the first ones."""


def combined(said: Sequence[Said], k: int) -> Iterator[Told]:
    """Yield every combination that speaks of one to k - 1 units, as those who hold the rows that are left see it."""
    said = said[:CELLS]
    numbers = sorted({row.number for one in said for row in one.rows})
    unit_of = {row.number: row.units[0] or "" for one in said for row in one.rows}
    units = sorted(set(unit_of.values()))
    held = np.array([[n in {row.number for row in one.rows} for n in numbers] for one in said], dtype=np.int8)
    of_unit = np.array([[unit_of[n] == unit for unit in units] for n in numbers], dtype=np.int8)
    ways = np.array([*product((0, 1, -1), repeat=len(said))], dtype=np.int8)
    ways = ways[: 1 + len(ways) // 2]  # the others say the same with the two sides exchanged
    left = ways @ held
    counted = ((left != 0).astype(np.int8) @ of_unit) > 0
    seen = (left @ of_unit != 0).any(axis=1)
    several = counted.sum(axis=1)
    for place in np.flatnonzero(seen & (several > 0) & (several < k)).tolist():
        sides = [tuple(one for one, way in zip(said, ways[place], strict=True) if way == sign) for sign in (1, -1)]
        yield Told(
            sides[0], sides[1], tuple(unit for unit, is_left in zip(units, counted[place], strict=True) if is_left)
        )
