"""Who asks for Spark where a part of it is missing is told which, and what to type."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from eclor.cli import app
from eclor.engine.limits import Engine, Limits
from eclor.engine.session import opened_session
from eclor.engine.spark import opening
from eclor.errors import SettingsRefused
from tests.applying import BADGE, SITE, Desk, table
from tests.e2e.apply.deliveries import NOW

ESSAY = table(
    [BADGE, SITE], dimensions="[site]", indicators=["{nom: passages, calcul: comptage-lignes}"], frequency="annee", k=11
)


@pytest.fixture
def without_pyspark(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "find_spec", lambda _: None)


@pytest.mark.usefixtures("without_pyspark")
def test_without_pyspark(tmp_path: Path) -> None:
    with pytest.raises(SettingsRefused) as refused:
        opened_session((), Limits(tmp_path, engine=Engine.SPARK))
    assert refused.value.code == "engine.no-spark"


def test_without_java(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "find_spec", lambda _: True)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "nowhere"))
    with pytest.raises(SettingsRefused) as refused:
        opened_session((), Limits(tmp_path, engine=Engine.SPARK))
    assert refused.value.code == "engine.no-java"


@pytest.mark.usefixtures("without_pyspark")
@pytest.mark.parametrize("way", ["option", "setting"])
def test_the_command_says_so_and_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    desk = Desk(tmp_path)
    desk.plan(ESSAY)
    (tmp_path / "essai.yaml").write_text(ESSAY.policy(), "utf-8")
    (tmp_path / "data.csv").write_text("badge,site\nB1,nord\n", "utf-8")
    asked = ["apply", "essai.yaml", "--charter", "charter", "--input", "data.csv", "--out", "out", "--now", NOW]
    if way == "option":
        asked += ["--engine", "spark"]
    else:
        monkeypatch.setenv("ECLOR_ENGINE", "spark")
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(app, asked)
    assert result.exit_code == 1
    assert "[engine.no-spark]" in result.stderr
    assert "PySpark n'est pas installé" in result.stderr
    assert not (tmp_path / "out").exists()
