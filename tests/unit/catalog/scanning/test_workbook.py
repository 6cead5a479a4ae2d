"""Every sheet of a workbook is read, and all that stands beside its cells."""

import re
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pyarrow.parquet as pq
import pytest
import xlsxwriter

from catalog.scanning.found import Metadata, Trace
from catalog.scanning.text_cells import TextCells
from catalog.scanning.workbook import read_workbook
from eclor.errors import PayloadRefused
from harvesters import workbooks
from tests import pictures


def written(path: Path, sheets: dict[str, list[list[object]]], *, hidden: str = "", author: str = "") -> Path:
    book = xlsxwriter.Workbook(path, {"in_memory": True})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        if name == hidden:
            sheet.hide()
    if author:
        book.set_properties({"author": author})
        book.worksheets()[0].write_comment("A1", "voir la note", {"author": author})
    book.close()
    return path


def read(path: Path, cells: TextCells) -> tuple[dict[str, list[str]], Metadata]:
    metadata = read_workbook(path, cells, name="classeur")
    file = cells.finished()
    assert file is not None
    columns = pq.read_table(file).to_pydict()
    return {name: [text for text in texts if text is not None] for name, texts in columns.items()}, metadata


def changed(path: Path, part: str, old: str, new: str) -> Path:
    """The same workbook with one part rewritten."""
    content = path.read_bytes()
    with ZipFile(BytesIO(content)) as before, ZipFile(path, "w", ZIP_DEFLATED) as after:
        for entry in before.infolist():
            body = before.read(entry)
            if entry.filename == part:
                assert old in body.decode()
                body = body.replace(old.encode(), new.encode())
            after.writestr(entry.filename, body)
    return path


def added(path: Path, part: str, body: bytes) -> Path:
    with ZipFile(path, "a") as archive:
        archive.writestr(part, body)
    return path


def test_one_sheet_has_its_own_names(tmp_path: Path, cells: TextCells) -> None:
    path = written(tmp_path / "x.xlsx", {"Un": [["code", "jour"], [1.5, "x"], ["", ""], [2, "y"]]})
    columns, metadata = read(path, cells)
    assert columns["code"] == ["1.5", "2"]
    assert columns["jour"] == ["x", "y"]
    assert not metadata.traces


def test_hidden_sheets_comments_and_properties_are_read(tmp_path: Path, cells: TextCells) -> None:
    sheets: dict[str, list[list[object]]] = {"Un": [["code"], [1]], "Deux": [["note", "b"], ["caché", 1]]}
    path = written(tmp_path / "x.xlsx", sheets, hidden="Deux", author="Solveig Quettier")
    columns, metadata = read(path, cells)
    assert columns["Deux / note"] == ["caché"]
    assert "voir la note" in columns["commentaires"]
    assert "Solveig Quettier" in columns["commentaires"]
    assert metadata.traces["propriétés"][Trace.AUTHOR] == 2


def test_what_formulas_checks_and_names_say_is_read(tmp_path: Path, cells: TextCells) -> None:
    path = tmp_path / "x.xlsx"
    book = xlsxwriter.Workbook(path, {"in_memory": True})
    sheet = book.add_worksheet("Un")
    sheet.write_row(0, 0, ["code", "lien"])
    sheet.write_formula("B2", '=HYPERLINK("mailto:s.quettier","contact")', None, "contact")
    sheet.data_validation("A2", {"validate": "list", "source": ["Solveig", "Marius"]})
    book.define_name("auteur", '="Quettier & Cie"')
    book.close()
    assert read(path, cells)[0]["formules"] == ["mailto:s.quettier", "contact", "Solveig,Marius", "Quettier & Cie"]


def test_two_sheets_of_one_name_are_refused(tmp_path: Path, cells: TextCells) -> None:
    path = written(tmp_path / "x.xlsx", {"Un": [["a"], [1]], "Deux": [["a"], ["Solveig"]]})
    changed(path, "xl/workbook.xml", 'name="Deux"', 'name="Un"')
    with pytest.raises(PayloadRefused) as refusal:
        read(path, cells)
    assert refusal.value.code == "payload.xlsx-root"


def test_each_part_is_surveyed_once(tmp_path: Path, cells: TextCells, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    survey = workbooks._survey
    monkeypatch.setattr(workbooks, "_survey", lambda a, e, **of: seen.append(e.filename) or survey(a, e, **of))
    read(written(tmp_path / "x.xlsx", {f"F{number}": [["a"], [1]] for number in range(5)}), cells)
    assert len(seen) == len(set(seen))


def test_titles_above_the_table_are_no_names(tmp_path: Path, cells: TextCells) -> None:
    path = written(tmp_path / "x.xlsx", {"Un": [["Budget de Solveig"], [], ["code", "montant"], ["a", 1]]})
    columns, _ = read(path, cells)
    assert columns["au-dessus du tableau"] == ["Budget de Solveig"]
    assert columns["code"] == ["a"]


@pytest.mark.parametrize(
    ("part", "body", "text"),
    [
        ("xl/pivotCache/pivotCacheDefinition1.xml", b'<p xmlns="x"><s v="secret"/></p>', "secret"),
        ("xl/drawings/drawing9.xml", b'<d xmlns="a"><t>dans un <b/>cadre</t></d>', "dans un"),
        ("xl/worksheets/_rels/sheet1.xml.rels", b'<R><L Target="mailto:x@y.example"/></R>', "mailto:x@y.example"),
        ("docProps/custom.xml", b"<P><v>Solveig</v></P>", "Solveig"),
        ("customXml/item1.xml", b"<q>ailleurs</q>", "ailleurs"),
    ],
)
def test_nothing_hides_in_a_part(tmp_path: Path, cells: TextCells, part: str, body: bytes, text: str) -> None:
    path = added(written(tmp_path / "x.xlsx", {"Un": [["code"], [1]]}), part, body)
    columns, _ = read(path, cells)
    assert any(text in texts for texts in columns.values())


def test_what_is_printed_around_a_sheet_is_read(tmp_path: Path, cells: TextCells) -> None:
    path = written(tmp_path / "x.xlsx", {"De Solveig": [["a"], [1]]})
    changed(
        path,
        "xl/worksheets/sheet1.xml",
        "</worksheet>",
        "<headerFooter><oddFooter>&amp;C S. Q.</oddFooter></headerFooter></worksheet>",
    )
    columns, _ = read(path, cells)
    assert columns["noms des feuilles"] == ["De Solveig"]
    assert columns["en-têtes et pieds de page"] == ["&C S. Q."]


def test_pictures_within_are_looked_at(tmp_path: Path, cells: TextCells) -> None:
    path = written(tmp_path / "x.xlsx", {"Un": [["a"], [1]]})
    added(path, "xl/media/image1.jpeg", pictures.exif_jpeg(pictures.GPS))
    _, metadata = read(path, cells)
    assert metadata.traces["EXIF"][Trace.POSITION] == 2


def test_a_formula_without_result_is_refused(tmp_path: Path, cells: TextCells) -> None:
    path = written(tmp_path / "x.xlsx", {"Un": [["a"], ["=A1"]]})
    changed(path, "xl/worksheets/sheet1.xml", "<v>0</v>", "")
    with pytest.raises(PayloadRefused) as refusal:
        read(path, cells)
    assert refusal.value.code == "scan.lost-cells"


@pytest.mark.parametrize(
    ("part", "code"), [("xl/comments9.xml", "payload.xml-dtd"), ("docProps/app2.xml", "payload.xml-dtd")]
)
def test_a_dtd_is_refused_wherever_it_stands(tmp_path: Path, cells: TextCells, part: str, code: str) -> None:
    path = added(written(tmp_path / "x.xlsx", {"Un": [["a"], [1]]}), part, b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    with pytest.raises(PayloadRefused) as refusal:
        read(path, cells)
    assert refusal.value.code == code


def test_an_archive_of_something_else_is_refused(tmp_path: Path, cells: TextCells) -> None:
    path = tmp_path / "x.xlsx"
    with ZipFile(path, "w") as archive:
        archive.writestr("a.csv", "a;b\n")
    with pytest.raises(PayloadRefused) as refusal:
        read(path, cells)
    assert refusal.value.code == "scan.packed"
    assert re.fullmatch(r"classeur", str(refusal.value.place))
