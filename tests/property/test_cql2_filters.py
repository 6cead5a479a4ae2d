"""CQL2 filters, text and JSON, keep the rows that the standard's own definitions keep; unknown for null."""

import json
import operator
import sqlite3
from collections.abc import Callable
from itertools import product
from typing import Any

import cql2
import duckdb
from hypothesis import event, given, settings
from hypothesis import strategies as st

from api.ogc.cql2 import compiled, read_tree
from api.ogc.cql2_words import SPATIAL, Tree
from api.ogc.crs import CRS84
from api.ogc.functions import teach
from api.ogc.plain import plain
from api.ogc.queryables import Kind, Queryable, Queryables
from api.rows import filter_terms

NAMES = ("Éa", "ea", "foo_bar", "100%", "", None)
NUMBERS = (-1, 0, 2, 2.5, None)
ROWS = [*product(NAMES, NUMBERS, (0, 3, None))]
PROPERTIES = {
    "name": Queryable("name", Kind.TEXT, '"name"'),
    "value": Queryable("value", Kind.NUMBER, '"value"'),
    "other": Queryable("other", Kind.NUMBER, '"other"'),
}
QUERYABLES = Queryables(PROPERTIES, None, None)
COMPARED: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
}
WORKED: dict[str, Callable[[float, float], float]] = {"+": operator.add, "-": operator.sub, "*": operator.mul}
FOLDED = {"Éa": {"casei": "éa", "accenti": "Ea"}}

numbers = st.sampled_from([-1, 0, 1, 2, 2.5, 3])
texts = st.sampled_from(["Éa", "éa", "ea", "Ea", "foo_bar", "100%", "", "b"])
patterns = st.sampled_from(["%", "_a", "foo%", "%a%", "100\\%", "foo\\_bar", "%_%", "f%o%r", "", "%%a", "e%ea"])


def prop(name: str) -> Tree:
    return {"property": name}


def op(name: str, *arguments: Tree) -> Tree:
    return {"op": name, "args": [*arguments]}


number_properties = st.sampled_from([prop("value"), prop("other")])
number_terms = st.recursive(
    st.one_of(numbers, number_properties),
    lambda inner: st.builds(op, st.sampled_from([*WORKED]), inner, inner),
    max_leaves=3,
)
text_terms = st.one_of(
    texts,
    st.just(prop("name")),
    st.builds(op, st.sampled_from(["casei", "accenti"]), st.just(prop("name"))),
)
leaves = st.one_of(
    st.builds(op, st.sampled_from([*COMPARED]), number_terms, number_terms),
    st.builds(op, st.sampled_from([*COMPARED]), text_terms, text_terms),
    st.builds(op, st.just("between"), number_terms, numbers, numbers),
    st.builds(op, st.just("in"), number_terms, st.lists(numbers, min_size=1, max_size=3)),
    st.builds(op, st.just("in"), st.just(prop("name")), st.lists(texts, min_size=1, max_size=3)),
    st.builds(op, st.just("like"), st.just(prop("name")), patterns),
    st.builds(op, st.just("isNull"), st.sampled_from([prop("name"), prop("value")])),
)
filters = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(op, st.sampled_from(["and", "or"]), inner, inner), st.builds(op, st.just("not"), inner)
    ),
    max_leaves=5,
)


def meant(tree: Tree, row: dict[str, object]) -> object:
    """The value of a tree on a row, by the standard: None is unknown."""
    match tree:
        case {"property": str(name)}:
            return row[name]
        case {"op": str(name), "args": list(arguments)}:
            return _applied(name, arguments, row)
        case _:
            return tree


def _applied(name: str, arguments: list[Tree], row: dict[str, object]) -> object:
    if name == "in":
        first, options = arguments
        assert isinstance(options, list)
        return _applied("or", [op("=", first, option) for option in options], row)
    if name == "between":
        value, low, high = arguments
        return _applied("and", [op(">=", value, low), op("<=", value, high)], row)
    values = [meant(argument, row) for argument in arguments]
    if name == "isNull":
        return values[0] is None
    if name in {"and", "or"}:
        deciding = name == "or"
        return deciding if deciding in values else None if None in values else not deciding
    if None in values:
        return None
    return _known(name, values)


def _known(name: str, values: list[object]) -> object:
    if name in COMPARED:
        return COMPARED[name](*values)
    if name in WORKED:
        return WORKED[name](*values)  # type: ignore[arg-type]
    if name == "not":
        return not values[0]
    if name == "like":
        return _like(str(values[0]), str(values[1]))
    text = str(values[0])
    return FOLDED.get(text, {}).get(name, text)


def _like(text: str, pattern: str) -> bool:
    """By the definition: each wildcard tried with everything it could stand for."""
    if not pattern:
        return not text
    if pattern[0] == "%":
        return any(_like(text[place:], pattern[1:]) for place in range(len(text) + 1))
    if pattern[0] == "_":
        return bool(text) and _like(text[1:], pattern[1:])
    wanted = pattern[1] if pattern[0] == "\\" and len(pattern) > 1 else pattern[0]
    rest = pattern[2:] if wanted != pattern[0] else pattern[1:]
    return text[:1] == wanted and _like(text[1:], rest)


def table() -> sqlite3.Connection:
    made = sqlite3.connect(":memory:")
    teach(made)
    made.execute("CREATE TABLE rows(_n INTEGER PRIMARY KEY, name TEXT, value NUMERIC, other INTEGER)")
    made.executemany("INSERT INTO rows(name, value, other) VALUES (?, ?, ?)", ROWS)
    return made


TABLE = table()


def kept(text: str, language: str) -> list[int]:
    where = compiled(read_tree(text, language), QUERYABLES, CRS84)
    return [number for (number,) in TABLE.execute(f"SELECT _n FROM rows WHERE {where.text}", where.values)]


@settings(deadline=None)
@given(filters)
def test_a_filter_keeps_what_is_true_and_nothing_unknown(tree: Tree) -> None:
    expected = [
        number
        for number, row in enumerate(ROWS, start=1)
        if meant(tree, dict(zip(("name", "value", "other"), row, strict=True))) is True
    ]
    assert kept(json.dumps(tree), "cql2-json") == expected


@settings(deadline=None)
@given(filters)
def test_a_text_means_what_its_json_means(tree: Tree) -> None:
    assert isinstance(tree, dict)
    assert kept(cql2.Expr(tree).to_text(), "cql2-text") == kept(json.dumps(tree), "cql2-json")


@settings(deadline=None)
@given(filters)
def test_a_filter_and_its_contrary_share_no_row(tree: Tree) -> None:
    yes = kept(json.dumps(tree), "cql2-json")
    no = kept(json.dumps(op("not", tree)), "cql2-json")
    assert not {*yes} & {*no}


def scanned() -> duckdb.DuckDBPyConnection:
    made = duckdb.connect()
    made.execute("CREATE TABLE rows(_n BIGINT, name VARCHAR, value DOUBLE, other BIGINT)")
    made.executemany(
        "INSERT INTO rows VALUES (?, ?, ?, ?)", [(number, *row) for number, row in enumerate(ROWS, start=1)]
    )
    return made


SCANNED = scanned()


@settings(deadline=None, max_examples=400)
@given(filters)
def test_what_the_records_api_could_ask_finds_the_same_in_both_engines(tree: Tree) -> None:
    asked = plain(tree, QUERYABLES)
    event("plain" if asked is not None else "more than plain")
    if asked is not None:
        terms, values = filter_terms([asked])
        question = f"SELECT _n FROM rows {terms} ORDER BY _n"
        expected = kept(json.dumps(tree), "cql2-json")
        assert [number for (number,) in TABLE.execute(question, values)] == expected
        assert [number for (number,) in SCANNED.execute(question, values).fetchall()] == expected


degrees = st.integers(-4, 4)
boxes = st.tuples(degrees, degrees, st.integers(0, 3), st.integers(0, 3))


@settings(deadline=None)
@given(
    predicate=st.sampled_from([f"S_{name.upper()}" for name in SPATIAL]),
    box=boxes,
    points=st.lists(st.tuples(degrees, degrees), min_size=1, max_size=8),
    swapped=st.booleans(),
)
def test_a_look_at_the_box_changes_no_verdict(
    predicate: str, box: tuple[int, int, int, int], points: list[tuple[int, int]], *, swapped: bool
) -> None:
    west, south, width, height = box
    places = ["place", f"BBOX({west}, {south}, {west + width + 1}, {south + height + 1})"]
    text = f"{predicate}({', '.join(reversed(places) if swapped else places)})"
    with sqlite3.connect(":memory:") as made:
        teach(made)
        made.execute("CREATE TABLE rows(_n INTEGER PRIMARY KEY, place TEXT)")
        made.executemany("INSERT INTO rows(place) VALUES (?)", [*((f"{x}, {y}",) for x, y in points), (None,)])
        found = []
        for is_position in (True, False):
            place = Queryable("place", Kind.PLACE, '"place"', is_position=is_position)
            where = compiled(read_tree(text, "cql2-text"), Queryables({"place": place}, place, None), CRS84)
            found.append(made.execute(f"SELECT _n, {where.text} FROM rows", where.values).fetchall())
    made.close()
    assert found[0] == found[1]
