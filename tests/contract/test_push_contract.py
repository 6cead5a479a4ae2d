"""`eclor push` onto the contract's territory, by HTTP: another server than the one that `test_push` makes for itself.

No group is created there, so the datasets go without their theme, nor any organisation, so it holds the one that
receives.
"""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from catalog.registry import withdraw
from eclor.cli import app
from eclor.identity import read_identity
from eclor.pushing.wanted import organisation
from eclor.settings import Settings
from tests.contract.ckan_seed import CONTRACT, Seeded, seeded
from tests.serving import POINTS, SERIES, fill
from tests.unit.catalog.publish.released import Home, passages

ORIGIN = "https://data.example.org"
RECEIVING = {**organisation(read_identity(Settings().territory).publisher, ORIGIN), "id": "organisation-receiving"}

pytestmark = [
    pytest.mark.skipif(not CONTRACT.exists(), reason=f"no recorded CKAN at {CONTRACT}"),
    pytest.mark.timeout(200),
]


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    made = fill(Home(tmp_path))
    yield made
    made.catalog.engine.dispose()


@pytest.fixture
def seed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seeded]:
    with seeded(tmp_path_factory.mktemp("contract"), RECEIVING) as serving:
        yield serving


@pytest.fixture
def environment(seed: Seeded, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ECLOR_HOME", str(home.folder))
    monkeypatch.setenv("ECLOR_PUBLIC_URL", ORIGIN)
    monkeypatch.setenv("ECLOR_PUSH_TOKEN", seed.admin)


def told(seed: Seeded) -> str:
    push = CliRunner().invoke(app, ["push", "--to", seed.address])
    assert push.exit_code == 0, push.output
    return push.output.rstrip().splitlines()[-1]


def held(seed: Seeded) -> Mapping[str, str]:
    """The version of each dataset that came, and the number of its files."""
    asked = {"fq": f"organization:{RECEIVING['name']}", "rows": "100"}
    found = httpx.get(f"{seed.address}/api/3/action/package_search", params=asked).json()["result"]["results"]
    assert {one["license_id"] for one in found} <= {"fr-lo"}, "this site's list knows the licence by its own name"
    return {one["name"]: f"{one['version']}, {len(one['resources'])} files" for one in found}


@pytest.mark.usefixtures("environment")
def test_a_killed_run_is_taken_up_and_what_changes_or_leaves_follows(seed: Seeded, home: Home) -> None:
    killed = subprocess.Popen([sys.executable, "-m", "eclor.cli", "push", "--to", seed.address])
    while not held(seed):
        assert killed.poll() is None
    killed.kill()
    killed.wait()
    told(seed)
    assert held(seed) == {SERIES: "2, 4 files", POINTS: "1, 5 files"}
    assert told(seed) == "0 créés, 0 mis à jour, 0 supprimés, 2 inchangés."

    home.clock.move(days=1)
    home.published(passages(home))
    withdraw(home.catalog, POINTS, 1, reason="Erreur.", now=home.clock.now())
    assert told(seed) == "0 créés, 1 mis à jour, 1 supprimés, 0 inchangés."
    assert held(seed) == {SERIES: "3, 4 files"}
    assert told(seed) == "0 créés, 0 mis à jour, 0 supprimés, 1 inchangés."
