"""`horaires-croissants`: a vehicle arrives before it leaves, and leaves a stop before it arrives at the next."""

from catalog.gates.own.own_expectation import BATCH, OTHER, ROW, TEXTS, Own, typed
from catalog.gates.pushdown.columns import Column, Kind, Parameters
from catalog.gates.pushdown.compiled import Table, inner


def _breaks(table: Table, parameters: Parameters) -> str:
    """Times are those of GTFS: hours, minutes, seconds since noon less twelve hours; hours may pass 24.

    A stop may have no time, or one of the two: the next that has one is then compared with the last that had.
    """
    parameters.only("course", "rang", "arrivee", "depart")
    trip = table.known(parameters.given.get("course")).quoted
    rank = typed(table, parameters, "rang", frozenset({Kind.WHOLE})).quoted
    arrival, departure = (typed(table, parameters, name, TEXTS) for name in ("arrivee", "depart"))
    comes = f"coalesce({_seconds(OTHER, arrival)}, {_seconds(OTHER, departure)})"
    leaves = f"coalesce({_seconds(OTHER, departure)}, {_seconds(OTHER, arrival)})"
    follows = f"lead({comes} IGNORE NULLS) OVER (PARTITION BY {OTHER}.{trip} ORDER BY {OTHER}.{rank}) AS suivant"
    stops = f"{OTHER}.{trip} AS course, {OTHER}.{rank} AS rang, {leaves} AS depart, {follows}"
    late = inner(
        "SELECT course, rang FROM", inner("SELECT", stops, "FROM", BATCH, "AS", OTHER), "WHERE depart > suivant"
    )
    unread = " OR ".join(
        f"({ROW}.{each.quoted} IS NOT NULL AND {_seconds(ROW, each)} IS NULL)" for each in (arrival, departure)
    )
    backwards = f"coalesce({_seconds(ROW, arrival)} > {_seconds(ROW, departure)}, false)"
    return f"({unread} OR {backwards} OR ({ROW}.{trip}, {ROW}.{rank}) IN {late})"


def _seconds(row: str, column: Column) -> str:
    pieces = (f"TRY_CAST(split_part({row}.{column.quoted}, ':', {place}) AS INTEGER)" for place in (1, 2, 3))
    hours, minutes, seconds = pieces
    return f"({hours} * 3600 + {minutes} * 60 + {seconds})"


TIMETABLE = Own("Un véhicule arrive avant de partir, et part avant d'arriver à l'arrêt suivant.", _breaks)
