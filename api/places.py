"""Where a dataset's rows are: its geometry or its position, or two columns of degrees; a box asked of them."""

from collections.abc import Sequence
from typing import Final

from api.rows import And, Condition, Expression, Operator, Or, Within, is_number
from catalog.export import place_column
from charter.release_parts import ReleaseColumn

Box = tuple[float, float, float, float]
"""West, south, east, north, in degrees of WGS 84; west of more than east crosses the antimeridian (RFC 7946, 5.2)."""
_AXES: Final = (("longitude", "latitude"), ("lon", "lat"), ("lng", "lat"))


def box_of(columns: Sequence[ReleaseColumn], box: Box) -> Expression | None:
    """Return what lies in a box, or whose own box meets it; None if no column says where."""
    west, south, east, north = box
    if west > east:
        halves = [box_of(columns, half) for half in ((west, south, 180.0, north), (-180.0, south, east, north))]
        known = tuple(half for half in halves if half is not None)
        return Or(known) if known else None
    place = place_column(columns)
    if place is not None:
        return Within(place.name, west, south, east, north)
    axes = axes_of(columns)
    if axes is None:
        return None
    across = Condition(axes[0], Operator.BETWEEN, (west, east))
    return And((across, Condition(axes[1], Operator.BETWEEN, (south, north))))


def axes_of(columns: Sequence[ReleaseColumn]) -> tuple[str, str] | None:
    """Return the names of the columns of longitudes and of latitudes, if there are two such."""
    numbers = {column.name for column in columns if is_number(column)}
    return next((axes for axes in _AXES if numbers.issuperset(axes)), None)
