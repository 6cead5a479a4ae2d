"""Live streams under strain: silence, readers that do not read, hostile identifiers, crowds, withdrawn versions."""

import json
import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from itertools import product
from pathlib import Path
from threading import Event, Thread
from time import monotonic, sleep
from urllib.parse import urlsplit

import httpx
import pytest
import uvicorn

from api import event_stream, guard
from api import live as broadcasting
from api.app import create_app
from api.connections import Connection
from catalog.registry import withdraw
from eclor.readiness import wait_until_ready
from eclor.settings import Settings
from tests.serving import IN_ORDER, SERIES, live, server
from tests.unit.catalog.publish.released import Home

TIMEOUT_S = 10
PATH = f"/api/v1/live/{SERIES}"
MANY = tuple((f"S{n:04d}", f"2026-10-{day:02d}", 20, 15, "publie") for n, day in product(range(36), range(1, 29)))
"""About as many rows as an event holds: a hundred kilobytes."""
HOSTILE = ("-1", "abc", "1e3", "9" * 15, "9" * 400, "0x1", "1;drop table version", "%00", "1,2", "-0", "1 2")


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    made = Home(tmp_path)
    made.published(live(made, IN_ORDER[:3]))
    yield made
    made.catalog.engine.dispose()


@contextmanager
def served(home: Home) -> Iterator[tuple[str, broadcasting.Broadcast]]:
    """A server in this process, whose patience a test can shorten; the kernel keeps little for it."""
    with socket.socket() as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
        app = create_app(Settings(home=home.folder, port=port))
        server = uvicorn.Server(uvicorn.Config(app, http=Connection, access_log=False, log_level="warning"))
        thread = Thread(target=server.run, args=([listening],))
        thread.start()
        try:
            wait_until_ready(port, until=Event(), ended=lambda: None if thread.is_alive() else 1)
            yield f"http://127.0.0.1:{port}", app.state.parts.broadcast
        finally:
            server.should_exit = True
            thread.join(TIMEOUT_S)
    assert not thread.is_alive()


def publish(home: Home, rows: tuple[tuple[object, ...], ...]) -> None:
    home.clock.move(minutes=10)
    home.published(live(home, rows))


def events(answer: httpx.Response) -> Iterator[tuple[int, int]]:
    """The identifier and the version of each event."""
    identifier = 0
    for line in answer.iter_lines():
        name, _, value = line.partition(": ")
        if name == "id":
            identifier = int(value)
        if name == "data":
            yield identifier, json.loads(value)["version"]


def listen(address: str, last_id: str | None = None) -> AbstractContextManager[httpx.Response]:
    headers = {} if last_id is None else {"Last-Event-ID": last_id}
    return httpx.stream("GET", address + PATH, headers=headers, timeout=TIMEOUT_S)


def until(happened: Callable[[], bool]) -> None:
    """Wait for what comes soon."""
    end = monotonic() + TIMEOUT_S
    while not happened():
        assert monotonic() < end
        sleep(0.05)


def test_a_silence_is_filled_with_heartbeats(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(event_stream, "HEARTBEAT_S", 0.1)
    with served(home) as (address, _), listen(address) as answer:
        lines = answer.iter_lines()
        said = [next(lines) for _ in range(9)]
    assert [line.partition(":")[0] for line in said] == ["id", "event", "data", "retry", "", "", "", "", ""]
    assert said[4:] == ["", ": ", "", ": ", ""]


def test_an_identifier_that_nobody_gave_gets_the_state_and_what_follows(home: Home) -> None:
    with served(home) as (address, _), ExitStack() as streams:
        answers = [streams.enter_context(listen(address, last_id)) for last_id in HOSTILE]
        assert {answer.status_code for answer in answers} == {200}
        told = [events(answer) for answer in answers]
        assert [next(one)[1] for one in told] == [1] * len(HOSTILE)
        publish(home, IN_ORDER[:5])
        assert [next(one)[1] for one in told] == [2] * len(HOSTILE)


def test_a_withdrawn_version_enters_no_stream_and_ends_it(home: Home) -> None:
    with served(home) as (address, _):
        with listen(address) as answer:
            seen, _ = next(events(answer))
        for rows in (5, 6, 7):
            publish(home, IN_ORDER[:rows])
        withdraw(home.catalog, SERIES, 3, reason="Erreur de saisie.", now=home.clock.now())
        with listen(address, str(seen)) as answer:
            told = events(answer)
            assert [next(told)[1] for _ in range(2)] == [2, 4]
            withdraw(home.catalog, SERIES, 4, reason="Erreur de saisie.", now=home.clock.now())
            assert list(told) == []
        again = httpx.get(address + PATH, headers={"Last-Event-ID": str(seen)})
        assert (again.status_code, again.json()["code"]) == (410, "api.withdrawn")


def deaf(address: str) -> socket.socket:
    """A reader that asks, and never reads."""
    made = socket.socket()
    made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
    made.connect(("127.0.0.1", urlsplit(address).port))
    made.sendall(f"GET {PATH} HTTP/1.1\r\nHost: here\r\n\r\n".encode())
    return made


def test_who_does_not_read_is_cut_and_harms_nobody(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(event_stream, "HEARTBEAT_S", 0.2)
    monkeypatch.setattr(event_stream, "SEND_S", 0.5)
    with served(home) as (address, broadcast), ExitStack() as streams:
        told = [events(streams.enter_context(listen(address))) for _ in range(3)]
        for one in told:
            next(one)
        silent = [streams.enter_context(closing(deaf(address))) for _ in range(3)]
        until(lambda: len(broadcast._listeners) == len(told) + len(silent))
        for version, rows in ((2, MANY), (3, MANY[1:]), (4, MANY[2:])):
            publish(home, rows)
            assert [next(one)[1] for one in told] == [version] * len(told)
        until(lambda: len(broadcast._listeners) == len(told))
        assert not any(received(reader).endswith(b"\r\n") for reader in silent), "cut within an event"
        publish(home, IN_ORDER[:4])
        assert [next(one)[1] for one in told] == [5] * len(told)


def received(reader: socket.socket) -> bytes:
    """All that the kernels still hold, up to the end."""
    reader.settimeout(TIMEOUT_S)
    got = b""
    try:
        while part := reader.recv(65_536):
            got += part
    except ConnectionResetError:
        pass
    return got


def test_a_stream_ends_when_the_server_stops(home: Home) -> None:
    with ExitStack() as streams:
        with server(home.folder) as address:
            told = events(streams.enter_context(listen(address)))
            assert next(told)[1] == 1
        assert list(told) == []


def test_one_listener_too_many_of_a_worker_is_told_when_to_return(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(broadcasting, "MOST_LISTENERS", 2)
    with served(home) as (address, broadcast):
        with listen(address) as first, listen(address) as second:
            told = [events(one) for one in (first, second)]
            assert [next(one)[1] for one in told] == [1, 1]
            refused = httpx.get(address + PATH)
            assert (refused.status_code, refused.json()["code"]) == (503, "api.too-many-listeners")
            assert int(refused.headers["retry-after"]) > 0
            head = httpx.head(address + PATH)
            assert (head.status_code, head.headers["content-type"]) == (200, first.headers["content-type"])
        until(lambda: not broadcast._listeners)
        with listen(address) as third:
            assert next(events(third))[1] == 1


def test_one_listener_too_many_of_a_client_is_refused_alone(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "MOST_AT_ONCE", 2)
    with served(home) as (address, _), ExitStack() as streams:
        crowd, other = ({"X-Forwarded-For": client} for client in ("203.0.113.5", "203.0.113.6"))
        asked = [httpx.stream("GET", address + PATH, headers=one, timeout=TIMEOUT_S) for one in (crowd, crowd, other)]
        told = [events(streams.enter_context(one)) for one in asked[:2]]
        assert [next(one)[1] for one in told] == [1, 1]
        refused = httpx.get(address + PATH, headers=crowd)
        assert (refused.status_code, refused.json()["code"]) == (429, "api.too-many-at-once")
        assert int(refused.headers["retry-after"]) > 0
        assert next(events(streams.enter_context(asked[2])))[1] == 1
