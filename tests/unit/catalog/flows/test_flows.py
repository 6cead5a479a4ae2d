"""Where a flow stands, from its last walk, its freshness and its orders; of several that hold, the gravest."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from catalog.flow_orders import Given, Stands
from catalog.flows import DeclaredFlow, Flow, FlowState, Way, declared_flows, flows_of
from catalog.freshness import CONFIRMING, Tried
from catalog.models import NOT_COLLECTED
from catalog.views import DatasetView, WalkView
from eclor.errors import SourceUnavailable
from eclor.names import PersonId, Slug
from eclor.sentences.flows import STATES
from tests.unit.api.pages.test_standing import NOW, VIEW

EVERY = timedelta(minutes=10)
FLOW = DeclaredFlow(
    "s", "S", "O", True, "d", (Way("http-csv-1", "csv", "http", EVERY), Way("depot-csv-2", "csv", "depot", EVERY))
)
AGENT = PersonId("p-voirie")


def walk(outcome: str, told: Mapping[str, object] | None = None, *, minutes: float = 1) -> WalkView:
    instant = NOW - timedelta(minutes=minutes)
    return WalkView("r", Slug("d"), instant, instant, outcome, "", None, "", "", told or {})


def refusal(code: str) -> dict[str, object]:
    return {"refusal": SourceUnavailable(code, host="h", name="n", variable="v", status=500).told()}


def flow(last: WalkView | None, stands: Stands | None = None, view: DatasetView | None = VIEW, days: int = 0) -> Flow:
    confirming = last if last and last.outcome in CONFIRMING else None
    views = {} if view is None else {"d": view}
    orders = {"s/d": stands} if stands else {}
    return flows_of([FLOW], views, {"d": Tried(last, confirming)}, orders, NOW + timedelta(days=days))[0]


MUTE = {"mute": {"depot-csv-2": SourceUnavailable("source.no-folder", folder="/x").told()}}


@pytest.mark.parametrize(
    ("last", "state"),
    [
        (walk("published"), FlowState.RUNNING),
        (walk("unchanged"), FlowState.RUNNING),
        (walk("unchanged", MUTE), FlowState.UNREACHABLE),
        (walk("unavailable", refusal("source.down")), FlowState.UNREACHABLE),
        (walk("unavailable", refusal("source.no-credential")), FlowState.FAILED),
        (walk("unavailable", {"refusal": {"code": "store.no-room"}}), FlowState.FAILED),
        (walk("failed", {"refusal": {"code": "run.failed"}}), FlowState.FAILED),
        (walk("refused", {"refusal": {"code": "intake.missing-column"}}), FlowState.REFUSED),
    ],
)
def test_the_last_walk_says_where_a_flow_stands(last: WalkView, state: FlowState) -> None:
    assert flow(last).state is state


def test_a_flow_older_than_its_dataset_promises_is_late_whatever_else_is_well() -> None:
    assert flow(walk("unchanged"), days=2).state is FlowState.LATE
    assert flow(walk("unavailable", refusal("source.down")), days=2).state is FlowState.UNREACHABLE
    fresh = flow(walk("unavailable", refusal("source.down")), days=2).freshness
    assert fresh is not None
    assert fresh.late


def test_a_flow_of_which_nothing_is_out_is_quiet() -> None:
    waiting = replace(VIEW, current=None, state="waiting")
    assert flow(None, view=waiting).state is FlowState.QUIET
    assert flow(walk("waiting"), view=waiting).state is FlowState.QUIET
    assert flow(None, view=None).state is FlowState.QUIET


def test_a_flow_of_what_is_not_collected_promises_nothing() -> None:
    announced = replace(VIEW, current=None, state=NOT_COLLECTED, declared={"nature": "non-collecte"})
    told = flow(None, view=announced)
    assert (told.state, told.freshness, told.promised) == (FlowState.QUIET, None, "")


def test_a_pause_is_said_before_all_else_and_no_next_run_is_promised() -> None:
    paused = flow(walk("failed"), Stands(paused=Given(AGENT, NOW)), days=2)
    assert (paused.state, paused.next_run) == (FlowState.PAUSED, None)


def test_the_next_run_is_a_pace_after_the_last_or_when_someone_asked_whatever_the_time_is() -> None:
    last = walk("unchanged", minutes=4)
    assert flow(last).next_run == NOW + timedelta(minutes=6)
    assert flow(last, Stands(rerun=Given(AGENT, NOW - timedelta(minutes=1)))).next_run == NOW - timedelta(minutes=1)
    assert flow(last, Stands(rerun=Given(AGENT, NOW - timedelta(minutes=5)))).next_run == NOW + timedelta(minutes=6)
    assert flow(walk("unchanged", minutes=40)).next_run == NOW - timedelta(minutes=30)
    assert flow(None).next_run is None


def test_what_one_address_met_is_the_flow_s_error() -> None:
    error = flow(walk("unchanged", MUTE)).error
    assert error is not None
    assert (error["code"], error["fr"]) == ("source.no-folder", "Le dossier de dépôt « … » n'existe pas.")
    assert flow(walk("unchanged")).error is None


def test_every_state_has_its_french_word() -> None:
    assert {*STATES} == {*FlowState}


def test_the_flows_of_the_demonstration_are_those_of_its_sources(tmp_path: Path) -> None:
    declared = declared_flows(Path("policies/ccphva/sources"))
    assert dict(declared.unread) == {}
    lighting = next(one for one in declared.flows if one.dataset == "eclairage-telemetrie")
    assert [way.access for way in lighting.ways] == ["http", "mqtt"]
    assert len({one.name for one in declared.flows}) == len(declared.flows)
    (tmp_path / "x.yaml").write_text("source: x\nflus: []\n")
    assert list(declared_flows(tmp_path).unread) == ["x.yaml"]
