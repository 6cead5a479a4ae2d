"""What an expectation of our own is: a sentence for people, and the predicate of the rows that break it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from catalog.gates.outcome import Outcome
from catalog.gates.pushdown.columns import Column, Kind, Outside, Parameters
from catalog.gates.pushdown.compiled import (
    ALL,
    PLACE,
    RELEASE,
    Compiled,
    Measured,
    OfRows,
    Table,
    inner,
    of_rows,
    question,
)

BATCH: Final = "{batch}"
"""All rows, in a predicate: great-expectations' own word, so that the exported suite runs on any of its SQL engines."""
ROW: Final = "lignes"
"""The row that is judged, in a predicate that also looks at others."""
OTHER: Final = "autres"
NUMBERS: Final = frozenset({Kind.WHOLE, Kind.DECIMAL, Kind.REAL})
TEXTS: Final = frozenset({Kind.TEXT})


@dataclass(frozen=True, slots=True)
class Own:
    """`breaks` returns the predicate of the rows that break it; raises `Outside` for parameters that it does not take.

    `sentence` says in French what must hold. `alone` is true where a row is judged without any other.
    """

    sentence: str
    breaks: Callable[[Table, Parameters], str]
    alone: bool = False

    def compiled(self, table: Table, parameters: Parameters) -> Compiled:
        """Return it as the scan judges it, and as great-expectations' `unexpected_rows_expectation` would ask it."""
        breaks = self.breaks(table, parameters)
        predicate = breaks.replace(BATCH, RELEASE)
        found = ("FROM", RELEASE, "AS", ROW, "WHERE", predicate)
        counted = of_rows(predicate) if self.alone else OfRows(inner("SELECT count(*)", *found))
        exported = question("SELECT * FROM", BATCH, "AS", ROW, "WHERE", breaks)
        return Compiled((ALL, counted), _told, question("SELECT", PLACE, *found), exported)


def _told(measured: Measured) -> Outcome:
    elements, unexpected = measured
    return Outcome.of_rows(elements=elements, missing=None, unexpected=unexpected)


def typed(table: Table, parameters: Parameters, name: str, kinds: frozenset[Kind]) -> Column:
    """Return the column that a parameter names; raises `Outside` for one of another type."""
    column = table.known(parameters.given.get(name))
    if column.kind not in kinds:
        raise Outside
    return column


def grouping(table: Table, parameters: Parameters) -> list[Column]:
    """Return the columns of `par`: rows that agree on them are judged together."""
    return [table.known(name) for name in parameters.names("par")] if "par" in parameters.given else []


def alike(columns: list[Column]) -> str:
    """Return the predicate of the other rows that agree with this one on some columns."""
    same = [f"{OTHER}.{each.quoted} IS NOT DISTINCT FROM {ROW}.{each.quoted}" for each in columns]
    return " AND ".join(same) or "true"


def tolerance(parameters: Parameters) -> float:
    """Return by how much a rounded figure may be off: half of `arrondi`, what it was rounded to."""
    rounding = parameters.number("arrondi") or 0
    if rounding < 0:
        raise Outside
    return rounding / 2
