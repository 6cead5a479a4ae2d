"""A page behind a row as a few ranges, one after the other: each is a plain condition that an engine skips by.

Equal by all keys and further in key order; equal by all but the last and further by it, then missing there; and so on.
The ranges do not meet, and come in the order asked for: a page stops at the first ones that fill it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import assert_never

from api.rows import KEY, After, And, Condition, Expression, Not, Operator, Or, Question, Sort, Within

_MISSING = ("true",)


def steps(question: Question) -> list[Question]:
    """Return questions whose rows, one after the other, are those of this one."""
    if question.after is None or not question.sorts:
        return [question]
    ranges = _behind(question.sorts, question.after)
    return [replace(question, after=None, where=And((question.where, *one))) for one in ranges]


def _behind(sorts: Sequence[Sort], after: After) -> Iterator[tuple[Condition, ...]]:
    if not sorts:
        yield (Condition(KEY, Operator.GT, (after.place,)),)
        return
    (sort, *rest), (value, *others) = sorts, after.values
    missing = Condition(sort.column, Operator.IS_NULL, _MISSING)
    equal = missing if value is None else Condition(sort.column, Operator.EQ, (value,))
    for one in _behind(rest, After(tuple(others), after.place)):
        yield (equal, *one)
    if value is not None:
        yield (Condition(sort.column, Operator.LT if sort.descending else Operator.GT, (value,)),)
        yield (missing,)


def columns_read(parts: Iterable[Expression]) -> frozenset[str]:
    """Return the columns that a filter looks at."""
    return frozenset(name for part in parts for name in _columns(part))


def _columns(expression: Expression) -> Iterator[str]:
    match expression:
        case Condition(column) | Within(column):
            yield column
        case And(parts) | Or(parts):
            yield from columns_read(parts)
        case Not(part):
            yield from _columns(part)
        case _:
            assert_never(expression)
