"""Expectations on all cells of a column together: extremes, means, sums, how many differ, which ones stand there.

No observed value is kept, but counts: the largest value of a column is somebody's cell.
"""

from pydantic import JsonValue

from catalog.gates.outcome import Outcome
from catalog.gates.pushdown.columns import Bounds, Column, Kind, Outside, Parameters, bounds_of, listed, values
from catalog.gates.pushdown.compiled import Aggregate, Compiled, Measured, OfRows, Table

_FLOAT_ERROR = 1e-9
_MOST_SUM = 2**62
_BOUNDS = ("min_value", "max_value", "strict_min", "strict_max")


def largest(table: Table, parameters: Parameters) -> Compiled:
    """`expect_column_max_to_be_between`, on numbers."""
    return _extreme(table, parameters, aggregate="max")


def smallest(table: Table, parameters: Parameters) -> Compiled:
    """`expect_column_min_to_be_between`, on numbers."""
    return _extreme(table, parameters, aggregate="min")


def _extreme(table: Table, parameters: Parameters, *, aggregate: str) -> Compiled:
    column, bounds = _bounded(table, parameters, {Kind.WHOLE, Kind.REAL})
    return Compiled((Aggregate(column, f"{aggregate}({column.sql})"),), lambda found: _held(bounds, found[0]))


def total(table: Table, parameters: Parameters) -> Compiled:
    """`expect_column_sum_to_be_between`, on whole numbers; of no value it is 0."""
    column, bounds = _bounded(table, parameters, {Kind.WHOLE})

    def told(found: Measured) -> Outcome | None:
        summed = found[0] or 0
        return _held(bounds, int(summed)) if abs(summed) < _MOST_SUM else None

    return Compiled((OfRows(f"sum({column.sql})"),), told)


def mean(table: Table, parameters: Parameters) -> Compiled:
    """`expect_column_mean_to_be_between`, on whole numbers."""
    return _rounded(table, parameters, aggregate="avg")


def median(table: Table, parameters: Parameters) -> Compiled:
    """`expect_column_median_to_be_between`, on whole numbers."""
    return _rounded(table, parameters, aggregate="median")


def deviation(table: Table, parameters: Parameters) -> Compiled:
    """`expect_column_stdev_to_be_between`, on whole numbers: that of a sample."""
    return _rounded(table, parameters, aggregate="stddev_samp")


def _rounded(table: Table, parameters: Parameters, *, aggregate: str) -> Compiled:
    """Compile an aggregate in floats; too near a bound, it is the library's order of addition that decides."""
    column, bounds = _bounded(table, parameters, {Kind.WHOLE})

    def told(found: Measured) -> Outcome | None:
        value, furthest = found
        if value is not None and bounds.near(value, _FLOAT_ERROR * max(1, abs(furthest))) and value != 0:
            return None
        return _held(bounds, value)

    furthest = Aggregate(column, f"max(abs({column.sql}::HUGEINT))")
    return Compiled((OfRows(f"{aggregate}({column.sql})"), furthest), told)


def _bounded(table: Table, parameters: Parameters, kinds: set[Kind]) -> tuple[Column, Bounds]:
    parameters.only("column", *_BOUNDS)
    column = table.known(parameters.given.get("column"))
    if column.kind not in kinds:
        raise Outside
    return column, bounds_of(parameters)


def _held(bounds: Bounds, value: float | None) -> Outcome:
    return Outcome(value is not None and bounds.hold(value))


def different(table: Table, parameters: Parameters) -> Compiled:
    """`expect_column_unique_value_count_to_be_between`."""
    column, bounds = _distinct(table, parameters)

    def told(found: Measured) -> Outcome:
        return Outcome(bounds.hold(found[0]), {"observed_value": found[0]})

    return Compiled((Aggregate(column, f"count(DISTINCT {column.sql})"),), told)


def proportion(table: Table, parameters: Parameters) -> Compiled:
    """`expect_column_proportion_of_unique_values_to_be_between`; of no value it is 0."""
    column, bounds = _distinct(table, parameters)

    def told(found: Measured) -> Outcome:
        distinct, present = found
        share = distinct / present if present else 0
        return Outcome(bounds.hold(share), {"observed_value": share})

    distinct = Aggregate(column, f"count(DISTINCT {column.sql})")
    return Compiled((distinct, OfRows(f"count({column.sql})")), told)


def _distinct(table: Table, parameters: Parameters) -> tuple[Column, Bounds]:
    return _bounded(table, parameters, {Kind.TEXT, Kind.WHOLE, Kind.BOOLEAN})


def distinct_in(table: Table, parameters: Parameters) -> Compiled:
    """`expect_column_distinct_values_to_be_in_set`, of the column's own type."""
    column, given = _set(table, parameters)
    return Compiled((_others(column, given),), lambda found: _differs({"unexpected_count": found[0]}))


def distinct_contain(table: Table, parameters: Parameters) -> Compiled:
    """`expect_column_distinct_values_to_contain_set`, of the column's own type."""
    column, given = _set(table, parameters)
    return Compiled((_present(column, given),), lambda found: _differs({"missing_count": len(given) - found[0]}))


def distinct_equal(table: Table, parameters: Parameters) -> Compiled:
    """`expect_column_distinct_values_to_equal_set`, of the column's own type."""
    column, given = _set(table, parameters)

    def told(found: Measured) -> Outcome:
        return _differs({"unexpected_count": found[0], "missing_count": len(given) - found[1]})

    return Compiled((_others(column, given), _present(column, given)), told)


def _set(table: Table, parameters: Parameters) -> tuple[Column, list[str | int]]:
    parameters.only("column", "value_set")
    column = table.known(parameters.given.get("column"))
    return column, values(column, parameters.given.get("value_set"))


def _others(column: Column, given: list[str | int]) -> Aggregate:
    return _distinct_where(column, f"{column.sql} NOT IN {listed(given)}")


def _present(column: Column, given: list[str | int]) -> Aggregate:
    return _distinct_where(column, f"{column.sql} IN {listed(given)}")


def _distinct_where(column: Column, predicate: str) -> Aggregate:
    return Aggregate(column, f"count(DISTINCT {column.sql}) FILTER (WHERE {predicate})")


def _differs(counts: dict[str, JsonValue]) -> Outcome:
    return Outcome(not any(counts.values()), {"observed_value": None, **counts})
