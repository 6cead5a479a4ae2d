"""A third-party MQTT client reads the simulated lamps, on mosquitto and on the broker in Python."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Queue
from subprocess import PIPE, Popen

import paho.mqtt.client as mqtt
import pytest
from paho.mqtt.enums import CallbackAPIVersion

from harvesters.simulators.broker import free_port
from tests.e2e.simulators.running import ROOT, Running

TOPIC = "application/+/device/+/event/up"
pytestmark = pytest.mark.broker


@contextmanager
def _client(port: int, login: tuple[str, str] | None, name: str) -> Iterator[tuple[mqtt.Client, "Queue[object]"]]:
    """A connected client, and the queue of what happened to it: reason codes, then messages."""
    seen: Queue[object] = Queue()
    client = mqtt.Client(CallbackAPIVersion.VERSION2, client_id=name)
    if login:
        client.username_pw_set(*login)
    client.on_connect = lambda _c, _u, _f, reason, _p: seen.put(reason)
    client.on_subscribe = lambda _c, _u, _m, reasons, _p: seen.put(reasons[0])
    client.on_message = lambda _c, _u, message: seen.put(message)
    client.connect("127.0.0.1", port)
    client.loop_start()
    try:
        yield client, seen
    finally:
        client.disconnect()
        client.loop_stop()


def test_lamps_speak_chirpstack_at_qos_1(systems: Running) -> None:
    with _client(systems.port, systems.login("courtier-eclairage"), "reader") as (client, seen):
        assert seen.get(timeout=10) == "Success"
        client.subscribe(TOPIC, qos=1)
        assert seen.get(timeout=10) == "Granted QoS 1"
        messages = [seen.get(timeout=10) for _ in range(300)]
    assert {message.qos for message in messages} == {1}
    assert len({message.topic for message in messages}) == 300
    for message in messages:
        payload = json.loads(message.payload)
        assert message.topic.split("/")[3] == payload["deviceInfo"]["devEui"]
        assert payload["time"].startswith("2026-11-24T13:")


@pytest.mark.parametrize("login", [None, ("lecteur-eclairage", "wrong"), ("nobody", "x")])
def test_a_stranger_is_turned_away(systems: Running, login: tuple[str, str] | None) -> None:
    with _client(systems.port, login, "stranger") as (_, seen):
        assert str(seen.get(timeout=10)) in {"Not authorized", "Bad user name or password"}


def test_a_reader_cannot_speak_for_the_lamps(systems: Running) -> None:
    with _client(systems.port, systems.login("courtier-eclairage"), "liar") as (client, seen):
        assert seen.get(timeout=10) == "Success"
        client.subscribe(TOPIC, qos=1)
        client.publish("application/x/device/liar/event/up", b"lie", qos=1).wait_for_publish(10)
        topics = [message.topic for message in (seen.get(timeout=10) for _ in range(30)) if hasattr(message, "topic")]
    assert not [topic for topic in topics if "liar" in topic]


def test_the_passwords_are_for_their_owner_only(systems: Running) -> None:
    folder = Path(systems.where["secrets"]).parent
    assert folder.stat().st_mode & 0o777 == 0o700
    for name in ("secrets.json", "passwords", "mosquitto.conf"):
        assert (folder / name).stat().st_mode & 0o077 == 0
    assert systems.login("courtier-eclairage")[1] not in (folder / "passwords").read_text()


@pytest.fixture(scope="module")
def python_broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    file = tmp_path_factory.mktemp("broker") / "users.json"
    port = free_port()
    file.write_text(json.dumps({"port": port, "users": {"reader": "r-secret", "writer": "w-secret"}}))
    words = [sys.executable, "-m", "harvesters.simulators.python_broker", str(file)]
    process = Popen(words, cwd=ROOT, stdout=PIPE, text=True)
    assert process.stdout.readline() == "listening\n"
    yield port
    process.terminate()
    process.wait(20)
    process.stdout.close()


def test_without_mosquitto_a_broker_in_python_does(python_broker: int) -> None:
    with (
        _client(python_broker, ("reader", "r-secret"), "r") as (reader, read),
        _client(python_broker, ("writer", "w-secret"), "w") as (writer, written),
        _client(python_broker, ("reader", "wrong"), "s") as (_, turned_away),
    ):
        assert read.get(timeout=10) == "Success"
        assert written.get(timeout=10) == "Success"
        assert str(turned_away.get(timeout=10)) in {"Not authorized", "Bad user name or password"}
        reader.subscribe(TOPIC, qos=1)
        assert read.get(timeout=10) == "Granted QoS 1"
        writer.publish("application/a/device/b/event/up", b"{}", qos=1).wait_for_publish(10)
        assert read.get(timeout=10).payload == b"{}"
