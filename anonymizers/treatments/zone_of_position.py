"""Zone of a position: the square, IRIS, commune or EPCI that holds a point.

An engine knows no map: each distinct position is found beforehand (`anonymizers.located`), then looked up here.
"""

from typing import Final

import ibis

from anonymizers.columns import OUTSIDE, Column, eclor_known
from anonymizers.places import ZoneGrain

MONOTONE: Final = False
"""A zone's code says nothing of the order of positions."""


def treat(column: Column, *, grain: ZoneGrain) -> Column:
    """Return the code of the zone that holds a position ``lon,lat``; null for a missing one, `OUTSIDE` for no zone."""
    position = column.nullif("")
    found = eclor_known(scope_of(grain), position).fill_null(OUTSIDE)
    return position.isnull().ifelse(ibis.null("string"), found)


def scope_of(grain: ZoneGrain) -> str:
    """Return the name under which a session holds the zones of a level."""
    return f"zone {grain.value}"
