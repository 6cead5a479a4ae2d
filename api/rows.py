"""Questions on a version's rows, as values, and the one place where they become SQL.

Masked cells are null: they fit no comparison and sort last both ways. Names are quoted, values are bound.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from api.row_files import Cell, Record, Statement, fold
from catalog.rows_index import quoted
from charter.release_parts import ReleaseColumn
from charter.vocabulary import FieldType

KEY: Final = "_n"
"""The row's place in key order, from 1 without a hole."""
_QUOTED_KEY: Final = '"_n"'


class Operator(StrEnum):
    """How a column is compared."""

    EQ = "eq"
    NE = "ne"
    GT = "gt"
    GTE = "gte"
    LT = "lt"
    LTE = "lte"
    IN = "in"
    CONTAINS = "contains"
    STARTS_WITH = "startswith"
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
    """One comparison; `values` holds one value, or several for IN; for IS_NULL, "true" or "false"."""

    column: str
    operator: Operator
    values: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sort:
    """One key of an order."""

    column: str
    descending: bool = False


@dataclass(frozen=True, slots=True)
class After:
    """The last row of a page: its values of the sorted columns, and its place."""

    values: tuple[Cell, ...]
    place: int


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the rows; `any_of` are alternatives, of which one must hold whole, if there are any."""

    columns: tuple[str, ...]
    limit: int
    conditions: tuple[Condition, ...] = ()
    any_of: tuple[tuple[Condition, ...], ...] = ()
    words: tuple[str, ...] = ()
    searched: tuple[str, ...] = ()
    sorts: tuple[Sort, ...] = ()
    after: After | None = None
    offset: int = 0

    @property
    def by_key_alone(self) -> bool:
        """Say whether it reads a page by seeking its key: as quick at the end as at the start."""
        return not (self.conditions or self.any_of or self.words or self.sorts)


def place_of(question: Question, row: Record) -> After:
    """Return where a row of a page stands, for the next page to begin behind it."""
    shown = len(question.columns)
    place = row[shown]
    assert isinstance(place, int)
    return After(row[shown + 1 :], place)


def is_number(column: ReleaseColumn) -> bool:
    """Say whether a column's values are numbers in the index."""
    return not column.level and (column.kind == "measure" or column.type in {FieldType.INTEGER, FieldType.DECIMAL})


def page(question: Question, *, beyond: int = 0) -> Statement:
    """Return the question of one page, and of some rows beyond: the chosen columns, `_n`, then the sorted ones."""
    chosen = [*question.columns, KEY, *(sort.column for sort in question.sorts)]
    terms, values = _where(question)
    order = [f"{quoted(sort.column)} {'DESC' if sort.descending else 'ASC'} NULLS LAST" for sort in question.sorts]
    parts = ["SELECT", ", ".join(map(quoted, chosen)), "FROM rows", _joined(terms), "ORDER BY"]
    parts += [", ".join([*order, _QUOTED_KEY]), "LIMIT ?"]
    values.append(question.limit + beyond)
    if question.offset and not question.by_key_alone:
        parts.append("OFFSET ?")
        values.append(question.offset)
    return Statement(" ".join(parts), tuple(values))


def page_terms(question: Question) -> tuple[str, tuple[Cell, ...]]:
    """Return the WHERE clause of a page, and the values that it binds."""
    terms, values = _where(question)
    return _joined(terms), tuple(values)


def count(question: Question) -> Statement:
    """Return the question of how many rows fit, whatever the page."""
    terms, values = _filters(question)
    return Statement(" ".join(["SELECT count(*) FROM rows", _joined(terms)]), tuple(values))


def _joined(terms: list[str]) -> str:
    return "WHERE " + " AND ".join(terms) if terms else ""


def _where(question: Question) -> tuple[list[str], list[Cell]]:
    terms, values = _filters(question)
    if question.offset and question.by_key_alone:
        terms.append(f"{_QUOTED_KEY} > ?")
        values.append(question.offset)
    if question.after is not None:
        term, bound = _after(question.sorts, question.after)
        terms.append(term)
        values.extend(bound)
    return terms, values


def _filters(question: Question) -> tuple[list[str], list[Cell]]:
    terms: list[str] = []
    values: list[Cell] = []
    for term, bound in (*map(_term, question.conditions), *_alternatives(question), *_words(question)):
        terms.append(term)
        values.extend(bound)
    return terms, values


def _alternatives(question: Question) -> Iterator[tuple[str, list[Cell]]]:
    if question.any_of:
        each = [[_term(condition) for condition in option] for option in question.any_of]
        sql = " OR ".join("(" + " AND ".join(term for term, _ in option) + ")" for option in each)
        yield f"({sql})", [value for option in each for _, bound in option for value in bound]


def _words(question: Question) -> Iterator[tuple[str, list[Cell]]]:
    """Each word stands in some searched column, accents and case apart."""
    for word in question.words:
        places = [f"folded({quoted(name)}) LIKE ? ESCAPE '\\'" for name in question.searched] or ["0"]
        pattern: Cell = f"%{_literal(fold(word))}%"
        yield "(" + " OR ".join(places) + ")", [pattern] * len(question.searched)


def _term(condition: Condition) -> tuple[str, list[Cell]]:
    name, values = quoted(condition.column), [*condition.values]
    match condition.operator:
        case Operator.IN:
            return (f"{name} IN ({', '.join('?' * len(values))})", values) if values else ("0", [])
        case Operator.CONTAINS:
            return f"{name} LIKE ? ESCAPE '\\'", [f"%{_literal(str(values[0]))}%"]
        case Operator.STARTS_WITH:
            return f"substr({name}, 1, ?) = ?", [len(str(values[0])), str(values[0])]
        case Operator.IS_NULL:
            return f"{name} IS {'' if values[0] == 'true' else 'NOT '}NULL", []
        case _:
            return f"{name} {SYMBOLS[condition.operator]} ?", values


def _literal(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _after(sorts: tuple[Sort, ...], after: After) -> tuple[str, list[Cell]]:
    """Return what holds of the rows behind one: further by the first key, or equal there and further by the rest."""
    if not sorts:
        return f"{_QUOTED_KEY} > ?", [after.place]
    sort, value = sorts[0], after.values[0]
    name = quoted(sort.column)
    rest, bound = _after(sorts[1:], After(after.values[1:], after.place))
    if value is None:
        return f"({name} IS NULL AND {rest})", bound
    further = f"{name} {'<' if sort.descending else '>'} ?"
    return f"({further} OR {name} IS NULL OR ({name} = ? AND {rest}))", [value, value, *bound]
