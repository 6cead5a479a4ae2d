"""A program that asked for JSON reads a refusal as an object on stdout, whatever refuses."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from catalog.database import engine_at, upgrade
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


@pytest.mark.parametrize(("content", "cause"), [(b"junk" * 999, "SQLITE_NOTADB"), (None, "SQLITE_CANTOPEN")])
def test_a_database_that_cannot_be_read_is_a_refusal(
    content: bytes | None, cause: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "catalog.sqlite"
    file.mkdir() if content is None else file.write_bytes(content)
    monkeypatch.setenv("ECLOR_HOME", str(tmp_path))
    monkeypatch.setenv("ECLOR_TERRITORY", str(TERRITORY))
    done = CliRunner().invoke(app, ["flows", "--json"])
    (message,) = json.loads(done.stdout)["messages"]
    assert (done.exit_code, message["code"]) == (1, "catalog.no-database")
    assert cause in message["message"]


@pytest.mark.parametrize("line", ["flows --json", "retention report --json", "serve", "token list", "serving"])
def test_a_database_of_a_newer_version_is_a_refusal(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = engine_at(f"sqlite:///{tmp_path / 'catalog.sqlite'}")
    upgrade(engine)
    with engine.connect() as connection, connection.begin():
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    engine.dispose()
    monkeypatch.setenv("ECLOR_HOME", str(tmp_path))
    monkeypatch.setenv("ECLOR_TERRITORY", str(TERRITORY))
    done = CliRunner().invoke(app, line.split())
    assert done.exit_code == 1
    assert done.stderr.startswith("[catalog.newer-database] La base des métadonnées vient d'une version d'eclor plus")
    if "--json" in line:
        assert json.loads(done.stdout)["messages"][0]["code"] == "catalog.newer-database"
