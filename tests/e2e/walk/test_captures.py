"""The second territory: real payloads walk through the same six doors, each to its honest end.

Counts are those of policies/captures/LISEZMOI.md, taken by another method than reading.
"""

import csv
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from catalog.database import reading
from catalog.reading import current_version
from eclor.cli.flows import flows as flows_command
from eclor.names import Slug
from eclor.pipeline import Walk, walk
from tests.e2e.walk.conftest import ROOT, Site, serving, site

SUMMER = datetime(2026, 6, 1, 10, tzinfo=UTC)
WALKS = [
    ("alertes-meteo", datetime(2012, 5, 2, 23, 30, tzinfo=UTC), 2, "published", 2),
    ("arrets-transport", datetime(2018, 9, 1, 10, tzinfo=UTC), 71, "published", 71),
    ("lieux-covoiturage", SUMMER, 2473, "published", 2473),
    ("bornes-recharge", SUMMER, 2, "published", 2),
    ("objets-osm", SUMMER, 5, "published", 5),
    ("signalements-voirie", SUMMER, 2, "refused", 0),
    ("capteurs-lorawan", SUMMER, 2, "refused", 0),
    ("objets-osm-incident", SUMMER, 0, "refused", 0),
]


@pytest.fixture(scope="module")
def captures(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    home = tmp_path_factory.mktemp("home")
    with (
        serving(shared / "captures") as url,
        site(ROOT / "policies" / "captures", home, endpoints={"captures": url}, instant=WALKS[0][1]) as opened,
    ):
        yield opened


@pytest.fixture(scope="module")
def walks(captures: Site) -> dict[str, Walk]:
    """All the walks, in the order of their clocks: a journal's clock never goes back."""
    done = {}
    for slug, instant, *_ in WALKS:
        done[slug] = walk(Slug(slug), captures.at(instant), run_id="essai", at_door=lambda _: None)
    return done


@pytest.mark.captures
@pytest.mark.parametrize(("slug", "instant", "rows_in", "outcome", "rows_out"), WALKS)
def test_a_real_payload_walks_to_its_honest_end(
    walks: dict[str, Walk], slug: str, instant: datetime, rows_in: int, outcome: str, rows_out: int
) -> None:
    done = walks[slug]
    assert (done.outcome, done.rows_in, done.rows_out) == (outcome, rows_in, rows_out), done.message_fr
    assert bool(done.version) == (outcome == "published")


@pytest.mark.captures
def test_every_carpool_place_of_the_capture_is_in_the_published_file(
    walks: dict[str, Walk], captures: Site, shared: Path
) -> None:
    version = captures.house.catalog.version_folder("lieux-covoiturage", 1)
    with (
        (version / "data.csv").open(encoding="utf-8") as published,
        (shared / "captures" / "mobility" / "bnlc.csv").open(encoding="utf-8") as sent,
    ):
        got = {row["id_lieu"] for row in csv.DictReader(published)}
        expected = {row["id_lieu"] for row in csv.DictReader(sent)}
    assert got == expected


@pytest.mark.captures
def test_what_nobody_declared_is_nowhere_in_what_is_published(walks: dict[str, Walk], captures: Site) -> None:
    version = captures.house.catalog.version_folder("objets-osm", 1)
    for row in json.loads((version / "data.json").read_bytes()):
        assert not {"user", "uid", "changeset"} & set(row)


@pytest.mark.captures
def test_what_nobody_declared_is_named_where_a_flow_is_looked_at(
    walks: dict[str, Walk], captures: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert walks["objets-osm"].outcome == "published"
    monkeypatch.setenv("ECLOR_HOME", str(captures.house.settings.home))
    monkeypatch.setenv("ECLOR_TERRITORY", str(captures.house.settings.territory))
    listing = typer.Typer()
    listing.command()(flows_command)
    found = json.loads(CliRunner().invoke(listing, ["--json"]).stdout)
    (one,) = [flow["internal"] for flow in found["flows"] if flow["dataset"] == "objets-osm"]
    assert {"user", "uid", "changeset"} & set(one["unmapped"])


@pytest.mark.captures
def test_the_refusal_of_an_incident_names_the_payload(walks: dict[str, Walk]) -> None:
    assert "payload.overpass-remark" in walks["objets-osm-incident"].message_fr
    assert walks["objets-osm-incident"].door == "harvest"


@pytest.mark.captures
def test_too_few_people_publish_nothing_and_it_is_said(walks: dict[str, Walk], captures: Site) -> None:
    assert walks["signalements-voirie"].honest
    with reading(captures.house.catalog.engine) as session:
        assert current_version(session, "signalements-voirie") is None


@pytest.mark.captures
def test_a_second_walk_on_the_same_payloads_publishes_nothing_twice(walks: dict[str, Walk], captures: Site) -> None:
    house = captures.at(SUMMER)
    again = walk(Slug("lieux-covoiturage"), house, run_id="encore", at_door=lambda _: None)
    assert (again.outcome, again.version) == ("unchanged", 1)
