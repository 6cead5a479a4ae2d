"""What is written column by column is, to the byte, what a row writer writes: Python's own csv module and orjson."""

import csv
import json
from decimal import Decimal
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

import orjson
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.export import Table, write_texts
from catalog.exports import export
from charter.release_parts import ReleaseColumn

Row = tuple[object, ...]
LETTERS = st.characters(exclude_categories=["Cs"], include_characters='",;\n\r\t\\\x00\x1f\x7f/')
MEANT = st.sampled_from(["", "AUD", "VIL", '"', "a,b", "\r", "\u2028", "\x1f", "\x00", "\\"])
TEXTS = st.none() | st.text(LETTERS, max_size=8) | MEANT
PLACES = st.none() | st.sampled_from(["5.89,49.47", "-0.10, 49.4710", "5e-7,1", " 05.5 ,0", "5.,49", "-0,0.0"])
SHAPES = [{"type": "Point", "coordinates": [5.890, 49.4]}, {"type": "Polygon", "coordinates": []}]
COLUMNS = {
    "texte": (ReleaseColumn('te"xte,é', "texte", "technical"), pa.string(), TEXTS),
    "code": (ReleaseColumn("code", "code", "dimension"), pa.string(), st.none() | st.sampled_from(["A", "B", "C,D"])),
    "entier": (ReleaseColumn("n", "entier", "measure"), pa.int64(), st.none() | st.integers(-(2**63), 2**63 - 1)),
    "vrai": (ReleaseColumn("vrai", "booleen", "technical"), pa.bool_(), st.none() | st.booleans()),
    "argent": (
        ReleaseColumn("argent", "decimal", "measure", decimals=2),
        pa.decimal128(18, 2),
        st.none() | st.decimals(min_value=-(10**9), max_value=10**9, places=2),
    ),
    "fin": (
        ReleaseColumn("fin", "decimal", "technical", decimals=9),
        pa.decimal128(38, 9),
        st.none() | st.decimals(min_value=-10, max_value=10, places=9),
    ),
    "zone": (
        ReleaseColumn("zone", "geometrie", "technical"),
        pa.string(),
        st.none() | st.sampled_from([json.dumps(shape) for shape in SHAPES]),
    ),
    "position": (ReleaseColumn("position", "position", "technical"), pa.string(), PLACES),
}


@st.composite
def releases(draw: st.DrawFn, *, including: str = "") -> tuple[list[str], list[Row]]:
    names = draw(st.lists(st.sampled_from(sorted(COLUMNS)), min_size=1, unique=True))
    names += [including] if including and including not in names else []
    rows = draw(st.lists(st.tuples(*(COLUMNS[name][2] for name in names)), max_size=12))
    return names, rows * draw(st.sampled_from([1, 1, 40]))


def table(names: list[str], rows: list[Row], folder: str) -> Table:
    path = Path(folder) / "release.parquet"
    schema = pa.schema([(COLUMNS[name][0].name, COLUMNS[name][1]) for name in names])
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    pq.write_table(pa.table([list(column) for column in columns], schema=schema), path)
    return Table(path, tuple(COLUMNS[name][0] for name in names))


def written(name: str, names: list[str], rows: list[Row]) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / export(name).file_name
        export(name).write(table(names, rows, folder), path)
        return path.read_bytes()


def cell(value: object) -> object:
    if isinstance(value, bool):
        return "true" if value else "false"
    return format(value, "f") if isinstance(value, Decimal) else value


def json_cell(value: object, column: ReleaseColumn) -> object:
    if isinstance(value, Decimal):
        return orjson.Fragment(format(value, "f"))
    return orjson.loads(value) if column.type == "geometrie" and isinstance(value, str) else value


def objects(names: list[str], rows: list[Row]) -> list[dict[str, object]]:
    columns = [COLUMNS[name][0] for name in names]
    return [{c.name: json_cell(value, c) for c, value in zip(columns, row, strict=True)} for row in rows]


@given(release=releases())
@settings(deadline=None)
def test_csv(release: tuple[list[str], list[Row]]) -> None:
    names, rows = release
    text = StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerow([COLUMNS[name][0].name for name in names])
    for row in rows:
        returns = any(isinstance(value, str) and "\r" in value for value in row)
        quoting = csv.QUOTE_ALL if returns else csv.QUOTE_MINIMAL
        csv.writer(text, lineterminator="\n", quoting=quoting).writerow(map(cell, row))
    assert written("csv", names, rows) == text.getvalue().encode()


@given(release=releases())
@settings(deadline=None)
def test_json_and_ndjson(release: tuple[list[str], list[Row]]) -> None:
    lines = [orjson.dumps(made) for made in objects(*release)]
    assert written("ndjson", *release) == b"".join(line + b"\n" for line in lines)
    assert written("json", *release) == b"[" + b",".join(b"\n" + line for line in lines) + b"\n]\n"


def point(value: str) -> object:
    coordinates = [orjson.Fragment(format(Decimal(part.strip()), "f")) for part in value.split(",")]
    return {"type": "Point", "coordinates": coordinates}


@pytest.mark.parametrize("place", ["position", "zone"])
def test_geojson(place: str) -> None:
    @given(release=releases(including=place))
    @settings(deadline=None, max_examples=60)
    def same(release: tuple[list[str], list[Row]]) -> None:
        names, rows = release
        chosen = "zone" if "zone" in names else "position"
        key, at = COLUMNS[chosen][0].name, names.index(chosen)
        features = [
            {
                "type": "Feature",
                "geometry": made[key] if chosen == "zone" or row[at] is None else point(str(row[at])),
                "properties": {name: value for name, value in made.items() if name != key},
            }
            for made, row in zip(objects(names, rows), rows, strict=True)
        ]
        lines = b",".join(b"\n" + orjson.dumps(feature) for feature in features)
        expected = b'{"type":"FeatureCollection","features":[' + lines + b"\n]}\n"
        assert written("geojson", names, rows) == expected

    same()


@given(release=releases(including="position"))
@settings(deadline=None, max_examples=40)
def test_texts_written_in_one_reading_of_small_batches_are_those_written_alone(
    release: tuple[list[str], list[Row]],
) -> None:
    names = ("csv", "geojson", "json", "ndjson")
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr("catalog.export.BATCH", 3)
        texts = {Path(folder) / name: pieces for name in names if (pieces := export(name).pieces)}
        write_texts(table(*release, folder), texts)
        together = {path.name: path.read_bytes() for path in texts}
    assert together == {name: written(name, *release) for name in names}
