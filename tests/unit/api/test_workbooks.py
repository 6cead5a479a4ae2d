"""Workbooks: made once at the first request, read back by another reader, refused where no sheet holds the rows."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from starlette.testclient import TestClient

from catalog import workbook
from catalog.catalogue import copies_folder
from catalog.export import Value
from catalog.workbook import MEDIA_TYPE, CellTooLong, Order, main, write
from charter.release_parts import ReleaseColumn
from tests.serving import IN_ORDER, SERIES
from tests.unit.api.conftest import client_on
from tests.unit.catalog.publish.released import Home, passages

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
PATH = f"/dataset/{SERIES}/data.xlsx"
COLUMNS = (
    ReleaseColumn("nom", "texte", "technical"),
    ReleaseColumn("n", "entier", "measure"),
    ReleaseColumn("argent", "decimal", "technical", decimals=2),
    ReleaseColumn("vrai", "booleen", "technical"),
)
TYPES = pa.schema([("nom", pa.string()), ("n", pa.int64()), ("argent", pa.decimal128(30, 2)), ("vrai", pa.bool_())])
BEGUN = datetime(2026, 11, 24, 5, 12, 7, tzinfo=UTC)


def cells(path: Path) -> list[list[tuple[str, str]]]:
    """The kind and the text of each cell, row by row, of the first sheet; a cell that is not there is left out."""
    with ZipFile(path) as book:
        sheet = ET.fromstring(book.read("xl/worksheets/sheet1.xml"))
    rows = sheet.iter(f"{SHEET}row")
    assert not list(sheet.iter(f"{SHEET}f")), "a formula"
    return [[(cell.get("t", "n"), "".join(cell.itertext())) for cell in row] for row in rows]


def ordered(folder: Path, *rows: tuple[Value, ...]) -> Order:
    columns = [pa.array(column, kind.type) for column, kind in zip(zip(*rows, strict=True), TYPES, strict=True)]
    pq.write_table(pa.table(columns, schema=TYPES), folder / "rows.parquet")
    return Order(str(folder / "rows.parquet"), str(folder / "data.xlsx"), COLUMNS, "Noms", BEGUN.isoformat())


@pytest.mark.parametrize("text", ["=1+1", "+33", "-2", "@SUM(A1)", "http://x.example", "007", "mailto:a@b.c", "a\nb"])
def test_a_text_is_a_text_whatever_it_begins_with(tmp_path: Path, text: str) -> None:
    order = ordered(tmp_path, (text, 12, Decimal("1.50"), True), (None, None, None, None))
    write(order)
    header, first, *_ = cells(Path(order.target))
    assert [name for _, name in header] == ["nom", "n", "argent", "vrai"]
    assert first == [("inlineStr", text), ("n", "12"), ("n", "1.5"), ("b", "1")]


def test_a_number_that_a_double_does_not_hold_keeps_its_digits(tmp_path: Path) -> None:
    order = ordered(tmp_path, ("a", 2**53 + 1, Decimal("12345678901234567.89"), False))
    write(order)
    assert cells(Path(order.target))[1][1:3] == [("inlineStr", str(2**53 + 1)), ("inlineStr", "12345678901234567.89")]


def test_the_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    order = ordered(tmp_path, ("a", 1, None, None))
    write(order)
    first = Path(order.target).read_bytes()
    assert main(order.text) == 0
    assert Path(order.target).read_bytes() == first


def test_a_text_longer_than_a_cell_is_refused(tmp_path: Path) -> None:
    order = ordered(tmp_path, ("x" * 32_768, 1, None, None))
    with pytest.raises(CellTooLong):
        write(order)
    assert main(order.text) == workbook.TOO_LONG


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    made = Home(tmp_path_factory.mktemp("sheets"))
    made.published(passages(made, IN_ORDER))
    yield made
    made.catalog.engine.dispose()


@pytest.fixture
def client(home: Home) -> Iterator[TestClient]:
    with client_on(home.folder) as asked:
        yield asked


def test_a_workbook_is_made_once_and_sent_like_any_file(client: TestClient, home: Home) -> None:
    first = client.get(PATH)
    assert (first.status_code, first.headers["content-type"]) == (200, MEDIA_TYPE)
    folder = copies_folder(home.catalog.published, SERIES, 1)
    (kept,) = folder.glob("*.xlsx")
    assert kept.read_bytes() == first.content
    assert first.headers["etag"] == f'"{kept.name.split(".")[1]}"'
    assert len(cells(kept)) == len(IN_ORDER) + 1
    made_at = kept.stat().st_mtime_ns
    numbered = client.get(f"/dataset/{SERIES}/versions/1/data.xlsx")
    assert (numbered.content, kept.stat().st_mtime_ns) == (first.content, made_at)
    assert first.headers["content-location"].endswith("/versions/1/data.xlsx")
    assert client.get(PATH, headers={"If-None-Match": first.headers["etag"]}).status_code == 304
    assert client.get(PATH, headers={"Range": "bytes=0-1"}).content == b"PK"
    assert client.head(PATH).headers["content-length"] == str(len(first.content))


def test_what_a_kill_left_goes_and_what_another_writes_stays(client: TestClient, home: Home) -> None:
    folder = copies_folder(home.catalog.published, SERIES, 1)
    for kept in folder.glob("*.xlsx"):
        kept.unlink()
    left, written = folder / "writing-left", folder / "writing-now"
    for private in (left, written):
        private.mkdir(parents=True)
    os.utime(left, (1, 1))
    assert client.get(PATH).status_code == 200
    assert (left.exists(), written.exists()) == (False, True)
    written.rmdir()


def test_more_rows_than_a_sheet_holds_are_refused_with_the_cure(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("catalog.workbook.MOST_ROWS", len(IN_ORDER) - 1)
    answer = client.get(PATH)
    assert (answer.status_code, answer.json()["code"]) == (406, "api.workbook-too-long")
    assert "data.parquet" in answer.json()["detail_en"]


def test_who_does_not_want_to_wait_is_told_when_to_come_back(
    client: TestClient, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    for kept in copies_folder(home.catalog.published, SERIES, 1).glob("*.xlsx"):
        kept.unlink()
    monkeypatch.setattr("api.workbooks.PATIENCE_S", 0.0)
    answer = client.get(PATH)
    assert (answer.status_code, answer.json()["code"]) == (503, "api.workbook-not-ready")
    assert int(answer.headers["retry-after"]) > 0
    monkeypatch.undo()
    assert client.get(PATH).status_code == 200
