"""The names that PostgreSQL gives to the columns of an answer, so that clients find what they expect."""

from collections.abc import Iterable
from typing import Final

from sqlglot import exp

from eclor.engine.sandbox.allowed import CALLED, TYPES

UNNAMED: Final = "?column?"


def name_outputs(select: exp.Select) -> None:
    """Give each output of a SELECT a name: its own, that of its function, type or column, numbered when taken."""
    expressions = select.expressions
    if any(one.is_star for one in expressions):
        return
    names = numbered(_name(one) for one in expressions)
    select.set("expressions", [_named(one, name) for one, name in zip(expressions, names, strict=True)])


def numbered(names: Iterable[str]) -> list[str]:
    """Return names of which each is there once: the second `n` is `n_1`."""
    taken: dict[str, None] = {}
    for name in names:
        place, given = 0, name
        while given in taken:
            place += 1
            given = f"{name}_{place}"
        taken[given] = None
    return [*taken]


def _named(node: exp.Expr, name: str) -> exp.Expr:
    bare = node.this if isinstance(node, exp.Alias) else node
    if isinstance(bare, exp.Column) and bare.name == name:
        return bare
    return exp.Alias(this=bare, alias=exp.to_identifier(name, quoted=True))


def _name(node: exp.Expr) -> str:
    match node:
        case exp.Alias() | exp.Column():
            return node.alias_or_name
        case exp.Cast():
            inner = _name(node.this)
            return TYPES.get(node.to.this, UNNAMED) if inner == UNNAMED else inner
        case exp.Paren() | exp.Filter() | exp.Window() | exp.WithinGroup() | exp.Bracket():
            return _name(node.this)
        case exp.Subquery() if isinstance(node.this, exp.Select) and node.this.expressions:
            return _name(node.this.expressions[0])
        case exp.Func() if not isinstance(node, exp.Binary | exp.Connector):
            return called(node)
        case _:
            return UNNAMED


def called(node: exp.Expr) -> str:
    """Return what PostgreSQL calls a function."""
    if not isinstance(node, exp.Func) or node.key == "anonymous":
        return node.name.lower()[:60]
    return CALLED.get(type(node)) or node.sql_name().lower()
