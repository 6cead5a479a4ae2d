"""xlsx: sheets as a csv would have them, what a workbook loses, and what it may not do."""

import io
import zipfile
from datetime import date, datetime, time

import pytest
import xlsxwriter

from tests.payloads import Outcome, read
from tests.payloads_answers import workbook


def rows(*lines: tuple[object, ...], **options: str) -> Outcome:
    return read("xlsx", workbook(*lines), **options)


def with_part(part: str, content: str) -> bytes:
    """Return a workbook as a spreadsheet saves it, with the results of its formulas, of which one part is another."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook(("a",), ("x",)))) as source, zipfile.ZipFile(target, "w") as made:
        for name in source.namelist():
            held = source.read(name).replace(b' fullCalcOnLoad="1"', b"")
            made.writestr(name, content if name == part else held)
    return target.getvalue()


def test_cells_are_text_as_they_are_meant() -> None:
    outcome = rows(
        ("siret", "taux", "jour", "vu", "ouvert", "vide"),
        (24570140400011, 0.1, date(2026, 11, 22), datetime(2026, 11, 22, 8, 30), True, ""),  # noqa: DTZ001
        (54580, 1e-7, time(8, 30), "057", False, None),
    )
    first, second = outcome.rows
    assert first["siret"] == "24570140400011"
    assert (first["taux"], second["taux"]) == ("0.1", "0.0000001")
    assert (first["jour"], first["ouvert"], second["ouvert"]) == ("2026-11-22", "true", "false")
    assert (second["vu"], first["vide"]) == ("057", "")


def test_a_number_that_lost_its_last_digits_refuses_its_line() -> None:
    outcome = rows(("id",), (1234567890123456,), (999999999999999,))
    assert [row["id"] for row in outcome.rows] == ["999999999999999"]
    assert [(row.code, row.place.line) for row in outcome.refused] == [("payload.xlsx-digits", 2)]


def test_an_error_and_a_formula_without_result_are_not_empty_cells() -> None:
    cells = '<row r="{0}"><c r="A{0}" {1}</c></row>'
    data = [('t="inlineStr"><is><t>n</t></is>'), ('t="e"><v>#N/A</v>'), ("><f>1+1</f>"), ("><f>1+1</f><v>2</v>")]
    body = "".join(cells.format(number, cell) for number, cell in enumerate(data, start=1))
    sheet = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{body}</sheetData></worksheet>'
    outcome = read("xlsx", with_part("xl/worksheets/sheet1.xml", sheet))
    assert [row["n"] for row in outcome.rows] == ["2"]
    assert [(row.code, row.place.line) for row in outcome.refused] == [
        ("payload.xlsx-lost", 2),
        ("payload.xlsx-lost", 3),
    ]


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ("<c r='A2'><f>1+1</f><v></v></c>", False),
        ("<c r='A2'><f>1+1</f><v/></c>", False),
        ("<c r='A2'>\n<f>1+1</f>\n<v>\n</v>\n</c>", False),
        ("<c r='A2'><f>1+1</f><v>2</v></c>", True),
        ("<c r='A2' t='str'><f>IF(B2,B2,\"\")</f><v></v></c>", True),
    ],
)
def test_a_result_that_a_library_left_empty_is_none_but_a_text_may_be_empty(cell: str, *, kept: bool) -> None:
    """openpyxl writes formulas so: nothing has computed them yet."""
    header = "".join(f'<c r="{at}" t="inlineStr"><is><t>{at}</t></is></c>' for at in ("A1", "B1"))
    body = f'<row r="1">{header}</row><row r="2">{cell}<c r="B2"><v>1</v></c></row>'
    sheet = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{body}</sheetData></worksheet>'
    outcome = read("xlsx", with_part("xl/worksheets/sheet1.xml", sheet))
    assert (len(outcome.rows), [row.code for row in outcome.refused]) == (kept, [] if kept else ["payload.xlsx-lost"])


def test_results_of_a_workbook_that_is_to_be_calculated_when_opened_are_none() -> None:
    """XlsxWriter puts 0 under every formula, and `fullCalcOnLoad` beside: read as it stands, 1 + 1 was 0."""
    outcome = rows(("nom", "total"), ("Thil", "=1+1"), ("Audun", 3))
    assert outcome.rows == [{"nom": "Audun", "total": "3"}]
    assert [(row.code, row.place.line) for row in outcome.refused] == [("payload.xlsx-lost", 2)]


def test_a_title_above_the_header_of_a_sheet_names_the_option_of_sheets() -> None:
    outcome = rows(("Subventions 2026", None), ("nom", "montant"), ("Thil", 3))
    assert "payload.sheet-title" in outcome.warning_codes
    assert "entete" in next(one for one in outcome.warnings if one.code == "payload.sheet-title").located()


def test_the_header_may_stand_lower_and_blank_lines_are_said() -> None:
    outcome = rows(("Titre", ""), ("", ""), ("nom", "note"), ("", ""), ("École", 1), entete="3")
    assert outcome.rows == [{"nom": "École", "note": "1"}]
    assert outcome.warning_codes == ["payload.blank-lines"]
    assert rows(("", ""), ("nom", "note"), ("École", 1)).rows == [{"nom": "École", "note": "1"}]
    for line in ("0", "x", "-1", "²", "9"):
        assert rows(("a",), entete=line).code == "payload.header-line"


def test_columns_are_named_once() -> None:
    assert rows(("a", "a"), (1, 2)).code == "payload.column-twice"
    assert rows(("a", "", "b"), (1, 2, 3)).code == "payload.column-unnamed"
    refusal = rows(("titre", "", ""), ("", "", ""), ("a", "", "b"), (1, 2, 3), entete="3").refusal
    assert refusal is not None
    assert str(refusal.place) == "envoi:3"


def test_the_sheet_is_named_or_the_first_that_is_shown() -> None:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        for name in ("cachée", "un", "deux"):
            page = book.add_worksheet(name)
            page.write_row(0, 0, ("nom",))
            page.write_row(1, 0, (name,))
        book.get_worksheet_by_name("un").activate()
        book.get_worksheet_by_name("un").set_first_sheet()
        book.get_worksheet_by_name("cachée").hide()
    outcome = read("xlsx", target.getvalue())
    assert (outcome.rows, outcome.warning_codes) == ([{"nom": "un"}], ["payload.xlsx-sheets"])
    outcome = read("xlsx", target.getvalue(), feuille="deux")
    assert (outcome.rows, outcome.warning_codes) == ([{"nom": "deux"}], [])
    assert read("xlsx", target.getvalue(), feuille="trois").code == "payload.xlsx-sheet"


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ('<row r="1"><c r="A1"/></row><row r="1048576"><c r="XFD1048576"/></row>', "payload.xlsx-extent"),
        ('<row r="1"><c r="&#65;1"/></row><row r="999999999999"><c r="Z999999999999"/></row>', "payload.xlsx-extent"),
        ('<row r="4000000000"><c r="A4000000000"/></row>', "payload.xlsx-extent"),
        ('<row r="x"><c/></row>', "payload.xlsx-root"),
        ('<row r="1"><c r="AAAA1"/></row>', "payload.xlsx-root"),
        ("<row>", "payload.xml-syntax"),
        ('<row count="4294967295"/>', "payload.xlsx-root"),
    ],
)
def test_a_sheet_that_would_fill_the_memory_is_refused(cells: str, code: str) -> None:
    sheet = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{cells}</sheetData></worksheet>'
    assert read("xlsx", with_part("xl/worksheets/sheet1.xml", sheet)).code == code


def test_entities_and_bombs_are_refused() -> None:
    bomb = '<!DOCTYPE a [<!ENTITY x "ha">]><worksheet>&x;</worksheet>'
    assert read("xlsx", with_part("xl/worksheets/sheet1.xml", bomb)).code == "payload.xml-dtd"
    assert read("xlsx", with_part("xl/workbook.xml", bomb)).code == "payload.xml-dtd"
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 50_000_000)
    assert read("xlsx", target.getvalue()).code == "payload.zip-bomb"


def test_a_part_that_announces_more_than_it_can_hold_is_refused() -> None:
    strings = '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" {}><si><t>a</t></si></sst>'
    for count in ('uniqueCount="4294967295"', 'count="-1"', 'count="x"'):
        assert read("xlsx", with_part("xl/sharedStrings.xml", strings.format(count))).code == "payload.xlsx-root"
    for encoding in ("ISO-8859-1", "UT9-8"):
        part = f'<?xml version="1.0" encoding="{encoding}"?>' + strings.format("")
        assert read("xlsx", with_part("xl/sharedStrings.xml", part)).code.startswith("payload.x")


def test_more_shared_texts_than_a_sheet_may_have_cells_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("harvesters.workbooks.MAX_CELLS", 1_000)
    strings = '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}</sst>'
    assert (
        read("xlsx", with_part("xl/sharedStrings.xml", strings.format("<si/>" * 1_000))).code != "payload.xlsx-extent"
    )
    assert (
        read("xlsx", with_part("xl/sharedStrings.xml", strings.format("<si/>" * 1_001))).code == "payload.xlsx-extent"
    )


def test_what_is_no_workbook_is_refused() -> None:
    assert read("xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100).code == "payload.xlsx-old"
    assert read("xlsx", b"nom;note\n").code == "payload.zip"
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("word/document.xml", b"<a/>")
    assert read("xlsx", target.getvalue()).code == "payload.xlsx-root"


def test_a_formula_without_result_below_the_last_value_refuses_its_line() -> None:
    """As libraries write what no spreadsheet has opened since: nothing but formulas at the end, or everywhere."""
    cells = ("<is><t>n</t></is>", "<f>1+1</f>", "", "<f>A2*2</f>")
    body = "".join(
        f'<row r="{line}"><c r="A{line}"{" t=" + chr(34) + "inlineStr" + chr(34) if line == 1 else ""}>{cell}</c></row>'
        for line, cell in enumerate(cells, start=1)
    )
    sheet = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{body}</sheetData></worksheet>'
    outcome = read("xlsx", with_part("xl/worksheets/sheet1.xml", sheet))
    assert outcome.rows == []
    assert [(row.code, row.place.line) for row in outcome.refused] == [
        ("payload.xlsx-lost", 2),
        ("payload.xlsx-lost", 4),
    ]


def merged(*spans: str) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet()
        for line, cells in enumerate([("titre", ""), ("commune", "n"), ("Thil", "1"), ("", "2")]):
            sheet.write_row(line, 0, cells)
        for span in spans:
            sheet.merge_range(span, "x")
    return target.getvalue()


def test_a_value_that_is_merged_over_lines_is_said_to_stand_in_the_first() -> None:
    outcome = read("xlsx", merged("A1:B1", "A3:A4"), entete="2")
    assert outcome.rows[1] == {"commune": "", "n": "2"}
    assert [(warning.code, warning.place.line) for warning in outcome.warnings] == [("payload.xlsx-merged", 4)]
    assert read("xlsx", merged("A1:B1"), entete="2").warnings == []
    assert read("xlsx", merged("A1:A2"), entete="2").warnings == []
