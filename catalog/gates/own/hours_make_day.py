"""`heures-font-le-jour`: the hours of a day add up to the day's own figure, where both are published."""

from catalog.gates.own.local_days import hours_of
from catalog.gates.own.own_expectation import BATCH, NUMBERS, OTHER, ROW, TEXTS, Own, alike, grouping, tolerance, typed
from catalog.gates.pushdown.columns import Parameters
from catalog.gates.pushdown.compiled import Table, inner


def _breaks(table: Table, parameters: Parameters) -> str:
    """The hours never pass the day; all of its hours being published, they make it, but for what rounding takes."""
    parameters.only("moment", "valeur", "par", "arrondi")
    moment = typed(table, parameters, "moment", TEXTS).quoted
    value = typed(table, parameters, "valeur", NUMBERS).quoted
    off = tolerance(parameters)
    day = f"{ROW}.{moment}"
    hours = (
        "FROM", BATCH, "AS", OTHER, "WHERE", alike(grouping(table, parameters)),
        f"AND {OTHER}.{moment} LIKE '____-__-__T%' AND left({OTHER}.{moment}, 10) = {day}",
    )  # fmt: skip
    summed = inner("SELECT", f"sum({OTHER}.{value})", *hours)
    told = inner("SELECT", f"count({OTHER}.{value})", *hours)
    passed = f"{summed} > {ROW}.{value} + {off} * ({told} + 1)"
    short = f"{told} = {hours_of(day)} AND {summed} < {ROW}.{value} - {off} * ({told} + 1)"
    return f"{day} LIKE '____-__-__' AND (({passed}) OR ({short}))"


HOURS_MAKE_DAY = Own("Les heures d'un jour font, ensemble, le chiffre du jour.", _breaks)
