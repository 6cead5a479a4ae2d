"""A command that is stopped, or that asks where nobody can reply: French for a person, an object for a program."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

PATIENCE_S = 60.0
CHARTER = Path(__file__).parents[3] / "policies" / "ccphva" / "charter"
ASKS = '''\
"""A command that asks."""
import typer

def asks() -> None:
    typer.prompt("Tapez")
'''
PROGRAM = """\
import eclor.cli
eclor.cli.FOR_USERS["asks"] = ("asks:asks", "Demande.")
eclor.cli.COMMANDS.update(eclor.cli.FOR_USERS)
eclor.cli.main()
"""


def started(words: Sequence[str], folder: Path, **more: object) -> "subprocess.Popen[str]":
    (folder / "asks.py").write_text(ASKS, "utf-8")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([*sys.path, str(folder)]), "ECLOR_HOME": str(folder)}
    return subprocess.Popen(  # type: ignore[call-overload,no-any-return]
        [sys.executable, "-c", PROGRAM, *words],
        cwd=folder, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more,
    )  # fmt: skip


def stopped_while_reading(line: str, folder: Path) -> tuple[int, str, str]:
    """Start a command that reads `pipe`, which says nothing, and press Ctrl-C."""
    os.mkfifo(folder / "pipe")
    process = started(line.split(), folder)
    until = time.monotonic() + PATIENCE_S
    while True:
        try:
            writer = os.open(folder / "pipe", os.O_WRONLY | os.O_NONBLOCK)
            break
        except OSError:
            assert time.monotonic() < until, "the command never read its file"
            time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=PATIENCE_S)
    os.close(writer)
    return process.returncode, out, err


@pytest.mark.parametrize(
    ("line", "languages"),
    [(f"policy check pipe --charter {CHARTER} --json", 1), ("conform pipe pipe --json", 2)],
    ids=["of a person", "of an operator"],
)
def test_a_program_reads_an_object_after_ctrl_c(line: str, languages: int, tmp_path: Path) -> None:
    status, out, err = stopped_while_reading(line, tmp_path)
    said = json.loads(out)
    (message,) = said["messages"]
    assert (status, said["accepted"], message["code"]) == (130, False, "command.interrupted")
    assert message["message"] == "La commande a été arrêtée (Ctrl-C) avant sa réponse."
    assert err.splitlines()[0].startswith("[command.interrupted] La commande a été arrêtée")
    assert len(err.splitlines()) == languages


def test_a_person_reads_french_after_ctrl_c(tmp_path: Path) -> None:
    status, out, err = stopped_while_reading(f"policy check pipe --charter {CHARTER}", tmp_path)
    assert (status, out) == (130, "")
    assert err == (
        "[command.interrupted] La commande a été arrêtée (Ctrl-C) avant sa réponse. "
        "Relancez-la si vous attendez encore cette réponse.\n"
    )


def test_ctrl_c_at_a_question_is_ctrl_c(tmp_path: Path) -> None:
    process = started(["asks"], tmp_path, stdin=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.read(5) == "Tapez"
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 130
    assert "[command.interrupted]" in err
    assert "Abort" not in err


def test_a_question_that_nobody_can_answer_is_said(tmp_path: Path) -> None:
    process = started(["asks"], tmp_path, stdin=subprocess.DEVNULL)
    _, err = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 1
    assert "[command.no-reply] La commande a posé une question, et personne ne peut y répondre ici" in err
    assert "eclor asks --help" in err
    assert "Abort" not in err
