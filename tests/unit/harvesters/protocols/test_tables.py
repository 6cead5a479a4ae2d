"""csv and irve: what a line of a table becomes."""

import gzip
import io

import pytest

from eclor.errors import PayloadRefused
from harvesters.parsing import Columns, one_by_one
from harvesters.protocols import load
from tests.payloads import CHARGE_POINTS, read, zipped
from tests.pictures import GPS, exif_jpeg


def test_cells_stay_text_and_empty_cells_stay_empty() -> None:
    outcome = read("csv", b"insee,nb\n01004,007\n2A004,\n")
    assert outcome.rows == [{"insee": "01004", "nb": "007"}, {"insee": "2A004", "nb": ""}]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_in_the_header(mark: str) -> None:
    payload = f'"a{mark}b"{mark}c\n1{mark}2\n'.encode()
    assert read("csv", payload).rows == [{f"a{mark}b": "1", "c": "2"}]


def test_a_header_that_does_not_tell_its_delimiter_is_refused() -> None:
    assert read("csv", b"a,b;c\n1,2;3\n").code == "payload.delimiter-unsure"
    assert read("csv", b"a,b;c\n1,2;3\n", delimiteur=";").rows == [{"a,b": "1,2", "c": "3"}]
    assert read("csv", b"a\tb;c\n1\t2;3\n", delimiteur="tabulation").rows == [{"a": "1", "b;c": "2;3"}]
    assert read("csv", b"a,b\n", delimiteur="").code == "payload.delimiter-unknown"


def test_a_single_column_is_a_table() -> None:
    assert read("csv", b"nom\nMairie\n").rows == [{"nom": "Mairie"}]


def test_cp1252_is_refused_until_it_is_declared() -> None:
    payload = "nom;prix\nÉcole;1 €\n".encode("cp1252")
    outcome = read("csv", payload)
    assert outcome.code == "payload.not-utf8"
    assert outcome.refusal is not None
    assert outcome.refusal.place is not None
    assert outcome.refusal.place.line == 2
    assert "encodage: cp1252" in outcome.refusal.french()
    assert read("csv", payload, encodage="CP1252").rows == [{"nom": "École", "prix": "1 €"}]


def test_utf8_declared_as_cp1252_is_refused_instead_of_doubling_its_accents() -> None:
    payload = "nom\nÉcole\n".encode()
    assert read("csv", payload, encodage="cp1252").code == "payload.encoding-contradicted"
    assert read("csv", b"nom\nEcole\n", encodage="cp1252").rows == [{"nom": "Ecole"}]


def test_an_encoding_that_does_not_fit_is_refused() -> None:
    assert read("csv", b"nom\n\x81\n", encodage="cp1252").code == "payload.encoding-undecodable"
    assert read("csv", b"nom\na\n", encodage="morse").code == "payload.encoding-unknown"


def test_damage_done_before_is_reported_with_its_first_line() -> None:
    outcome = read("csv", "nom\nMairie\nch\ufffdteau\n\ufffd\nÃ‰cole\n".encode())
    assert len(outcome.rows) == 4
    assert [(warning.code, warning.place.line) for warning in outcome.warnings] == [
        ("payload.damaged-letters", 3),
        ("payload.encoded-twice", 5),
    ]


def test_a_cell_holds_line_ends_quotes_and_delimiters() -> None:
    outcome = read("csv", b'a,b\n"x\ny","say ""no"", thrice"\n')
    assert outcome.rows == [{"a": "x\ny", "b": 'say "no", thrice'}]


def test_a_line_of_another_width_is_a_refused_row_with_its_line() -> None:
    outcome = read("csv", b'a,b\n1,2\n"x\ny",2,3\n1\n5,6\n')
    assert outcome.rows == [{"a": "1", "b": "2"}, {"a": "5", "b": "6"}]
    assert [(row.code, row.place.line) for row in outcome.refused] == [("payload.cells", 4), ("payload.cells", 5)]


def test_a_quote_never_closed_refuses_the_whole() -> None:
    assert read("csv", b'a,b\n1,2\n3,"cut\n5,6\n').code == "payload.quote-unclosed"
    assert read("csv", b'a,b\n"1"x,2\n').code == "payload.quotes"


def test_a_last_line_cut_short_refuses_the_whole() -> None:
    outcome = read("csv", b"a,b\n1,2\n3")
    assert outcome.code == "payload.cut-short"
    assert outcome.refusal is not None
    assert str(outcome.refusal.place) == "envoi:3"


def test_a_header_cut_short_is_no_empty_table() -> None:
    assert read("csv", b"identifiant,no").code == "payload.cut-short"
    assert read("csv", b"identifiant,nom\n").code == ""


def test_a_last_line_without_its_end_is_kept_and_said() -> None:
    outcome = read("csv", b"a,b\n1,2\n3,4")
    assert outcome.rows[-1] == {"a": "3", "b": "4"}
    assert outcome.warning_codes == ["payload.no-final-line-end"]


def test_a_column_named_twice_refuses_the_whole() -> None:
    outcome = read("csv", b"a,b, a\n1,2,3\n")
    assert outcome.code == "payload.column-twice"


def test_columns_without_a_name_are_only_borne_when_last_and_empty() -> None:
    outcome = read("csv", b"a,b,,\n1,2,,\n3,4,,x\n")
    assert outcome.rows == [{"a": "1", "b": "2"}]
    assert outcome.refused_codes == ["payload.cells"]
    assert outcome.warning_codes == ["payload.columns-unnamed-last"]
    assert read("csv", b"a,,b\n1,2,3\n").code == "payload.column-unnamed"


def test_blank_lines_at_the_end_are_nothing_and_between_rows_are_said() -> None:
    assert read("csv", b"a,b\n1,2\n\n\n").warning_codes == []
    outcome = read("csv", b"a,b\n1,2\n\n3,4\n")
    assert len(outcome.rows) == 2
    assert outcome.warning_codes == ["payload.blank-lines"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_what_stands_above_the_header_is_not_read_where_its_line_is_told(end: str) -> None:
    """A title with letters of another encoding, a note with a quote that is never closed, a blank line."""
    text = end.join(("Relevés", 'Note : "à', "", "nom;note", "École;1", "Mairie", ""))
    outcome = read("csv", b"\xff" + text.encode(), entete="4")
    assert outcome.rows == [{"nom": "École", "note": "1"}]
    assert (outcome.refused_codes, str(outcome.refused[0].place)) == (["payload.cells"], "envoi:6")
    assert read("csv", text.encode("utf-16"), entete="4").rows == outcome.rows


def test_a_line_of_the_header_beyond_the_file_or_that_is_none_is_refused() -> None:
    for said in ("0", "-1", "trois", "", "3", "9"):
        assert read("csv", b"a\n1\n", entete=said).code == "payload.header-line"
    assert read("csv", b"", entete="3").code == "payload.empty"


def test_many_blocks_below_a_title_are_read_by_the_megabyte() -> None:
    title, table = b"Titre;;\n" + b"x" * 3_000_000 + b"\n", b"a;b\n" + b"1;2\n" * 600_000
    below = list(load("csv").columns(title + table, name="envoi", options={"entete": "3"}))  # type: ignore[misc]
    assert sum(block.table.num_rows for block in below if isinstance(block, Columns)) > 200_000
    assert list(one_by_one(iter(below))) == read("csv", table).rows


def test_a_nul_byte_is_refused_with_its_line() -> None:
    outcome = read("csv", b"a,b\n1,2\n3,\x004\n")
    assert (outcome.code, str(outcome.refusal.place)) == ("payload.nul", "envoi:3")  # type: ignore[union-attr]


_OFFICE = 'nom;note\r\nÉcole 𝄞;"a\r\nb"\r\nMairie;ą\r\n'


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("said", [{}, {"encodage": "utf-16"}, {"encodage": "cp1252"}])
def test_utf16_with_its_mark_is_read_whatever_is_said(codec: str, said: dict[str, str]) -> None:
    """As Excel writes « Texte Unicode » ; over many blocks, letters are cut anywhere."""
    text = _OFFICE + "é;𝄞\r\n" * 150_000
    wide = read("csv", ("\ufeff" + text).encode(codec), **said)
    assert wide.rows == read("csv", text.encode()).rows
    assert (wide.rows[0]["nom"], wide.warning_codes, len(wide.rows)) == ("École 𝄞", [], 150_002)


def test_utf16_cut_short_or_damaged_is_refused_with_its_line() -> None:
    wide = ("\ufeff" + _OFFICE).encode("utf-16-le")
    assert (read("csv", wide[:-5]).code, read("csv", wide[:-1]).code) == ("payload.cut-short",) * 2
    half = wide.replace("ą".encode("utf-16-le"), b"\x00\xd8")
    assert (read("csv", half).code, str(read("csv", half).refusal.place)) == ("payload.nul", "envoi:4")  # type: ignore[union-attr]
    assert read("csv", wide[2:], encodage="utf-16").code == "payload.nul"


@pytest.mark.parametrize("text", ["nom;age\nabc;1\n", "École;1\n", ""])
def test_a_text_that_is_declared_utf16_and_is_not_is_told_so(text: str) -> None:
    code = "payload.encoding-undecodable" if text else "payload.empty"
    assert read("csv", text.encode(), encodage="utf-16").code == code


@pytest.mark.parametrize("codec", ["utf-8", "mac-roman", "utf-16"])
def test_lines_of_the_first_macintoshes_are_lines(codec: str) -> None:
    said = {"encodage": "macintosh"} if codec == "mac-roman" else {}
    outcome = read("csv", 'nom;note\rÉté;"a\nb"\rMairie;2\r'.encode(codec), **said)
    assert outcome.rows == [{"nom": "Été", "note": "a\nb"}, {"nom": "Mairie", "note": "2"}]
    assert outcome.warning_codes == []
    assert read("csv", b"a,b\r1,2").warning_codes == ["payload.no-final-line-end"]


@pytest.mark.parametrize("body", ["a,b\r1,2\n3,4\n", "a,b\n1,2\r3,4\n"])
def test_ends_of_lines_of_two_kinds_are_guessed_by_nobody(body: str) -> None:
    assert read("csv", body.encode()).code == "payload.quotes"


def test_a_line_without_end_does_not_fill_the_memory() -> None:
    class Endless(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
            buffer[:] = b"x" * len(buffer)
            return len(buffer)

    events = load("csv").parse(io.BufferedReader(Endless()), name="envoi", options={})
    with pytest.raises(PayloadRefused) as refused:
        next(events)
    assert refused.value.code == "payload.line-too-long"


def test_a_table_streams() -> None:
    def lines() -> bytes:
        return b"a,b\n" + b"1,2\n" * 100_000

    class Counted(io.BytesIO):
        given = 0

        def readline(self, size: int | None = -1, /) -> bytes:
            self.given += 1
            return super().readline(size)

    stream = Counted(lines())
    events = load("csv").parse(stream, name="envoi", options={})
    next(events)
    assert stream.given < 5


def test_a_charge_point_has_booleans_and_a_position() -> None:
    first, second = read("irve", CHARGE_POINTS).rows
    assert first == {
        "id_pdc_itinerance": "FRA1", "coordonneesXY": "5.93,49.47", "gratuit": True, "num_pdl": "12345678912345",
    }  # fmt: skip
    assert (second["coordonneesXY"], second["gratuit"], second["num_pdl"]) == ("5.94,49.48", False, "")


@pytest.mark.parametrize(
    "cells", ['"[5.93]",true', '"[49.47,95.0]",true', '"[5,93,49.47]",true', '"[5.93,49.47]",peut-être', ",true"]
)
def test_a_charge_point_that_cannot_be_read_is_a_refused_row(cells: str) -> None:
    payload = f"id_pdc_itinerance,coordonneesXY,gratuit\nFRA1,{cells}\n".encode()
    outcome = read("irve", payload)
    assert outcome.refused_codes == ["payload.irve-cells"]
    assert "coordonneesXY" in str(outcome.refused[0]) or "gratuit" in str(outcome.refused[0])


@pytest.mark.parametrize(
    ("position", "kept"),
    [
        ("[49.47, 5.93]", False), ("[43.7,-1.4]", False), ("[5.93, 49.47]", True), ("[-1.4,43.7]", True),
        ("[45.2,-12.8]", True), ("[-61.5,16.2]", True), ("[55.4,-21.1]", True),
    ],
)  # fmt: skip
def test_a_charge_point_of_france_in_the_indian_ocean_has_its_pair_the_wrong_way_round(
    position: str, *, kept: bool
) -> None:
    outcome = read("irve", f'id_pdc_itinerance,coordonneesXY\nFRA1,"{position}"\n'.encode())
    assert (len(outcome.rows), "coordonneesXY" in "".join(map(str, outcome.refused))) == (kept, not kept)


def test_a_charge_point_without_its_identifier_is_a_refused_row() -> None:
    outcome = read("irve", "id_pdc_itinerance,gratuit\n ,true\nNon concerné,true\n".encode())
    assert [row["id_pdc_itinerance"] for row in outcome.rows] == ["Non concerné"]
    assert "id_pdc_itinerance" in str(outcome.refused[0])


def test_a_refused_charge_point_is_found_by_its_line() -> None:
    payload = b'\nid_pdc_itinerance,gratuit\n\n"FRA\n1",oui\nFRA2,peut-etre\n'
    assert [str(row.place) for row in read("irve", payload).refused] == ["envoi:6"]


def test_an_empty_boolean_is_none() -> None:
    assert read("irve", b"id_pdc_itinerance,gratuit\nFRA1,\n").rows == [{"id_pdc_itinerance": "FRA1", "gratuit": None}]


def test_a_table_that_is_not_of_charge_points_is_refused() -> None:
    assert read("irve", b"nom,note\nMairie,1\n").code == "payload.irve-columns"


@pytest.mark.parametrize("above", ["sep=;\r\n", "\ufeffSEP=;\n"])
def test_a_line_above_the_header_may_tell_the_delimiter(above: str) -> None:
    outcome = read("csv", f"{above}a,b;c\n1,5;2\n".encode())
    assert (outcome.rows, outcome.warnings) == ([{"a,b": "1,5", "c": "2"}], [])


def test_a_column_may_be_called_as_that_line_is() -> None:
    assert read("csv", b"sep=;x\n1;2\n", delimiteur=";").rows == [{"sep=": "1", "x": "2"}]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_lines_of_empty_cells_are_rows_and_are_said(end: str) -> None:
    """A spreadsheet exports the blank lines of a sheet as delimiters alone, often hundreds below the last row."""
    lines = ["nom;x;y", "A;1;", ";2;", "B;;", ";;", '"";"";""', ""]
    outcome = read("csv", end.join(lines).encode())
    assert [tuple(row.values()) for row in outcome.rows] == [
        ("A", "1", ""), ("", "2", ""), ("B", "", ""), ("", "", ""), ("", "", ""),
    ]  # fmt: skip
    assert [(one.code, one.place.line) for one in outcome.warnings] == [("payload.cells-empty", 5)]
    assert read("csv", end.join([*lines[:4], ""]).encode()).warnings == []
    assert read("csv", b'nom\nA\n""\n').warnings == []


@pytest.mark.parametrize("cell", ["x" * 200_000, '"' + "x, " * 70_000 + '"', '"' + "x\n" * 70_000 + '"'])
def test_a_cell_may_be_as_long_as_a_line(cell: str) -> None:
    """As the outline of a commune in a column of an export: Python's reader stops at 128 KiB, calling it a quote."""
    (row,) = read("csv", f"nom,contour\nThil,{cell}\n".encode()).rows
    assert row["contour"] == cell.strip('"')


def test_a_cell_beyond_a_line_is_called_too_long() -> None:
    payload = b'nom,contour\nThil,"' + b"x\n" * 5_000_000
    assert read("csv", payload).code == "payload.line-too-long"


def test_a_name_loses_what_stands_around_it_unseen() -> None:
    assert read("csv", "\u200bnom\u200b;\ufeff x\nA;1\n".encode()).rows == [{"nom": "A", "x": "1"}]


def test_a_title_is_guessed_above_a_blank_line_too() -> None:
    assert "payload.header-title" in read("csv", b"Source : mairie\n\nnom;x\nA;1\n").warning_codes


def test_a_title_above_the_header_is_guessed_where_no_line_is_like_it() -> None:
    outcome = read("csv", b"Export du 28/11/2026\na;b\n1;2\n", delimiteur=";")
    assert (outcome.refused_codes, outcome.warning_codes) == (["payload.cells"] * 2, ["payload.header-title"])
    assert read("csv", b"a\n1\n2;3\n", delimiteur=";").warning_codes == []
    assert read("csv", b"a;b\n1;2;3\n").warning_codes == []
    assert read("csv", b"Export du 28/11/2026\na;b\n1;2\n").warning_codes == ["payload.header-title"]
    assert read("csv", b"nom\nrue, place\na;b\n").warning_codes == []


_TABLE = b"a;b\n1;2\n"
_OTHER = {"gzip": gzip.compress(_TABLE), "zip": zipped({"a.csv": _TABLE}), "UTF-16": _TABLE.decode().encode("utf-16"),
          "JPEG": exif_jpeg(GPS)}  # fmt: skip


@pytest.mark.parametrize("found", _OTHER)
@pytest.mark.parametrize("protocol", ["csv", "json", "gbfs", "icalendar", "cap", "siri"])
def test_another_kind_of_file_is_said_to_be_one(protocol: str, found: str) -> None:
    outcome = read(protocol, _OTHER[found])
    if found == "UTF-16" and protocol in {"cap", "csv", "siri"}:  # which XML and tables may well be in
        assert (outcome.code, len(outcome.rows)) == (("", 1) if protocol == "csv" else ("payload.xml-syntax", 0))
        return
    assert outcome.code == "payload.other-file"
    assert outcome.refusal is not None
    assert outcome.refusal.facts["found"] == found


def test_a_pdf_is_said_to_be_one() -> None:
    assert read("gbfs", b"%PDF-1.7\n%\xe2\xe3\n").code == read("cap", b"%PDF-1.7\n").code == "payload.other-file"


def test_xml_for_json_and_json_for_xml_are_said() -> None:
    assert read("gbfs", b"<a/>").code == read("json", b"\n <a/>").code == "payload.xml-for-json"
    assert read("cap", b'\n{"a": 1}').code == read("netex", b"[1]").code == "payload.json-for-xml"
    assert read("json", b'{"a": <').code == "payload.json-syntax"
