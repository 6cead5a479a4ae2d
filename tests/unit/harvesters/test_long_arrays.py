"""JSON of one long array: read a few objects at a time, it says what it says when read whole, and where it is wrong."""

from collections.abc import Sequence
from itertools import count

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eclor.errors import PayloadRefused, Place
from harvesters import long_arrays, strict_json
from harvesters.long_arrays import Items
from harvesters.protocols import geojson, json_records

NAMES = st.text('ab"\\[{,é', max_size=3)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text('x"\\[]{}:, \né€', max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=8,
)
OBJECTS = st.lists(st.dictionaries(NAMES, VALUES, max_size=3), min_size=1, max_size=6)
PATHS: dict[tuple[str, ...], str] = {(): "root", ("features",): "member", ("data", "items"): "nested"}


def in_parts(patch: pytest.MonkeyPatch, content: bytes, path: Sequence[str]) -> object:
    """Read as if the whole were too heavy, and nothing else."""
    read, calls = strict_json.read, count()

    def heavy(given: bytes, *, name: str, line: int = 1, before: int = 0, most: int = 0) -> object:
        if next(calls) == 0:
            raise PayloadRefused("payload.too-heavy", place=Place(name, line), size_mib=1, mib=1, limit_mib=1)
        return read(given, name=name, line=line, before=before, most=most)

    patch.setattr(strict_json, "read", heavy)
    patch.setattr(long_arrays, "_AT_ONCE_BYTES", 20)
    return long_arrays.read(content, path, name="a.json")


def without_items(value: object) -> object:
    match value:
        case Items():
            return list(value)
        case dict():
            return {name: without_items(member) for name, member in value.items()}
        case _:
            return value


@pytest.mark.parametrize("path", PATHS, ids=PATHS.values())
@given(objects=OBJECTS, beside=VALUES, indented=st.booleans())
def test_what_is_read_in_parts_is_what_is_read_whole(
    path: tuple[str, ...], objects: list[dict[str, object]], beside: object, indented: bool
) -> None:
    document: object = objects
    for name in reversed(path):
        document = {"items" if name == "features" else "x": beside, name: document, "after": beside}
    content = orjson.dumps(document, option=orjson.OPT_INDENT_2 if indented else 0)
    with pytest.MonkeyPatch.context() as patch:
        found = in_parts(patch, content, path)
        assert isinstance(strict_json.member(found, path), Items)
        assert without_items(found) == document


@pytest.mark.parametrize(
    ("content", "line", "column"),
    [
        (b'{"rows": [{"a": 1}, {"b": 2}, {"c": oui}]}', 1, 37),
        ('{"é": 1,\n"rows": [{"é": 1},\n {"é": 2}, {"é": oui}]}'.encode(), 3, 18),
        (b'{"rows": [{"a": 1},\n\n{"b": 2}], "after": oui}', 3, None),
    ],
)
def test_what_is_wrong_is_told_where_it_is(
    monkeypatch: pytest.MonkeyPatch, content: bytes, line: int, column: int | None
) -> None:
    with pytest.raises(PayloadRefused) as refused:
        without_items(in_parts(monkeypatch, content, ("rows",)))
    assert (refused.value.code, refused.value.place.line) == ("payload.json-syntax", line)
    assert column is None or refused.value.place.column == column


@pytest.mark.parametrize(
    "content",
    [
        b'{"rows": [{"a": 1}, 2]}',
        b'{"rows": [1, {"a": 1}]}',
        b'{"rows": [{"a": 1} {"b": 1}]}',
        b'{"rows": [{"a": 1},]}',
        b'{"rows": [[{"a": 1}]]}',
        b'{"rows": [{"a": 1}',
        b'{"rows": [{"a": "1}]}',
        b'{"rows": []}',
        b'{"other": [{"a": 1}]}',
        b'{"in": {"rows": [{"a": 1}]}}',
    ],
)
def test_anything_else_stays_too_heavy(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    with pytest.raises(PayloadRefused) as refused:
        in_parts(monkeypatch, content, ("rows",))
    assert refused.value.code == "payload.too-heavy"


def test_a_member_named_twice_in_an_object_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(PayloadRefused) as refused:
        without_items(in_parts(monkeypatch, b'[{"a": 1}, {"a": 1, "a": 2}]', ()))
    assert refused.value.code == "payload.json-duplicate-member"


def test_a_large_collection_on_one_line_gives_all_its_features() -> None:
    ring = [[5.9 + step / 10_000, 49.4 + step * step / 1e8] for step in range(4_000)]
    area = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
    features = [{"type": "Feature", "properties": {"n": n}, "geometry": area} for n in range(120)]
    content = orjson.dumps({"type": "FeatureCollection", "features": features})
    assert len(content) > 8 * 1024 * 1024
    rows = geojson.parse(content, name="plu.geojson", options={})
    assert [(row["n"], len(row["geometry"]["coordinates"][0])) for row in rows if isinstance(row, dict)] == [
        (n, 4_001) for n in range(120)
    ]


def test_a_large_array_of_small_objects_gives_all_of_them() -> None:
    content = orjson.dumps({"data": {"rows": [{"a": n} for n in range(600_000)]}})
    rows = json_records.parse(content, name="rows.json", options={"lignes": "data.rows"})
    assert all(row == {"a": n} for row, n in zip(rows, range(600_000), strict=True))


def test_a_collection_in_another_system_is_refused_before_its_features_are_read() -> None:
    points = [
        {"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [n, n]}}
        for n, _ in zip(count(900_000), range(100_000), strict=False)
    ]
    system = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::2154"}}
    content = orjson.dumps({"type": "FeatureCollection", "features": points, "crs": system})
    with pytest.raises(PayloadRefused) as refused:
        next(iter(geojson.parse(content, name="plu.geojson", options={})))
    assert refused.value.code == "payload.geojson-system"
