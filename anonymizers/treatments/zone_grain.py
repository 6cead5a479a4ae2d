"""Zone grain: a code of place becomes the commune or the EPCI that holds it."""

from typing import Final, assert_never

import ibis

from anonymizers.columns import OUTSIDE, Column, eclor_epci, value_of
from anonymizers.places import COMMUNE_DIGITS, IRIS_DIGITS, ZoneGrain

MONOTONE: Final = False
"""An EPCI's code says nothing of the order of its communes."""


def treat(column: Column, *, grain: ZoneGrain) -> Column:
    """Return the code of the zone of an IRIS or commune code; null for a missing one, `OUTSIDE` for no such code.

    Whether the code stands in the territory's list is checked on the cells, which are few, not on the rows.
    """
    code = value_of(column)
    match grain:
        case ZoneGrain.IRIS:
            return code
        case ZoneGrain.COMMUNE:
            return _commune(code)
        case ZoneGrain.EPCI:
            epci = eclor_epci(_commune(code)).fill_null(OUTSIDE)
            return code.isnull().ifelse(ibis.null("string"), epci)
        case ZoneGrain.GRID_200M | ZoneGrain.GRID_1KM:
            return code.isnull().ifelse(ibis.null("string"), OUTSIDE)
        case _:
            assert_never(grain)


def _commune(code: Column) -> Column:
    digits = code.length()
    return ibis.cases(
        (code.isnull() | (digits == COMMUNE_DIGITS), code),
        (digits == IRIS_DIGITS, code.left(COMMUNE_DIGITS)),
        else_=OUTSIDE,
    )
