"""A context broker tells what changes: held once, whatever is said twice, late, wrongly, or while nobody listens."""

import math
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from harvesters.harvest import harvest
from harvesters.notifications import Door
from harvesters.raw_store import RawStore
from harvesters.receiving import Keeping
from harvesters.simulators.broker import free_port
from harvesters.simulators.clock import started_at
from tests.e2e.subscriptions.broker import NOON, TYPE, Broker, running
from tests.e2e.subscriptions.follower import SECRETS, TOKEN, containers, followed
from tests.e2e.subscriptions.held import levels, until
from tests.harvesting import all_of, reach, rows_of, store_at

ROOT = Path(__file__).parents[3]
LATER = NOON + timedelta(minutes=5)


@pytest.fixture
def broker() -> Iterator[Broker]:
    with running() as one:
        one.fill("C1", 0.1)
        one.fill("C2", 0.2)
        yield one


@pytest.fixture
def store(tmp_path: Path) -> RawStore:
    return store_at(tmp_path, started_at(NOON))


@pytest.fixture(params=["ngsi-ld", "ngsi-v2"])
def access(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def post(door: Door, broker: Broker, content: object, *, token: str = TOKEN, path: str = "") -> httpx.Response:
    url = door.url + path if path else broker.held()[0].wish.callback
    sent = content if isinstance(content, bytes) else None
    with httpx.Client(trust_env=False) as client:
        return client.post(url, json=None if sent else content, content=sent, headers={"X-Auth-Token": token})


def notification(broker: Broker, *changed: tuple[str, float, datetime], subscription: str = "") -> dict[str, object]:
    (held,) = broker.held()
    before = dict(broker.entities)
    for code, level, at in changed:
        broker.fill(code, level, at=at)
    content = broker.linked_data.notification(held, [broker.entities[code] for code, _, _ in changed])
    broker.entities = before
    return content | ({"subscriptionId": subscription} if subscription else {})


def test_what_changes_at_the_broker_is_held_and_nothing_else_is_asked_for(
    tmp_path: Path, broker: Broker, store: RawStore, access: str
) -> None:
    with followed(containers(tmp_path, broker.url, access), store):
        (held,) = broker.held()
        assert (set(held.wish.attributes), held.wish.watched) == (
            {"containerCode", "fillingLevel"}, set(held.wish.attributes)
        )  # fmt: skip
        broker.fill("C2", 0.9, at=LATER)
        assert broker.tell()
        until(lambda: levels(tmp_path, broker, store, access) == {"C1": Decimal("0.10"), "C2": Decimal("0.90")})
        broker.fill("C1", 0.8, at=LATER)  # alone in its segment: what was told before stays
        assert broker.tell()
        until(lambda: levels(tmp_path, broker, store, access) == {"C1": Decimal("0.80"), "C2": Decimal("0.90")})


def test_a_restart_finds_its_subscription_again_even_if_the_home_forgot_it(
    tmp_path: Path, broker: Broker, store: RawStore, access: str
) -> None:
    source = containers(tmp_path, broker.url, access)
    identifiers = set()
    for level, forgets in ((0.3, False), (0.4, True), (0.5, False)):
        with followed(source, store):
            (held,) = broker.held()
            identifiers.add(held.identifier)
            sent = held.sent
            broker.fill("C1", level, at=LATER)
            assert (broker.tell(), held.sent) == (True, sent + 1), "the door moved, and the broker knows"
        for file in (store.folder / "subscriptions").iterdir():
            assert TOKEN not in file.read_text()
            if forgets:
                file.unlink()
    assert len(identifiers) == 1


def test_what_was_said_while_nobody_listened_is_asked_for(
    tmp_path: Path, broker: Broker, store: RawStore, access: str
) -> None:
    source = containers(tmp_path, broker.url, access)
    with followed(source, store):
        pass
    broker.fill("C1", 0.7, at=LATER)
    assert not broker.tell()
    del broker.entities["C2"]
    with followed(source, store):
        assert levels(tmp_path, broker, store, access) == {"C1": Decimal("0.70")}


def test_what_is_late_or_twice_changes_nothing(tmp_path: Path, broker: Broker, store: RawStore) -> None:
    source = containers(tmp_path, broker.url)
    with followed(source, store) as door:
        newer = notification(broker, ("C1", 0.8, LATER))
        older = notification(broker, ("C1", 0.4, LATER - timedelta(minutes=1)))
        for content in (newer, older, newer, older):
            assert post(door, broker, content).status_code == 204
    assert levels(tmp_path, broker, store) == {"C1": Decimal("0.80"), "C2": Decimal("0.20")}
    assert store.held(source.dataset, source.name).counts.repeated == 2


def test_who_may_not_tell_is_refused_and_nothing_is_stored(
    tmp_path: Path, broker: Broker, store: RawStore, capfd: pytest.CaptureFixture[str]
) -> None:
    source = containers(tmp_path, broker.url)
    with followed(source, store) as door:
        content = notification(broker, ("C1", 0.99, LATER))
        assert post(door, broker, content, token="x" * 40).status_code == 403
        assert post(door, broker, content, token="").status_code == 403
        assert post(door, broker, content, path="/visits/other").status_code == 404
        strange = notification(broker, ("C1", 0.99, LATER), subscription="urn:ngsi-ld:Subscription:other")
        assert post(door, broker, strange).status_code == 404
        assert post(door, broker, b" " * (1024 * 1024 + 1)).status_code == 413
        with httpx.Client(trust_env=False) as client:
            assert client.get(broker.held()[0].wish.callback).status_code == 405
    assert levels(tmp_path, broker, store)["C1"] == Decimal("0.10")
    assert TOKEN not in "".join(capfd.readouterr())


def test_what_is_no_notification_is_refused_and_counted(
    tmp_path: Path, broker: Broker, store: RawStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("harvesters.following._SOONEST_S", math.inf)  # asked again, the counts are of that answer
    source = containers(tmp_path, broker.url)
    with followed(source, store) as door:
        for body in (b"{", b"[]", b'{"subscriptionId": 3, "data": []}'):
            assert post(door, broker, body).status_code == 400
        torn = notification(broker, ("C1", 0.5, LATER)) | {"data": [{"type": TYPE}]}
        assert post(door, broker, torn).status_code == 204
    counts = store.held(source.dataset, source.name).counts
    assert counts.refused == 4
    assert dict(counts.reasons)["payload.no-notification"] == 3
    assert levels(tmp_path, broker, store)["C1"] == Decimal("0.10")


def test_what_could_not_be_taken_is_asked_for(
    tmp_path: Path, broker: Broker, store: RawStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("harvesters.following._SOONEST_S", 0.0)
    with followed(containers(tmp_path, broker.url), store) as door:
        broker.fill("C1", 0.6, at=LATER)
        assert post(door, broker, b" " * (1024 * 1024 + 1)).status_code == 413
        until(lambda: levels(tmp_path, broker, store)["C1"] == Decimal("0.60"))


def test_what_stalls_on_its_way_is_asked_for(
    tmp_path: Path, broker: Broker, store: RawStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("harvesters.following._SOONEST_S", 0.0)
    monkeypatch.setattr("harvesters.notifications._READ_S", 0.2)
    with followed(containers(tmp_path, broker.url), store):
        broker.fill("C1", 0.6, at=LATER)
        url = urlsplit(broker.held()[0].wish.callback)
        with socket.create_connection((str(url.hostname), url.port or 80), timeout=10) as stalled:
            head = f"POST {url.path} HTTP/1.1\r\nHost: x\r\nX-Auth-Token: {TOKEN}\r\nContent-Length: 9\r\n\r\n{{"
            stalled.sendall(head.encode())
            assert b"408" in stalled.recv(100)
        until(lambda: levels(tmp_path, broker, store)["C1"] == Decimal("0.60"))


def test_a_polled_visit_goes_on_where_nobody_follows(tmp_path: Path, broker: Broker, store: RawStore) -> None:
    source = containers(tmp_path, broker.url)
    allowed, by = all_of(source, "plaque"), reach(store, SECRETS)
    assert harvest(source, allowed, keeping=Keeping.REPLACE, store=store, reach=by).rows == 2
    assert broker.held() == []


@pytest.mark.parametrize("point", ["stream.taken", "stream.synced"])
def test_killed_around_the_write_nothing_is_lost_or_doubled(
    tmp_path: Path, broker: Broker, store: RawStore, point: str
) -> None:
    source = containers(tmp_path, broker.url, key="code,vu_a")
    with followed(source, store, keeping=Keeping.APPEND):
        content = notification(broker, ("C1", 0.5, LATER))
    port = free_port()
    command = [sys.executable, "-m", "tests.e2e.subscriptions.follower", str(tmp_path), broker.url, str(port)]
    process = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **SECRETS, "ECLOR_FAILPOINT": point}, start_new_session=True
    )
    try:
        until(lambda: str(port) in broker.held()[0].wish.callback)
        with httpx.Client(trust_env=False, timeout=20) as client, pytest.raises(httpx.TransportError):
            client.post(broker.held()[0].wish.callback, json=content, headers={"X-Auth-Token": TOKEN})
        assert process.wait(20) == -signal.SIGKILL
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    with followed(source, store, keeping=Keeping.APPEND) as door:
        assert post(door, broker, content).status_code == 204, "who had no answer says it again"
    rows = rows_of(store.held(source.dataset, source.name), store, tmp_path / "work")
    seen = sorted((str(row["code"]), row["niveau"], row["vu_a"].replace(tzinfo=UTC)) for row in rows)  # type: ignore[attr-defined]
    assert seen == [("C1", Decimal("0.10"), NOON), ("C1", Decimal("0.50"), LATER), ("C2", Decimal("0.20"), NOON)]
