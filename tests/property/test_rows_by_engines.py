"""Whichever engine answers a question on rows, and by whatever pages, the rows are those that Python finds by hand."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from fnmatch import fnmatchcase
from functools import cmp_to_key
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from api.asking import count_of, lines_of, rows_of
from api.folding import fold
from api.makings import Makings
from api.parts import Parts
from api.row_files import Cell, Record, RowFiles, Statement
from api.rows import And, Condition, Expression, Not, Operator, Or, Question, Sort, Within, page, place_of, scan
from api.scans import HELD, Scans
from api.steps import columns_read
from api.summaries import Aggregate, Function, Summary, end_of
from api.turns import Turns
from api.words import Words
from catalog.export import Table
from catalog.exports import rows_sqlite
from catalog.rows_index import NAME, SCANNED
from catalog.views import VersionView
from charter.apply import ReleaseColumn
from eclor.names import Sha256, Slug
from tests.chance import Chance

COLUMNS = (
    ReleaseColumn("code", "code", "dimension"),
    ReleaseColumn("nom", "texte", "technical"),
    ReleaseColumn("n", "entier", "measure"),
    ReleaseColumn("prix", "decimal", "technical", decimals=2),
    ReleaseColumn("ouvert", "booleen", "technical"),
    ReleaseColumn("lieu", "position", "technical"),
)
NAMES = tuple(column.name for column in COLUMNS)
WORDS = ("", "Été", "ete", "d'Audun", 'une "halle"', "a,b", "ligne\nsuivante", "100%", "a_b", "ŒUVRE", "\\", "É")
ASKED = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@dataclass(frozen=True, repr=False)
class Asked:
    """A version's files, its rows as they were written, and what answers on them."""

    parts: Parts
    unindexed: Parts
    version: VersionView
    rows: list[dict[str, Cell]]


def made_rows(chance: Chance, count: int) -> list[dict[str, object]]:
    def some(value: object) -> object:
        return None if chance.below(4) == 0 else value

    return [
        {
            "code": some(f"C{chance.below(4)}"),
            "nom": some(WORDS[chance.below(len(WORDS))]),
            "n": some(chance.below(15) - 3),
            "prix": some(Decimal(chance.below(400) - 200).scaleb(-2)),
            "ouvert": some(chance.below(2) == 0),
            "lieu": some(f"{(chance.below(7) - 3) / 2},{(chance.below(7) - 3) / 2}"),
        }
        for _ in range(count)
    ]


@pytest.fixture(scope="module", params=[0, 1, 70])
def asked(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asked]:
    published = tmp_path_factory.mktemp("published")
    rows = made_rows(Chance(), request.param)
    types = [pa.string(), pa.string(), pa.int64(), pa.decimal128(10, 2), pa.bool_(), pa.string()]
    table = pa.table(
        {name: pa.array([row[name] for row in rows], kind) for name, kind in zip(NAMES, types, strict=True)}
    )
    for folder in ("v1", "v2"):
        (published / folder).mkdir()
        pq.write_table(table, published / folder / SCANNED, row_group_size=20)
    rows_sqlite.write(Table(published / "v1" / SCANNED, COLUMNS), published / "v1" / NAME)
    plain = [{name: _cell(value) for name, value in row.items()} for row in rows]
    made = Asked(parts_on(published), parts_on(published), version_of("v1", len(rows)), plain)
    yield made
    for parts in (made.parts, made.unindexed):
        parts.rows.close()
        parts.scans.close()


def parts_on(published: Path) -> Parts:
    made = {"rows": RowFiles(published), "scans": Scans(published, Turns()), "words": Words(published, Makings())}
    return cast("Parts", SimpleNamespace(**made))


def version_of(folder: str, rows: int) -> VersionView:
    digest = Sha256("0" * 64)
    return VersionView(
        id=int(folder[1:]),
        dataset=Slug("jeu"),
        number=1,
        published_at=datetime(2026, 1, 1, tzinfo=UTC),
        periods=(),
        rows=rows,
        masked=0,
        columns=COLUMNS,
        folder=folder,
        content_digest=digest,
        policy_digest=digest,
        policy_version=1,
        journal_index=1,
        note="",
        withdrawn_at=None,
        withdrawn_reason="",
        files=(),
    )


def _cell(value: object) -> Cell:
    return float(value) if isinstance(value, Decimal) else cast("Cell", value)


# What holds of a row, by hand: None is unknown, as in SQL.


def holds(expression: Expression, row: dict[str, Cell]) -> bool | None:
    match expression:
        case And(parts):
            told = [holds(part, row) for part in parts]
            return False if False in told else None if None in told else True
        case Or(parts):
            told = [holds(part, row) for part in parts]
            return True if True in told else None if None in told else False
        case Not(part):
            one = holds(part, row)
            return None if one is None else not one
        case Within(column, west, south, east, north):
            place = row[column]
            if place is None:
                return None
            x, y = map(float, str(place).split(","))
            return west <= x <= east and south <= y <= north
        case Condition():
            return compared(expression, row[expression.column])


def compared(condition: Condition, value: Cell) -> bool | None:
    if condition.operator == Operator.IS_NULL:
        return (value is None) == (condition.values[0] == "true")
    if condition.operator in {Operator.IN, Operator.NOT_IN} and not condition.values:
        return condition.operator == Operator.NOT_IN
    if value is None:
        return None
    given = condition.values
    if condition.folded:
        value, given = fold(str(value)), tuple(fold(str(one)) for one in given)
    return COMPARED[condition.operator](value, given)


_PATTERNS = ("%C1%", "%u%e%", '%"halle"', "a_b", r"a\_b", r"%\%", "l%_s%", "_", "É%t_", "%\\\\", "", "l%", "%e", "%")
_SHELLS = ("*C1*", "*u*e*", '*"halle"', "a?b", "a_b", "*%", "l*?s*", "?", "É*t?", "*\\", "", "l*", "*e", "*")
LIKES = dict(zip(_PATTERNS, _SHELLS, strict=True))
"""Patterns, each beside what says the same to a shell."""
COMPARED: dict[Operator, Callable[..., bool]] = {
    Operator.EQ: lambda value, given: value == given[0],
    Operator.NE: lambda value, given: value != given[0],
    Operator.GT: lambda value, given: value > given[0],
    Operator.GTE: lambda value, given: value >= given[0],
    Operator.LT: lambda value, given: value < given[0],
    Operator.LTE: lambda value, given: value <= given[0],
    Operator.IN: lambda value, given: value in given,
    Operator.NOT_IN: lambda value, given: value not in given,
    Operator.BETWEEN: lambda value, given: given[0] <= value <= given[1],
    Operator.CONTAINS: lambda value, given: given[0] in value,
    Operator.STARTS_WITH: lambda value, given: value.startswith(given[0]),
    Operator.ENDS_WITH: lambda value, given: value.endswith(given[0]),
    Operator.LIKE: lambda value, given: fnmatchcase(value, LIKES[given[0]]),
}


def sorted_by(places: list[int], sorts: tuple[Sort, ...], rows: list[dict[str, Cell]]) -> list[int]:
    """Sort by several keys, missing values last both ways, equal ones in key order."""

    def order(one: int, other: int) -> int:
        for sort in sorts:
            left, right = rows[one][sort.column], rows[other][sort.column]
            if left is None or right is None:
                if (left is None) != (right is None):
                    return 1 if left is None else -1
            elif left != right:
                return (1 if left > right else -1) * (-1 if sort.descending else 1)  # type: ignore[operator]
        return one - other

    return sorted(places, key=cmp_to_key(order))


def by_hand(question: Question, rows: list[dict[str, Cell]]) -> list[int]:
    """Return the places, from 1, of all the rows that fit, in order."""
    fitting = [place for place, row in enumerate(rows) if holds(And(question.filter), row) is True]
    return [place + 1 for place in sorted_by(fitting, question.sorts, rows)]


TEXTS = st.sampled_from(["code", "nom"])
NUMBERS = st.sampled_from(["n", "prix"])
NUMERIC = st.one_of(st.integers(-4, 12), st.sampled_from([0.5, -1.25, 1.99, 300, -70_000, 10**12]))
WORDY = st.sampled_from([*WORDS, "C1", "C2", "C9", "u", "%"])
ORDERED = st.sampled_from([Operator.EQ, Operator.NE, Operator.GT, Operator.GTE, Operator.LT, Operator.LTE])
LOOKS = st.sampled_from([Operator.CONTAINS, Operator.STARTS_WITH, Operator.ENDS_WITH])
SEVERAL = st.sampled_from([Operator.IN, Operator.NOT_IN])


def one(values: st.SearchStrategy[Cell]) -> st.SearchStrategy[tuple[Cell, ...]]:
    return st.tuples(values)


CONDITIONS: st.SearchStrategy[Expression] = st.one_of(
    st.builds(Condition, NUMBERS, ORDERED, one(NUMERIC)),
    st.builds(Condition, NUMBERS, st.just(Operator.BETWEEN), st.tuples(NUMERIC, NUMERIC)),
    st.builds(Condition, NUMBERS, SEVERAL, st.lists(NUMERIC, max_size=3).map(tuple)),
    st.builds(Condition, TEXTS, ORDERED, one(WORDY)),
    st.builds(Condition, TEXTS, SEVERAL, st.lists(WORDY, max_size=3).map(tuple), st.booleans()),
    st.builds(Condition, TEXTS, LOOKS, one(WORDY), st.booleans()),
    st.builds(Condition, TEXTS, st.just(Operator.LIKE), one(st.sampled_from([*LIKES]))),
    st.builds(Condition, st.just("ouvert"), st.sampled_from([Operator.EQ, Operator.NE]), one(st.booleans())),
    st.builds(Condition, st.sampled_from(NAMES), st.just(Operator.IS_NULL), one(st.sampled_from(["true", "false"]))),
    st.builds(Within, st.just("lieu"), *[st.sampled_from([-1.0, 0.0, 0.5, 1.5])] * 4),
)
EXPRESSIONS = st.recursive(
    CONDITIONS,
    lambda inner: st.one_of(
        st.builds(And, st.lists(inner, max_size=3).map(tuple)),
        st.builds(Or, st.lists(inner, max_size=3).map(tuple)),
        st.builds(Not, inner),
    ),
    max_leaves=5,
)
SORTS = st.lists(st.builds(Sort, st.sampled_from(NAMES[:5]), st.booleans()), max_size=3).map(
    lambda sorts: tuple({sort.column: sort for sort in sorts}.values())
)
QUESTIONS = st.builds(
    Question,
    columns=st.just(NAMES),
    limit=st.sampled_from([5, 23, 1000]),
    where=EXPRESSIONS | st.just(And()),
    sorts=SORTS,
)


def places(rows: list[Record]) -> list[Cell]:
    return [row[len(NAMES)] for row in rows]


@ASKED
@given(question=QUESTIONS)
def test_both_engines_find_the_rows_that_python_finds(asked: Asked, question: Question) -> None:
    expected = by_hand(question, asked.rows)[: question.limit]
    parts, version = asked.parts, asked.version
    assert places(parts.rows.quickly(version, page(question))) == expected
    scanned = asyncio.run(parts.scans.rows(version, scan(question)))
    assert places(scanned) == expected
    assert places(asyncio.run(rows_of(parts, version, question))) == expected
    assert parts.rows.quickly(version, page(question)) == scanned
    assert asyncio.run(count_of(parts, version, question)) == len(by_hand(question, asked.rows))


@settings(ASKED, max_examples=30)
@given(question=QUESTIONS)
def test_a_walk_by_pages_gives_each_row_once_with_and_without_an_index(asked: Asked, question: Question) -> None:
    expected = by_hand(question, asked.rows)
    for version in (asked.version, replace(asked.version, id=2, folder="v2")):
        found: list[Cell] = []
        asking, rounds = question, 0
        while True:
            rows = asyncio.run(rows_of(asked.parts, version, asking, beyond=1))
            found += places(rows[: question.limit])
            rounds += 1
            if len(rows) <= question.limit or rounds > len(expected):
                break
            asking = replace(question, after=place_of(question, rows[question.limit - 1]))
        assert found == expected


@ASKED
@given(question=QUESTIONS)
def test_numbers_held_in_memory_answer_as_the_file(asked: Asked, question: Question) -> None:
    numbers = replace(question, columns=(), sorts=tuple(s for s in question.sorts if s.column in {"n", "prix"}))
    read = {"n", "prix"}
    assume(columns_read(numbers.filter) <= read)
    for _ in range(3):
        source = asyncio.run(asked.unindexed.scans.source(asked.version, frozenset(read)))
    assert source == HELD
    for table in ("rows", HELD):
        rows = asyncio.run(asked.unindexed.scans.rows(asked.version, scan(numbers, source=table)))
        assert [row[0] for row in rows] == by_hand(numbers, asked.rows)[: question.limit]


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (None, None),
        ("5.89,49.47", 0),
        ("0.5,0.5", 1),
        ("0.5, 0.5", 1),
        ('{"type":"Point","coordinates":[0.5,0.5]}', 1),
        ('{"type": "Point", "coordinates": [ 5e-1 , 0.5 ]}', 1),
        ('{"type":"LineString","coordinates":[[-1,0.5],[2,0.5]]}', 1),
        ('{"type":"Polygon","coordinates":[[[2,2],[3,2],[3,3],[2,2]]]}', 0),
        ('{"type":"MultiPoint","coordinates":[[-2,-2],[2,2]]}', 1),
        ('{"type":"GeometryCollection","geometries":[]}', None),
    ],
)
def test_both_engines_place_a_geometry_by_its_box(asked: Asked, place: str | None, expected: int | None) -> None:
    box = Statement("SELECT CAST(in_box(?, ?, ?, ?, ?) AS INTEGER)", (place, 0.0, 0.0, 1.0, 1.0))
    assert asked.parts.rows.quickly(asked.version, box) == [(expected,)]
    assert asyncio.run(asked.parts.scans.rows(asked.version, box)) == [(expected,)]


AGGREGATES = st.lists(
    st.one_of(
        st.just(Aggregate(Function.COUNT)),
        st.builds(Aggregate, st.sampled_from([Function.SUM, Function.AVG]), NUMBERS),
        st.builds(
            Aggregate, st.sampled_from([Function.MIN, Function.MAX, Function.DISTINCT]), st.sampled_from(NAMES[:4])
        ),
    ),
    min_size=1,
    max_size=3,
    unique=True,
).map(tuple)


def reckoned(aggregate: Aggregate, rows: list[dict[str, Cell]]) -> Cell:
    if aggregate.function == Function.COUNT:
        return len(rows)
    known = [value for row in rows if (value := row[aggregate.column]) is not None]
    match aggregate.function:
        case Function.DISTINCT:
            return len(set(known))
        case Function.MIN | Function.MAX:
            return (min if aggregate.function == Function.MIN else max)(known) if known else None  # type: ignore[type-var]
        case _:
            total = sum(Decimal(str(value)) for value in known)
            return None if not known else float(total / (len(known) if aggregate.function == Function.AVG else 1))


@ASKED
@given(
    groups=st.lists(st.sampled_from(NAMES[:5]), max_size=2, unique=True).map(tuple),
    aggregates=AGGREGATES,
    where=EXPRESSIONS | st.just(And()),
    limit=st.sampled_from([1, 2, 1000]),
    descending=st.booleans(),
)
def test_groups_are_those_that_python_makes(
    asked: Asked,
    groups: tuple[str, ...],
    aggregates: tuple[Aggregate, ...],
    where: Expression,
    limit: int,
    descending: bool,
) -> None:
    summary = Summary(groups, aggregates, limit, filter=(where,), sorts=(Sort(aggregates[0].name, descending),))
    fitting = [row for row in asked.rows if holds(where, row) is True]
    of: dict[tuple[Cell, ...], list[dict[str, Cell]]] = {} if groups else {(): fitting}
    for row in fitting if groups else ():
        of.setdefault(tuple(row[name] for name in groups), []).append(row)
    expected = {key: tuple(reckoned(one, rows) for one in aggregates) for key, rows in of.items()}
    found: list[Record] = []
    asking = summary
    while True:
        lines = asyncio.run(lines_of(asked.parts, asked.version, asking, beyond=1))
        found += lines[:limit]
        if len(lines) <= limit or len(found) > len(expected):
            break
        asking = replace(summary, after=end_of(summary, lines[limit - 1]))
    told = {_boolean(line[: len(groups)], groups): line[len(groups) :] for line in found}
    assert len(found) == len(told) == len(expected)
    for key, line in expected.items():
        assert told[key] == pytest.approx(line, nan_ok=False) if None not in line else _near(told[key], line)
    values = [line[len(groups)] for line in found]
    known = [value for value in values if value is not None]
    assert values[: len(known)] == sorted(known, reverse=descending)  # type: ignore[type-var]


def _near(told: tuple[Cell, ...], line: tuple[Cell, ...]) -> bool:
    return all(one == other or one == pytest.approx(other) for one, other in zip(told, line, strict=True))


def _boolean(key: Record, groups: tuple[str, ...]) -> Record:
    """Return a group as it was written: booleans come as the index keeps them."""
    pairs = zip(groups, key, strict=True)
    return tuple(value == "1" if name == "ouvert" and value is not None else value for name, value in pairs)
