"""Live datasets: the latest state at once, each new version as it comes, none missed, over a real server."""

import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.serving import IN_ORDER, POINTS, SERIES, live, server
from tests.unit.catalog.publish.released import Home, places

TIMEOUT_S = 20


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    made = Home(tmp_path)
    made.published(places(made))
    made.published(live(made, IN_ORDER[:3]))
    yield made
    made.catalog.engine.dispose()


@pytest.fixture
def address(home: Home) -> Iterator[str]:
    with server(home.folder) as at:
        yield at


def publish(home: Home, rows: int) -> None:
    home.clock.move(minutes=10)
    home.published(live(home, IN_ORDER[:rows]))


def events(answer: httpx.Response) -> Iterator[tuple[int, dict[str, object]]]:
    """The identifier and the data of each event."""
    identifier = 0
    for line in answer.iter_lines():
        name, _, value = line.partition(": ")
        if name == "id":
            identifier = int(value)
        if name == "data":
            yield identifier, json.loads(value)


def test_a_listener_gets_the_state_then_each_version(home: Home, address: str) -> None:
    path = f"{address}/api/v1/live/{SERIES}"
    with httpx.stream("GET", path, timeout=TIMEOUT_S) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        assert answer.headers["access-control-allow-origin"] == "*"
        told = events(answer)
        first, state = next(told)
        assert (state["version"], len(state["records"])) == (1, 3)  # type: ignore[arg-type]
        for rows, version in ((5, 2), (4, 3)):
            publish(home, rows)
            identifier, state = next(told)
            assert (state["version"], len(state["records"])) == (version, rows)  # type: ignore[arg-type]
            assert identifier > first
        masked = state["records"][3]  # type: ignore[index]
        assert masked == dict(zip(("site", "horodatage", "passages", "foyers", "statut"), IN_ORDER[3], strict=True))


def test_who_comes_back_gets_what_was_missed(home: Home, address: str) -> None:
    path = f"{address}/api/v1/live/{SERIES}"
    with httpx.stream("GET", path, timeout=TIMEOUT_S) as answer:
        seen, _ = next(events(answer))
    publish(home, 5)
    publish(home, 6)
    with httpx.stream("GET", path, headers={"Last-Event-ID": str(seen)}, timeout=TIMEOUT_S) as answer:
        told = events(answer)
        assert [next(told)[1]["version"] for _ in range(2)] == [2, 3]
        publish(home, 7)
        assert next(told)[1]["version"] == 4


def test_a_dataset_that_is_not_live_is_told_which_are(address: str) -> None:
    answer = httpx.get(f"{address}/api/v1/live/{POINTS}")
    assert (answer.status_code, answer.json()["code"]) == (404, "api.not-live")
    assert SERIES in answer.json()["detail"]
