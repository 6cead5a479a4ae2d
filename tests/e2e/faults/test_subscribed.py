"""From a context broker to the live event: subscribed as `eclor intake` does, walked when something was told."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from threading import Event, Thread

import httpx
import pytest

from catalog.flow_orders import Order, OrderBook, give
from catalog.gates.runner import GateRunner
from charter.acting import Signatory, act
from charter.demonstration import demonstration_key
from charter.vocabulary import ActKind
from eclor.cli.intake import keep_listening, ways_of
from eclor.names import PersonId
from eclor.pipeline import walk
from eclor.schedule import keep_walking
from harvesters.reach import Credentials
from tests.e2e.api.test_live import events
from tests.e2e.faults.town import CONTAINERS, NOON, SetClock, Town, opened, settle
from tests.e2e.main_job.running import until
from tests.e2e.subscriptions.broker import Broker, running
from tests.e2e.subscriptions.follower import SECRETS
from tests.serving import server

pytestmark = pytest.mark.xdist_group("faults")  # one set of warm gates for all


@dataclass
class RunningClock(SetClock):
    """A clock that runs from noon, twenty times as fast: a dataset rests ten seconds between two walks."""

    mark: float = field(default_factory=time.monotonic)

    def now(self) -> datetime:
        return self.instant + 20 * timedelta(seconds=time.monotonic() - self.mark)


@contextmanager
def listening(town: Town) -> Iterator[None]:
    """Listen as `eclor intake` does."""
    stopping = Event()
    with ExitStack() as doors:
        thread = Thread(target=keep_listening, args=[ways_of(town.house, doors), town.house, stopping])
        thread.start()
        try:
            yield
        finally:
            stopping.set()
            thread.join(20)


@pytest.fixture
def broker() -> Iterator[Broker]:
    with running() as one:
        for number in range(12):
            one.fill(f"C{number:02d}", 0.1)
        yield one


@pytest.fixture
def town(tmp_path: Path, broker: Broker, gates: GateRunner) -> Iterator[Town]:
    territory = settle(tmp_path, only=[CONTAINERS], courtier=broker.url)
    with opened(territory, tmp_path / "home", gates=gates, clock=RunningClock()) as one:
        yield replace(one, house=replace(one.house, reach=replace(one.house.reach, credentials=Credentials(SECRETS))))


def level_of(state: dict[str, object]) -> str:
    """Return the level of one container in a live event."""
    records: list[dict[str, object]] = state["records"]  # type: ignore[assignment]
    return next(f"{record['niveau']:.2f}" for record in records if record["code"] == "C07")


def test_what_changes_at_the_broker_comes_as_a_live_event(town: Town, broker: Broker) -> None:
    stopping = Event()
    step = partial(walk, house=town.house, run_id="essai", at_door=lambda _: None)
    walking = partial(keep_walking, town.house, step, chores=[], at_once=[CONTAINERS], until=stopping)
    with listening(town), server(town.settings.home) as address:
        until(lambda: bool(broker.held()) and broker.held()[0].sent > 0, 30, "told")
        thread = Thread(target=walking)
        thread.start()
        try:
            with httpx.stream("GET", f"{address}/api/v1/live/{CONTAINERS}", timeout=60) as answer:
                told = events(answer)
                levels = [level_of(state) for _, state in islice(told, 1)]
                broker.fill("C07", 0.9, at=NOON + timedelta(seconds=1))
                assert broker.tell()
                while levels[-1] != "0.90":
                    levels.append(level_of(next(told)[1]))
        finally:
            stopping.set()
            thread.join(30)
    assert levels[0] == "0.10"


def test_a_paused_flow_is_told_nothing_and_asked_for_all_when_it_goes_on(town: Town, broker: Broker) -> None:
    book = OrderBook(town.settings.home, town.house.catalog.journal, town.house.world)
    flow = f"courtier/{CONTAINERS}"
    with listening(town):
        until(lambda: len(broker.held()) == 1, 30, "subscribed")
        give(Order.PAUSE, flow, PersonId("p-voirie"), book)
        until(lambda: broker.held() == [], 30, "ended")
        give(Order.RESUME, flow, PersonId("p-voirie"), book)
        until(lambda: len(broker.held()) == 1, 30, "subscribed")
    assert len(broker.held()) == 1, "who stops comes back to it"


def test_a_revoked_policy_ends_what_was_subscribed_to(town: Town, broker: Broker) -> None:
    with listening(town):
        until(lambda: len(broker.held()) == 1, 30, "subscribed")
        dpo = Signatory(PersonId("p-dpo"), demonstration_key(PersonId("p-dpo")))
        act(ActKind.REVOKE, (CONTAINERS, None), by=dpo, desk=town.house.desk, piece=None)
        until(lambda: broker.held() == [], 30, "ended")
        time.sleep(2)
        assert broker.held() == [], "it does not come back"


def test_what_is_no_longer_declared_is_ended_at_its_broker(town: Town, broker: Broker) -> None:
    with listening(town):
        until(lambda: len(broker.held()) == 1, 30, "subscribed")
    with listening(replace(town, house=replace(town.house, sources=()))):
        until(lambda: broker.held() == [], 30, "ended")
