"""A question in PostgreSQL's words, read, checked node by node, and said again in the engine's.

Nothing of the text itself reaches the engine: what runs is written from the checked tree, every name quoted, tables
and common table expressions under names of our own. A plain question is read by `plain` instead, to the same letter.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import Final

import sqlglot
from sqlglot import Dialect, exp
from sqlglot.errors import ErrorLevel, SqlglotError

from eclor.engine.sandbox.allowed import (
    FUNCTIONS,
    NAMED,
    NODES,
    OF_THE_SESSION,
    STATEMENTS,
    TYPES,
    UNITS,
    of_the_system,
)
from eclor.engine.sandbox.full_text import FULL_TEXT, hide_full_text, match_words
from eclor.engine.sandbox.naming import called, name_outputs
from eclor.engine.sandbox.plain import plain
from eclor.engine.sandbox.question import MOST_ROWS, Read
from eclor.engine.sandbox.refusal import denied, invalid

_THEIRS: Final = Dialect.get_or_raise("postgres")
_OURS: Final = Dialect.get_or_raise("duckdb")
MOST_CHARACTERS: Final = 20_000
MOST_NODES: Final = 3_000
ANY_SCALE: Final = "DECIMAL(38, 10)"
"""What `numeric` is here, to which PostgreSQL sets no scale; zeros at its end are not shown."""
_NUMBER: Final = re.compile(r"[0-9]{0,40}\.?[0-9]{0,40}([eE][+-]?[0-9]{1,3})?")
_TABLE_PARTS: Final = frozenset({"this", "alias", "db", "joins", "laterals"})
_OF_THE_MOMENT: Final = (exp.CurrentTimestamp, exp.CurrentDate, exp.Localtimestamp)
_TOO_DEEP: Final = "Invalid SQL: nested too deeply"


def read(text: str) -> Read:
    """Read a question. Refuses (`SqlRefused`) whatever is not one plain SELECT on tables."""
    nulls_first = "nulls first" in " ".join(text.lower().split())
    if not nulls_first and (asked := plain(text)) is not None:
        return asked
    try:
        query = _parsed(text)
        return _prepared(query, _check(query), nulls_first=nulls_first)
    except RecursionError as error:
        raise invalid(_TOO_DEEP) from error


def _parsed(text: str) -> exp.Query:
    if len(text) > MOST_CHARACTERS or "\0" in text:
        raise invalid(f"Invalid SQL: more than {MOST_CHARACTERS} characters, or a null one")
    try:
        statements = [one for one in sqlglot.parse(text, read=_THEIRS) if one and not isinstance(one, exp.Semicolon)]
    except SqlglotError as error:
        raise invalid(f"Invalid SQL: {_syntax(error)}") from error
    if len(statements) != 1:
        raise invalid("Query is not a single statement" if statements else "Invalid SQL: no statement")
    if not isinstance(statements[0], exp.Select | exp.SetOperation | exp.Subquery):
        raise invalid(f"Invalid query AST element: {_statement(statements[0])}")
    return statements[0]


def _syntax(error: SqlglotError) -> str:
    for fault in getattr(error, "errors", ()):
        return f'syntax error at or near "{str(fault.get("highlight"))[:60]}", at index {fault.get("col")}'
    return "syntax error"


def _statement(node: exp.Expr) -> str:
    name = type(node).__name__
    return STATEMENTS.get(name, name)


def _check(query: exp.Query) -> list[exp.Expr]:
    """Return the nodes of a tree, each of which may be there."""
    nodes = [*islice(query.walk(), MOST_NODES + 1)]
    if len(nodes) > MOST_NODES:
        raise invalid("Invalid SQL: too long")
    for node in nodes:
        kind = type(node)
        if (checked := _CHECKS.get(kind)) is not None:
            checked(node)
        elif kind not in NODES and kind not in FUNCTIONS:
            if isinstance(node, exp.Func):
                raise denied(f"Not authorized to call function {called(node)}")
            raise invalid(f"Invalid query AST element: {_statement(node)}")
    return nodes


def _check_named(node: exp.Expr) -> None:
    if node.name.lower() not in NAMED or "." in node.name:
        raise denied(f"Not authorized to call function {node.name[:60]}")


def _check_table(node: exp.Expr) -> None:
    if of_the_system(node.name):
        raise denied("Not authorized to access system tables")
    if node.args.get("catalog") or node.text("db").lower() not in {"", "public"}:
        raise denied("Not authorized to access tables in other schemas")
    if not isinstance(node.this, exp.Identifier | exp.GenerateSeries | exp.ExplodingGenerateSeries):
        raise denied(f"Not authorized to call function {called(node.this)}")
    if {name for name, value in node.args.items() if value} - _TABLE_PARTS:
        raise invalid("Invalid query AST element: RangeTableSample")


def _check_column(node: exp.Expr) -> None:
    if node.args.get("db") or node.args.get("catalog"):
        raise denied("Not authorized to access tables in other schemas")
    if node.name.lower() in OF_THE_SESSION and not node.args.get("table"):
        raise denied(f"Not authorized to call function {node.name}")


def _check_type(node: exp.Expr) -> None:
    if node.this not in TYPES and node.this is not exp.DataType.Type.ARRAY:
        raise invalid(f"Invalid SQL: no such type as {str(node.this)[:60]}")


def _check_literal(node: exp.Expr) -> None:
    if not node.args["is_string"] and not _NUMBER.fullmatch(node.name):
        raise invalid("Invalid SQL: not a number")


def _check_unit(node: exp.Expr) -> None:
    if node.name.lower() not in UNITS:
        raise invalid(f'Invalid SQL: syntax error at or near "{node.name[:60]}"')


def _check_between(node: exp.Expr) -> None:
    if node.args.get("symmetric"):
        raise invalid("Invalid query AST element: BETWEEN SYMMETRIC")


def _check_division(node: exp.Expr) -> None:
    divisor = node.expression
    if isinstance(divisor, exp.Literal) and not divisor.is_string and not float(divisor.name or 0):
        raise invalid("division by zero")


_CHECKS: Final[Mapping[type[exp.Expr], Callable[[exp.Expr], None]]] = {
    exp.Anonymous: _check_named,
    exp.Table: _check_table,
    exp.Column: _check_column,
    exp.DataType: _check_type,
    exp.Literal: _check_literal,
    exp.Var: _check_unit,
    exp.Between: _check_between,
    exp.Div: _check_division,
    exp.Mod: _check_division,
    exp.MatchAgainst: lambda _node: None,  # rewritten: what it holds is checked by itself
}


def _prepared(query: exp.Query, nodes: Sequence[exp.Expr], *, nulls_first: bool) -> Read:
    for node in nodes:
        if isinstance(node, exp.Identifier) and not node.args.get("quoted"):
            node.set("this", node.this.lower())
    holders = _named(nodes)
    for node in nodes:
        if isinstance(node, exp.Select):
            name_outputs(node)
    searched = any(isinstance(node, exp.Column) and node.name == FULL_TEXT for node in nodes)
    lasting = not any(isinstance(node, _OF_THE_MOMENT) for node in nodes)
    for node in nodes:
        _say_in_our_words(node, nulls_first=nulls_first)
    if searched:
        hide_full_text(query)
    return Read(tuple(holders), searched, lasting, partial(_said, _limited(query), holders))


def _said(query: exp.Query, holders: Mapping[str, tuple[exp.Table, ...]], views: Mapping[str, str]) -> str:
    for name, tables in holders.items():
        for table in tables:
            table.set("this", exp.to_identifier(views[name], quoted=True))
    try:
        said: str = query.sql(_OURS, copy=False, identify=True, comments=False, unsupported_level=ErrorLevel.RAISE)
    except SqlglotError as error:
        raise invalid(f"Invalid SQL: {error}"[:300]) from error
    except RecursionError as error:
        raise invalid(_TOO_DEEP) from error
    return said


def _named(nodes: Sequence[exp.Expr]) -> dict[str, tuple[exp.Table, ...]]:
    """Give common table expressions names of our own; return what holds the name of each table."""
    ctes = [node for node in nodes if isinstance(node, exp.CTE)]
    own = {cte.alias for cte in ctes}
    for cte in ctes:
        cte.args["alias"].set("this", _own(cte.alias))
    holders: dict[str, tuple[exp.Table, ...]] = {}
    for node in nodes:
        if not isinstance(node, exp.Table) or not isinstance(node.this, exp.Identifier):
            continue
        name = node.name
        if not node.alias:
            node.set("alias", exp.TableAlias(this=exp.to_identifier(name, quoted=True)))
        node.set("db", None)
        if name in own:
            node.set("this", _own(name))
        else:
            holders[name] = (*holders.get(name, ()), node)
    return holders


def _own(name: str) -> exp.Identifier:
    """Return the engine's name of a common table expression: none that anything else could have."""
    return exp.to_identifier(f"own {name}", quoted=True)


def _say_in_our_words(node: exp.Expr, *, nulls_first: bool) -> None:
    """Say again what the two languages say differently; a masked cell sorts last both ways unless asked otherwise."""
    match node:
        case exp.Ordered() if not nulls_first:
            node.set("nulls_first", False)
        case exp.Anonymous():
            node.set("this", NAMED[node.name.lower()])
        case exp.WithinGroup() if isinstance(node.this, exp.Mode):
            node.replace(exp.Mode(this=node.expression.expressions[0].this))
        case exp.MatchAgainst():
            node.replace(match_words(node))
        case exp.DataType() if node.this is exp.DataType.Type.DECIMAL and not node.expressions:
            node.replace(exp.DataType.build(ANY_SCALE))
        case _:
            pass


def _limited(query: exp.Query) -> exp.Query:
    """Ask for one row beyond what an answer holds, where the question asks for more."""
    limit = query.args.get("limit")
    if isinstance(limit, exp.Limit) and isinstance(limit.expression, exp.Literal) and limit.expression.is_int:
        if int(limit.expression.name) <= MOST_ROWS:
            return query
    elif limit is not None:
        return query
    beyond = exp.Limit(expression=exp.Literal.number(MOST_ROWS + 1))
    if isinstance(query, exp.Select):
        query.set("limit", beyond)
        return query
    return query.limit(MOST_ROWS + 1, copy=False)
