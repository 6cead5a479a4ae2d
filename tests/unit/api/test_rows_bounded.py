"""What a hostile reader can take: its share of the turns, a time, a memory, no file but the one; never another's."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import nullcontext
from itertools import count
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api import costs, row_stream, scans
from api.row_files import RowFiles, Statement
from api.row_stream import Flow, Piece, RowStream
from api.rows import Condition, Operator, filter_terms
from api.sandbox import Found, Named, Sandbox
from api.scans import Scans
from api.turns import Turns
from catalog.rows_index import NAME
from catalog.views import VersionView
from eclor.engine.sandbox.refusal import Kind, SqlRefused
from eclor.errors import RequestRefused
from tests.serving import SERIES, fill
from tests.unit.api.conftest import client_on
from tests.unit.api.test_records import PATH, walked
from tests.unit.catalog.publish.released import Home


@pytest.fixture(scope="module")
def version(home: Home, client: TestClient) -> VersionView:
    del home
    return asyncio.run(client.app.state.parts.shelf.latest(SERIES)).version  # type: ignore[attr-defined]


@pytest.fixture
def engine(home: Home) -> Iterator[Scans]:
    made = Scans(home.catalog.published, Turns())
    yield made
    made.close()


def refused(engine: Scans, version: VersionView, sql: str) -> str:
    with pytest.raises(RequestRefused) as refusal:
        asyncio.run(engine.rows(version, Statement(sql, ())))
    return refusal.value.code


def test_what_takes_too_long_is_interrupted(
    engine: Scans, version: VersionView, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scans, "MOST_SECONDS", 0.05)
    assert (
        refused(engine, version, "SELECT sum(a.range * b.range) FROM range(1000000) a, range(1000000) b")
        == "api.too-slow"
    )


LONG = "le chemin des écoles est fermé " * 8


@pytest.mark.parametrize(
    "condition",
    [
        Condition("x", Operator.LIKE, ("%e" * 60 + "%z",)),
        Condition("x", Operator.LIKE, ("%" * 200 + "_" * 200 + "%z",)),
        Condition("x", Operator.CONTAINS, ("e" * 200,), folded=True),
        Condition("x", Operator.CONTAINS, ("ж" * 200,), folded=True),
    ],
)
def test_no_text_looked_for_takes_long(engine: Scans, version: VersionView, condition: Condition) -> None:
    terms, values = filter_terms([condition])
    sql = f"SELECT count(*) FROM (SELECT ? || range AS x FROM range(100000)) {terms}"
    assert asyncio.run(engine.rows(version, Statement(sql, (LONG, *values)))) == [(0,)]


def test_a_few_rows_that_take_long_to_read_are_given_up_on_the_event_loop(home: Home, version: VersionView) -> None:
    looks = count()
    files = RowFiles(home.catalog.published, ticks=lambda: next(looks) * 0.02)
    several = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500) SELECT folded(i) FROM n"
    assert files.sought(version, Statement(several, ())) is None
    assert files.sought(version, Statement("SELECT 1", ())) == [(1,)]
    files.close()


def test_what_takes_too_much_memory_is_refused_and_spills_nowhere(engine: Scans, version: VersionView) -> None:
    assert refused(engine, version, "SELECT list(range) FROM range(100000000)") == "rows.too-dear"


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_text('/etc/hostname')",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM glob('/*')",
        "COPY (SELECT 1) TO '/tmp/x.csv'",
        "ATTACH '/tmp/x.db'",
        "SET memory_limit = '10GB'",
        "SET enable_external_access = true",
        "INSTALL httpfs",
    ],
)
def test_nothing_but_its_file_is_within_the_engine_s_reach(engine: Scans, version: VersionView, sql: str) -> None:
    assert refused(engine, version, sql) in {"api.bytes-missing", "rows.bad-value"}


@pytest.mark.parametrize(
    ("one_client", "itself", "other"),
    [("a", "a", "b"), ("2001:db8:1:2::5", "2001:db8:1:2::6", "2001:db8:1:3::5"), ("192.0.2.1",) * 2 + ("192.0.2.2",)],
)
def test_one_client_waits_behind_itself_and_nobody_else(one_client: str, itself: str, other: str) -> None:
    async def asked() -> tuple[str, list[str]]:
        turns, done, go = Turns(at_once=1, most=4, of_one=2), list[str](), asyncio.Event()

        async def one(client: str) -> None:
            async with turns.taken(client):
                await go.wait()
                done.append(client)

        waiting = [asyncio.ensure_future(one(client)) for client in (one_client, itself, other)]
        await asyncio.sleep(0)
        with pytest.raises(RequestRefused) as refusal:
            await asyncio.wait_for(one(itself), 5)
        go.set()
        await asyncio.gather(*waiting)
        await one(one_client)
        return refusal.value.code, done

    assert asyncio.run(asked()) == ("rows.too-busy", [one_client, itself, other, one_client])


def test_a_household_asks_the_sandbox_one_question_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    async def asked() -> Kind:
        box, go, found = Sandbox(), asyncio.Event(), Found((), b"[]", truncated=False)

        async def answer(*_given: object) -> Found:
            await go.wait()
            return found

        async def resolve(_names: Sequence[str]) -> Mapping[str, Named]:
            return {}

        monkeypatch.setattr(box, "_answer", answer)
        monkeypatch.setattr(box, "_child", nullcontext)
        first = asyncio.ensure_future(box.ask("2001:db8:1:2::5", "SELECT 1", resolve))
        await asyncio.sleep(0)
        with pytest.raises(SqlRefused) as refusal:
            await asyncio.wait_for(box.ask("2001:db8:1:2::6", "SELECT 2", resolve), 5)
        go.set()
        assert await first == found
        return refusal.value.kind

    monkeypatch.setattr("api.sandbox._MOST_WAITING", 1)
    assert asyncio.run(asked()) is Kind.BUSY


@pytest.mark.parametrize("query", ["sort=foyers", "q=a", "group=site", "foyers__gte=3", "limit=all&format=csv&q=a"])
def test_what_is_too_dear_is_refused_before_any_work(home: Home, monkeypatch: pytest.MonkeyPatch, query: str) -> None:
    monkeypatch.setattr(costs, "MOST_S", 0)
    monkeypatch.setattr(Scans, "rows", None)
    with client_on(home.folder) as client:
        answer = client.get(f"{PATH}?{query}")
        assert (answer.status_code, answer.json()["code"]) == (422, "rows.too-dear")
        assert client.get(PATH).status_code == 200


def test_a_version_without_its_index_answers_the_same(tmp_path: Path) -> None:
    made = fill(Home(tmp_path))
    queries = ("", "site=VIL", "sort=-foyers&limit=7", "foyers__gte=20", "group=site", "select=foyers&limit=3")
    with client_on(tmp_path) as client:
        expected = [walked(client, query) for query in queries]
    for index in made.catalog.published.rglob(NAME):
        index.parent.chmod(0o755)
        index.unlink()
    made.catalog.engine.dispose()
    with client_on(tmp_path) as client:
        assert [walked(client, query) for query in queries] == expected
        assert client.get(f"{PATH}?limit=all&format=csv&site=VIL").status_code == 200


async def pieces() -> AsyncIterator[Piece]:
    for piece in (b"1", b"2", b"3"):
        yield piece


async def receive() -> dict[str, object]:
    await asyncio.sleep(60)
    return {"type": "http.disconnect"}


def sent(*, allowed: bool, patience: float = 30.0) -> list[dict[str, object]]:
    """What a stream of three pieces sends to a reader that takes the first two at once."""
    messages: list[dict[str, object]] = []

    async def may() -> None:
        if not allowed and len(messages) > 1:
            raise RequestRefused("api.no-version", dataset="x")

    async def flow() -> Flow:
        return Flow(pieces(), may)

    async def send(message: dict[str, object]) -> None:
        if len(messages) == 3:
            await asyncio.sleep(patience)
        messages.append(message)

    stream = RowStream((), flow, Turns(), "client")
    asyncio.run(stream({"type": "http", "method": "GET"}, receive, send))  # type: ignore[arg-type]
    return messages


def test_a_stream_is_cut_short_once_its_version_is_withdrawn() -> None:
    assert [message.get("body") for message in sent(allowed=False)] == [None, b"1"]
    assert [message.get("body") for message in sent(allowed=True, patience=0)] == [None, b"1", b"2", b"3", b""]


def test_a_reader_that_stalls_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(row_stream, "PATIENCE_S", 0.05)
    assert [message.get("body") for message in sent(allowed=True, patience=5)] == [None, b"1", b"2"]
