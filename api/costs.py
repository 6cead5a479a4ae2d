"""What a question will cost, said before any work is done: rows, times what each part of it takes of a row.

The figures are nanoseconds of one core a row, as measured on a million rows (docs/performance.md), rounded up.
"""

from collections.abc import Iterable
from typing import Final, assert_never

from api.rows import And, Condition, Expression, Not, Operator, Or, Question, Within
from api.summaries import Function, Summary
from catalog.views import VersionView
from eclor.errors import RequestRefused

MOST_S: Final = 4.0
"""Seconds of one core that a question may be expected to take."""
_COMPARED: Final = 10
_READ: Final = 100
"""A text looked through."""
_PLACED: Final = 1000
_SORTED: Final = 300
_GROUPED: Final = 150
_RECKONED: Final = 30
_TOLD_APART: Final = 150
_LOOKS: Final = frozenset({Operator.CONTAINS, Operator.LIKE, Operator.STARTS_WITH, Operator.ENDS_WITH})


def nanoseconds(asked: Question | Summary) -> int:
    """Return what is expected of one row."""
    filters = sum(map(_of, asked.filter))
    sorts = _SORTED * len(asked.sorts)
    if isinstance(asked, Question):
        return filters + sorts
    reckoned = sum(_TOLD_APART if one.function == Function.DISTINCT else _RECKONED for one in asked.aggregates)
    return filters + sorts + reckoned + _GROUPED * len(asked.groups)


def afford(asked: Question | Summary, version: VersionView) -> None:
    """Refuse (422) what is expected to take more than `MOST_S`, before anything is read."""
    if version.rows * nanoseconds(asked) > MOST_S * 1e9:
        raise RequestRefused("rows.too-dear")


def _of(expression: Expression) -> int:
    match expression:
        case Condition():
            return _READ if expression.folded or expression.operator in _LOOKS else _COMPARED
        case Within():
            return _PLACED
        case And(parts) | Or(parts):
            return _sum(parts)
        case Not(part):
            return _of(part)
        case _:
            assert_never(expression)


def _sum(parts: Iterable[Expression]) -> int:
    return sum(map(_of, parts))
