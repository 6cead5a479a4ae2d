"""`positions-dans-le-territoire`: every position lies in the box that the declaration gives."""

from typing import Final

from catalog.gates.own.own_expectation import TEXTS, Own, typed
from catalog.gates.pushdown.columns import Outside, Parameters
from catalog.gates.pushdown.compiled import Table

_SIDES: Final = 4


def _breaks(table: Table, parameters: Parameters) -> str:
    """`cadre` is written as `emprise` in territoire.yaml: west, south, east, north, in degrees of WGS 84."""
    parameters.only("column", "cadre")
    column = typed(table, parameters, "column", TEXTS)
    west, south, east, north = _box(parameters)
    longitude, latitude = (f"TRY_CAST(split_part({column.quoted}, ',', {place}) AS DOUBLE)" for place in (1, 2))
    within = f"{longitude} BETWEEN {west} AND {east} AND {latitude} BETWEEN {south} AND {north}"
    return f"NOT ({column.missing}) AND NOT coalesce({within}, false)"


def _box(parameters: Parameters) -> list[float]:
    sides = [Parameters({"side": side}).number("side") for side in parameters.text("cadre").split(",")]
    box = [side for side in sides if side is not None]
    if len(box) != _SIDES or box[0] >= box[2] or box[1] >= box[3]:
        raise Outside
    return box


WITHIN_TERRITORY = Own("Toute position tombe dans le cadre du territoire.", _breaks, alone=True)
