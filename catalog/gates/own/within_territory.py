"""`positions-dans-le-territoire`: every position, and every corner of a geometry, lies in the box that is declared."""

from typing import Final

from catalog.gates.own.own_expectation import TEXTS, Own, typed
from catalog.gates.pushdown.columns import Outside, Parameters
from catalog.gates.pushdown.compiled import Table

_SIDES: Final = 4
_NUMBER: Final = "-?[0-9][0-9.eE+-]*"
_LONGITUDES: Final = rf"(?:^|\[) *({_NUMBER}) *,"
_LATITUDES: Final = rf"(?:^|\[) *{_NUMBER} *, *({_NUMBER})"
"""Of `lon,lat`, or of each position of a GeoJSON geometry."""


def _breaks(table: Table, parameters: Parameters) -> str:
    """`cadre` is written as `emprise` in territoire.yaml: west, south, east, north, in degrees of WGS 84."""
    parameters.only("column", "cadre")
    column = typed(table, parameters, "column", TEXTS)
    west, south, east, north = _box(parameters)
    longitudes, latitudes = (
        f"TRY_CAST(regexp_extract_all({column.quoted}, '{pattern}', 1) AS DOUBLE[])"
        for pattern in (_LONGITUDES, _LATITUDES)
    )
    within = (
        f"list_min({longitudes}) >= {west} AND list_max({longitudes}) <= {east}"
        f" AND list_min({latitudes}) >= {south} AND list_max({latitudes}) <= {north}"
        f" AND len({longitudes}) = len({latitudes})"
    )
    return f"NOT ({column.missing}) AND NOT coalesce({within}, false)"


def _box(parameters: Parameters) -> list[float]:
    sides = [Parameters({"side": side}).number("side") for side in parameters.text("cadre").split(",")]
    box = [side for side in sides if side is not None]
    if len(box) != _SIDES or box[0] >= box[2] or box[1] >= box[3]:
        raise Outside
    return box


WITHIN_TERRITORY = Own("Toute position tombe dans le cadre du territoire.", _breaks, alone=True)
