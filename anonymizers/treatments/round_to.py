"""Round to: a measure is rounded row by row to a multiple of its base, half up; it leaves the engine summed only."""

from typing import Final

from anonymizers.columns import Column

MONOTONE: Final = True
"""A greater value is rounded no lower."""


def treat(column: Column, *, base: int) -> Column:
    """Return the nearest multiple of `base`, halves up, null for null; integers, both scaled alike.

    By remainders, not by a division: a quotient of big integers would pass through a float.
    """
    raised = column + base // 2
    return raised - (raised % base + base) % base
