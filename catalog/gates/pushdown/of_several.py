"""Expectations on several columns of a row: pairs, compound keys, sums."""

from pydantic import JsonValue

from catalog.gates.pushdown.columns import Column, Kind, Outside, Parameters
from catalog.gates.pushdown.compiled import Compiled, Missing, Table, of_each_row, of_rows
from catalog.gates.pushdown.of_columns import all_distinct

_COMPARED = frozenset({Kind.TEXT, Kind.WHOLE, Kind.DECIMAL})


def greater(table: Table, parameters: Parameters) -> Compiled:
    """`expect_column_pair_values_a_to_be_greater_than_b`, of two columns of one type."""
    parameters.only("column_A", "column_B", "mostly", "or_equal", "ignore_row_if")
    return _pair(table, parameters, breaks="<" if parameters.flag("or_equal") else "<=")


def equal(table: Table, parameters: Parameters) -> Compiled:
    """`expect_column_pair_values_to_be_equal`, of two columns of one type."""
    parameters.only("column_A", "column_B", "mostly", "ignore_row_if")
    return _pair(table, parameters, breaks="<>")


def _pair(table: Table, parameters: Parameters, *, breaks: str) -> Compiled:
    first, second = (_compared(table, parameters.given.get(name)) for name in ("column_A", "column_B"))
    if (first.kind, first.scale) != (second.kind, second.scale) or first.name == second.name:
        raise Outside
    either, both = Missing((first, second), "OR"), Missing((first, second))
    ignored = {"either_value_is_missing": either, "both_values_are_missing": both}.get(
        parameters.text("ignore_row_if", "both_values_are_missing")
    )
    if ignored is None:
        raise Outside
    guards = (f"({either.predicate}) AND NOT ({both.predicate})",) if ignored == both else ()
    broken = f"{first.sql} {breaks} {second.sql}"
    return of_each_row(broken, of_rows, missing=ignored, mostly=parameters.share(), guards=guards)


def compound(table: Table, parameters: Parameters) -> Compiled:
    """`expect_compound_columns_to_be_unique`."""
    parameters.only("column_list", "mostly", "ignore_row_if")
    columns = _columns(table, parameters)
    return all_distinct(tuple(columns), missing=_ignored(columns, parameters), mostly=parameters.share())


def total(table: Table, parameters: Parameters) -> Compiled:
    """`expect_multicolumn_sum_to_equal`, of whole numbers."""
    parameters.only("column_list", "sum_total", "mostly", "ignore_row_if")
    columns, wanted = _columns(table, parameters), parameters.number("sum_total")
    if wanted is None or not wanted.is_integer() or any(column.kind is not Kind.WHOLE for column in columns):
        raise Outside
    either, ignored = Missing(tuple(columns), "OR"), _ignored(columns, parameters)
    guards = (f"({either.predicate}) AND NOT ({ignored.predicate})",) if ignored != either else ()
    broken = " + ".join(f"{column.sql}::HUGEINT" for column in columns) + f" <> {int(wanted)}"
    return of_each_row(broken, of_rows, missing=ignored, mostly=parameters.share(), guards=guards)


def _columns(table: Table, parameters: Parameters) -> list[Column]:
    names = parameters.names("column_list")
    if len(names) < 2 or len({*names}) < len(names):  # noqa: PLR2004 - the library asks for two at least
        raise Outside
    return [_compared(table, name) for name in names]


def _compared(table: Table, name: JsonValue) -> Column:
    column = table.known(name)
    if column.kind not in _COMPARED:
        raise Outside
    return column


def _ignored(columns: list[Column], parameters: Parameters) -> Missing:
    ignored = {
        "all_values_are_missing": Missing(tuple(columns)),
        "any_value_is_missing": Missing(tuple(columns), "OR"),
        "never": Missing(()),
    }.get(parameters.text("ignore_row_if", "all_values_are_missing"))
    if ignored is None:
        raise Outside
    return ignored
