"""The whole grammar of `/api/v1/datasets/{slug}/records`: what `api.grammar` has, and parameters of its own.

`q=words`: each stands in some text column, case and accents apart. `or=site=A|hours__gte=40`: one of them holds; a
second `or` must hold too. `bbox=west,south,east,north`, in degrees. `distinct=true`: the different lines of the columns
selected. `group=a,b` and `aggregate=count,sum(c),avg(c),min(c),max(c),distinct(c)`: one line a group, which `sort`
orders by its own columns. `limit=all`: every row, as a stream, in the formats of files.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from api.grammar import MOST_CONDITIONS, MOST_LETTERS, Columns, read_condition, read_question, shown
from api.places import box_of
from api.refusals import bad_parameter
from api.rows import NO_LIMIT, And, Condition, Expression, Operator, Or, Question, Sort, is_number, is_text
from api.summaries import NUMERIC, Aggregate, Function, Summary
from charter.release_parts import ReleaseColumn
from charter.vocabulary import FieldType
from eclor.errors import RequestRefused

EVERY_ROW: Final = "all"
WIDER: Final = ("q", "or", "bbox", "group", "aggregate", "distinct")
_MANY: Final = frozenset({"or"})
_MOST_WORDS: Final = 10
_MOST_GROUPS: Final = 8
_MOST_AGGREGATES: Final = 20
_MOST_ALTERNATIVES: Final = 50
_DEGREES: Final = (-180.0, -90.0, 180.0, 90.0)


def read_asked(parameters: Sequence[tuple[str, str]], columns: Columns) -> Question | Summary:
    """Return what is asked, its cursor apart. Refuses (400) what the grammar does not have, naming it."""
    wider = _wider(parameters)
    plain = [pair for pair in parameters if pair[0] not in WIDER and pair != ("limit", EVERY_ROW)]
    summed = bool(wider.keys() & {"group", "aggregate"}) or _yes(wider, "distinct")
    unsorted = [pair for pair in plain if pair[0] != "sort"] if summed else plain
    question = _widened(read_question(unsorted, columns), parameters, wider, columns)
    if ("limit", EVERY_ROW) in parameters:
        question = replace(question, limit=NO_LIMIT)
    return _summary(question, dict(plain), wider, columns) if summed else question


def _wider(parameters: Sequence[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, text in parameters:
        if name in WIDER and name not in _MANY and name in found:
            raise bad_parameter(name, "1 ×")
        if name in WIDER:
            found[name] = text
    if sum(name == "limit" for name, _ in parameters) > 1:
        raise bad_parameter("limit", "1 ×")
    return found


def _yes(wider: dict[str, str], name: str) -> bool:
    if wider.get(name, "false") not in {"true", "false"}:
        raise bad_parameter(name, "true, false")
    return wider.get(name) == "true"


def _widened(
    question: Question, parameters: Sequence[tuple[str, str]], wider: dict[str, str], columns: Columns
) -> Question:
    """Add alternatives, a box and words to a plain question."""
    if not wider:
        return question
    parts: list[Expression] = [_alternatives(text, columns) for name, text in parameters if name == "or"]
    if len(parts) > MOST_CONDITIONS:
        raise bad_parameter("or", f"<= {MOST_CONDITIONS}")
    if "bbox" in wider:
        parts.append(_box(wider["bbox"], columns))
    words = [*dict.fromkeys(wider.get("q", "").split())]
    if len(words) > _MOST_WORDS or sum(map(len, words)) > MOST_LETTERS:
        raise bad_parameter("q", f"<= {_MOST_WORDS}; <= {MOST_LETTERS}")
    texts = [column.name for column in columns.by_name.values() if is_text(column)]
    parts += [Or(tuple(Condition(name, Operator.CONTAINS, (word,), folded=True) for name in texts)) for word in words]
    return replace(question, where=And((*question.filter, *parts)))


def _alternatives(text: str, columns: Columns) -> Or:
    each = [part.partition("=") for part in text.split("|")]
    if len(each) > _MOST_ALTERNATIVES or not all(name and mark for name, mark, _ in each):
        raise bad_parameter("or", f"a=1|b__gt=2, <= {_MOST_ALTERNATIVES}")
    return Or(tuple(read_condition(name, value, columns) for name, _, value in each))


def _box(text: str, columns: Columns) -> Expression:
    try:
        west, south, east, north = map(float, text.split(","))
    except ValueError as error:
        raise bad_parameter("bbox", "west,south,east,north") from error
    low_x, low_y, high_x, high_y = _DEGREES
    if not (low_x <= west <= high_x and low_x <= east <= high_x and low_y <= south <= north <= high_y):
        raise bad_parameter("bbox", "west,south,east,north: -180..180, -90..90")
    found = box_of([*columns.by_name.values()], (west, south, east, north))
    if found is None:
        raise RequestRefused("rows.no-place", dataset=columns.dataset)
    return found


def _summary(question: Question, plain: dict[str, str], wider: dict[str, str], columns: Columns) -> Summary:
    groups, aggregates = question.columns, tuple[Aggregate, ...]()
    if _yes(wider, "distinct"):
        if wider.keys() & {"group", "aggregate"}:
            raise bad_parameter("distinct", "select=…, - group, - aggregate")
    else:
        if "select" in plain:
            raise bad_parameter("select", "group=…")
        groups = _groups(wider.get("group", ""), columns)
        aggregates = _aggregates(wider.get("aggregate", "count"), columns)
    summary = Summary(groups, aggregates, question.limit, filter=question.filter)
    if len(set(summary.names)) < len(summary.names):
        raise bad_parameter("aggregate", "1 ×")
    return replace(summary, sorts=_sorts(plain.get("sort", ""), summary))


def _groups(text: str, columns: Columns) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(columns.find(name.strip()).name for name in text.split(",") if text))
    if len(names) > _MOST_GROUPS:
        raise bad_parameter("group", f"<= {_MOST_GROUPS}")
    return names


def _aggregates(text: str, columns: Columns) -> tuple[Aggregate, ...]:
    parts = ["count" if part.strip() == "count(*)" else part.strip() for part in text.split(",")]
    if len(parts) > _MOST_AGGREGATES:
        raise bad_parameter("aggregate", f"<= {_MOST_AGGREGATES}")
    return tuple(dict.fromkeys(_aggregate(part, columns) for part in parts))


def _aggregate(text: str, columns: Columns) -> Aggregate:
    name, mark, rest = text.partition("(")
    if name not in set(Function) or bool(mark) != (name != Function.COUNT) or bool(mark) != rest.endswith(")"):
        raise bad_parameter("aggregate", "count, sum(c), avg(c), min(c), max(c), distinct(c)")
    if not mark:
        return Aggregate(Function.COUNT)
    column, function = columns.find(rest[:-1]), Function(name)
    columns.allow(name, column, is_number if function in NUMERIC else _is_ordered)
    return Aggregate(function, column.name)


def _is_ordered(column: ReleaseColumn) -> bool:
    return bool(column.level) or column.type != FieldType.GEOMETRY


def _sorts(text: str, summary: Summary) -> tuple[Sort, ...]:
    sorts: dict[str, Sort] = {}
    for part in text.split(",") if text else ():
        name = part.strip()
        bare = name.removeprefix("-")
        if bare not in summary.names:
            raise bad_parameter("sort", ", ".join(summary.names) + f" (- {shown(bare)})")
        sorts.setdefault(bare, Sort(bare, descending=name.startswith("-")))
    return tuple(sorts.values())
