"""Pooled zone: a small zone is counted under the code of its parent, as the session's list of zones says."""

from typing import Final

from anonymizers.columns import Column, session_function
from anonymizers.pooling import POOLED

eclor_epci: Final = session_function("eclor_epci", ("string",), "string")
"""Under which code a code is counted; the list that gives the EPCI of a commune also gives this, for marked codes."""

MONOTONE: Final = False
"""A zone's parent need not stand where the zone stood."""


def treat(column: Column) -> Column:
    """Return the code of the zone that counts for another, else the zone's own; null for a missing one."""
    return eclor_epci(POOLED + column).fill_null(column)
