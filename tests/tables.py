"""Random Table Schemas and cells that may break them, for what must judge a table as frictionless does."""

import csv
from collections.abc import Mapping
from io import StringIO
from typing import Any

from hypothesis import strategies as st

V2 = "https://datapackage.org/profiles/2.0/tableschema.json"
CELLS: Mapping[str, tuple[str, ...]] = {
    "any": (
        "",
        "x",
        "1",
        "NA",
    ),
    "boolean": (
        "true",
        "TRUE",
        "True",
        "tRUE",
        "1",
        "0",
        "01",
        "false",
        "oui",
        "non",
        " true",
        "",
    ),
    "date": (
        "2024-02-29",
        "2023-02-29",
        "2024-1-5",
        "0000-01-01",
        "20240105",
        "2024-02-01 ",
        "31/12/2024",
        "9999-12-31",
        "",
    ),
    "datetime": (
        "2024-02-29T10:00:00",
        "2024-02-29T10:00:00Z",
        "2024-02-29T12:00:00+02:00",
        "2024-02-29T10:00:00+00:00",
        "2023-02-29T10:00:00",
        "2024-02-29 10:00:00",
        "2024-02-29T24:00:00",
        "2024-02-29T10:00",
        "2024-02-29T10:00:60",
        "2024-02-29T10:00:00.5",
        "2024-02-29T10:00:00+0200",
        "0001-01-01T00:00:00+14:00",
        "",
    ),
    "geojson": (
        '{"type":"Point","coordinates":[6.0,49.5]}',
        '{"type": "Point", "coordinates": [6, 49.5, 3]}',
        '{"type":"Point","coordinates":[6.0]}',
        '{"type":"Point","coordinates":[06,1]}',
        '{"type":"LineString","coordinates":[[1,2],[3,4]]}',
        '{"type":"LineString","coordinates":[[1,2]]}',
        '{"type":"Polygon","coordinates":[[[0,0],[0,1],[1,1],[0,0]]]}',
        '{"type":"Polygon","coordinates":[[[0,0],[0,1],[0,0]]]}',
        '{"type":"MultiPolygon","coordinates":[[[[0,0],[0,1],[1,1],[0,0]]]]}',
        "{}",
        "[]",
        "",
    ),
    "geopoint": (
        "6.0,49.5",
        "6.0, 49.5",
        "180,90",
        "180.5,90",
        "-180,-90",
        "6;49",
        "06,49",
        "1e1,2",
        "[6.0,49.5]",
        "[06,1]",
        "x,y",
        "",
    ),
    "integer": (
        "0",
        "-0",
        "1",
        "+1",
        "01",
        " 1",
        "1.0",
        "1e5",
        "1_000",
        "١",
        "-7",
        "99999999999999999999",
        "NaN",
        "",
        "NA",
        "x",
    ),
    "number": (
        "0",
        "0.0",
        "-0",
        "1",
        "1.0",
        "1.50",
        "+1",
        "1e5",
        "1E-3",
        ".5",
        "5.",
        "NaN",
        "INF",
        "-Infinity",
        "1,5",
        "1 000",
        "１",
        " 2 ",
        "",
    ),
    "string": (
        "",
        "a",
        "A",
        "abc",
        "ABCD",
        "é",
        "école",
        "a b",
        "a\nb",
        "a\r\nb",
        "a,b",
        'a"b',
        "AB\n",
        "123",
        "١٢٣",
        "👨‍👩‍👧",
        "NA",
        "-",
        " ",
        "'",
    ),
    "time": (
        "10:00:00",
        "24:00:00",
        "10:00",
        "10:00:00Z",
        "10:00:00.5",
        "23:59:60",
        " 10:00:00",
        "",
    ),
    "year": (
        "2024",
        "0000",
        "24",
        "+024",
        " 024",
        "20241",
        "-024",
        "١٢٣٤",
        "",
    ),
}
FORMATS: Mapping[str, tuple[str, ...]] = {
    "date": (
        "default",
        "%Y-%m-%d",
        "%d/%m/%Y",
        "any",
    ),
    "geopoint": (
        "default",
        "array",
        "object",
    ),
    "string": (
        "default",
        "email",
        "uri",
        "uuid",
    ),
}
FORMATTED: Mapping[str, tuple[str, ...]] = {
    "email": (
        "a@exemple.fr",
        "a.b@mairie-x.fr",
        "a@b",
        "a@exemple.gouv.fr",
        "@x.fr",
        "é@exemple.fr",
        "a..b@exemple.fr",
        "",
    ),
    "uri": (
        "https://exemple.fr",
        "https://exemple.fr/a/b.csv",
        "http:/x",
        "exemple.fr",
        "ftp://x.fr",
        "https://a b.fr",
        "",
    ),
    "uuid": (
        "123e4567-e89b-12d3-a456-426614174000",
        "123e4567e89b12d3a456426614174000",
        "123E4567-E89B-12D3-A456-426614174000",
        "x",
        "",
    ),
}
PATTERNS = (
    "[a-z]+",
    r"\d{3}",
    r"\w+",
    r"[A-Z]{2}|[a-z]{1,3}",
    "a|AB",
    r"[^a]*",
    r".*",
    r"\S+",
    r"(?i)abc",
    r"a(?=b).*",
    r"(a)\1?",
    r"^[A-Za-z\s\-\u00C0-\u00FF]+$",
    r"(?:(?:^|,)(a|b))+$",
    r"[^\d]+",
    r"a{,2}",
    r"a++",
    r"\D*",
    r"[[:alpha:]]+",
    r"(",
    "x{2",
)
UNHASHABLE = ("geojson",)
BOUNDS: Mapping[str, tuple[Any, ...]] = {
    "date": (
        "2024-02-01",
        "2024-02-01",
        "2024-02-01",
        "2024-02-30",
    ),
    "datetime": ("2024-02-01T00:00:00",),
    "integer": (0, 1, -1, 2, "1", "x"),
    "number": (0, 1.5, "1.5", 1),
    "time": ("10:00:00",),
    "year": (2000, "2024"),
}


@st.composite
def fields(draw: st.DrawFn, name: str) -> dict[str, Any]:
    """Give a field, nearly always a valid one."""
    kind = draw(st.sampled_from([*CELLS]))
    field: dict[str, Any] = {"name": name, "type": kind}
    if kind in FORMATS and draw(st.integers(0, 2)) == 0:
        field["format"] = draw(st.sampled_from(FORMATS[kind]))
    if kind == "boolean" and draw(st.booleans()):
        field |= {"trueValues": ["oui", "1"], "falseValues": ["non", "0"]}
    if asked := draw(constraints(kind)):
        field["constraints"] = asked
    return field


@st.composite
def constraints(draw: st.DrawFn, kind: str) -> dict[str, Any]:
    """Give constraints of a type, each of them now and then."""
    seldom = 60 if kind in UNHASHABLE else 4
    possible: dict[str, tuple[int, st.SearchStrategy[Any]]] = {
        "required": (1, st.booleans()),
        "unique": (seldom, st.booleans()),
        "enum": (4, st.lists(st.sampled_from(CELLS[kind]), min_size=1, max_size=3)),
    }
    if kind in BOUNDS:
        for bound in ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"):
            possible[bound] = (5, st.sampled_from(BOUNDS[kind]))
    if kind == "string":
        possible["pattern"] = (2, st.sampled_from(PATTERNS))
        possible["minLength"] = (3, st.integers(0, 3))
        possible["maxLength"] = (3, st.integers(1, 5))
    return {name: draw(asked) for name, (often, asked) in possible.items() if draw(st.integers(0, often)) == 0}


@st.composite
def schemas(draw: st.DrawFn) -> dict[str, Any]:
    """Give a schema of a few fields."""
    names = [f"f{place}" for place in range(draw(st.integers(1, 4)))]
    schema: dict[str, Any] = {"$schema": V2, "fields": [draw(fields(name)) for name in names]}
    if draw(st.booleans()):
        schema["primaryKey"] = draw(st.lists(st.sampled_from(names), min_size=1, max_size=2, unique=True))
    if draw(st.booleans()):
        schema["missingValues"] = draw(st.sampled_from([[""], ["", "NA"], ["NA"], ["-", "1"]]))
    return schema


@st.composite
def cells(draw: st.DrawFn, field: Mapping[str, Any]) -> str:
    """Give a cell for a field: one that suits it, or breaks it, or nearly."""
    if draw(st.integers(0, 30)) == 0:
        return draw(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=4))
    return draw(st.sampled_from(FORMATTED.get(field.get("format", ""), CELLS[field["type"]])))


@st.composite
def tables(draw: st.DrawFn) -> tuple[dict[str, Any], list[list[str]]]:
    """Give a schema and rows."""
    schema = draw(schemas())
    return schema, draw(st.lists(st.tuples(*(cells(field) for field in schema["fields"])).map(list), max_size=12))


@st.composite
def csv_files(draw: st.DrawFn) -> tuple[dict[str, Any], bytes]:
    """Give a schema and a CSV file, its header or its rows broken now and then."""
    schema, rows = draw(tables())
    names = [field["name"] for field in schema["fields"]]
    header = draw(
        st.one_of(st.just(names), st.just(names), st.lists(st.sampled_from(["f0", "f1", "x", ""]), max_size=5))
    )
    for row in rows:
        match draw(st.integers(0, 9)):
            case 0:
                row.append(draw(st.sampled_from(["", "x"])))
            case 1:
                del row[-1:]
            case 2:
                row[:] = draw(st.sampled_from([[], [""], ["" for _ in names]]))
    text = StringIO(newline="")
    control = draw(st.sampled_from([",", ",", ";", "\t"]))
    csv.writer(text, delimiter=control, lineterminator=draw(st.sampled_from(["\n", "\r\n"]))).writerows([header, *rows])
    return schema, draw(st.sampled_from(["", "", "\ufeff"])).encode() + text.getvalue().encode()
