"""Zone of a position: the square, commune or EPCI that holds a point. No session knows it yet: its plan is refused."""

from typing import Final

from anonymizers.columns import Column, session_function
from anonymizers.places import ZoneGrain

eclor_zone: Final = session_function("eclor_zone", ("string", "string"), "string")
"""The zone of a position at a level."""


MONOTONE: Final = False
"""A zone's code says nothing of the order of positions."""


def treat(column: Column, *, grain: ZoneGrain) -> Column:
    """Return the code of the zone that holds a position ``lon,lat``."""
    return eclor_zone(column, grain.value)
