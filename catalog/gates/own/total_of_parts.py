"""`total-egal-aux-parties`: a total is what its published parts make, and those that are withheld."""

from catalog.gates.own.own_expectation import BATCH, NUMBERS, OTHER, ROW, TEXTS, Own, alike, grouping, tolerance, typed
from catalog.gates.pushdown.columns import Parameters, literal
from catalog.gates.pushdown.compiled import Table, inner


def _breaks(table: Table, parameters: Parameters) -> str:
    """The parts never pass the total; none being withheld, they make it, but for what rounding takes.

    What is withheld is not known here: only that it is not negative.
    """
    parameters.only("column", "total", "valeur", "par", "arrondi")
    column = typed(table, parameters, "column", TEXTS).quoted
    value = typed(table, parameters, "valeur", NUMBERS).quoted
    total, off = literal(parameters.text("total")), tolerance(parameters)
    parts = (
        "FROM", BATCH, "AS", OTHER, "WHERE", alike(grouping(table, parameters)), f"AND {OTHER}.{column} <> {total}",
    )  # fmt: skip
    summed = inner("SELECT", f"sum({OTHER}.{value})", *parts)
    told = inner("SELECT", f"count({OTHER}.{value})", *parts)
    held = inner("SELECT count(*)", *parts)
    passed = f"{summed} > {ROW}.{value} + {off} * ({told} + 1)"
    short = f"{told} = {held} AND {summed} < {ROW}.{value} - {off} * ({told} + 1)"
    return f"{ROW}.{column} = {total} AND (({passed}) OR ({short}))"


TOTAL_OF_PARTS = Own("Un total est la somme de ses parties, publiées et retenues.", _breaks)
