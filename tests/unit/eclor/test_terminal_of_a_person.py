"""On a person's terminal stands French alone: events go to the home's log, what libraries say goes nowhere."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from eclor.cli import app

COMMAND = '''\
"""A command in which much is said."""
import logging
import sys
import warnings

import structlog

def noise() -> None:
    log = structlog.get_logger()
    log.info("release.step_left", outcome="loss")
    log.warning("ledger.unreadable", dataset="velos")
    logging.getLogger("a.library").warning("could not read Durand")
    warnings.warn("Durand is odd", stacklevel=1)
    print("Dit.")
'''
PROGRAM = """\
import eclor.cli
table = eclor.cli.FOR_USERS if {for_people} else eclor.cli.COMMANDS
table["{name}"] = ("noise:noise", "Du bruit.")
eclor.cli.COMMANDS.update(eclor.cli.FOR_USERS)
eclor.cli.main()
"""


def typed(folder: Path, *, for_people: bool, name: str = "noise") -> "subprocess.CompletedProcess[str]":
    (folder / "noise.py").write_text(COMMAND, "utf-8")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([*sys.path, str(folder)]), "ECLOR_HOME": str(folder)}
    words = [sys.executable, "-c", PROGRAM.format(for_people=for_people, name=name), name]
    return subprocess.run(words, env=environment, capture_output=True, text=True, timeout=120, check=True)


def test_a_person_sees_the_answer_and_the_log_keeps_the_events(tmp_path: Path) -> None:
    (tmp_path / "logs").mkdir()
    done = typed(tmp_path, for_people=True)
    assert (done.stdout, done.stderr) == ("Dit.\n", "")
    text = (tmp_path / "logs" / "commands.log").read_text("utf-8")
    assert [json.loads(line)["event"] for line in text.splitlines()] == ["release.step_left", "ledger.unreadable"]
    assert "Durand" not in text


def test_a_home_that_keeps_no_logs_stays_as_it_is(tmp_path: Path) -> None:
    done = typed(tmp_path, for_people=True)
    assert (done.stdout, done.stderr) == ("Dit.\n", "")
    assert not (tmp_path / "logs").exists()


def test_an_operator_sees_warnings_beside_the_answer(tmp_path: Path) -> None:
    done = typed(tmp_path, for_people=False)
    assert done.stdout == "Dit.\n"
    assert "ledger.unreadable" in done.stderr
    assert "release.step_left" not in done.stderr


@pytest.mark.parametrize(
    "module", ["policy", "apply", "act", "erase", "gate", "journal", "retention", "review", "scan"]
)
def test_no_command_of_a_person_says_for_itself_where_events_go(module: str) -> None:
    text = (Path(__file__).parents[3] / "eclor" / "cli" / f"{module}.py").read_text("utf-8")
    assert "eclor.logging" not in text


@pytest.mark.parametrize("name", ["intake", "run", "serve"])
def test_a_service_keeps_all_its_events_for_its_log(name: str, tmp_path: Path) -> None:
    done = typed(tmp_path, for_people=False, name=name)
    assert "release.step_left" in done.stdout
    assert "ledger.unreadable" in done.stdout


def test_two_phrases_that_differ_are_said_in_french(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    typed_in = iter(["un", "deux", "trois", "trois"])
    monkeypatch.setattr("eclor.cli.key.typer.prompt", lambda *_, **__: next(typed_in))
    done = CliRunner().invoke(app, ["key", "new", "--out", str(tmp_path / "key"), "--passphrase"])
    assert (done.exit_code, next(typed_in, None)) == (0, None)
    assert "Les deux phrases ne sont pas les mêmes" in done.stderr
    assert "Error" not in done.output


@pytest.mark.parametrize("line", ["retention report", "gate show velos", "review list velos"])
def test_a_refusal_at_home_is_said_in_french_alone(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ECLOR_HOME", str(tmp_path))
    monkeypatch.setenv("ECLOR_STORAGE_URL", "s3://elsewhere")
    done = CliRunner().invoke(app, line.split())
    (french,) = done.stderr.splitlines()
    assert done.exit_code == 1
    assert french.startswith("[catalog.storage-url] ")
