"""eclor scan: decisions, exits and reports; a value that is found is never said."""

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner, Result

from catalog.scanning.scan import Scanner
from eclor.cli import app
from tests import pictures

PHONE = "06 12 34 56 78"
NAME = "Solveig Quettier"
Scan = Callable[..., Result]


@pytest.fixture
def scan(scanner: Scanner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scan:
    monkeypatch.setattr("catalog.gates.detector.Detector", lambda: scanner.detector)

    def run(name: str, content: bytes | str, *options: str) -> Result:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return CliRunner().invoke(app, ["scan", str(path), *options])

    return run


def report_of(result: Result) -> dict[str, object]:
    said: dict[str, object] = json.loads(result.stdout)
    return said


def parquet(tmp_path: Path, columns: dict[str, list[object]]) -> bytes:
    pq.write_table(pa.table(columns), tmp_path / "made.parquet")
    return (tmp_path / "made.parquet").read_bytes()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", f"code;note\n1;rappeler au {PHONE}\n2;rien\n"),
        ("a.json", json.dumps([{"code": 1, "note": f"rappeler au {PHONE}"}, {"code": 2, "note": None}])),
        ("a.ndjson", f'{{"code":1,"note":"rappeler au {PHONE}"}}\n{{"code":2}}\n'),
        ("a.csv", f"code;note\n1;rappeler au {PHONE}\n".encode("utf-16")),
        ("sans-suffixe", f"code;note\n1;rappeler au {PHONE}\n"),
    ],
    ids=["csv", "json", "ndjson", "utf-16", "bare"],
)
def test_a_telephone_blocks_whatever_the_form(scan: Scan, name: str, content: str | bytes) -> None:
    result = scan(name, content, "--json")
    assert result.exit_code == 1
    said = report_of(result)
    assert said["decision"] == "block"
    assert said["findings"] == []
    assert said["columns"] == [
        {"name": "code", "decision": "pass", "findings": []},
        {"name": "note", "decision": "block", "findings": [{"kind": "phone", "count": 1, "decision": "block"}]},
    ]
    assert PHONE not in result.output


def test_nested_parquet_is_read_in_place(scan: Scan, tmp_path: Path) -> None:
    content = parquet(tmp_path, {"a": [1, 2], "contact": [{"tel": PHONE}, {"tel": None}]})
    result = scan("x.parquet", content, "--json")
    assert result.exit_code == 1
    assert [(column["name"], column["decision"]) for column in report_of(result)["columns"]] == [  # type: ignore[attr-defined]
        ("a", "pass"),
        ("contact", "block"),
    ]


def noted(tmp_path: Path, columns: dict[str, list[object]], notes: dict[str, str]) -> bytes:
    pq.write_table(pa.table(columns).replace_schema_metadata(notes), tmp_path / "made.parquet")
    return (tmp_path / "made.parquet").read_bytes()


def test_texts_that_a_file_calls_geometries_do_not_pass(scan: Scan, tmp_path: Path) -> None:
    shape = {"encoding": "WKB", "geometry_types": []}
    geo = json.dumps({"version": "1.1.0", "primary_column": "forme", "columns": {"note": shape, "forme": shape}})
    content = noted(tmp_path, {"note": [PHONE], "forme": [bytes([1, 1, 0, 0, 0]) + bytes(16)]}, {"geo": geo})
    assert scan("x.parquet", content).exit_code == 1


@pytest.mark.parametrize(("cell", "note"), [(PHONE, "Budget"), ("Budget", PHONE)])
def test_notes_hide_no_column_of_their_name(scan: Scan, tmp_path: Path, cell: str, note: str) -> None:
    content = noted(tmp_path, {"métadonnées": [cell]}, {"source": note})
    assert scan("x.parquet", content).exit_code == 1


def test_marks_of_patterns_in_a_file_name_are_letters(scan: Scan, tmp_path: Path) -> None:
    content = parquet(tmp_path, {"note": [PHONE]})
    assert scan("a[1]*.parquet", content).exit_code == 1


def test_a_name_commands_no_terminal(scan: Scan) -> None:
    result = scan("a.json", json.dumps([{"a\u001b[2J": PHONE}]))
    assert "\x1b" not in result.stdout


def test_what_is_clean_passes(scan: Scan) -> None:
    result = scan("budget.csv", "code;libelle;montant\n611;Voirie;12,5\n612;Eau;3,2\n")
    assert result.exit_code == 0
    assert "Rien de personnel" in result.stdout


def test_the_report_is_for_the_dpo(scan: Scan) -> None:
    result = scan("a.csv", f"code;note\n1;rappeler au {PHONE}\n")
    assert result.exit_code == 1
    for words in ("note", "un numéro de téléphone", "bloqué", "Retirez ces valeurs", "Ne publiez pas ce fichier"):
        assert words in result.stdout
    assert PHONE not in result.output


def test_officials_are_declared_by_column(scan: Scan) -> None:
    content = "rapporteur;objet\nMme Juliette Martin;Voirie\n"
    assert scan("actes.csv", content).exit_code == 1
    assert scan("actes.csv", content, "--declare", "rapporteur=officials").exit_code == 0


@pytest.mark.parametrize("word", ["rapporteur", "rapporteur=amis", "=officials", "absente=officials"])
def test_a_wrong_declaration_is_a_wrong_call(scan: Scan, word: str) -> None:
    assert scan("actes.csv", "rapporteur;objet\nx;y\n", "--declare", word).exit_code == 2


def test_names_that_are_values_are_never_said(scan: Scan) -> None:
    result = scan("liste_solveig.quettier@gmail.com.csv", f"code;téléphone de contact {PHONE}\n1;2\n", "--json")
    said = report_of(result)
    assert result.exit_code == 1
    assert [found["kind"] for found in said["findings"]] == ["email"]  # type: ignore[attr-defined]
    assert [column["name"] for column in said["columns"]] == ["code", "colonne 2"]  # type: ignore[attr-defined]
    assert "quettier" not in result.output
    assert PHONE not in result.output


@pytest.mark.parametrize(
    ("name", "content", "kind", "exits"),
    [
        ("a.jpg", pictures.exif_jpeg(pictures.GPS), "position", 1),
        ("a.jpg", pictures.exif_jpeg({pictures.ARTIST: NAME}), "author", 1),
        ("a.pdf", pictures.pdf(f"/Author ({NAME})".encode()), "author", 1),
        ("a.jpg", pictures.exif_jpeg({pictures.EXIF_DIRECTORY: {pictures.MAKER_NOTE: b"secret"}}), "maker-note", 3),
    ],
)
def test_metadata_are_refused(scan: Scan, name: str, content: bytes, kind: str, exits: int) -> None:
    result = scan(name, content, "--json")
    assert result.exit_code == exits
    columns = report_of(result)["columns"]
    assert kind in [found["kind"] for column in columns for found in column["findings"]]  # type: ignore[attr-defined]
    assert NAME not in result.output


@pytest.mark.parametrize(
    "remark",
    [
        b"<</Subtype /FreeText /Contents (" + PHONE.encode() + b")>>",
        b"<</Subtype /Text /T (a) /Contents <" + PHONE.encode("utf-16").hex().encode() + b">>>",
        b"<</FT /Tx /T (tel) /V (" + PHONE.encode() + b")>>",
    ],
    ids=["remark", "wide", "form"],
)
def test_what_is_noted_on_a_page_and_filled_in_a_form_is_read(scan: Scan, remark: bytes) -> None:
    result = scan("a.pdf", pictures.pdf(b"", more=b"5 0 obj " + remark + b" endobj\n"), "--json")
    assert result.exit_code == 1
    assert [column["name"] for column in report_of(result)["columns"]] == ["annotations et formulaires"]  # type: ignore[index,attr-defined]


def test_what_is_noted_on_a_column_of_parquet_is_read(scan: Scan, tmp_path: Path) -> None:
    inner = pa.field("jour", pa.string(), metadata={"note": f"rappeler au {PHONE}"})
    schema = pa.schema([pa.field("code", pa.struct([inner])), pa.field("b", pa.int64(), metadata={"unite": "m"})])
    pq.write_table(pa.table([[{"jour": "lundi"}], [1]], schema=schema), tmp_path / "made.parquet")
    result = scan("a.parquet", (tmp_path / "made.parquet").read_bytes(), "--json")
    assert result.exit_code == 1
    assert PHONE not in result.output


@pytest.mark.parametrize(("name", "content"), [("a.jpg", pictures.jpeg()), ("a.pdf", pictures.pdf(b""))])
def test_clean_pictures_and_documents_pass_and_say_what_was_not_read(scan: Scan, name: str, content: bytes) -> None:
    result = scan(name, content)
    assert result.exit_code == 0
    assert "seules ses métadonnées" in result.stdout


MARK = "quettier.solveig@gmail.com"
BROKEN = {
    "scan.ragged": f"a;b\n{MARK};1\n{MARK}\n",
    "scan.quotes": f'a;b\n1;"{MARK}',
    "scan.binary": f"a;b\n{MARK};\0\n",
    "scan.encoding": f"a;b\n{MARK};été\n".encode("cp850"),
    "scan.separator-unsure": f"{MARK},b;c\n1,2;3\n",
    "scan.markup": f"<p>{MARK}</p>",
    "scan.packed": b"\x1f\x8b" + MARK.encode(),
    "scan.empty": "",
    "scan.image": b"\xff\xd8\xff" + f"{MARK}".encode() + b"Exif\0\0MM\0*\0\0\0\xff" + MARK.encode(),
    "scan.pdf": pictures.pdf(b"/Author 9 0 R /X (" + MARK.encode() + b")"),
    "scan.parquet": b"PAR1" + MARK.encode() + b"\x04\0\0\0PAR1",
    "payload.json-duplicate-member": f'{{"{MARK}":1,"{MARK}":2}}',
    "payload.json-syntax": f'[{{"{MARK}" 1}}]',
    "payload.json-cut": f'["{MARK}',
    "payload.zip": b"PK\x03\x04" + MARK.encode(),
}


@pytest.mark.parametrize(("code", "content"), BROKEN.items(), ids=BROKEN)
@pytest.mark.parametrize("as_json", [True, False])
def test_what_cannot_be_read_blocks_and_says_no_value(
    scan: Scan, code: str, content: str | bytes, *, as_json: bool
) -> None:
    result = scan("fichier", content, *["--json"] * as_json)
    assert result.exit_code == 1
    assert f"[{code}]" in result.stderr
    assert "quettier" not in result.output
    if as_json:
        said = report_of(result)
        assert said["decision"] == "block"
        assert said["refusal"]["code"] == code  # type: ignore[index]
    else:
        assert result.stdout.endswith("Refusé.\n")


def test_cells_that_are_no_text_block(scan: Scan, tmp_path: Path) -> None:
    result = scan("x.parquet", parquet(tmp_path, {"b": [b"\xff\xfe" + MARK.encode(), b"a"]}))
    assert result.exit_code == 1
    assert "[scan.cells]" in result.stderr
    assert "quettier" not in result.output


def test_a_scan_that_breaks_blocks_and_says_no_value(scan: Scan, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise sqlite3.DataError(MARK)

    monkeypatch.setattr("catalog.scanning.scan.scan", broken)
    result = scan("a.csv", f"a;b\n{MARK};2\n")
    assert result.exit_code == 1
    assert "[scan.failed]" in result.stderr
    assert "DataError" in result.stderr
    assert "quettier" not in result.output


@pytest.mark.parametrize("failure", [sqlite3.DataError, PermissionError])
def test_a_scan_that_breaks_says_no_name_that_is_a_value(
    scan: Scan, monkeypatch: pytest.MonkeyPatch, failure: type[Exception]
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise failure(MARK)

    monkeypatch.setattr("catalog.scanning.scan.scan", broken)
    result = scan(f"export_{MARK}.csv", "a;b\n1;2\n", "--json")
    assert result.exit_code == 1
    assert report_of(result)["decision"] == "block"
    assert "quettier" not in result.output


def test_a_name_without_an_ending_is_looked_at_whole(scan: Scan) -> None:
    result = scan(MARK, "a;b\n1;2\n", "--json")
    assert result.exit_code == 1
    assert [found["kind"] for found in report_of(result)["findings"]] == ["email"]  # type: ignore[attr-defined]
    assert "quettier" not in result.output
    assert ".com" not in result.output


def test_a_missing_file_blocks(scan: Scan, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["scan", str(tmp_path / "absent.csv")])
    assert result.exit_code == 1
    assert "[scan.no-file]" in result.stderr


def test_nothing_of_a_file_is_left(scanner: Scanner, tmp_path: Path) -> None:
    work = tmp_path / "work"
    work.mkdir()
    file = tmp_path / "a.csv"
    file.write_text(f"a;b\n{MARK};2\n")
    Scanner(scanner.detector, work).scan(file, declared={})
    assert list(work.iterdir()) == []
