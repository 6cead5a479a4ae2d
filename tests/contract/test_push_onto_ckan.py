"""`eclor push` onto a real CKAN 2.12: what it shows, after a run that was killed too, and what is never written."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from catalog.registry import withdraw
from eclor.cli import app
from harvesters.protocols.ckan import parse
from tests.real_ckan import PROGRAM, RealCkan, real_ckan
from tests.serving import POINTS, SERIES, fill
from tests.unit.catalog.publish.released import Home, passages

ORIGIN = "https://data.example.org"

pytestmark = [
    pytest.mark.skipif(not PROGRAM.exists(), reason="no CKAN beside: scripts/beside ckan"),
    pytest.mark.timeout(600),
]


@pytest.fixture(scope="module")
def ckan(tmp_path_factory: pytest.TempPathFactory, postgres_database: str) -> Iterator[RealCkan]:
    with real_ckan(tmp_path_factory.mktemp("ckan"), postgres_database) as site:
        yield site


@pytest.fixture
def site(ckan: RealCkan) -> Iterator[RealCkan]:
    """The CKAN, emptied at the end of what a test wrote."""
    yield ckan
    for name in (SERIES, POINTS):
        ckan.tried("dataset_purge", id=name)  # one that was deleted is in no list any more
    for name in ckan.asked("organization_list"):
        ckan.asked("organization_purge", id=name)


@pytest.fixture
def home(tmp_path: Path, site: RealCkan, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    made = fill(Home(tmp_path))
    monkeypatch.setenv("ECLOR_HOME", str(made.folder))
    monkeypatch.setenv("ECLOR_PUBLIC_URL", ORIGIN)
    monkeypatch.setenv("ECLOR_PUSH_TOKEN", site.token)
    yield made
    made.catalog.engine.dispose()


def pushed(site: RealCkan) -> Result:
    return CliRunner().invoke(app, ["push", "--to", site.address])


def total(result: Result) -> str:
    assert result.exit_code == 0, result.output
    return result.output.rstrip().splitlines()[-1]


def found(site: RealCkan, **asked: object) -> dict[str, Mapping[str, Any]]:
    """What the site's own search gives, by name."""
    return {one["name"]: one for one in site.asked("package_search", rows=100, **asked)["results"]}


def test_a_killed_run_is_taken_up_and_what_changes_or_leaves_follows(site: RealCkan, home: Home) -> None:
    killed = subprocess.Popen([sys.executable, "-m", "eclor.cli", "push", "--to", site.address])
    while not site.asked("organization_list"):
        assert killed.poll() is None
    killed.kill()
    killed.wait()
    total(pushed(site))
    assert {name: (one["version"], one["num_resources"]) for name, one in found(site).items()} == {
        SERIES: ("2", 4),
        POINTS: ("1", 5),
    }
    assert total(pushed(site)) == "0 créés, 0 mis à jour, 0 supprimés, 2 inchangés."

    home.clock.move(days=1)
    home.published(passages(home))
    withdraw(home.catalog, POINTS, 1, reason="Erreur.", now=home.clock.now())
    assert total(pushed(site)) == "0 créés, 1 mis à jour, 1 supprimés, 0 inchangés."
    assert {name: one["version"] for name, one in found(site).items()} == {SERIES: "3"}
    assert total(pushed(site)) == "0 créés, 0 mis à jour, 0 supprimés, 1 inchangés."


@pytest.mark.usefixtures("home")
def test_ckan_shows_the_dataset_as_open_with_its_owner_themes_words_and_files(site: RealCkan) -> None:
    total(pushed(site))
    shown = site.asked("package_show", id=SERIES)
    assert (shown["isopen"], shown["license_title"], shown["private"]) == (True, "Other (Open)", False)
    extras = {one["key"]: one["value"] for one in shown["extras"]}
    assert (extras["license_url"].split("/")[2], extras["eclor_catalogue"]) == ("www.etalab.gouv.fr", ORIGIN)
    assert shown["organization"]["title"].startswith("Communauté de communes")
    assert [group["title"] for group in shown["groups"]] == ["Déchets"]
    assert {tag["name"] for tag in shown["tags"]}
    csv = next(one for one in shown["resources"] if one["format"] == "CSV")
    assert (csv["url"], csv["mimetype"]) == (f"{ORIGIN}/dataset/{SERIES}/data.csv", "text/csv")
    assert (csv["hash"][:7], csv["size"] > 0) == ("sha256:", True)


@pytest.mark.usefixtures("home")
def test_a_dataset_of_the_site_with_the_same_name_is_left_alone_and_told(site: RealCkan) -> None:
    other = site.asked("organization_create", name="autre")
    mine = site.asked("package_create", name=POINTS, title="À nous", owner_org=other["id"])
    result = pushed(site)
    assert (result.exit_code, f"{POINTS} : [push.name-taken]" in result.output) == (1, True)
    assert site.asked("package_show", id=POINTS) == mine
    assert set(found(site)) == {SERIES, POINTS}


@pytest.mark.usefixtures("home")
def test_a_token_without_rights_writes_nothing(site: RealCkan, monkeypatch: pytest.MonkeyPatch) -> None:
    site.asked("user_create", name="passante", email="passante@example.org", password="une phrase qui suffit")
    passing = site.asked("api_token_create", user="passante", name="push")
    monkeypatch.setenv("ECLOR_PUSH_TOKEN", passing["token"])
    result = pushed(site)
    assert (result.exit_code, "[push.not-allowed]" in result.output) == (1, True)
    assert passing["token"] not in result.output
    assert (found(site), site.asked("organization_list")) == ({}, [])


@pytest.mark.usefixtures("home")
def test_what_the_site_then_says_is_harvested_as_rows(site: RealCkan) -> None:
    total(pushed(site))
    answer = site.tried("package_search", sort="name desc").content
    events = list(parse(answer, name="package_search", options={}))
    assert [event["name"] for event in events if isinstance(event, dict)] == [POINTS, SERIES]
    assert len(events) == 2
