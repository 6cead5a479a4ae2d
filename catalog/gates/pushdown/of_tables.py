"""Expectations on the table: its columns and its number of rows."""

from pydantic import JsonValue

from catalog.gates.outcome import Outcome
from catalog.gates.pushdown.columns import Outside, Parameters, bounds_of
from catalog.gates.pushdown.compiled import ALL, Compiled, Measured, Table


def ordered_columns(table: Table, parameters: Parameters) -> Compiled:
    """`expect_table_columns_to_match_ordered_list`."""
    parameters.only("column_list")
    wanted = parameters.names("column_list")
    return _known([*table.columns] == wanted, [*table.columns])


def column_set(table: Table, parameters: Parameters) -> Compiled:
    """`expect_table_columns_to_match_set`."""
    parameters.only("column_set", "exact_match")
    wanted, held = {*parameters.names("column_set")}, table.columns.keys()
    exact = parameters.flag("exact_match", default=True)
    return _known(wanted == held if exact else wanted <= held, sorted(held))


def column_count(table: Table, parameters: Parameters) -> Compiled:
    """`expect_table_column_count_to_equal`."""
    parameters.only("value")
    return _known(len(table.columns) == _count(parameters), len(table.columns))


def column_exists(table: Table, parameters: Parameters) -> Compiled:
    """`expect_column_to_exist`."""
    parameters.only("column")
    return Compiled((), lambda _: Outcome(parameters.text("column") in table.columns))


def row_count(table: Table, parameters: Parameters) -> Compiled:  # noqa: ARG001 - one signature for all
    """`expect_table_row_count_to_equal`."""
    parameters.only("value")
    wanted = _count(parameters)
    return Compiled((ALL,), lambda found: Outcome(found[0] == wanted, {"observed_value": found[0]}))


def row_count_between(table: Table, parameters: Parameters) -> Compiled:  # noqa: ARG001 - one signature for all
    """`expect_table_row_count_to_be_between`."""
    parameters.only("min_value", "max_value", "strict_min", "strict_max")
    if not {type(parameters.given.get(name)) for name in ("min_value", "max_value")} <= {int, type(None)}:
        raise Outside
    bounds = bounds_of(parameters)

    def told(found: Measured) -> Outcome:
        return Outcome(bounds.hold(found[0]), {"observed_value": found[0]})

    return Compiled((ALL,), told)


def _count(parameters: Parameters) -> int:
    value = parameters.count("value")
    if value is None:
        raise Outside
    return value


def _known(success: bool, observed: JsonValue | list[str]) -> Compiled:  # noqa: FBT001 - the verdict itself
    told: JsonValue = [*observed] if isinstance(observed, list) else observed
    return Compiled((), lambda _: Outcome(success, {"observed_value": told}))
