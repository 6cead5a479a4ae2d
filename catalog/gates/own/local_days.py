"""`jours-de-23-24-25-heures`: hours are those of local days, which the change of clocks makes shorter and longer."""

from typing import Final

from catalog.gates.own.own_expectation import BATCH, OTHER, ROW, TEXTS, Own, alike, grouping, typed
from catalog.gates.pushdown.columns import Parameters
from catalog.gates.pushdown.compiled import Table, inner

_ZONE: Final = "'Europe/Paris'"
_HOUR: Final = "'____-__-__T%'"


def _breaks(table: Table, parameters: Parameters) -> str:
    """An hour that the local clock never showed breaks it; with `complets`, so do the hours of a day that has not all.

    The first and the last day may be parts of a day. What is not an hour (a day, a week, a total) is not judged.
    """
    parameters.only("moment", "par", "complets")
    moment = typed(table, parameters, "moment", TEXTS).quoted
    columns = grouping(table, parameters)
    instant = f"TRY_CAST({ROW}.{moment} AS TIMESTAMPTZ)"
    clock = f"strftime(timezone({_ZONE}, {instant}), '%Y-%m-%dT%H:%M')"
    broken = f"coalesce({clock} <> left({ROW}.{moment}, 16), true)"
    if parameters.flag("complets"):
        day = f"left({ROW}.{moment}, 10)"
        same = f"{alike(columns)} AND {OTHER}.{moment} LIKE {_HOUR}"
        held = inner(
            "SELECT", f"count(DISTINCT {OTHER}.{moment})", "FROM", BATCH, "AS", OTHER,
            "WHERE", same, f"AND left({OTHER}.{moment}, 10) = {day}",
        )  # fmt: skip
        ends = (
            inner("SELECT", f"{end}(left({OTHER}.{moment}, 10))", "FROM", BATCH, "AS", OTHER, "WHERE", same)
            for end in ("min", "max")
        )
        inside = " AND ".join(f"{day} <> {end}" for end in ends)
        broken = f"({broken} OR ({inside} AND {held} <> {hours_of(day)}))"
    return f"{ROW}.{moment} LIKE {_HOUR} AND {broken}"


def hours_of(day: str) -> str:
    """Return how many hours a local day has: 23, 24 or 25."""
    midnight = f"TRY_CAST({day} AS TIMESTAMP)"
    begins, ends = (f"epoch(timezone({_ZONE}, {at}))" for at in (midnight, f"{midnight} + INTERVAL 1 DAY"))
    return f"round(({ends} - {begins}) / 3600)"


LOCAL_DAYS = Own("Les heures sont celles de jours de 23, 24 ou 25 heures, à l'heure de Paris.", _breaks)
