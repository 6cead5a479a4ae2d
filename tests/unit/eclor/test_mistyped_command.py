"""A command that was not typed as it is written is answered with its cure: in French; to an operator in English too."""

import json
import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from eclor.cli import FOR_USERS, app

MISTAKES = [
    (("polcy",), "command.unknown", "Vouliez-vous dire : policy", "eclor --help"),
    (("policy", "chek"), "command.unknown", "Vouliez-vous dire : check", "eclor policy --help"),
    (("policy", "xyz"), "command.unknown", "« xyz » n'est pas une commande", "eclor policy --help"),
    (("--zz",), "command.no-option", "« --zz » n'existe pas", "eclor --help"),
    (("policy", "check", "--nov"), "command.no-option", "Vouliez-vous dire : --now", "eclor policy check --help"),
    (("act", "viser"), "command.missing", "Il manque « JEU »", "eclor act viser --help"),
    (("act", "viser", "velos"), "command.missing", "Il manque « --person »", "eclor act viser --help"),
    (
        ("act", "viser", "velos", "--person"),
        "command.no-value",
        "« --person » attend une valeur",
        "eclor act viser --h",
    ),
    (("verify", "a", "b"), "command.extra", "Trop de mots", "eclor verify --help"),
    (
        ("policy", "check", "absente.yaml"),
        "command.no-file",
        "« absente.yaml » n'existe pas dans",
        "Vérifiez le chemin",
    ),
    (("policy", "check", "."), "command.not-a-file", "« . » est un dossier", "eclor policy check --help"),
    (("policy", "export", "f", "--acts", "f"), "command.not-a-folder", "« f » est un fichier", "export --help"),
    (("policy", "export", "f", "--charter", ".", "--format", "pdf"), "command.not-a-choice", "« pdf »", "notice, odcs"),
    (("register", "--format", "pdf"), "command.not-a-choice", "« pdf » n'est pas", "csv, json"),
    (("retention", "report", "--now", "hier"), "command.not-an-instant", "« hier »", "2026-11-29T14:00"),
    (
        ("act", "arreter", "v", "--version", "II"),
        "command.not-a-number",
        "« --version » attend un nombre",
        "arreter --help",
    ),
]


@pytest.mark.parametrize(("words", "code", "cause", "cure"), MISTAKES, ids=[" ".join(words) for words, *_ in MISTAKES])
def test_a_mistake_has_its_cause_and_its_cure(
    words: tuple[str, ...], code: str, cause: str, cure: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "f").write_text("")
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(app, words, prog_name="eclor")
    french, *english = result.stderr.splitlines()
    assert (result.exit_code, french.startswith(f"[{code}] ")) == (2, True), result.output
    assert cause in french, french
    assert cure in french, french
    assert len(english) == (words[0] not in FOR_USERS)
    assert all(line.isascii() for line in english)
    assert "{" not in result.stderr


@pytest.mark.parametrize(
    "line",
    [
        "policy check --json",
        "policy check POLICY --charter . --json --now hier",
        "policy simulate --json --charter absent",
        "flows --json --zz",
        "points --json --zz",
        "retention report --json --now hier",
        "conform --json POLICY",
    ],
)
def test_a_program_reads_a_mistake_as_an_object(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "POLICY").touch()
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(app, line.split(), prog_name="eclor")
    said = json.loads(result.stdout)
    (message,) = said["messages"]
    assert (result.exit_code, said["accepted"], said["file"]) == (2, False, "")
    assert result.stderr.startswith(f"[{message['code']}] {message['message']} {message['cure']}\n")


@pytest.mark.parametrize(
    ("line", "code"), [("scan --json", "command.missing"), ("scan --json f --declare x", "scan.declared")]
)
def test_a_scan_that_is_mistyped_blocks(line: str, code: str) -> None:
    result = CliRunner().invoke(app, line.split(), prog_name="eclor")
    said = json.loads(result.stdout)
    assert (result.exit_code, said["decision"], said["refusal"]["code"]) == (2, "block", code)
    assert set(said) == {"file", "decision", "findings", "columns", "refusal"}


def test_what_goes_to_a_file_leaves_stdout_to_people(tmp_path: Path) -> None:
    words = ["policy", "simulate", "--json", "--out", str(tmp_path / "o"), "--zz"]
    assert CliRunner().invoke(app, words, prog_name="eclor").stdout == ""


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads all files")
def test_a_file_that_may_not_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "f").write_text("")
    (tmp_path / "f").chmod(0)
    result = CliRunner().invoke(app, ["policy", "check", str(tmp_path / "f")], prog_name="eclor")
    assert result.stderr.startswith("[command.not-readable] ")


@pytest.mark.parametrize("words", [(), ("act",), ("act", "viser", "--help")])
def test_help_stays_help(words: tuple[str, ...]) -> None:
    result = CliRunner().invoke(app, words, prog_name="eclor")
    assert "Usage: eclor" in " ".join(result.output.split())
    assert "command." not in result.output


@pytest.mark.parametrize("line", ["flows", "policy simulate POLICY --charter FOLDER --input POLICY", "journal verify"])
def test_a_setting_that_cannot_be_read_is_named_without_its_value(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ECLOR_RATE", "s3cret")
    monkeypatch.setenv("ECLOR_ENGINE", "s3cret")
    policy = tmp_path / "p.yaml"
    policy.touch()
    words = {"POLICY": str(policy), "FOLDER": str(tmp_path)}
    done = CliRunner().invoke(app, [words.get(word, word) for word in line.split()])
    assert done.exit_code == 2
    assert "[settings.unreadable]" in done.stderr
    assert "ECLOR_ENGINE, ECLOR_RATE" in done.stderr
    assert "s3cret" not in done.output
