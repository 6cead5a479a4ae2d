"""CQL2 read and compiled: the corpus of the standard, what is refused and how, places and times; nothing takes long."""

import json
import os
import sqlite3
from contextlib import suppress
from pathlib import Path

import pytest

from api.ogc.cql2 import LANGUAGES, compiled, read_tree
from api.ogc.cql2_text import parse
from api.ogc.cql2_words import MOST_DEPTH, MOST_LENGTH, MOST_NODES
from api.ogc.crs import CRS84, EPSG_3857, EPSG_4326, Crs
from api.ogc.functions import FUNCTIONS, accenti, like, teach
from api.ogc.queryables import Kind, Queryable, Queryables
from eclor.errors import RequestRefused

CORPUS = Path(os.environ.get("ECLOR_SHARED", "../shared")) / "standards" / "cql2" / "corpus.ndjson"
PROPERTIES = {
    "name": Queryable("name", Kind.TEXT, '"name"'),
    "value": Queryable("value", Kind.NUMBER, '"value"'),
    "open": Queryable("open", Kind.TRUTH, "(\"open\" IN ('1', 'true'))"),
    "place": Queryable("place", Kind.PLACE, '"place"'),
    "day": Queryable("day", Kind.TEXT, '"day"', timed=True),
}
QUERYABLES = Queryables(PROPERTIES, PROPERTIES["place"], PROPERTIES["day"])
ROWS = (
    ("Éa", 1, "1", "2.0,48.5", "2026-10-01"),
    ("foo", None, None, None, None),
    ("FOObar", 2.5, "0", '{"type":"Point","coordinates":[6,49]}', "2026-T3"),
    (
        "box",
        7,
        "1",
        '{"type":"Polygon","coordinates":[[[5,48],[7,48],[7,50],[5,50],[5,48]]]}',
        "2026-10-01T08:00:00+02:00",
    ),
    ("torn", 0, "true", "{not json", "inconnu"),
)


@pytest.fixture(scope="module")
def table() -> sqlite3.Connection:
    made = sqlite3.connect(":memory:")
    teach(made)
    made.execute("CREATE TABLE rows(_n INTEGER PRIMARY KEY, name TEXT, value NUMERIC, open TEXT, place TEXT, day TEXT)")
    made.executemany("INSERT INTO rows(name, value, open, place, day) VALUES (?, ?, ?, ?, ?)", ROWS)
    return made


def kept(table: sqlite3.Connection, text: str, crs: Crs = CRS84) -> list[int]:
    where = compiled(read_tree(text, "cql2-text"), QUERYABLES, crs)
    return [number for (number,) in table.execute(f"SELECT _n FROM rows WHERE {where.text}", where.values)]


def refused(text: str, language: str = "cql2-text") -> str:
    with pytest.raises(RequestRefused) as caught:
        compiled(read_tree(text, language), QUERYABLES, CRS84)
    assert caught.value.status == 400
    return caught.value.code


def plain(tree: object) -> object:
    """A tree with numbers of one type, instants without idle decimals."""
    match tree:
        case dict():
            return {name: plain(value) for name, value in tree.items()}
        case list():
            return [plain(value) for value in tree]
        case str():
            return tree.replace(".000000Z", "Z")
        case int() | float() if not isinstance(tree, bool):
            return float(tree)
        case _:
            return tree


@pytest.mark.skipif(not CORPUS.exists(), reason="ECLOR_SHARED names no folder of standards")
def test_the_standard_s_texts_are_read_as_its_json() -> None:
    entries = [json.loads(line) for line in CORPUS.read_text().splitlines()]
    pairs = [(parse(entry["text"]), entry["json"]) for entry in entries if "json" in entry]
    assert len(pairs) > 100
    assert [plain(read) for read, _ in pairs] == [plain(written) for _, written in pairs]


@pytest.mark.skipif(not CORPUS.exists(), reason="ECLOR_SHARED names no folder of standards")
def test_no_filter_of_the_standard_does_worse_than_be_refused(table: sqlite3.Connection) -> None:
    names = Queryables({**PROPERTIES, "geometry": PROPERTIES["place"], "updated_at": PROPERTIES["day"]}, None, None)
    answered = 0
    for line in CORPUS.read_text().splitlines():
        entry = json.loads(line)
        for language, text in zip(LANGUAGES, (entry["text"], json.dumps(entry.get("json"))), strict=True):
            with suppress(RequestRefused):
                where = compiled(read_tree(text, language), names, CRS84)
                table.execute(f"SELECT count(*) FROM rows WHERE {where.text}", where.values).fetchall()
                answered += 1
    assert answered > 50


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("S_INTERSECTS(place, BBOX(-180, -90, 180, 90))", [1, 3, 4]),
        ("S_WITHIN(place, BBOX(4, 47, 8, 51))", [3, 4]),
        ("S_CONTAINS(place, POINT(6 49))", [3, 4]),
        ("S_DISJOINT(geometry, POINT(6 49))", [1]),
        ("NOT S_DISJOINT(place, POINT(6 49))", [3, 4]),
        ("S_TOUCHES(place, POINT(5 49))", [4]),
        ("S_CROSSES(place, LINESTRING(4 49, 8 49))", [4]),
        ("S_EQUALS(place, POINT Z (6 49 12))", [3]),
        ("S_OVERLAPS(place, POLYGON((6 47, 9 47, 9 51, 6 51, 6 47)))", [4]),
        ("S_INTERSECTS(place, BBOX(170, -90, 3, 90))", [1]),
        ("place IS NULL", [2]),
        ("S_INTERSECTS(place, GEOMETRYCOLLECTION(POINT(2 48.5), POINT(6 49)))", [1, 3, 4]),
    ],
)
def test_places(table: sqlite3.Connection, text: str, numbers: list[int]) -> None:
    assert kept(table, text) == numbers


@pytest.mark.parametrize(
    ("crs", "text"),
    [
        (EPSG_4326, "S_INTERSECTS(place, BBOX(48.4, 1.9, 48.6, 2.1))"),
        (EPSG_3857, "S_INTERSECTS(place, BBOX(222000, 6190000, 223000, 6200000))"),
        (EPSG_4326, "S_EQUALS(place, POINT(48.5 2.0))"),
    ],
)
def test_places_are_read_in_the_system_that_is_named(table: sqlite3.Connection, crs: Crs, text: str) -> None:
    assert kept(table, text, crs) == [1]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("day = DATE('2026-10-01')", [1]),
        ("day <> DATE('2026-10-01')", [3, 4]),
        ("T_AFTER(day, DATE('2026-09-30'))", [1, 4]),
        ("T_BEFORE(day, TIMESTAMP('2026-10-01T07:00:00Z'))", [3, 4]),
        ("T_INTERSECTS(day, TIMESTAMP('2026-10-01T06:00:00Z'))", [1, 4]),
        ("T_DURING(day, INTERVAL('2026-07-01', '2026-10-01'))", [4]),
        ("T_FINISHEDBY(INTERVAL('2026-01-01', '2026-09-30'), day)", [3]),
        ("T_STARTEDBY(INTERVAL('2026-07-01', '..'), day)", [3]),
        ("T_MEETS(INTERVAL('2026-01-01', '2026-10-01'), day)", [1]),
        ("T_OVERLAPS(day, INTERVAL('2026-08-01', '..'))", [3]),
        ("T_CONTAINS(INTERVAL('..', '..'), day)", [1, 3, 4]),
        ("T_DISJOINT(day, INTERVAL('2026-01-01', '2026-09-30'))", [1, 4]),
        ("(value BETWEEN 1 AND 3) BETWEEN TRUE AND TRUE", [1, 3]),
        ("day BETWEEN DATE('2026-10-01') AND DATE('2026-10-31')", [1, 4]),
        ("day LIKE '2026-T%'", [3]),
        ("day IN (DATE('2026-10-01'), DATE('2025-01-01'))", [1]),
    ],
)
def test_times_last_as_long_as_they_say(table: sqlite3.Connection, text: str, numbers: list[int]) -> None:
    assert kept(table, text) == numbers


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("open", [1, 4, 5]),
        ("open = false", [3]),
        ("NOT open", [3]),
        ("value / 2 = 3.5 OR value ^ 2 > 48", [4]),
        ("value % 2 = 1", [1, 4]),
        ("value div 2 = 1", [3]),
        ("1 / value >= 0", [1, 3, 4]),
        ("-value < -2", [3, 4]),
        ("CASEI(name) LIKE casei('FOO%')", [2, 3]),
        ("ACCENTI(CASEI(name)) = 'ea'", [1]),
        ("name = 'it''s' OR name = 'it\\'s'", []),
    ],
)
def test_numbers_truths_and_texts(table: sqlite3.Connection, text: str, numbers: list[int]) -> None:
    assert kept(table, text) == numbers


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("nothing = 1", "ogc.unknown-property"),
        ("avg(value) > 1", "ogc.not-supported"),
        ("A_CONTAINS(name, ('a', 'b'))", "ogc.not-supported"),
        ("value = 'a'", "ogc.bad-operands"),
        ("name", "ogc.bad-operands"),
        ("value", "ogc.bad-operands"),
        ("name = DATE('2026-01-01')", "ogc.bad-operands"),
        ("day = DATE('2026-13-45')", "ogc.bad-operands"),
        (f"day = TIMESTAMP('2026-10-01T08:00:00.{'0' * 5000}')", "ogc.bad-operands"),
        ("value LIKE '1%'", "ogc.bad-operands"),
        ("S_INTERSECTS(name, POINT(1 2))", "ogc.bad-operands"),
        ("name + 1 = 2", "ogc.bad-operands"),
        ("value IN ()", "ogc.bad-operands"),
        ("S_INTERSECTS(place, POLYGON((0 0, 1 1)))", "ogc.bad-geometry"),
        ("S_INTERSECTS(place, BBOX(1, 2, 3))", "ogc.bad-geometry"),
        ("S_INTERSECTS(place, POLYGON((0 0, 2 2, 2 0, 0 2, 0 0)))", "ogc.bad-geometry"),
        ("S_INTERSECTS(place, POINT EMPTY)", "ogc.bad-filter"),
        ("S_INTERSECTS(place, POINT((((((1 2)))))))", "ogc.bad-filter"),
        ("name NOT 'a'", "ogc.bad-filter"),
        ("value = 1e999", "ogc.bad-filter"),
        ("value = 1 value", "ogc.bad-filter"),
        ("name = 'open", "ogc.bad-filter"),
        ("= =", "ogc.bad-filter"),
        ("", "ogc.bad-filter"),
        ("AND", "ogc.bad-filter"),
    ],
)
def test_what_is_refused_says_why(text: str, code: str) -> None:
    assert refused(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "(" * (MOST_DEPTH * 50),
        "(" * 30 + "value = " + ")" * 30,
        "NOT " * 1000 + "open",
        "value = " + "-" * 2000 + "1",
        "value = 1" + " + 1" * 900,
        "casei(" * 500 + "name" + ")" * 500 + " = 'a'",
        "open AND " * (MOST_NODES // 8) + "open",
        "name = '" + "a" * MOST_LENGTH + "'",
        "name IN (" + ",".join(["'a'"] * MOST_NODES) + ")",
        "S_INTERSECTS(place, " + "GEOMETRYCOLLECTION(" * 300 + "POINT(1 2)" + ")" * 301,
    ],
)
def test_a_filter_without_measure_costs_nothing(table: sqlite3.Connection, text: str) -> None:
    with suppress(RequestRefused):
        assert len(kept(table, text)) <= len(ROWS)


@pytest.mark.parametrize(
    ("begun", "again"),
    [
        ("value BETWEEN 1 AND 7", "({}) BETWEEN FALSE AND TRUE"),
        ("value IN (1, 7)", "({}) IN (FALSE, TRUE)"),
        ("day BETWEEN DATE('2026-10-01') AND DATE('2026-10-31')", "({}) = TRUE"),
    ],
)
def test_what_a_filter_becomes_grows_as_its_text_does(table: sqlite3.Connection, begun: str, again: str) -> None:
    text = begun
    for _ in range(15):
        text = again.format(text)
    assert len(compiled(read_tree(text, "cql2-text"), QUERYABLES, CRS84).text) < 10 * len(text)
    assert kept(table, text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[]", "ogc.bad-filter"),
        ("null", "ogc.bad-filter"),
        ("{", "ogc.bad-filter"),
        ('{"op":"not","args":[]}', "ogc.bad-operands"),
        ('{"op":"not","args":{}}', "ogc.bad-filter"),
        ('{"op":"and","args":[true]}', "ogc.bad-operands"),
        ('{"op":"=","args":[{"property":"value"},18446744073709551615,1]}', "ogc.bad-operands"),
        ('{"op":"s_within","args":[{"property":"place"},{"type":"Polygon","coordinates":"x"}]}', "ogc.bad-geometry"),
        ('{"op":"s_within","args":[{"property":"place"},{"type":"Point","coordinates":[null,1]}]}', "ogc.bad-geometry"),
        ('{"op":"not","args":[' * 900 + "true" + "]}" * 900, "ogc.filter-too-large"),
        ('{"op":"t_after","args":[{"interval":[1,2]},{"date":"2026-01-01"}]}', "ogc.bad-operands"),
    ],
)
def test_json_that_is_no_filter_is_refused(text: str, code: str) -> None:
    assert refused(text, "cql2-json") == code


def test_large_integers_are_compared_as_numbers(table: sqlite3.Connection) -> None:
    where = compiled(
        read_tree('{"op":"<","args":[{"property":"value"},18446744073709551615]}', "cql2-json"), QUERYABLES, CRS84
    )
    assert table.execute(f"SELECT count(*) FROM rows WHERE {where.text}", where.values).fetchone() == (4,)


def test_every_function_takes_null_to_null() -> None:
    for arguments, work in FUNCTIONS.values():
        assert work(*(["s_within"] if arguments == 3 else []), *[None] * min(arguments, 2)) is None


@pytest.mark.parametrize(
    ("text", "pattern", "fits"),
    [("a%b", "a\\%b", True), ("axb", "a\\%b", False), ("ab", "a%b%", True), ("aa", "a%a", True), ("a", "a%a", False)],
)
def test_like(text: str, pattern: str, *, fits: bool) -> None:
    assert like(text, pattern) is fits


def test_a_text_too_long_to_be_kept_loses_its_accents_too() -> None:
    assert accenti("é" * 600) == "e" * 600
