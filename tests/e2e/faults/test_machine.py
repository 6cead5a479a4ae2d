"""What the machine does to a walk: its clock goes back, its disk fills up, its broker restarts."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from queue import Queue
from threading import Event, Thread

import pytest

from catalog.gates.runner import GateRunner
from eclor.standing import allowed_fields, plan_in_force
from harvesters.listening import Listening, StreamState
from harvesters.receiving import Keeping
from tests.e2e.faults.town import BENCHES, LAMPS, NOON, VISITS, Town, benches, counts, opened, put, settle, visits
from tests.e2e.harvest.mosquitto import LOGIN, Mosquitto, available, publish, publisher
from tests.unit.harvesters.transport.conftest import Scripted, answer

pytestmark = pytest.mark.xdist_group("faults")  # one set of warm gates for all


def test_a_clock_that_goes_back_publishes_nothing_until_it_is_right(town: Town, server: Scripted) -> None:
    before = town.served(BENCHES)
    server.says(answer(benches(50)))
    server.heads.clear()
    town.clock.instant -= timedelta(days=2)
    done = town.walked(BENCHES)
    assert (done.outcome, done.door) == ("refused", "compile")
    assert "[run.clock-went-back] L'horloge recule" in done.message_fr
    assert server.heads == []
    assert town.served(BENCHES) == before
    town.clock.instant += timedelta(days=2)
    again = town.walked(BENCHES, minutes=10)
    assert (again.outcome, again.version) == ("published", 2), again.message_fr


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 6 MB of its own."""
    mounted = tmp_path / "disk"
    mounted.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(mounted)]
    if subprocess.run(words, check=False, capture_output=True).returncode != 0:
        pytest.skip("mounting a small disk needs root; tests/e2e/publish tries a limit on file sizes instead")
    yield mounted
    subprocess.run(["umount", "-l", str(mounted)], check=True)


def _fill(disk: Path, *, but_kb: int) -> None:
    """Leave so many kilobytes free."""
    ballast = disk / "ballast"
    ballast.unlink(missing_ok=True)
    state = os.statvfs(disk)
    ballast.write_bytes(bytes(max(0, state.f_bavail * state.f_frsize - but_kb * 1024)))


def test_a_disk_that_is_full_at_any_moment_is_said_and_nothing_is_torn(
    territory: Path, server: Scripted, gates: GateRunner, small_disk: Path, tmp_path: Path
) -> None:
    server.says(answer(benches(40)))
    put(tmp_path / "passages", "2026-11-21.csv", visits(NOON.replace(day=21)), at=NOON)
    with opened(territory, small_disk / "home", gates=gates) as town:
        assert town.walked(BENCHES, minutes=1).outcome == "published"
        before = town.served(BENCHES)
        server.says(answer(benches(1500)))
        refusals = []
        for but_kb in (0, 16, 48, 96, 160, 240, 320, 400, 560):
            _fill(small_disk, but_kb=but_kb)
            done = town.walked(BENCHES, minutes=10)
            (small_disk / "ballast").unlink()
            if done.outcome == "published":
                break
            refusals.append((but_kb, done.door, done.message_fr))
            assert town.served(BENCHES) == before
            town.assert_whole()
        else:
            pytest.fail(f"never published: {refusals}")
        assert {door for _, door, _ in refusals} >= {"harvest", "publish"}, refusals
        assert all("[catalog.no" in said or "no-room]" in said for _, _, said in refusals), refusals
        assert town.version(BENCHES) == done.version
        town.assert_whole()
        assert counts(town.served(BENCHES)["data.csv"])
        assert len(town.served(BENCHES)["data.csv"].splitlines()) == 1501


@contextmanager
def _read_only(folder: Path) -> Iterator[None]:
    """Have a folder of the home stand on a disk that was mounted read-only, as one that fails is."""
    if subprocess.run(["mount", "--bind", str(folder), str(folder)], check=False, capture_output=True).returncode != 0:
        pytest.skip("mounting a folder read-only needs root")
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", str(folder)], check=True)
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.parametrize("folder", ["keys", "raw", "ledger", "journal", "published"])
def test_a_disk_that_turned_read_only_is_said_and_all_goes_on_once_it_is_writable(
    town: Town, tmp_path: Path, folder: str
) -> None:
    before = town.served(VISITS)
    put(tmp_path / "passages", "2026-11-24.csv", visits(NOON), at=NOON.replace(day=25))
    town.clock.instant += timedelta(days=2)
    with _read_only(town.settings.home / folder):
        done = town.walked(VISITS)
        assert done.outcome == "refused", done.message_fr
        assert "[catalog.not-written] Impossible d'écrire" in done.message_fr
        assert town.served(VISITS) == before
    town.assert_whole()
    again = town.walked(VISITS, minutes=10)
    assert (again.outcome, again.version) == ("published", 2), again.message_fr


@contextmanager
def _listening(town: Town) -> Iterator["Queue[StreamState]"]:
    """Listen as `eclor intake` does, telling each change of state."""
    (flow,), stop, states = town.house.flows(LAMPS), Event(), Queue()  # type: ignore[var-annotated]
    allowed = allowed_fields(plan_in_force(LAMPS, town.house))

    def run() -> None:
        told = Listening(flow, town.house.store, town.house.reach, lambda state, _: states.put(state))
        told.visit(allowed, keeping=Keeping.APPEND, stop=stop)

    thread = Thread(target=run)
    thread.start()
    try:
        yield states
    finally:
        stop.set()
        thread.join(20)


def _say(broker: Mosquitto, numbers: range) -> None:
    client = publisher(broker)
    publish(client, numbers)
    client.disconnect()
    client.loop_stop()


def _until(states: "Queue[StreamState]", state: StreamState) -> None:
    while states.get(timeout=20) is not state:
        pass


@pytest.mark.broker
@pytest.mark.skipif(not available, reason="no mosquitto on this machine")
def test_a_broker_that_restarts_during_intake_loses_no_message_up_to_the_published_version(
    tmp_path: Path, gates: GateRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ECLOR_SECRET_BROKER", LOGIN)
    broker = Mosquitto.in_folder(tmp_path / "broker")
    broker.start()
    territory = settle(tmp_path, only=[LAMPS], courtier=broker.url)
    try:
        with opened(territory, tmp_path / "home", gates=gates) as town:
            with _listening(town) as states:
                _until(states, StreamState.CONNECTED)
                _say(broker, range(1500))
                broker.stop()
                _until(states, StreamState.UNREACHABLE)
                broker.start()
                _say(broker, range(1500, 2880))
                _until(states, StreamState.CONNECTED)
                meanwhile = town.walked(LAMPS, minutes=10)
            done = town.walked(LAMPS, days=8)
            assert done.outcome == "published", (meanwhile.message_fr, done.message_fr)
            shown = counts(town.served(LAMPS)["data.csv"])
            town.assert_whole()
    finally:
        broker.stop()
    assert meanwhile.outcome != "failed"
    by_day = [(int(lamps), int(messages)) for lamps, messages, _ in shown.values()]
    assert by_day == [(97, 23 * 60), (97, 24 * 60), (60, 60)], "one message a minute, for two days of UTC"
