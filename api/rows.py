"""Questions on a version's rows, as values, and the one place where they become SQL.

`Question.where` is any expression of `And`, `Or`, `Not`, `Condition` and `Within` (a bounding box): whoever has a
grammar of their own (records, DataStore filters, CQL2) makes one, and gives the question to `api.asking`, which chooses
the engine: seeks by key and indexed filters go to SQLite, all else to a scan of the version's Parquet. The text is the
same for both: what they do not share are the functions `folded`, `holds`, `holds_folded`, `fits`, `begins`, `ends` and
`in_box`, which each engine is given. Masked cells are null: they fit no comparison nor its contrary (three values, as
in SQL) and sort last both ways. Names are quoted, values are bound.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, assert_never

from api.folding import fold, pattern_of
from api.forms import expression_of, run_of
from api.row_files import Cell, Record, Statement
from charter.release_parts import ReleaseColumn
from charter.vocabulary import FieldType
from eclor.engine.quoting import quoted

KEY: Final = "_n"
"""The row's place in key order, from 1 without a hole."""
_QUOTED_KEY: Final = '"_n"'
ROWS: Final = "rows"
"""The table asked, in both engines."""


class Operator(StrEnum):
    """How a column is compared."""

    EQ = "eq"
    NE = "ne"
    GT = "gt"
    GTE = "gte"
    LT = "lt"
    LTE = "lte"
    IN = "in"
    NOT_IN = "notin"
    BETWEEN = "between"
    CONTAINS = "contains"
    STARTS_WITH = "startswith"
    ENDS_WITH = "endswith"
    LIKE = "like"
    IS_NULL = "isnull"


SYMBOLS: Final[Mapping[Operator, str]] = {
    Operator.EQ: "=",
    Operator.NE: "<>",
    Operator.GT: ">",
    Operator.GTE: ">=",
    Operator.LT: "<",
    Operator.LTE: "<=",
}


@dataclass(frozen=True, slots=True)
class Condition:
    """One comparison; `values` holds one value, two for BETWEEN, any number for IN and NOT_IN.

    IS_NULL takes "true" or "false"; LIKE takes `%` and `_`, backslash before one that stands for itself. `folded`
    compares texts with case and accents apart.
    """

    column: str
    operator: Operator
    values: tuple[Cell, ...]
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Within:
    """What lies in a box of WGS 84 degrees, or whose own box meets it; `column` is a position or a geometry."""

    column: str
    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True, slots=True)
class And:
    """All of them hold; true without any."""

    parts: "tuple[Expression, ...]" = ()


@dataclass(frozen=True, slots=True)
class Or:
    """One of them holds at least; false without any."""

    parts: "tuple[Expression, ...]" = ()


@dataclass(frozen=True, slots=True)
class Not:
    """It does not hold, and not for want of a value."""

    part: "Expression"


Expression = Condition | Within | And | Or | Not
ALL: Final = And()
"""Every row."""
NO_LIMIT: Final = 2**53
"""As many rows as there are."""


@dataclass(frozen=True, slots=True)
class Sort:
    """One key of an order."""

    column: str
    descending: bool = False


@dataclass(frozen=True, slots=True)
class After:
    """The last row of a page: its values of the sorted columns, and its place.

    `byte` is where the line behind it begins in the version's NDJSON; 0 where that is not known.
    """

    values: tuple[Cell, ...]
    place: int
    byte: int = 0


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the rows: those where `where` holds, in an order, a page of them."""

    columns: tuple[str, ...]
    limit: int
    where: Expression = ALL
    sorts: tuple[Sort, ...] = ()
    after: After | None = None
    offset: int = 0

    @property
    def by_key_alone(self) -> bool:
        """Say whether it reads a page by seeking its key: as quick at the end as at the start."""
        return not self.sorts and self.where == ALL

    @property
    def filter(self) -> tuple[Expression, ...]:
        """Return all that must hold of a row."""
        return self.where.parts if isinstance(self.where, And) else (self.where,)


def place_of(question: Question, row: Record) -> After:
    """Return where a row of a page stands, for the next page to begin behind it."""
    shown = len(question.columns)
    place = row[shown]
    assert isinstance(place, int)
    return After(row[shown + 1 :], place)


def is_number(column: ReleaseColumn) -> bool:
    """Say whether a column's values are numbers in the index."""
    return not column.level and (column.kind == "measure" or column.type in {FieldType.INTEGER, FieldType.DECIMAL})


def is_yes_or_no(column: ReleaseColumn) -> bool:
    """Say whether a column's values are true or false."""
    return not column.level and column.type == FieldType.BOOLEAN and column.kind != "measure"


def is_text(column: ReleaseColumn) -> bool:
    """Say whether a column's values are texts, looked through as such: not a place."""
    places = {FieldType.GEOMETRY, FieldType.POSITION} if not column.level else set()
    return not is_number(column) and not is_yes_or_no(column) and column.type not in places


def page(question: Question, *, beyond: int = 0) -> Statement:
    """Return the question of one page, and of some rows beyond: the chosen columns, `_n`, then the sorted ones."""
    return _page(question, [*order(question.sorts), _QUOTED_KEY], question.limit + beyond)


def scan(question: Question, *, beyond: int = 0, source: str = ROWS) -> Statement:
    """Return the same for what reads the rows in key order by itself, and keeps that order where none is asked."""
    keys = [*order(question.sorts), _QUOTED_KEY] if question.sorts else []
    return _page(question, keys, question.limit + beyond, source)


def _page(question: Question, keys: Sequence[str], limit: int, source: str = ROWS) -> Statement:
    chosen = [*question.columns, KEY, *(sort.column for sort in question.sorts)]
    terms, values = _where(question)
    parts = ["SELECT", ", ".join(map(quoted, chosen)), "FROM", source, _joined(terms)]
    parts += ["ORDER BY", ", ".join(keys)] if keys else []
    parts.append("LIMIT ?")
    values.append(limit)
    if question.offset and not question.by_key_alone:
        parts.append("OFFSET ?")
        values.append(question.offset)
    return Statement(" ".join(parts), tuple(values))


def page_terms(question: Question) -> tuple[str, tuple[Cell, ...]]:
    """Return the WHERE clause of a page, and the values that it binds."""
    terms, values = _where(question)
    return _joined(terms), tuple(values)


def count(question: Question, source: str = ROWS) -> Statement:
    """Return the question of how many rows fit, whatever the page."""
    terms, values = filter_terms(question.filter)
    parts = ["SELECT count(*) FROM", source, terms]
    return Statement(" ".join(parts), values)


def filter_terms(parts: Sequence[Expression]) -> tuple[str, tuple[Cell, ...]]:
    """Return the WHERE clause that all of them make, and the values that it binds."""
    terms, values = _filters(parts)
    return _joined(terms), tuple(values)


def _joined(terms: list[str]) -> str:
    return "WHERE " + " AND ".join(terms) if terms else ""


def _where(question: Question) -> tuple[list[str], list[Cell]]:
    terms, values = _filters(question.filter)
    if question.offset and question.by_key_alone:
        terms.append(f"{_QUOTED_KEY} > ?")
        values.append(question.offset)
    if question.after is not None:
        term, bound = behind(question.sorts, question.after, last=(f"{_QUOTED_KEY} > ?", [question.after.place]))
        terms.append(term)
        values.extend(bound)
    return terms, values


def _filters(parts: Sequence[Expression]) -> tuple[list[str], list[Cell]]:
    terms: list[str] = []
    values: list[Cell] = []
    for term, bound in map(_term, parts):
        terms.append(term)
        values.extend(bound)
    return terms, values


def _term(expression: Expression) -> tuple[str, list[Cell]]:
    match expression:
        case Condition():
            return _compared(expression)
        case And(parts):
            return _several(parts, " AND ", "1 = 1")
        case Or(parts):
            return _several(parts, " OR ", "1 = 0")
        case Not(part):
            term, values = _term(part)
            return f"(NOT {term})", values
        case Within(column, west, south, east, north):
            return f"in_box({quoted(column)}, ?, ?, ?, ?)", [west, south, east, north]
        case _:
            assert_never(expression)


def _several(parts: Sequence[Expression], word: str, none: str) -> tuple[str, list[Cell]]:
    terms, values = _filters(parts)
    return f"({word.join(terms) or none})", values


def _compared(condition: Condition) -> tuple[str, list[Cell]]:
    name, mark, values = quoted(condition.column), "?", [*condition.values]
    if condition.folded and condition.operator == Operator.CONTAINS:
        word = fold(str(values[0]))
        return f"holds_folded({name}, ?, ?)", [word, pattern_of(word)]
    if condition.folded and condition.operator != Operator.IS_NULL:
        name, mark = f"folded({name})", "folded(?)"
    match condition.operator:
        case Operator.IN | Operator.NOT_IN:
            among = _among(name, mark, len(values))
            return among if condition.operator == Operator.IN else f"(NOT {among})", values
        case Operator.IS_NULL:
            return f"({name} IS {'' if values[0] == 'true' else 'NOT '}NULL)", []
        case Operator.LIKE:
            return _like(name, mark, str(values[0]))
        case Operator.CONTAINS | Operator.STARTS_WITH | Operator.ENDS_WITH:
            return f"{_FUNCTIONS[condition.operator]}({name}, {', '.join([mark] * len(values))})", values
        case _:
            return f"({name} {_SIGNS[condition.operator].format(mark)})", values


def _like(name: str, mark: str, pattern: str) -> tuple[str, list[Cell]]:
    """Compare with a pattern: by the function of its one run where it has but one, ten times as quick as `fits`."""
    if (found := run_of(pattern)) is None:
        return f"fits({name}, {mark}, {mark})", [pattern, expression_of(pattern)]
    run, before, behind = found
    if before and behind:
        return f"holds({name}, {mark})", [run]
    return f"{'ends' if before else 'begins'}({name}, {mark})", [run]


def _among(name: str, mark: str, several: int) -> str:
    return f"({name} IN ({', '.join([mark] * several)}))" if several else "(1 = 0)"


_FUNCTIONS: Final[Mapping[Operator, str]] = {
    Operator.CONTAINS: "holds",
    Operator.STARTS_WITH: "begins",
    Operator.ENDS_WITH: "ends",
}
_SIGNS: Final[Mapping[Operator, str]] = {
    **{operator: symbol + " {}" for operator, symbol in SYMBOLS.items()},
    Operator.BETWEEN: "BETWEEN {0} AND {0}",
}


def behind(
    sorts: Sequence[Sort], after: After, *, last: tuple[str, list[Cell]] = ("1 = 0", [])
) -> tuple[str, list[Cell]]:
    """Return what holds of the rows behind one: further by the first key, or equal there and further by the rest.

    `last` is what holds of those that are equal by all keys.
    """
    if not sorts:
        return last
    sort, value = sorts[0], after.values[0]
    name = quoted(sort.column)
    rest, bound = behind(sorts[1:], After(after.values[1:], after.place), last=last)
    if value is None:
        return f"({name} IS NULL AND {rest})", bound
    further = f"{name} {'<' if sort.descending else '>'} ?"
    return f"({further} OR {name} IS NULL OR ({name} = ? AND {rest}))", [value, value, *bound]


def order(sorts: Sequence[Sort]) -> list[str]:
    """Return the keys of an ORDER BY."""
    return [f"{quoted(sort.column)} {'DESC' if sort.descending else 'ASC'} NULLS LAST" for sort in sorts]
