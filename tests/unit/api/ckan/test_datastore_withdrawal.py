"""A withdrawn version answers nothing more: not by an answer kept, an engine open, or one that was being made."""

import json
from collections.abc import Iterator, Sequence

import pytest
from starlette.testclient import TestClient

from api.ckan.reading_rows import rows_found
from api.ckan.search_question import Search
from api.ckan.site import CSV, stable_id
from api.ckan.writing_rows import Row
from api.parts import Parts
from api.sandbox import Found, Sandbox
from catalog.registry import withdraw
from tests.serving import SERIES
from tests.unit.api.conftest import client_on
from tests.unit.catalog.publish.released import Home

TABLE = stable_id(SERIES, CSV)
SQL = json.dumps({"sql": f'SELECT count(*) AS n FROM "{TABLE}"'})


@pytest.fixture
def client(own_home: Home) -> Iterator[TestClient]:
    with client_on(own_home.folder) as asked:
        yield asked


def end(own_home: Home, client: TestClient) -> None:
    withdraw(own_home.catalog, SERIES, 2, reason="Effacement.", now=own_home.clock.now())
    client.app.state.parts.shelf._until = 0.0  # type: ignore[attr-defined]


def statuses(client: TestClient) -> set[int]:
    action = "/api/3/action"
    return {
        client.post(f"{action}/datastore_search_sql", content=SQL).status_code,
        client.get(f"{action}/datastore_search?id={TABLE}").status_code,
        client.get(f"{action}/datastore_search?id={TABLE}&sort=passages").status_code,
        client.get(f"{action}/datastore_info?id={TABLE}").status_code,
        client.get(f"/datastore/dump/{TABLE}").status_code,
    }


def test_what_was_answered_is_not_any_more(own_home: Home, client: TestClient) -> None:
    assert statuses(client) == {200}
    end(own_home, client)
    assert statuses(client) == {410}


def test_an_answer_that_was_being_made_does_not_leave(
    own_home: Home, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def ask(_self: Sandbox, _asker: str, _sql: str, resolve: object) -> Found:
        await resolve([TABLE])  # type: ignore[operator]
        end(own_home, client)
        return Found((("n", "int8"),), b'[{"n":30}]', truncated=False)

    monkeypatch.setattr(Sandbox, "ask", ask)
    answer = client.post("/api/3/action/datastore_search_sql", content=SQL)
    assert answer.status_code == 410
    assert "result" not in answer.json()


def test_a_dump_that_was_being_made_does_not_leave(
    own_home: Home, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def found(search: Search, parts: Parts, asker: str) -> Sequence[Row]:
        rows = await rows_found(search, parts, asker)
        end(own_home, client)
        return rows

    monkeypatch.setattr("api.ckan.dump.rows_found", found)
    assert client.get(f"/datastore/dump/{TABLE}").status_code == 410
