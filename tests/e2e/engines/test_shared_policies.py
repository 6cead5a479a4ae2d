"""The policies and the worked examples that the language comes with, on both engines."""

import hashlib
import shutil
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest
from typer.testing import CliRunner

from anonymizers.places import read_zones
from charter.apply import Held, Release, apply
from charter.compile import compile_policy
from charter.reader import read
from charter.territory import load
from eclor.cli import app
from eclor.engine.limits import Engine, Limits
from eclor.offline.delivery import read_delivery
from eclor.world import SystemRandomness
from tests.applying import Desk, as_csv
from tests.e2e.engines.both import on_each, same
from tests.e2e.engines.deliveries import delivery
from tests.policies import SHARED

pytestmark = [pytest.mark.spark, pytest.mark.captures, pytest.mark.usefixtures("spark")]

CHARTER = SHARED / "charter"
ZONES = Path(__file__).parents[3] / "policies" / "ccphva" / "zones"
POLICIES = (
    "alertes",
    "covoiturage-trajets",
    "dechetteries-attente",
    "dechetteries-passages",
    "eclairage-telemetrie",
    "energie-consommation",
    "equipements",
    "equipements-sportifs",
    "prenoms",
    "reservations-tennis",
    "signalements-espace-public",
)
WORKED = {
    "1-compter-des-foyers": ("entree.csv",),
    "2-dominance-et-totaux": ("entree.csv",),
    "3-arrivees-tardives": ("entree-v1.csv", "entree-v2.csv"),
}
NOW = datetime(2027, 6, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _charter_is_here() -> None:
    if not CHARTER.is_dir():
        pytest.skip("ECLOR_SHARED names no folder with a charter")


def test_no_policy_is_forgotten() -> None:
    assert sorted(POLICIES) == sorted(file.stem for file in (CHARTER / "politiques").glob("*.yaml"))


@pytest.mark.parametrize("policy", POLICIES)
def test_a_policy_gives_the_same_release(tmp_path: Path, policy: str) -> None:
    zones, territory = read_zones(ZONES), load(CHARTER)
    plan = compile_policy(read(CHARTER / "politiques" / f"{policy}.yaml"), territory, now=NOW)
    rows = delivery(plan.policy, plan.entry, zones)

    def run(desk: Desk) -> Release:
        file = desk.folder / "data.csv"
        file.write_text(as_csv(rows), "utf-8")
        raw, files = read_delivery(file, plan.policy, received=datetime(2027, 1, 1, tzinfo=UTC), into=desk.folder)
        held = Held(raw, files, None, territory.catalogue, zones)
        return apply(plan, held, world=desk.world, limits=Limits(desk.folder / "out", engine=desk.engine))

    assert same(on_each(tmp_path, run, now=NOW))


@pytest.mark.parametrize("example", WORKED)
def test_a_worked_example_gives_the_same_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, example: str) -> None:
    """Ledgers and keys included: chance is the same for both."""
    shutil.copytree(CHARTER, tmp_path / "charter", ignore=shutil.ignore_patterns("worked", "politiques"))
    given = {}
    for engine in Engine:
        draws = count()
        monkeypatch.setattr(SystemRandomness, "bytes", lambda _, size, draws=draws: _drawn(next(draws), size))
        given[engine] = _applied(tmp_path, example, engine)
    assert given[Engine.SPARK] == given[Engine.DUCKDB]
    expected = CHARTER / "worked" / example / "attendu.csv"
    if expected.exists():
        assert given[Engine.SPARK][0]["out0/release.csv"] == expected.read_bytes()


def _drawn(number: int, size: int) -> bytes:
    return hashlib.shake_256(str(number).encode()).digest(size)


def _applied(folder: Path, example: str, engine: Engine) -> tuple[dict[str, bytes], list[str]]:
    """Every file of each of its deliveries, private ones too, and what the command said."""
    said, outs = [], []
    for index, name in enumerate(WORKED[example]):
        source, out = CHARTER / "worked" / example, folder / engine.value / f"out{index}"
        asked = ["apply", source / "politique.yaml", "--charter", folder / "charter", "--input", source / name]
        asked += ["--out", out, "--now", "2027-02-01T00:00:00Z", "--engine", engine.value]
        asked += [word for former in outs for word in ("--previous", former)]
        result = CliRunner().invoke(app, [str(word) for word in asked])
        said.append(result.output.replace(str(folder / engine.value), ""))
        outs.append(out)
    files = [file for out in outs for file in out.rglob("*") if file.is_file()]
    return {str(file.relative_to(folder / engine.value)): file.read_bytes() for file in sorted(files)}, said
