"""A real broker, real crashes: an accepted message is held, once, whatever dies."""

import os
import random  # noqa: TID251 - the moments of death are the test's own
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from queue import Queue
from threading import Event, Thread

import pytest

from eclor.errors import SourceUnavailable
from harvesters.harvest import harvest
from harvesters.listening import Listening, StreamState, drain
from harvesters.raw_store import RawStore
from harvesters.reach import MIB, Patience
from harvesters.receiving import Keeping
from harvesters.transport.mqtt import Feed
from tests.e2e.harvest.listener import SECRETS, lamps
from tests.e2e.harvest.mosquitto import TOPIC, Mosquitto, available, free_port, publish, publisher
from tests.harvesting import HASTY, all_of, reach, rows_of, store_at

pytestmark = [pytest.mark.broker, pytest.mark.skipif(not available, reason="no mosquitto on this machine")]
ROOT = Path(__file__).parents[3]
States = "Queue[tuple[StreamState, str]]"
CALM = replace(HASTY, connect_s=15)
"""The broker shares the machine with the whole suite."""


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Mosquitto]:
    mosquitto = Mosquitto.in_folder(tmp_path / "broker")
    mosquitto.start()
    yield mosquitto
    mosquitto.stop()


@pytest.fixture
def store(tmp_path: Path) -> RawStore:
    return store_at(tmp_path)


def _drain(tmp_path: Path, broker: Mosquitto, store: RawStore, patience: Patience = CALM) -> None:
    source = lamps(tmp_path, broker.url)
    drain(source, all_of(source), keeping=Keeping.APPEND, store=store, reach=reach(store, SECRETS, patience))


def _watts(tmp_path: Path, broker: Mosquitto, store: RawStore) -> list[int]:
    source = lamps(tmp_path, broker.url)
    raw = store.held(source.dataset, source.name)
    return sorted(int(str(row["watts"])) for row in rows_of(raw, store, tmp_path / "work"))


def _say(broker: Mosquitto, numbers: range) -> None:
    client = publisher(broker)
    publish(client, numbers)
    client.disconnect()
    client.loop_stop()


@contextmanager
def _listening(tmp_path: Path, broker: Mosquitto, store: RawStore) -> Iterator[States]:
    source, stop, states = lamps(tmp_path, broker.url), Event(), Queue()  # type: ignore[var-annotated]

    def run() -> None:
        allowed, told = all_of(source), lambda state, code: states.put((state, code))
        Listening(source, store, reach(store, SECRETS, CALM), told).visit(allowed, keeping=Keeping.APPEND, stop=stop)

    thread = Thread(target=run)
    thread.start()
    try:
        yield states
    finally:
        stop.set()
        thread.join(20)


def _until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end, "too long"


def _written(tmp_path: Path) -> int:
    return sum(path.stat().st_size for path in (tmp_path / "raw").rglob("*.wal"))


def test_what_was_said_while_nobody_listened_is_held(tmp_path: Path, broker: Mosquitto, store: RawStore) -> None:
    _drain(tmp_path, broker, store)  # the first visit makes the session
    _say(broker, range(2500))
    source = lamps(tmp_path, broker.url)
    raw = harvest(source, all_of(source), keeping=Keeping.APPEND, store=store, reach=reach(store, SECRETS, CALM))
    assert raw.rows == 2500
    assert _watts(tmp_path, broker, store) == list(range(2500))
    _drain(tmp_path, broker, store)
    assert store.held(source.dataset, source.name).counts.repeated == 0, "the broker was told to forget them"


def test_long_messages_are_read_a_few_at_a_time(tmp_path: Path, broker: Mosquitto, store: RawStore) -> None:
    _drain(tmp_path, broker, store)
    client = publisher(broker)
    for said in [client.publish(TOPIC.format(1), b" " * MIB, qos=1) for _ in range(30)]:
        said.wait_for_publish(20)
    client.disconnect()
    client.loop_stop()
    feed = Feed(lamps(tmp_path, broker.url), reach(store, SECRETS, CALM))
    feed.open()
    sizes = []
    while sum(sizes) < 30 * MIB and (messages := feed.read(10)):
        sizes.append(sum(len(message.payload) for message in messages))
        feed.acknowledge(messages)
    feed.close()
    assert sum(sizes) == 30 * MIB
    assert max(sizes) < 2 * 9 * MIB, "two passes: one while it subscribes"


def test_a_listener_holds_what_is_said(tmp_path: Path, broker: Mosquitto, store: RawStore) -> None:
    with _listening(tmp_path, broker, store) as states:
        assert states.get(timeout=10) == (StreamState.CONNECTED, "")
        _say(broker, range(300))
        _until(lambda: _written(tmp_path) > 0)
    assert states.get(timeout=10) == (StreamState.STOPPED, "")
    _drain(tmp_path, broker, store)
    assert _watts(tmp_path, broker, store) == list(range(300))


@pytest.mark.parametrize("login", ["reader:wrong", "nobody:secret", "reader:"])
def test_a_wrong_login_is_said_at_once_and_without_the_password(
    tmp_path: Path, broker: Mosquitto, store: RawStore, login: str
) -> None:
    source = lamps(tmp_path, broker.url)
    with pytest.raises(SourceUnavailable) as refused:
        Listening(source, store, reach(store, {"ECLOR_SECRET_BROKER": login}, CALM), lambda _state, _code: None).visit(
            all_of(source), keeping=Keeping.APPEND, stop=Event()
        )
    assert refused.value.code == "source.login-refused"
    assert f"127.0.0.1:{broker.port}" in refused.value.french()
    assert "wrong" not in refused.value.located() + repr(refused.value.facts)


def test_a_broker_that_is_down_is_said_then_found_again(tmp_path: Path, broker: Mosquitto, store: RawStore) -> None:
    broker.stop()
    with pytest.raises(SourceUnavailable) as refused:
        _drain(tmp_path, broker, store)
    assert refused.value.code == "source.down"
    with _listening(tmp_path, broker, store) as states:
        assert states.get(timeout=10) == (StreamState.UNREACHABLE, "source.down")
        broker.start()
        _until(lambda: states.get(timeout=10) == (StreamState.CONNECTED, ""))
        _say(broker, range(100))
        _until(lambda: _written(tmp_path) > 0)
    _drain(tmp_path, broker, store)
    assert _watts(tmp_path, broker, store) == list(range(100))


def test_a_broker_that_restarts_loses_nothing(tmp_path: Path, broker: Mosquitto, store: RawStore) -> None:
    with _listening(tmp_path, broker, store) as states:
        assert states.get(timeout=10)[0] is StreamState.CONNECTED
        _say(broker, range(400))
        broker.stop()
        assert states.get(timeout=10) == (StreamState.UNREACHABLE, "source.lost")
        broker.start()
        _until(lambda: states.get(timeout=10)[0] is StreamState.CONNECTED)
        _say(broker, range(400, 800))
    _drain(tmp_path, broker, store)
    assert _watts(tmp_path, broker, store) == list(range(800))


def test_a_broker_that_does_not_speak_mqtt_5_is_spoken_to_in_3(tmp_path: Path, store: RawStore) -> None:
    file, port = tmp_path / "users.json", free_port()
    file.write_text(f'{{"port": {port}, "users": {{"reader": "secret"}}}}')
    words = [sys.executable, "-m", "harvesters.simulators.python_broker", str(file)]
    process = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    other = Mosquitto(tmp_path, port)
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "listening\n"
        _drain(tmp_path, other, store, replace(HASTY, connect_s=3))
        _say(other, range(50))
        _drain(tmp_path, other, store, replace(HASTY, connect_s=3))
    finally:
        process.kill()
        process.communicate()
    assert _watts(tmp_path, other, store) == list(range(50))


@contextmanager
def _process(tmp_path: Path, broker: Mosquitto, **environment: str) -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-m", "tests.e2e.harvest.listener", str(tmp_path), broker.url]
    process = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **environment}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def test_killed_ten_times_at_random_every_message_is_held_once(
    tmp_path: Path, broker: Mosquitto, store: RawStore
) -> None:
    seed = int(os.environ.get("ECLOR_TEST_SEED", "20261124"))
    moments, said = random.Random(seed), 0
    _drain(tmp_path, broker, store)
    client = publisher(broker)
    for _ in range(10):
        with _process(tmp_path, broker) as process:
            assert process.stdout is not None
            while not process.stdout.readline().startswith("state StreamState.CONNECTED"):
                assert process.poll() is None, f"seed {seed}"
            for _ in range(4):
                publish(client, range(said, said + 50))
                said += 50
            process.stdout.readable()
            deadline = time.monotonic() + moments.uniform(0, 0.1)
            _until(lambda end=deadline: time.monotonic() >= end)  # type: ignore[misc]
            os.killpg(process.pid, signal.SIGKILL)
            assert process.wait(10) == -signal.SIGKILL
    client.disconnect()
    client.loop_stop()
    restarted = store_at(tmp_path)
    _drain(tmp_path, broker, restarted)
    assert _watts(tmp_path, broker, restarted) == list(range(said)), f"seed {seed}"


@pytest.mark.parametrize("point", ["stream.taken", "stream.written", "stream.synced"])
def test_killed_around_the_write_nothing_is_lost_or_doubled(
    tmp_path: Path, broker: Mosquitto, store: RawStore, point: str
) -> None:
    _drain(tmp_path, broker, store)
    _say(broker, range(700))
    with _process(tmp_path, broker, ECLOR_FAILPOINT=point) as process:
        assert process.wait(20) == -signal.SIGKILL
    _drain(tmp_path, broker, store)
    assert _watts(tmp_path, broker, store) == list(range(700))


def test_a_dead_listener_of_another_run_does_not_hold_the_flow(
    tmp_path: Path, broker: Mosquitto, store: RawStore
) -> None:
    with _process(tmp_path, broker) as process:
        assert process.stdout is not None
        while not process.stdout.readline().startswith("state StreamState.CONNECTED"):
            assert process.poll() is None
        with pytest.raises(Exception, match="Another harvest"):
            _drain(tmp_path, broker, store)
    _drain(tmp_path, broker, store)
