"""`eclor token`: a token is shown once, listed without itself, ended at once."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from catalog.catalogue import open_catalog
from catalog.tokens import Bearer, Role, Token, make_token, token_of
from eclor.cli.token import app
from eclor.house import machine_world
from eclor.settings import Settings
from eclor.world import Secret


def held(home: Path, token: str) -> Token | None:
    catalog = open_catalog(Settings(home=home), machine_world(home))
    try:
        return token_of(catalog.engine, Secret(token.encode()))
    finally:
        catalog.engine.dispose()


def test_a_token_is_made_listed_and_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ECLOR_HOME", str(tmp_path))
    made = CliRunner().invoke(app, ["new", "--role", "editor", "--for", "moissonneur", "--name", "essai"])
    token = made.stdout.strip()
    found = held(tmp_path, token)
    assert found is not None
    assert (made.exit_code, found.role, found.user, found.name) == (0, Role.EDITOR, "moissonneur", "essai")
    listed = CliRunner().invoke(app, ["list"]).stdout
    assert (found.id in listed, token in listed) == (True, False)
    assert CliRunner().invoke(app, ["end", found.id]).exit_code == 0
    assert held(tmp_path, token) is None
    again = CliRunner().invoke(app, ["end", found.id])
    assert (again.exit_code, found.id in again.stderr) == (1, True)


def test_no_identifier_reads_as_an_option(tmp_path: Path) -> None:
    """One in 64 began with a dash, and `end` took it for options."""
    world = machine_world(tmp_path)
    catalog = open_catalog(Settings(home=tmp_path), world)
    made = [make_token(catalog.engine, world, Bearer("essai", Role.READER))[1].id for _ in range(200)]
    catalog.engine.dispose()
    assert [identifier for identifier in made if not identifier.isalnum()] == []


def test_an_unknown_role_is_a_wrong_call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ECLOR_HOME", str(tmp_path))
    assert CliRunner().invoke(app, ["new", "--role", "dieu"]).exit_code == 2
