"""Zone grain: a code of place becomes the commune or the EPCI that holds it."""

from typing import Final, assert_never

import ibis

from anonymizers.columns import OUTSIDE, Column, as_text
from anonymizers.places import COMMUNE_DIGITS, IRIS_DIGITS, ZoneGrain


def _eclor_epci(code: str) -> str:  # type: ignore[empty-body]
    """Stand for the session's function of that name: the EPCI of a commune, null for a commune of no EPCI."""


eclor_epci: Final = ibis.udf.scalar.builtin(_eclor_epci, name="eclor_epci")


def _eclor_zone(position: str, level: str) -> str:  # type: ignore[empty-body]
    """Stand for a function that no session has yet: the zone of a position. A plan that needs it is refused."""


eclor_zone: Final = ibis.udf.scalar.builtin(_eclor_zone, name="eclor_zone")


def treat(column: Column, *, grain: ZoneGrain) -> Column:
    """Return the code of the zone of an IRIS or commune code; null for a missing one.

    Whether the code stands in the territory's list is checked on the cells, which are few, not on the rows.
    """
    code = as_text(column).nullif("")
    match grain:
        case ZoneGrain.IRIS:
            return code
        case ZoneGrain.COMMUNE:
            return _commune(code)
        case ZoneGrain.EPCI:
            epci = eclor_epci(_commune(code)).fill_null(OUTSIDE)
            return code.isnull().ifelse(ibis.null("string"), epci)
        case ZoneGrain.GRID_200M | ZoneGrain.GRID_1KM:
            return eclor_zone(code, grain.value)
        case _:
            assert_never(grain)


def _commune(code: Column) -> Column:
    digits = code.length()
    return ibis.cases(
        (code.isnull() | (digits == COMMUNE_DIGITS), code),
        (digits == IRIS_DIGITS, code.left(COMMUNE_DIGITS)),
        else_=OUTSIDE,
    )


def treat_position(column: Column, *, grain: ZoneGrain) -> Column:
    """Return the code of the zone that holds a position."""
    return eclor_zone(column, grain.value)
