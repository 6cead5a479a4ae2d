"""What the machine refuses is said in French with its cure, as all other refusals are."""

import errno
import os
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from eclor.cli import app
from eclor.cli.at_home import at_home
from eclor.cli.refusing import refusing, refusing_in_json

FULL = (
    OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)),
    OSError(errno.EFBIG, os.strerror(errno.EFBIG), "release.csv"),
    OSError("Error writing bytes to file. Detail: [errno 28] No space left on device"),
)


def said(failure: OSError, capsys: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(typer.Exit) as left, refusing():
        raise failure
    told = capsys.readouterr()
    assert (left.value.exit_code, told.out) == (1, "Refusé.\n")
    return told.err


@pytest.mark.parametrize("failure", FULL)
def test_a_full_disk_is_said_as_one(failure: OSError, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(failure, capsys).startswith("[command.no-room] Il n'y a plus de place sur le disque")


def test_a_path_that_the_machine_does_not_give_is_named_without_its_words(capsys: pytest.CaptureFixture[str]) -> None:
    told = said(PermissionError(errno.EACCES, os.strerror(errno.EACCES), "/essai"), capsys)
    assert told.startswith("[command.no-access] La machine ne laisse ni lire ni écrire « /essai » (EACCES). Vérifiez")
    assert os.strerror(errno.EACCES) not in told


def test_a_disk_that_is_read_only_is_said_as_one(capsys: pytest.CaptureFixture[str]) -> None:
    told = said(OSError(errno.EROFS, os.strerror(errno.EROFS), "/essai/raw"), capsys)
    assert told.startswith("[command.read-only] « /essai/raw » est sur un disque en lecture seule")


@pytest.mark.parametrize("command", [["run", "--once"], ["run"], ["intake"]])
def test_a_home_that_cannot_be_made_is_a_sentence_and_no_trace(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("ECLOR_HOME", str(tmp_path / "file" / "home"))
    done = CliRunner().invoke(app, command)
    assert isinstance(done.exception, SystemExit), done.exception
    assert done.exit_code == 1
    assert "[command.no-access] La machine ne laisse ni lire ni écrire" in " ".join(done.output.split())


@pytest.mark.parametrize("wall", [refusing, refusing_in_json, at_home])
def test_a_reader_that_left_is_no_refusal(
    wall: Callable[[], AbstractContextManager[object]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ECLOR_HOME", str(tmp_path))
    monkeypatch.setattr("eclor.cli.at_home.open_house", lambda *_, **__: nullcontext())
    with pytest.raises(BrokenPipeError), wall():
        raise BrokenPipeError(errno.EPIPE, os.strerror(errno.EPIPE))
