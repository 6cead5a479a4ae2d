"""Pooled zone: a small zone is counted under the code of its parent, as the session's list of zones says."""

from typing import Final

from anonymizers.columns import Column, eclor_epci
from anonymizers.pooling import POOLED

MONOTONE: Final = False
"""A zone's parent need not stand where the zone stood."""


def treat(column: Column) -> Column:
    """Return the code of the zone that counts for another, else the zone's own; null for a missing one."""
    return eclor_epci(POOLED + column).fill_null(column)
