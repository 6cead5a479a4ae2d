"""Two servers on one home, and an act signed beside them: both stop, whatever is under way; both serve again."""

import socket
from collections.abc import Iterator
from pathlib import Path
from time import monotonic
from urllib.parse import urlsplit
from xml.etree.ElementTree import fromstring

import httpx
import pytest

from charter.vocabulary import ActKind
from tests.e2e.serving.hall import Hall
from tests.serving import POINTS, SERIES, live, server
from tests.unit.catalog.publish.released import places

PATIENCE_S = 20
"""An act holds on every worker within a second; a machine that does much else is given longer."""
LONG = "x" * 700
ROWS = tuple((f"S{site:05d}{LONG}", "2026-10-01", 21, 16, "publie") for site in range(20_000))
ATOM = "{http://www.w3.org/2005/Atom}"
PATHS = (
    f"/dataset/{SERIES}/data.csv",
    f"/dataset/{SERIES}/versions/1/data.parquet",
    f"/api/v1/datasets/{SERIES}/records?limit=3",
    f"/api/3/action/package_show?id={SERIES}",
    f"/api/v1/live/{SERIES}",
)


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    """A live dataset whose file is far larger than what a connection holds."""
    made = Hall.opened(tmp_path)
    made.home.published(live(made.home, ROWS))
    made.home.published(places(made.home))
    yield made
    made.home.catalog.engine.dispose()


@pytest.fixture
def workers(hall: Hall) -> Iterator[tuple[str, str]]:
    with server(hall.home.folder) as one, server(hall.home.folder) as other:
        yield one, other


def statuses(address: str) -> list[int]:
    found = []
    for path in PATHS:
        with httpx.stream("GET", address + path, timeout=20) as answer:
            found.append(answer.status_code)
    return found


def until_all(workers: tuple[str, str], status: int) -> None:
    """Ask until every address of every worker answers so."""
    patience, found = monotonic() + PATIENCE_S, [[0]]
    while monotonic() < patience and found != [[status] * len(PATHS)] * len(workers):
        found = [statuses(one) for one in workers]
    assert found == [[status] * len(PATHS)] * len(workers)


def slow_download(address: str) -> socket.socket:
    """Ask for the whole file and read nothing of it yet, with as little room on the way as the machine allows."""
    where = urlsplit(address)
    reader = socket.socket()
    reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    reader.connect((where.hostname, where.port))
    reader.sendall(f"GET /dataset/{SERIES}/data.json HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    reader.settimeout(20)
    return reader


def drained(reader: socket.socket) -> int:
    read = 0
    with reader:
        while block := reader.recv(65536):
            read += len(block)
    return read


def test_a_revocation_by_the_command_stops_both_servers_at_once(hall: Hall, workers: tuple[str, str]) -> None:
    assert [statuses(one) for one in workers] == [[200] * len(PATHS)] * 2
    size = (hall.home.catalog.version_folder(SERIES, 1) / "data.json").stat().st_size
    slow = slow_download(workers[0])
    with httpx.stream("GET", workers[1] + f"/api/v1/live/{SERIES}", timeout=30) as listening:
        told = listening.iter_lines()
        while not next(told).startswith("data:"):
            pass
        done = hall.command("revoquer", "p-dpo")
        assert done.returncode == 0, done.stderr
        assert "Plus servi (410 avec le motif, d'ici une seconde) : version 1." in done.stdout
        until_all(workers, 410)
        assert [line for line in told if line.startswith("data:")] == []
    assert drained(slow) < size
    for one in workers:
        assert httpx.get(f"{one}/dataset/{POINTS}/data.csv").status_code == 200
        assert httpx.get(f"{one}/readyz").status_code == 200
    refused = hall.eclor("verify", f"{workers[0]}/dataset/{SERIES}/versions/1")
    assert refused.returncode == 1
    assert "[verify.withdrawn]" in refused.stderr
    assert "révoquée" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_stop_then_a_resumption_and_what_the_feed_tells(hall: Hall, workers: tuple[str, str]) -> None:
    feeds = [f"{one}/withdrawals.atom" for one in workers]
    empty = httpx.get(feeds[0])
    assert (empty.status_code, empty.headers["content-type"]) == (200, "application/atom+xml")
    for kind, person in (("arreter", "p-dechets"), ("reprendre", "p-dpo"), ("reprendre", "p-garant")):
        assert hall.command(kind, person).returncode == 0
    until_all(workers, 200)
    told = [httpx.get(one) for one in feeds]
    assert told[0].content == told[1].content.replace(workers[1].encode(), workers[0].encode())
    assert httpx.get(feeds[0], headers={"If-None-Match": told[0].headers["etag"]}).status_code == 304
    assert httpx.get(feeds[0], headers={"If-None-Match": empty.headers["etag"]}).status_code == 200
    feed = fromstring(told[0].content)
    entries = feed.findall(f"{ATOM}entry")
    for part in (feed, *entries):
        for name in ("id", "title", "updated"):
            assert len(part.findall(ATOM + name)) == 1, name
            assert part.findtext(ATOM + name)
    assert feed.find(f"{ATOM}author/{ATOM}name") is not None
    assert [link.get("rel") for link in feed.findall(f"{ATOM}link")] == ["self", "alternate"]
    terms = [entry.find(f"{ATOM}category").get("term") for entry in entries]  # type: ignore[union-attr]
    assert terms == ["returned", "withdrawn"]
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == 2
    assert "arrêté" in (entries[1].findtext(f"{ATOM}summary") or "")
    assert b"p-dechets" not in told[0].content


def test_a_worker_that_starts_after_the_act_serves_nothing_either(hall: Hall) -> None:
    hall.does(ActKind.STOP, "p-garant")
    with server(hall.home.folder) as late:
        assert statuses(late) == [410] * len(PATHS)
        page = httpx.get(f"{late}/dataset/{SERIES}", headers={"Accept": "text/html"})
    assert page.status_code == 410
    assert '<link rel="alternate" type="application/atom+xml" title="Retraits" href="/withdrawals.atom">' in page.text
