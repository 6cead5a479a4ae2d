"""Expectations on each cell of a column: presence, bounds, sets, forms, lengths, uniqueness, order."""

from functools import partial

from catalog.gates.outcome import Outcome
from catalog.gates.pushdown.columns import Column, Kind, Outside, Parameters, bounds_of, listed, literal, values
from catalog.gates.pushdown.compiled import (
    ALL,
    PLACE,
    RELEASE,
    Compiled,
    Different,
    Measured,
    Missing,
    OfRows,
    RowsWhere,
    Table,
    inner,
    of_each_row,
    places,
    question,
)
from catalog.gates.pushdown.patterns import guards_of

_N = '"#n"'
_BEFORE = '"#before"'


def not_null(table: Table, parameters: Parameters) -> Compiled:
    """`expect_column_values_to_not_be_null`."""
    return _presence(table, parameters, breaks="IS NULL")


def null(table: Table, parameters: Parameters) -> Compiled:
    """`expect_column_values_to_be_null`."""
    return _presence(table, parameters, breaks="IS NOT NULL")


def _presence(table: Table, parameters: Parameters, *, breaks: str) -> Compiled:
    parameters.only("column", "mostly")
    column, mostly = table.known(parameters.given.get("column")), parameters.share()
    predicate = f"{column.sql} {breaks}"

    def told(measured: Measured) -> Outcome:
        elements, unexpected = measured
        return Outcome.of_rows(elements=elements, missing=None, unexpected=unexpected, mostly=mostly)

    return Compiled((ALL, RowsWhere(column, predicate)), told, places(predicate))


def between(table: Table, parameters: Parameters) -> Compiled:
    """`expect_column_values_to_be_between`, on numbers."""
    parameters.only("column", "mostly", "min_value", "max_value", "strict_min", "strict_max")
    column = table.known(parameters.given.get("column"))
    return _each(column, bounds_of(parameters).broken_by(column), parameters)


def in_set(table: Table, parameters: Parameters) -> Compiled:
    """`expect_column_values_to_be_in_set`, of the column's own type."""
    return _set(table, parameters, breaks="NOT IN")


def not_in_set(table: Table, parameters: Parameters) -> Compiled:
    """`expect_column_values_to_not_be_in_set`, of the column's own type."""
    return _set(table, parameters, breaks="IN")


def _set(table: Table, parameters: Parameters, *, breaks: str) -> Compiled:
    parameters.only("column", "mostly", "value_set")
    column = table.known(parameters.given.get("column"))
    given = listed(values(column, parameters.given.get("value_set")))
    return _each(column, f"{column.sql} {breaks} {given}", parameters)


def match_regex(table: Table, parameters: Parameters) -> Compiled:
    """`expect_column_values_to_match_regex`, where RE2 and Python read the pattern alike."""
    return _regex(table, parameters, breaks="NOT ")


def not_match_regex(table: Table, parameters: Parameters) -> Compiled:
    """`expect_column_values_to_not_match_regex`, where RE2 and Python read the pattern alike."""
    return _regex(table, parameters, breaks="")


def _regex(table: Table, parameters: Parameters, *, breaks: str) -> Compiled:
    parameters.only("column", "mostly", "regex")
    column = _texts(table, parameters)
    pattern = parameters.text("regex")
    guards = tuple(_matches(column, guard) for guard in guards_of(pattern))
    grouped = f"({pattern})"  # or DuckDB searches a pattern of letters alone as a text, and forgets `^` and `$` in it
    return _each(column, breaks + _matches(column, grouped), parameters, guards=guards)


def _matches(column: Column, pattern: str) -> str:
    return f"regexp_matches({column.sql}, {literal(pattern)})"


def length_between(table: Table, parameters: Parameters) -> Compiled:
    """`expect_column_value_lengths_to_be_between`, on texts."""
    parameters.only("column", "mostly", "min_value", "max_value", "strict_min", "strict_max")
    column = _texts(table, parameters)
    if not {type(parameters.given.get(name)) for name in ("min_value", "max_value")} <= {int, type(None)}:
        raise Outside
    lengths = bounds_of(parameters).broken_by(Column(column.name, Kind.WHOLE))
    return _each(column, lengths.replace(column.quoted, f"length({column.quoted})"), parameters)


def length_equal(table: Table, parameters: Parameters) -> Compiled:
    """`expect_column_value_lengths_to_equal`, on texts."""
    parameters.only("column", "mostly", "value")
    column, length = _texts(table, parameters), parameters.count("value")
    if length is None:
        raise Outside
    return _each(column, f"length({column.quoted}) <> {length}", parameters)


def _texts(table: Table, parameters: Parameters) -> Column:
    column = table.known(parameters.given.get("column"))
    if column.kind is not Kind.TEXT:
        raise Outside
    return column


def _each(column: Column, breaks: str, parameters: Parameters, *, guards: tuple[str, ...] = ()) -> Compiled:
    counted = partial(RowsWhere, column)
    return of_each_row(breaks, counted, missing=Missing((column,)), mostly=parameters.share(), guards=guards)


def unique(table: Table, parameters: Parameters) -> Compiled:
    """`expect_column_values_to_be_unique`: distinct values in the scan, their rows only if some are not."""
    parameters.only("column", "mostly")
    column = table.known(parameters.given.get("column"))
    if column.kind is Kind.REAL:
        raise Outside
    return all_distinct((column,), missing=Missing((column,)), mostly=parameters.share())


def all_distinct(columns: tuple[Column, ...], *, missing: Missing, mostly: float) -> Compiled:
    """Compile the uniqueness of some columns together, missing cells being alike.

    As many different rows as there are prove it; otherwise the repeats themselves are counted.
    """
    names = ", ".join(column.quoted for column in columns)
    judged = ("FROM", RELEASE, "WHERE NOT", f"({missing.predicate})")
    grouped = (*judged, "GROUP BY", names)

    def told(measured: Measured) -> Outcome | Compiled:
        elements, left_out, different = measured
        if different == elements - left_out:
            return Outcome.of_rows(elements=elements, missing=left_out, unexpected=0, mostly=mostly)
        repeats = inner("SELECT count(*) AS", _N, *grouped, "HAVING count(*) > 1")
        summed = OfRows(inner("SELECT", f"coalesce(sum({_N}), 0)", "FROM", repeats))
        return Compiled((ALL, missing, summed), recount, failing)

    def recount(measured: Measured) -> Outcome:
        elements, left_out, repeated = measured
        return Outcome.of_rows(elements=elements, missing=left_out, unexpected=int(repeated), mostly=mostly)

    numbered = inner("SELECT", PLACE, ", count(*) OVER", f"(PARTITION BY {names})", "AS", _N, *judged)
    failing = question("SELECT", PLACE, "FROM", numbered, "WHERE", _N, "> 1")
    return Compiled((ALL, missing, Different(columns, missing)), told, failing)


def increasing(table: Table, parameters: Parameters) -> Compiled:
    """`expect_column_values_to_be_increasing`, on whole numbers."""
    return _ordered(table, parameters, falls="<")


def decreasing(table: Table, parameters: Parameters) -> Compiled:
    """`expect_column_values_to_be_decreasing`, on whole numbers."""
    return _ordered(table, parameters, falls=">")


def _ordered(table: Table, parameters: Parameters, *, falls: str) -> Compiled:
    parameters.only("column", "mostly", "strictly")
    column, mostly = table.known(parameters.given.get("column")), parameters.share()
    if column.kind is not Kind.WHOLE:
        raise Outside
    before = f", lag({column.sql}) OVER () AS {_BEFORE}"
    followed = inner(
        "SELECT", PLACE, ",", column.sql, "AS", _N, before, "FROM", RELEASE, "WHERE NOT", f"({column.missing})"
    )
    breaks = (_N, falls + ("=" if parameters.flag("strictly") else ""), _BEFORE)

    def told(measured: Measured) -> Outcome:
        elements, left_out, unexpected = measured
        return Outcome.of_rows(elements=elements, missing=left_out, unexpected=unexpected, mostly=mostly)

    unexpected = OfRows(inner("SELECT count(*) FROM", followed, "WHERE", *breaks))
    failing = question("SELECT", PLACE, "FROM", followed, "WHERE", *breaks)
    return Compiled((ALL, Missing((column,)), unexpected), told, failing)
