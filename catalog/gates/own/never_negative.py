"""`energie-jamais-negative`: what was delivered, used or produced is never below zero."""

from catalog.gates.own.own_expectation import NUMBERS, Own
from catalog.gates.pushdown.columns import Outside, Parameters
from catalog.gates.pushdown.compiled import Table


def _breaks(table: Table, parameters: Parameters) -> str:
    parameters.only("colonnes")
    columns = [table.known(name) for name in parameters.names("colonnes")]
    if not columns or any(column.kind not in NUMBERS for column in columns):
        raise Outside
    return " OR ".join(f"{column.sql} < 0" for column in columns)


NEVER_NEGATIVE = Own("Une énergie n'est jamais négative.", _breaks, alone=True)
