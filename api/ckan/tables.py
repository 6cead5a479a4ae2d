"""A dataset's rows as a DataStore table: columns' types, filters, orders, and what they become as a question."""

from collections.abc import Mapping
from typing import Final

from api.ckan.given import Given
from api.ckan.wire import ActionRefused, invalid
from api.grammar import Columns, value_of
from api.row_files import Cell
from api.rows import Condition, Operator, Question, Sort, is_number
from catalog.views import VersionView
from charter.release_parts import ReleaseColumn
from charter.vocabulary import FieldType
from eclor.errors import RequestRefused

MOST_ROWS: Final = 32_000
DEFAULT_ROWS: Final = 100
ID: Final = "_id"
TYPES: Final[Mapping[str, str]] = {
    FieldType.INTEGER: "int8",
    FieldType.DECIMAL: "numeric",
    FieldType.DATE: "date",
    FieldType.DATETIME: "timestamptz",
    FieldType.GEOMETRY: "json",
    FieldType.BOOLEAN: "bool",
}
"""Of columns kept as they are; generalised ones are labels, thus text."""
NATIVE: Final[Mapping[str, str]] = {"int8": "bigint", "timestamptz": "timestamp with time zone", "bool": "boolean"}
_MOST_VALUES: Final = 1000
_MOST_OPTIONS: Final = 100
_RANGES: Final = frozenset({"eq", "in", "gt", "gte", "lt", "lte"})


def type_of(column: ReleaseColumn) -> str:
    """Return the PostgreSQL type under which CKAN would hold a column."""
    if column.level:
        return "text"
    if column.kind == "measure" and column.type not in {FieldType.INTEGER, FieldType.DECIMAL}:
        return "int8"
    return "text" if column.kind == "dimension" else TYPES.get(column.type, "text")


def fields(columns: Mapping[str, ReleaseColumn], names: tuple[str, ...]) -> list[dict[str, object]]:
    """Return the columns as a search shows them; `_id` is the row's place."""
    return [{"id": name, "type": "int" if name == ID else type_of(columns[name])} for name in names]


def read_question(
    given: Given, version: VersionView, *, most: int = MOST_ROWS, default: int = DEFAULT_ROWS
) -> Question:
    """Return what a search asks. Refuses (409), in CKAN's words, an unknown column or a value of another type."""
    columns = Columns.of(version)
    chosen = _chosen(given, columns)
    conditions, any_of = _filters(given.json("filters"), columns)
    words, searched = _words(given, columns)
    return Question(
        columns=tuple(name for name in chosen if name != ID),
        limit=min(given.natural("limit", default), most),
        offset=given.natural("offset", 0),
        conditions=conditions,
        any_of=any_of,
        words=words,
        searched=searched,
        sorts=_sorts(given, columns),
    )


def chosen_names(given: Given, version: VersionView) -> tuple[str, ...]:
    """Return the names of the columns shown, `_id` first unless fields were chosen."""
    return _chosen(given, Columns.of(version))


def _chosen(given: Given, columns: Columns) -> tuple[str, ...]:
    names = given.names("fields")
    for name in names:
        if name != ID and name not in columns.by_name:
            raise invalid(fields=[f'field "{name[:60]}" not in table'])
    return tuple(dict.fromkeys(names)) or (ID, *columns.by_name)


def _filters(asked: object, columns: Columns) -> tuple[tuple[Condition, ...], tuple[tuple[Condition, ...], ...]]:
    """Return the conditions that must all hold, and the alternatives of one list of ranges or of `$or`."""
    if asked is None:
        return (), ()
    if not isinstance(asked, dict):
        raise invalid(filters=["Not a dictionary"])
    plain: list[Condition] = []
    options: list[tuple[Condition, ...]] = []
    for name, value in asked.items():
        if name in {"$or", "$and"}:
            parts = [_filters(part, columns)[0] for part in value] if isinstance(value, list) else []
            options = options or parts if name == "$or" else options
            plain += [condition for part in parts for condition in part] if name == "$and" else []
        elif isinstance(value, list) and any(isinstance(one, dict) for one in value):
            options = options or [tuple(_conditions(name, one, columns)) for one in value]
        else:
            plain += _conditions(name, value, columns)
    if len(plain) + len(options) > _MOST_OPTIONS:
        raise invalid(filters=["Too many filters"])
    return tuple(plain), tuple(options)


def _conditions(name: str, value: object, columns: Columns) -> list[Condition]:
    """Return the conditions of one column: a value, any of a list, or an object of comparisons."""
    column = _column(name, columns)
    match value:
        case None:
            return [Condition(name, Operator.IS_NULL, ("true",))]
        case list():
            return [Condition(name, Operator.IN, _cells(column, value))]
        case dict():
            if not value.keys() <= _RANGES:
                raise invalid(filters=["Unknown operator"])
            return [_comparison(column, operator, one) for operator, one in value.items()]
        case _:
            return [Condition(name, Operator.EQ, _cells(column, [value]))]


def _comparison(column: ReleaseColumn, operator: str, value: object) -> Condition:
    several = value if isinstance(value, list) else [value]
    if operator != "in" and len(several) != 1:
        raise invalid(filters=["One value is due"])
    return Condition(column.name, Operator(operator), _cells(column, several))


def _column(name: str, columns: Columns) -> ReleaseColumn:
    if name == ID:
        return ReleaseColumn("_n", FieldType.INTEGER, "technical")
    if name not in columns.by_name:
        raise invalid(filters=[f"Unknown field: {name[:60]}"])
    return columns.by_name[name]


def _cells(column: ReleaseColumn, values: list[object]) -> tuple[Cell, ...]:
    if len(values) > _MOST_VALUES:
        raise invalid(filters=["Too many values"])
    return tuple(_cell(column, value) for value in values if value is not None)


def _cell(column: ReleaseColumn, value: object) -> Cell:
    if not isinstance(value, str | int | float):
        raise invalid(filters=["Invalid value"])
    text = str(value).lower() if isinstance(value, bool) else str(value)
    try:
        return value_of(column, text)
    except RequestRefused as error:
        raise _wrong_type(column) from error


def _wrong_type(column: ReleaseColumn) -> ActionRefused:
    return invalid(filters=[f'Invalid value for field "{column.name}" of type {type_of(column)}'])


def _words(given: Given, columns: Columns) -> tuple[tuple[str, ...], tuple[str, ...]]:
    asked = given.values.get("q")
    text = given.json("q") if isinstance(asked, str) and asked.startswith("{") else asked
    texts = tuple(name for name, column in columns.by_name.items() if not is_number(column))
    match text:
        case None | "":
            return (), ()
        case str():
            return tuple(text.split())[:20], texts
        case dict() if len(text) == 1 and (name := next(iter(text))) in columns.by_name:
            return tuple(str(text[name]).split())[:20], (name,)
        case _:
            raise invalid(q=["Unknown field"])


def _sorts(given: Given, columns: Columns) -> tuple[Sort, ...]:
    """Return the order; `_id` alone is the key's own, and needs no sort."""
    sorts: list[Sort] = []
    for part in given.names("sort"):
        match part.split():
            case [name] | [name, ("asc" | "ASC")] | [name, ("asc" | "ASC"), "nulls", _]:
                sorts.append(_sort(name, columns))
            case [name, ("desc" | "DESC")] | [name, ("desc" | "DESC"), "nulls", _]:
                sorts.append(_sort(name, columns, direction="desc"))
            case _:
                raise invalid(sort=["invalid sort clause"])
    return () if sorts and sorts[0] == Sort("_n") else tuple(sorts)


def _sort(name: str, columns: Columns, direction: str = "asc") -> Sort:
    bare = name.strip('"')
    if bare != ID and bare not in columns.by_name:
        raise invalid(sort=[f'field "{bare[:60]}" not in table'])
    return Sort("_n" if bare == ID else bare, descending=direction == "desc")
