"""A program that asked for JSON reads a refusal as an object on stdout, whatever refuses."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from eclor.cli import app

TERRITORY = Path(__file__).parents[3] / "policies" / "ccphva"


@pytest.mark.parametrize("line", ["flows --json", "points nope --json", "retention report --json"])
@pytest.mark.parametrize("home", ["a-file", "a-home"])
def test_a_refusal_is_an_object(line: str, home: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a-file").touch()
    monkeypatch.setenv("ECLOR_HOME", str(tmp_path / home))
    monkeypatch.setenv("ECLOR_TERRITORY", str(TERRITORY))
    monkeypatch.setenv("ECLOR_STORAGE_URL", "s3://elsewhere")
    done = CliRunner().invoke(app, line.split())
    said = json.loads(done.stdout)
    (message,) = said["messages"][:1]
    assert (done.exit_code, said["accepted"]) == (1, False)
    assert f"[{message['code']}]" in done.stderr
    assert message["message"]
    assert message["cure"]
