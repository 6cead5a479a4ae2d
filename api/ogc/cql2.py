"""A CQL2 filter, text or JSON, checked against a collection's properties and compiled to SQL.

Refuses (400) an unknown property, terms whose types do not go together, operations that are not offered, a filter
whose size or depth would cost too much. Names come from the collection, values are bound.
"""

from collections.abc import Iterable, Mapping, Sequence
from math import isfinite
from typing import Final

from orjson import JSONDecodeError, loads

from api.grammar import shown
from api.ogc import spatial
from api.ogc.cql2_text import parse
from api.ogc.cql2_words import (
    ARRAYS,
    COMPARISONS,
    GEOMETRIES,
    MOST_DEPTH,
    MOST_LENGTH,
    MOST_NODES,
    OPERATIONS,
    TEMPORAL,
    Tree,
    bad_filter,
    too_large,
)
from api.ogc.crs import Crs
from api.ogc.functions import accenti, casei
from api.ogc.moments import NEVER, read_moment
from api.ogc.queryables import Kind, Queryables
from api.ogc.temporal import TIMES
from api.ogc.terms import (
    FALSE,
    TRUE,
    Place,
    Scalar,
    Sql,
    Term,
    Time,
    bound,
    called,
    infix,
    joined,
    time_at,
    time_of,
    within,
)
from api.row_files import Cell
from eclor.errors import RequestRefused

LANGUAGES: Final = ("cql2-text", "cql2-json")
_LARGEST: Final = 2**63 - 1
_TWO: Final = 2
_SIGNS: Final[Mapping[str, str]] = {"+": "+", "-": "-", "*": "*"}
_WORKED: Final[Mapping[str, str]] = {"/": "divided", "div": "whole", "%": "rest", "^": "power"}
_FOLDS: Final = {"casei": casei, "accenti": accenti}
_SHAPES: Final = frozenset(GEOMETRIES.values())


def read_tree(text: str, language: str) -> Tree:
    """Return a filter's tree. Refuses (400) what is not of its language."""
    if language == "cql2-text":
        return parse(text)
    if len(text) > MOST_LENGTH:
        raise too_large()
    try:
        tree: Tree = loads(text)
    except JSONDecodeError as error:
        raise bad_filter(error.pos + 1) from None
    return tree


def compiled(tree: Tree, queryables: Queryables, crs: Crs) -> Sql:
    """Return a filter as a condition on `rows`; literal geometries are in `crs`."""
    return _Compiler(queryables, crs).predicate(tree)


class _Compiler:
    """One filter on its way to SQL; counts its terms and their depth."""

    def __init__(self, queryables: Queryables, crs: Crs) -> None:
        self._queryables = queryables
        self._crs = crs
        self._nodes = 0
        self._depth = 0

    def predicate(self, tree: Tree) -> Sql:
        """Return what is true, false or unknown of a row."""
        term = self._term(tree)
        if isinstance(term, Scalar) and term.kind is Kind.TRUTH:
            return term.sql
        raise _bad_operands("filter")

    def _term(self, tree: Tree) -> Term:
        self._nodes += 1
        self._depth += 1
        if self._nodes > MOST_NODES or self._depth > 2 * MOST_DEPTH:
            raise too_large()
        term = self._read(tree)
        self._depth -= 1
        return term

    def _read(self, tree: Tree) -> Term:
        match tree:
            case bool():
                return Scalar(Kind.TRUTH, TRUE if tree else FALSE)
            case int() | float():
                return Scalar(Kind.NUMBER, bound(_number(tree)))
            case str():
                return Scalar(Kind.TEXT, bound(tree))
            case {"property": str(name)}:
                return self._property(name)
            case {"op": str(operation), "args": list(arguments)}:
                return self._operation(operation, arguments)
            case dict():
                return self._literal(tree)
            case _:
                raise bad_filter(1)

    def _literal(self, tree: Mapping[str, Tree]) -> Term:
        """Return a time or a geometry."""
        match tree:
            case {"date": str(text)} | {"timestamp": str(text)}:
                return time_at(_moment(text))
            case {"interval": [start, end]}:
                return self._interval(start, end)
            case {"bbox": numbers}:
                return spatial.literal(numbers, self._crs)
            case {"type": str(kind)} if kind in _SHAPES:
                return spatial.literal(tree, self._crs)
            case _:
                raise bad_filter(1)

    def _property(self, name: str) -> Term:
        found = self._queryables.find(name)
        if found is None:
            names = ", ".join(self._queryables.by_name)
            raise RequestRefused("ogc.unknown-property", property=shown(name), properties=names)
        if found.kind is Kind.PLACE:
            return spatial.column(found)
        sql = Sql(found.sql)
        return Scalar(found.kind, sql, time_of(sql) if found.timed else None)

    def _interval(self, start: Tree, end: Tree) -> Term:
        first, last = self._end(start, -NEVER), self._end(end, NEVER)
        return Time(first.start, last.last, last.end)

    def _end(self, tree: Tree, unbounded: int) -> Time:
        """Return one end of an interval: a text, `..` for none, a property."""
        match tree:
            case "..":
                return time_at((unbounded, unbounded))
            case str():
                return time_at(_moment(tree))
            case _:
                return _as_time(self._term(tree), "interval")

    def _operation(self, operation: str, arguments: Sequence[Tree]) -> Term:
        if operation in {"casei", "accenti"}:
            return self._folded(operation, arguments)
        if operation in _SIGNS or operation in _WORKED:
            return self._arithmetic(operation, arguments)
        return Scalar(Kind.TRUTH, self._truth(operation, arguments))

    def _truth(self, operation: str, arguments: Sequence[Tree]) -> Sql:
        match operation, arguments:
            case "and" | "or", [_, _, *_]:
                return joined(operation.upper(), map(self.predicate, arguments))
            case "not", [inner]:
                return joined("NOT", (Sql(""), self.predicate(inner)))
            case "isNull", [inner]:
                return infix(_plain(self._term(inner)), "IS", Sql("NULL"))
            case "between", [value, low, high]:
                return self._between(value, low, high)
            case _, [left, right]:
                return self._pair(operation, left, right)
            case _:
                raise _refused(operation)

    def _pair(self, operation: str, left: Tree, right: Tree) -> Sql:
        if operation == "like":
            return called("has_form", self._text(left, operation), self._text(right, operation))
        if operation == "in" and isinstance(right, list) and right:
            return self._in(left, right)
        if operation in COMPARISONS:
            return _compared(operation, self._term(left), self._term(right))
        if operation in TEMPORAL:
            a, b = (_as_time(self._term(side), operation) for side in (left, right))
            return TIMES[operation](a, b)
        if operation in OPERATIONS.values() and operation not in ARRAYS:
            places = [self._place(side, operation) for side in (left, right)]
            return spatial.related(operation, *places)
        raise _refused(operation)

    def _in(self, value: Tree, options: Sequence[Tree]) -> Sql:
        term, others = self._term(value), [self._term(option) for option in options]
        comparisons = [_compared("=", term, other) for other in others]
        if isinstance(term, Scalar) and all(isinstance(other, Scalar) for other in others):
            return infix(term.sql, "IN", _listed(map(_plain, others)))
        return joined("OR", comparisons)

    def _between(self, value: Tree, low: Tree, high: Tree) -> Sql:
        terms = term, least, most = [self._term(tree) for tree in (value, low, high)]
        bounds = _compared(">=", term, least), _compared("<=", term, most)
        if all(isinstance(one, Scalar) for one in terms):  # written once: nested, two of each would be 2^depth
            return within(*map(_plain, terms))
        return joined("AND", bounds)

    def _place(self, tree: Tree, operation: str) -> Place:
        term = self._term(tree)
        if not isinstance(term, Place):
            raise _bad_operands(operation)
        return term

    def _text(self, tree: Tree, operation: str) -> Sql:
        term = self._term(tree)
        if isinstance(term, Scalar) and term.kind is Kind.TEXT:
            return term.sql
        raise _bad_operands(operation)

    def _folded(self, operation: str, arguments: Sequence[Tree]) -> Term:
        if len(arguments) != 1:
            raise _refused(operation)
        inner = self._text(arguments[0], operation)
        if inner.text == "?":
            return Scalar(Kind.TEXT, bound(_FOLDS[operation](inner.values[0])))
        return Scalar(Kind.TEXT, called(operation, inner))

    def _arithmetic(self, operation: str, arguments: Sequence[Tree]) -> Term:
        terms = [self._term(argument) for argument in arguments]
        numbers = [term.sql for term in terms if isinstance(term, Scalar) and term.kind is Kind.NUMBER]
        if len(numbers) < len(terms) or len(numbers) != _TWO:
            raise _bad_operands(operation)
        left, right = numbers
        if operation in _SIGNS:
            return Scalar(Kind.NUMBER, infix(left, _SIGNS[operation], right))
        return Scalar(Kind.NUMBER, called(_WORKED[operation], left, right))


def _compared(sign: str, left: Term, right: Term) -> Sql:
    """Compare two terms of one kind; a text that says a time is a time beside a time."""
    match left, right:
        case (Time(), _) | (_, Time()):
            return TIMES[sign](_as_time(left, sign), _as_time(right, sign))
        case Scalar(), Scalar() if left.kind is right.kind:
            return infix(left.sql, sign, right.sql)
        case _:
            raise _bad_operands(sign)


def _as_time(term: Term, operation: str) -> Time:
    match term:
        case Time():
            return term
        case Scalar(when=Time() as when):
            return when
        case _:
            raise _bad_operands(operation)


def _plain(term: Term) -> Sql:
    return term.start if isinstance(term, Time) else term.sql


def _listed(terms: Iterable[Sql]) -> Sql:
    return joined(",", terms)


def _number(value: float) -> Cell:
    if isinstance(value, int) and abs(value) <= _LARGEST:
        return value
    if not isfinite(value):
        raise bad_filter(1)
    return float(value)


def _moment(text: str) -> tuple[int, int]:
    found = read_moment(text)
    if found is None:
        raise _bad_operands("date")
    return found


def _bad_operands(operation: str) -> RequestRefused:
    return RequestRefused("ogc.bad-operands", operation=shown(operation))


def _refused(operation: str) -> RequestRefused:
    known = operation in OPERATIONS.values() or operation in {"and", "or", "not", "isNull", "like", "between", "in"}
    arrays = operation in ARRAYS
    if (known and not arrays) or operation in COMPARISONS:
        return _bad_operands(operation)
    return RequestRefused("ogc.not-supported", operation=shown(operation))
