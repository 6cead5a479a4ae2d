"""Flows that people pause, resume and rerun, sources that cannot be reached: what is published stays."""

import json
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread

import pytest
import typer
from starlette.testclient import TestClient
from typer.testing import CliRunner

from api.app import create_app
from catalog.flow_orders import Order, OrderBook, give
from catalog.gates.runner import GateRunner
from charter.chain import Kind
from eclor.cli.flow import app as flow_app
from eclor.cli.flows import flows as flows_command
from eclor.names import PersonId, Slug
from eclor.schedule import keep_walking
from eclor.world import SystemClock
from tests.e2e.faults.town import BENCHES, VISITS, Town, benches, opened
from tests.unit.harvesters.transport.conftest import Scripted, answer

pytestmark = pytest.mark.xdist_group("faults")  # one set of warm gates for all
FLOW = f"mobilier/{BENCHES}"
AGENT = PersonId("p-voirie")


def ordered(town: Town, order: Order, flow: str = FLOW) -> None:
    give(order, flow, AGENT, OrderBook(town.settings.home, town.house.catalog.journal, town.house.world))


def stands(town: Town) -> dict[str, str]:
    with TestClient(create_app(town.settings)) as client:
        return {flow["flow"]: flow["state"] for flow in client.get("/api/v1/flows").json()["flows"]}


def test_a_paused_flow_is_not_asked_and_what_it_published_stays(
    town: Town, server: Scripted, gates: GateRunner, territory: Path
) -> None:
    server.says(answer(benches(50)))
    before, asked = town.served(BENCHES), len(server.heads)
    ordered(town, Order.PAUSE)
    done = town.walked(BENCHES, minutes=10)
    assert (done.outcome, done.version, done.failed) == ("paused", 1, False), done.message_fr
    with opened(territory, town.settings.home, gates=gates, clock=town.clock) as restarted:
        assert restarted.walked(BENCHES, minutes=10).outcome == "paused"
        assert restarted.walked(VISITS).outcome == "unchanged"
    assert len(server.heads) == asked
    assert town.served(BENCHES) == before
    assert stands(town)[FLOW] == "paused"
    ordered(town, Order.RESUME)
    again = town.walked(BENCHES, minutes=10)
    assert (again.outcome, again.version) == ("published", 2), again.message_fr
    assert len(server.heads) > asked
    assert stands(town)[FLOW] != "paused"


def test_a_flow_paused_before_anything_came_waits_and_asks_nothing(
    tmp_path: Path, territory: Path, server: Scripted, gates: GateRunner
) -> None:
    with opened(territory, tmp_path / "home", gates=gates) as town:
        ordered(town, Order.PAUSE)
        done = town.walked(BENCHES)
        assert (done.outcome, done.version, done.failed, server.heads) == ("paused", None, False, [])
        assert "en pause" in done.message_fr


def test_a_source_that_cannot_be_reached_is_a_state_and_no_failure_of_the_run(town: Town, server: Scripted) -> None:
    server.says(answer(status="503 Service Unavailable"))
    mute, well = town.walked(BENCHES, minutes=10), town.walked(VISITS)
    assert (mute.outcome, mute.source_mute, mute.failed) == ("unavailable", True, False)
    assert (well.outcome, well.failed) == ("unchanged", False)
    assert stands(town)[FLOW] == "unreachable"
    server.says(answer(benches(50).replace(b"places\n", b"nb_places\n", 1)))
    drifted = town.walked(BENCHES, minutes=10)
    assert (drifted.outcome, drifted.failed) == ("refused", True)


@pytest.fixture
def clocked(town: Town) -> Town:
    """The town on the machine's clock: the schedule runs by it."""
    world = replace(town.house.world, clock=SystemClock())
    return replace(town, house=replace(town.house, world=world, policies={BENCHES: town.house.policies[BENCHES]}))


def test_an_order_to_run_now_is_seen_by_a_run_at_work(clocked: Town) -> None:
    stop, walked = Event(), Event()
    again: list[Slug] = []

    def walk_one(dataset: Slug) -> None:
        again.append(dataset)
        walked.set()

    run = Thread(
        target=keep_walking, args=[clocked.house, walk_one], kwargs={"chores": (), "at_once": (), "until": stop}
    )
    run.start()
    try:
        assert again == []
        ordered(clocked, Order.RERUN)
        assert walked.wait(20)
    finally:
        stop.set()
        run.join(20)
    assert set(again) == {BENCHES}


def test_the_commands_ask_who_orders_and_say_what_came_in(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ECLOR_HOME", str(town.settings.home))
    monkeypatch.setenv("ECLOR_TERRITORY", str(town.settings.territory))
    run = CliRunner()
    refused = run.invoke(flow_app, ["pause", FLOW, "--as", "personne"])
    assert (refused.exit_code, "[V765]" in refused.output) == (1, True)
    unknown = run.invoke(flow_app, ["pause", "mobilier/tables", "--as", AGENT])
    assert (unknown.exit_code, "[flow.unknown]" in unknown.output) == (1, True)
    paused = run.invoke(flow_app, ["pause", FLOW, "--as", AGENT])
    assert (paused.exit_code, AGENT in paused.output) == (0, True), paused.output
    told = [entry.facts["order"] for entry in town.house.catalog.journal.entries() if entry.kind is Kind.FLOW]
    assert told == ["pause"]
    listing = typer.Typer()
    listing.command()(flows_command)
    found = json.loads(run.invoke(listing, ["--json"]).stdout)
    one = next(flow for flow in found["flows"] if flow["flow"] == FLOW)
    assert (one["state"], one["paused"]["by"], one["internal"]["rows_held"]) == ("paused", AGENT, 40)
    shown = run.invoke(listing, [])
    assert (shown.exit_code, "En pause" in shown.stdout) == (0, True), shown.output
