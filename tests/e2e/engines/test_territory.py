"""Every policy of the demonstration territory, on what its simulated source first delivers, on both engines."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread

import pytest

from anonymizers.places import read_zones
from charter.apply import Held, Release, apply
from charter.compile import Plan, compile_policy
from charter.reader import read
from charter.territory import load
from eclor.engine.limits import Limits
from eclor.keeping import keeping_of
from harvesters.harvest import harvest
from harvesters.intake import RawDataset
from harvesters.listening import Listening
from harvesters.raw_store import RawStore
from harvesters.reach import Reach
from harvesters.receiving import Keeping
from harvesters.source import Source
from tests.applying import Desk
from tests.e2e.engines.both import on_each, same
from tests.e2e.simulators.flows import TERRITORY, allowed_in, place, sources_of
from tests.e2e.simulators.running import Running, running
from tests.e2e.simulators.witness import Witness

NOW = datetime(2027, 6, 1, 12, tzinfo=UTC)
"""When all that the simulators tell of is over, and every policy is in force."""
SLUGS = sorted(file.stem for file in (TERRITORY / "politiques").glob("*.yaml"))
pytestmark = [pytest.mark.spark, pytest.mark.broker, pytest.mark.usefixtures("spark")]
DAILY = ("bornes-etat", "dpe", "parkings-places", "reservations-tennis", "structures-ess")
"""Rows as they are, bands, a ladder, sums, pseudonyms: the others in the soak."""
HONEST = {"prenoms": "release.no-step"}
"""Too few births a commune and a year: the refusal is the result."""


@pytest.fixture(scope="module")
def systems(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("systems"), "--fast-lamps", "20") as started:
        yield started


def delivered(systems: Running, plan: Plan, folder: Path) -> tuple[RawStore, RawDataset]:
    """Return what the flows of a dataset bring at the first walk."""
    store, reach = place(systems.where, folder)
    flows = [source for source in sources_of(systems.where) if source.dataset == plan.policy.dataset]
    for flow in flows:
        if flow.access == "mqtt":
            listened(systems, flow, store, reach)
        else:
            harvest(flow, allowed_in(flow.dataset), keeping=keeping_of(plan), store=store, reach=reach)
    return store, store.held(flows[0].dataset, flows[0].name)


def listened(systems: Running, flow: Source, store: RawStore, reach: Reach) -> None:
    """Take what is said until a few hundred messages were."""
    stop = Event()
    listening = Listening(flow, store, reach, lambda _state, _code: None)
    asked = {"keeping": Keeping.APPEND, "stop": stop}
    listener = Thread(target=listening.visit, args=[allowed_in(flow.dataset)], kwargs=asked)
    with Witness.of(systems.where) as witness:
        listener.start()
        witness.wait_for(500)
    stop.set()
    listener.join(20)


def applied(systems: Running, dataset: str, folder: Path) -> Mapping[str, object]:
    """Return what both engines make of a dataset's first delivery."""
    territory, zones = load(TERRITORY / "charter"), read_zones(TERRITORY / "zones")
    plan = compile_policy(read(TERRITORY / "politiques" / f"{dataset}.yaml"), territory, now=NOW)
    store, raw = delivered(systems, plan, folder / "delivered")

    def run(desk: Desk) -> Release:
        with store.opened(raw, into=desk.folder / "opened") as files:
            held = Held(raw, files, None, territory.catalogue, zones)
            return apply(plan, held, world=desk.world, limits=Limits(desk.folder / "out", engine=desk.engine))

    return same(on_each(folder, run, now=NOW))


@pytest.mark.parametrize("dataset", DAILY)
def test_a_policy_of_the_territory_gives_the_same_release(systems: Running, tmp_path: Path, dataset: str) -> None:
    assert applied(systems, dataset, tmp_path)["rows"]


@pytest.mark.soak
@pytest.mark.parametrize("dataset", [slug for slug in SLUGS if slug not in DAILY])
def test_so_does_every_other(systems: Running, tmp_path: Path, dataset: str) -> None:
    given = applied(systems, dataset, tmp_path)
    assert given.get("refused") == HONEST.get(dataset)
    assert given.get("rows") or dataset in HONEST
