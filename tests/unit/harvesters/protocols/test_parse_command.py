"""eclor parse: rows on one side, what is refused and odd on the other, a summary at the end."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from eclor.cli.parse import parse
from tests.payloads import SAMPLES

APP = typer.Typer()
APP.command()(parse)


def run(*words: str) -> tuple[int, list[str], list[str]]:
    result = CliRunner().invoke(APP, list(words))
    return result.exit_code, result.stdout.splitlines(), result.stderr.splitlines()


@pytest.mark.parametrize("protocol", sorted(SAMPLES))
def test_the_rows_come_out_as_lines_of_json(protocol: str, tmp_path: Path) -> None:
    payload, rows = SAMPLES[protocol]
    (tmp_path / "envoi").write_bytes(payload)
    code, out, err = run(protocol, str(tmp_path / "envoi"))
    assert (code, len(out)) == (0, rows)
    assert all(isinstance(json.loads(line), dict) for line in out)
    assert json.loads(err[-1]) == {"rows": rows, "refused": 0, "warnings": 0}


def test_a_refused_row_does_not_make_it_fail(tmp_path: Path) -> None:
    (tmp_path / "envoi.csv").write_bytes("a,b\n1,2\n3\nché\ufffd,4\n".encode())
    code, out, err = run("csv", str(tmp_path / "envoi.csv"))
    assert (code, len(out)) == (0, 2)
    assert err[0].startswith(f"{tmp_path}/envoi.csv:3: [payload.")
    assert "ligne" in err[0]
    assert err[1].startswith(f"{tmp_path}/envoi.csv:4: ")
    assert err[2:] == ['{"rows": 2, "refused": 1, "warnings": 1}']


def test_a_payload_that_cannot_be_read_makes_it_fail_and_the_others_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(b'[\n{"a": 1')
    (tmp_path / "b.json").write_bytes(b'[{"a": 1}]')
    code, out, err = run("json", str(tmp_path / "a.json"), str(tmp_path / "b.json"))
    assert (code, out) == (1, ['{"a":1}'])
    assert err[0].startswith(f"{tmp_path}/a.json:2:8: ")
    assert json.loads(err[-1]) == {"rows": 1, "refused": 0, "warnings": 0}


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    code, out, err = run("json", str(tmp_path / "rien"), str(tmp_path))
    assert (code, out, len(err)) == (1, [], 3)
    assert err[0].startswith(f"{tmp_path}/rien: ")


def test_an_unknown_protocol_lists_what_exists() -> None:
    code, out, err = run("chirp", "x")
    assert (code, out) == (1, [])
    assert "« chirpstack »" in err[0]
    assert "geojson" in err[0]


def test_an_option_reaches_the_parser(tmp_path: Path) -> None:
    (tmp_path / "vieux.csv").write_bytes("nom;ville\nÉté;Là\n".encode("cp1252"))
    assert run("csv", str(tmp_path / "vieux.csv"))[0] == 1
    code, out, _ = run("csv", str(tmp_path / "vieux.csv"), "--option", "encodage=cp1252")
    assert (code, out) == (0, ['{"nom":"Été","ville":"Là"}'])
    assert run("csv", str(tmp_path / "vieux.csv"), "--option", "encodage")[0] == 1
    assert run("csv", str(tmp_path / "vieux.csv"), "--option", "encodage=cp1252")[0] == 0


def test_what_is_no_file_is_said_to_be_what_it_is(tmp_path: Path) -> None:
    code, _, err = run("gbfs", str(tmp_path), "https://a.example/gbfs.json")
    assert code == 1
    assert err[0].startswith(f"{tmp_path}: [payload.file-directory] ")
    assert err[1].startswith("https://a.example/gbfs.json: [payload.file-address] ")


def test_no_file_an_option_of_another_and_capitals_are_said() -> None:
    assert run("envoi.json")[2][0].startswith("[payload.files-missing] ")
    assert run("csv", "x", "--option", "delimitier=;")[2][0] == (
        "[payload.option-unknown] Ce protocole n'a pas d'option « delimitier »."
        " Options connues : delimiteur, encodage, entete. Prenez une de celles-ci : chaque protocole a les siennes."
    )
    assert "« gbfs » ?" in run("GBFS", "x")[2][0]
