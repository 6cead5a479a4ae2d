"""`eclor points`: public endpoints are listed without being asked, and asked once on demand; silence is no failure."""

import json
import socket
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from eclor.cli.points import points

POINT = """\
point: canal
titre: Canal
exploitant: Service des eaux
adresse: http://127.0.0.1:{port}/niveaux
protocole: json
jeux: [niveaux]
licence: Licence Ouverte 2.0
quota: inconnu
connu: rien
verifie: rien
"""


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> typer.Typer:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    (tmp_path / "town" / "points-publics").mkdir(parents=True)
    (tmp_path / "town" / "points-publics" / "canal.yaml").write_text(POINT.format(port=port), "utf-8")
    (tmp_path / "town" / "points-publics" / "rigole.yaml").write_text("point: rigole\n", "utf-8")
    monkeypatch.setenv("ECLOR_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("ECLOR_TERRITORY", str(tmp_path / "town"))
    made = typer.Typer()
    made.command()(points)
    return made


def test_listing_asks_nobody_and_a_try_shows_silence_as_a_state(command: typer.Typer, tmp_path: Path) -> None:
    run = CliRunner()
    listed = run.invoke(command, [])
    assert (listed.exit_code, "Non essayé" in listed.stdout) == (0, True), listed.output
    assert "rigole.yaml : [declaration.missing-key]" in listed.stderr
    assert not (tmp_path / "home" / "public-points.json").exists()
    tried = run.invoke(command, ["--try", "canal"])
    assert (tried.exit_code, "Injoignable (source.down)" in tried.stdout) == (0, True), tried.output
    told = json.loads(run.invoke(command, ["--json"]).stdout)
    assert [point["state"] for point in told["public_points"]] == ["unreachable"]
    assert told["unread"] == {"rigole.yaml": "declaration.missing-key"}


def test_a_name_that_nobody_declared_is_refused(command: typer.Typer) -> None:
    refused = CliRunner().invoke(command, ["fontaine"])
    assert (refused.exit_code, "[point.unknown]" in refused.stderr) == (1, True)
