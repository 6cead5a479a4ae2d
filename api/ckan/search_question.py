"""What a DataStore search or a dump asks of a table: read from its parameters, then said as a question on rows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from api.ckan.filters import Operation, read_filters
from api.ckan.full_text import read_words
from api.ckan.given import Given
from api.ckan.table import ID, KEY, Column, Table
from api.ckan.wire import ActionRefused, invalid
from api.row_files import Cell, Statement
from api.rows import KEY as PLACE
from api.rows import After, And, Condition, Expression, Operator, Question, Sort, filter_terms
from eclor.engine.quoting import quoted

MOST_ROWS: Final = 32_000
DEFAULT_ROWS: Final = 100
_NOT_AN_INTEGER: Final = ("Invalid integer", "Please enter an integer value")
_MOST_NAMES: Final = 1000
_PART: Final = re.compile(r'(?:"[^"]*+"|[^",])++')
"""A part of a list, its quotes in pairs: a doubled quote ends one text between quotes and begins the next."""
_CLAUSE: Final = re.compile(
    r'\s*("(?:[^"]|"")+"|[^"\s]+)(?:\s+(asc|desc))?(?:\s+nulls\s+(first|last))?\s*', re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Key:
    """One key of an order; null, which a masked cell is, comes last both ways unless asked otherwise."""

    column: Column
    descending: bool = False
    nulls_first: bool = False


@dataclass(frozen=True, slots=True)
class Search:
    """A question on a table: the columns shown, `_id` among them or not, then the columns of ranks."""

    table: Table
    columns: tuple[Column, ...]
    ranks: tuple[str, ...]
    where: Expression
    operation: Operation | None
    order: tuple[Key, ...]
    limit: int
    offset: int
    distinct: bool

    @property
    def shown(self) -> tuple[Column, ...]:
        """Return all the columns of an answer."""
        return (*self.columns, *(Column(name, "float") for name in self.ranks))

    @property
    def by_id(self) -> bool:
        """Say whether the rows come in the order of their keys."""
        return not self.distinct and (not self.order or self.order[0] == Key(KEY))

    @property
    def plain(self) -> bool:
        """Say whether the question is one that both engines of rows answer."""
        return not (self.distinct or self.table.exact or any(key.nulls_first for key in self.order))

    def question(self) -> Question:
        """Return the question, for the engines of rows."""
        names = tuple(column.name for column in self.columns if column is not KEY)
        if (place := self.behind) is not None:
            return Question(names, self.limit, after=After((), place), offset=0)
        sorts = () if self.by_id else tuple(Sort(_stored(key.column), key.descending) for key in self.order)
        return Question(names, self.limit, where=self.where, sorts=sorts, offset=self.offset)

    @property
    def behind(self) -> int | None:
        """Return the key behind which all rows are asked for, as pages that follow each other are; none otherwise."""
        match self.where:
            case Condition(column=column, operator=Operator.GT, values=(int(place),)) if column == PLACE:
                return max(place, 0) if self.by_id and not self.offset else None
            case _:
                return None

    def statement(self) -> Statement:
        """Return the same in SQL, for a scan: values as they are stored, distinct rows, nulls where they are wanted.

        A scan gives rows in the order of their keys.
        """
        terms, values = self.terms()
        keys = [] if self.by_id else [*map(self._ordered, self.order), *([] if self.distinct else [quoted(PLACE)])]
        order = ["ORDER BY", ", ".join(keys)] if keys else []
        return Statement(
            " ".join(["SELECT", *self._chosen(), "FROM rows", terms, *order, "LIMIT ? OFFSET ?"]),
            (*values, self.limit, self.offset),
        )

    def count(self) -> Statement:
        """Return how many rows fit in all, in SQL."""
        terms, values = self.terms()
        parts = ["SELECT count(*) FROM (SELECT", *self._chosen(), "FROM rows", terms, ")"]
        return Statement(" ".join(parts), values)

    def terms(self) -> tuple[str, tuple[Cell, ...]]:
        """Return the WHERE clause and what it binds."""
        return filter_terms(self.where.parts if isinstance(self.where, And) else (self.where,))

    def _chosen(self) -> list[str]:
        names = ", ".join(quoted(_stored(column)) for column in self.columns) or quoted(PLACE)
        return ["DISTINCT", names] if self.distinct else [names]

    def _ordered(self, key: Key) -> str:
        name = quoted(_stored(key.column))
        value = f"TRY_CAST({name} AS DOUBLE)" if self.table.exact and key.column.type == "numeric" else name
        return " ".join(
            [value, "DESC" if key.descending else "ASC", "NULLS FIRST" if key.nulls_first else "NULLS LAST"]
        )


def _stored(column: Column) -> str:
    return PLACE if column is KEY else column.name


def read_search(given: Given, table: Table, *, most: int = MOST_ROWS, default: int = DEFAULT_ROWS) -> Search:
    """Return what a search asks. Refuses (409), in CKAN's words, an unknown column or a value of another type."""
    columns = _columns(given, table)
    order = _order(given, table)
    operation = read_filters(given.json("filters"), table)
    words = read_words(given, table)
    parts = [one.expression for one in (operation, words) if one is not None]
    distinct = given.yes("distinct")
    if distinct and (missing := next((key for key in order if key.column not in columns), None)) is not None:
        raise invalid(sort=[f'"{missing.column.name[:60]}" is not among the fields of distinct rows'])
    return Search(
        table=table,
        columns=columns,
        ranks=words.ranks if words and not given.values.get("fields") and not distinct else (),
        where=_all(parts),
        operation=operation,
        order=order,
        limit=min(given.natural("limit", default, _NOT_AN_INTEGER), most),
        offset=_offset(given),
        distinct=distinct,
    )


def _all(parts: Sequence[Expression]) -> Expression:
    return parts[0] if len(parts) == 1 else And(tuple(parts))


def _offset(given: Given) -> int:
    text = given.text("offset").strip()
    if text.startswith("-"):
        raise invalid(offset=[f'invalid value "{text[:20]}"'])
    return given.natural("offset", 0, _NOT_AN_INTEGER)


def _columns(given: Given, table: Table) -> tuple[Column, ...]:
    found: dict[Column, None] = {}
    for name in _names(given, "fields"):
        column = _column(name, table)
        if column is None:
            raise invalid(fields=[f'invalid value "{name[:60]}"'])
        found[column] = None
    return tuple(found) or (*(() if given.yes("distinct") else (KEY,)), *table.columns.values())


def _names(given: Given, name: str) -> list[str]:
    """Return the parts of a list, or of a text between commas, where a comma inside quotes is part of a name."""
    value = given.values.get(name)
    if value is None:
        return []
    text = "" if isinstance(value, list) else given.text(name)
    if isinstance(value, list):
        found = [str(one) for one in value]
    elif text.count('"') % 2:
        found = [text]
    else:
        found = [part.strip() for part in _PART.findall(text)]
    if len(found) > _MOST_NAMES:
        raise invalid(**{name: [f"Too many: more than {_MOST_NAMES}"]})
    return found


def _column(name: str, table: Table) -> Column | None:
    bare = _bare(name)
    return KEY if bare == ID else table.columns.get(bare) or table.columns.get(name)


def _bare(name: str) -> str:
    return name[1:-1].replace('""', '"') if len(name) > 1 and name[0] == name[-1] == '"' else name


def _order(given: Given, table: Table) -> tuple[Key, ...]:
    return tuple(_key(clause, table) for clause in _names(given, "sort"))


def _key(clause: str, table: Table) -> Key:
    found = _CLAUSE.fullmatch(clause)
    column = _column(found.group(1), table) if found else None
    if found is None or column is None:
        raise _wrong(clause)
    direction, nulls = (found.group(2) or "").lower(), (found.group(3) or "").lower()
    return Key(column, direction == "desc", nulls == "first")


def _wrong(clause: str) -> ActionRefused:
    return invalid(sort=[f'invalid value "{clause[:60]}"'])
