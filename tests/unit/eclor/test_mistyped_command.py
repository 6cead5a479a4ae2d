"""A command that was not typed as it is written is answered in French, then in English, with its cure."""

import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from eclor.cli import app

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
    french, english = result.stderr.splitlines()
    assert (result.exit_code, french.startswith(f"[{code}] ")) == (2, True), result.output
    assert cause in french, french
    assert cure in french, french
    assert english.isascii() or "é" not in english
    assert "{" not in french + english


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
