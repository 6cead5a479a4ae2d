"""A JSON document of any shape is cut and laid flat; nothing of it is lost, nothing damaged passes."""

import json
from io import BytesIO
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.scanning import json_pieces
from catalog.scanning.flattening import rows_of
from catalog.scanning.headers import MAX_COLUMNS
from catalog.scanning.json_pieces import pieces
from catalog.scanning.text_cells import TextCells
from eclor.errors import PayloadRefused

_TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8)
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | _TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXTS, inner, max_size=3),
    max_leaves=12,
)
_DOCUMENTS = st.lists(_VALUES, max_size=4) | st.dictionaries(_TEXTS, _VALUES, max_size=4)


def read(text: str | bytes) -> list[dict[str, str | None]]:
    return list(rows_of(pieces(BytesIO(text.encode() if isinstance(text, str) else text), name="fichier")))


def leaves(value: object) -> list[str]:
    match value:
        case dict():
            return [leaf for member in value.values() for leaf in leaves(member)]
        case list():
            return [leaf for item in value for leaf in leaves(item)]
        case None:
            return []
        case str():
            return [value]
        case _:
            return [json.dumps(value)]


def numbers_apart(rows: list[dict[str, str | None]]) -> list[str]:
    """The cells of rows; those of lists of numbers one by one."""
    found = []
    for cell in (cell for row in rows for cell in row.values() if cell is not None):
        found += leaves(json.loads(cell)) if cell.startswith("[") and cell[1:2] in "-[0123456789" else [cell]
    return found


@given(_DOCUMENTS, st.sampled_from([None, 1]))
def test_every_leaf_of_a_document_is_a_cell(document: object, indent: int | None) -> None:
    text = json.dumps(document, ensure_ascii=False, indent=indent)
    expected = leaves(document)
    if not any(leaf.startswith("[") for leaf in expected):
        assert sorted(numbers_apart(read(text))) == sorted(expected)


@given(_DOCUMENTS, st.integers(1, 5))
def test_where_it_is_cut_makes_no_difference(document: object, chunk: int) -> None:
    text = json.dumps(document, ensure_ascii=False)
    whole = read(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_pieces, "_CHUNK", chunk)
        assert read(text) == whole


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ('[{"a":1,"b":{"c":"x"}}]', [{"a": "1", "b.c": "x"}]),
        ('{"n":1,"lignes":[{"a":"x"},{"a":"y"}]}', [{"n": "1"}, {"a": "x"}, {"a": "y"}]),
        ('[{"t":["x","y"],"a":1}]', [{"t[]": "x", "a": "1"}, {"t[]": "y"}]),
        ('[{"g":{"type":"Point","coordinates":[6.1,49.5]}}]', [{"g": '{"type":"Point","coordinates":[6.1,49.5]}'}]),
        ('[{"g":{"type":"Point","coordinates":[6.1,49.5],"bbox":[6,49,7,50]}}]',
         [{"g": '{"type":"Point","coordinates":[6.1,49.5]}', "g.bbox": "[6,49,7,50]"}]),
        ('[{"g":{"type":"Point","coordinates":[6.1,49.5],"bbox":"x"}}]',
         [{"g.type": "Point", "g.coordinates": "[6.1,49.5]", "g.bbox": "x"}]),
        ('[{"g":{"type":"Point","coordinates":["x"]}}]', [{"g.type": "Point", "g.coordinates[]": "x"}]),
        ('{"type":"FeatureCollection","features":[{"type":"Feature","id":7,"properties":{"a":"x"},"geometry":null}]}',
         [{"type": "FeatureCollection"}, {"a": "x", "id": "7", "geometry": None}]),
        ('[{"a.b":"x","a":{"b":"y"}}]', [{"a.b": "x"}, {"a.b": "y"}]),
        ('{"a":1}\n{"a":2}\n', [{"a": "1"}, {"a": "2"}]),
        ('[{"type":{"type":["Point"]},"coordinates":1}]', [{"type.type[]": "Point", "coordinates": "1"}]),
        ('["x",2]', [{"valeur": "x"}, {"valeur": "2"}]),
    ],
)  # fmt: skip
def test_the_columns_are_named_by_their_paths(text: str, rows: list[dict[str, str | None]]) -> None:
    assert read(text) == rows


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{"a":1,"a":2}', "payload.json-duplicate-member"),
        ('[{"a":1,"a":2}]', "payload.json-duplicate-member"),
        ('{"l":[{"a":1}],"l":[]}', "payload.json-duplicate-member"),
        ('[{"a":NaN}]', "payload.json-not-a-number"),
        ('[{"a":1}', "payload.json-cut"),
        ('[{"a":1},]', "payload.json-cut"),
        ('[{"a":1}]]', "payload.json-syntax"),
        ('[{"a":1}] x', "payload.json-syntax"),
        ('[{"a":1]}', "payload.json-syntax"),
        ('{"a" 1}', "payload.json-syntax"),
        ('{"a":[1] 2}', "payload.json-syntax"),
        ('{"a":1,}', "payload.json-syntax"),
        ('{"a":}', "payload.json-cut"),
        ('{"a":1}\n{"a":\n', "payload.json-cut"),
        (b'[{"a":"\xe9"}]', "payload.not-utf8"),
        ("[" * 100 + "]" * 100, "payload.too-deep"),
    ],
    ids=lambda each: str(each)[:30],
)
def test_what_is_no_sure_json_is_refused(text: str | bytes, code: str) -> None:
    with pytest.raises(PayloadRefused) as refusal:
        read(text)
    assert refusal.value.code == code


def test_a_value_without_end_is_refused_before_it_is_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_pieces, "_CHUNK", 10)
    monkeypatch.setattr(json_pieces, "MAX_PIECE", 1_000)
    stream = BytesIO(b'["' + b"x" * 100_000)
    with pytest.raises(PayloadRefused) as refusal:
        list(pieces(stream, name="fichier"))
    assert refusal.value.code == "scan.value-too-long"
    assert stream.tell() < 10_000


def test_a_column_that_comes_late_is_there(cells: TextCells, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("catalog.scanning.text_cells.BLOCK_ROWS", 2)
    cells.add_rows({"a": "1"} if number < 5 else {"b": "2"} for number in range(8))
    path = cells.finished()
    assert isinstance(path, Path)
    held = pq.read_table(path)
    assert held.num_rows == 8
    assert held.column("b").to_pylist().count("2") == 3


def test_keys_that_are_data_are_refused_before_they_are_held(cells: TextCells) -> None:
    rows = iter([{f"cle {number}": "x"} for number in range(3_000)])
    with pytest.raises(PayloadRefused):
        cells.add_rows(rows)
    assert len(list(rows)) == 3_000 - MAX_COLUMNS - 1


def test_cells_that_are_empty_make_a_block_too(cells: TextCells, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("catalog.scanning.text_cells.BLOCK_CHARACTERS", 1_000)
    held: list[int] = []
    monkeypatch.setattr(TextCells, "add", lambda _, block: held.append(sum(map(len, block.values()))))
    cells.add_rows({f"cle {number % 100}": None} for number in range(1_000))
    assert max(held) < 1_100


def test_keys_that_are_data_are_refused(cells: TextCells) -> None:
    with pytest.raises(PayloadRefused) as refusal:
        cells.add_rows({f"cle {number}": "x"} for number in range(3_000))
    assert refusal.value.code == "scan.too-wide"
