"""The temporal operations of CQL2 (21-065r2, section 7.6), and comparisons of instants, on first and last microseconds.

A day lasts: an instant of that day is neither before nor after it.
"""

from collections.abc import Callable, Mapping
from typing import Final

from api.ogc.terms import Sql, Time, infix, joined

Operation = Callable[[Time, Time], Sql]


def _all(*terms: Sql) -> Sql:
    return joined("AND", terms)


def _before(a: Time, b: Time) -> Sql:
    return infix(a.end, "<", b.start)


def _after(a: Time, b: Time) -> Sql:
    return _before(b, a)


def _equal(a: Time, b: Time) -> Sql:
    return _all(infix(a.start, "=", b.start), infix(a.end, "=", b.end))


def _differ(a: Time, b: Time) -> Sql:
    return joined("OR", (infix(a.start, "<>", b.start), infix(a.end, "<>", b.end)))


def _contains(a: Time, b: Time) -> Sql:
    return _all(infix(a.start, "<", b.start), infix(a.end, ">", b.end))


def _during(a: Time, b: Time) -> Sql:
    return _contains(b, a)


def intersect(a: Time, b: Time) -> Sql:
    """Say that two times share an instant."""
    return _all(infix(a.start, "<=", b.end), infix(a.end, ">=", b.start))


def _disjoint(a: Time, b: Time) -> Sql:
    return joined("OR", (_before(a, b), _before(b, a)))


def _finished_by(a: Time, b: Time) -> Sql:
    return _all(infix(a.start, "<", b.start), infix(a.end, "=", b.end))


def _finishes(a: Time, b: Time) -> Sql:
    return _finished_by(b, a)


def _meets(a: Time, b: Time) -> Sql:
    return infix(a.last, "=", b.start)


def _met_by(a: Time, b: Time) -> Sql:
    return _meets(b, a)


def _overlaps(a: Time, b: Time) -> Sql:
    return _all(infix(a.start, "<", b.start), infix(a.end, ">", b.start), infix(a.end, "<", b.end))


def _overlapped_by(a: Time, b: Time) -> Sql:
    return _overlaps(b, a)


def _started_by(a: Time, b: Time) -> Sql:
    return _all(infix(a.start, "=", b.start), infix(a.end, ">", b.end))


def _starts(a: Time, b: Time) -> Sql:
    return _started_by(b, a)


def _at_most(a: Time, b: Time) -> Sql:
    return infix(a.end, "<=", b.end)


def _at_least(a: Time, b: Time) -> Sql:
    return infix(a.start, ">=", b.start)


TIMES: Final[Mapping[str, Operation]] = {
    "t_after": _after,
    "t_before": _before,
    "t_contains": _contains,
    "t_disjoint": _disjoint,
    "t_during": _during,
    "t_equals": _equal,
    "t_finishedBy": _finished_by,
    "t_finishes": _finishes,
    "t_intersects": intersect,
    "t_meets": _meets,
    "t_metBy": _met_by,
    "t_overlappedBy": _overlapped_by,
    "t_overlaps": _overlaps,
    "t_startedBy": _started_by,
    "t_starts": _starts,
    "=": _equal,
    "<>": _differ,
    "<": _before,
    ">": _after,
    "<=": _at_most,
    ">=": _at_least,
}
"""Each operation of two times, comparisons included."""
