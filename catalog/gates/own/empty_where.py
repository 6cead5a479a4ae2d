"""`vide-la-ou`: a measure that would be somebody's stays empty where another column says that few are counted."""

from catalog.gates.own.own_expectation import TEXTS, Own, typed
from catalog.gates.pushdown.columns import Parameters, listed, values
from catalog.gates.pushdown.compiled import Table


def _breaks(table: Table, parameters: Parameters) -> str:
    """`dit` is the other column, `valeurs` what it says there; where it says nothing, the measure stays empty too."""
    parameters.only("column", "dit", "valeurs")
    column, other = table.known(parameters.text("column")), typed(table, parameters, "dit", TEXTS)
    few = listed(values(other, parameters.given.get("valeurs")))
    return f"NOT ({column.missing}) AND coalesce({other.quoted} IN {few}, true)"


EMPTY_WHERE = Own("Une mesure reste vide là où elle serait celle de quelqu'un.", _breaks, alone=True)
