"""Words looked for in a long version: scanned at first, then found by an index made meanwhile, in the same rows."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from time import monotonic
from types import SimpleNamespace

import pytest
from starlette.testclient import TestClient

from api.makings import Makings
from api.rows import Condition, Not, Operator
from api.words import Words, _Index
from catalog.beside import Order
from catalog.catalogue import copies_folder
from catalog.words_index import NAME, main
from tests.serving import IN_ORDER, SERIES
from tests.unit.api.conftest import client_on
from tests.unit.catalog.publish.released import Home, passages

PATH = f"/api/v1/datasets/{SERIES}/records?q="


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    made = Home(tmp_path)
    made.published(passages(made, IN_ORDER))
    yield made
    made.catalog.engine.dispose()


@pytest.fixture
def client(home: Home, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setattr("api.words.LEAST_ROWS", 0)
    with client_on(home.folder) as asked:
        yield asked


def test_the_index_is_made_once_words_are_looked_for(
    home: Home, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = copies_folder(home.catalog.published, SERIES, 1)
    assert client.get(PATH.replace("q=", "limit=2")).status_code == 200
    assert not (folder / NAME).exists()
    word = IN_ORDER[0][0][:2].lower()
    first = client.get(PATH + word).json()
    until = monotonic() + 60
    while not (folder / NAME).exists() and monotonic() < until:
        assert client.get(f"{PATH}{word}&limit=1").status_code == 200
    assert (folder / NAME).stat().st_mode & 0o777 == 0o444
    parts = client.app.state.parts  # type: ignore[attr-defined]
    monkeypatch.setattr(parts.scans, "rows", None)  # nothing is scanned any more
    again = client.get(f"{PATH}{word}&limit=99").json()
    assert again["records"] == first["records"] != []


def test_what_another_worker_has_made_is_not_made_again(home: Home) -> None:
    folder, version = copies_folder(home.catalog.published, SERIES, 1), home.catalog.version_folder(SERIES, 1)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / NAME).write_bytes(b"made")
    assert main(Order(str(version / "data.parquet"), str(folder), ()).text()) == 0
    assert (folder / NAME).read_bytes() == b"made"


def test_what_goes_while_its_index_is_made_leaves_none(home: Home) -> None:
    folder, version = copies_folder(home.catalog.published, SERIES, 1), home.catalog.version_folder(SERIES, 1)
    order = Order(str(version / "data.parquet"), str(folder), ())
    moved = version.rename(version.with_name("gone"))
    assert main(order.text()) == 0
    assert not folder.exists()
    moved.rename(version)


def test_an_index_is_closed_once_nobody_reads_it(tmp_path: Path) -> None:
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    words, index = Words(tmp_path, Makings()), _Index(0.0, connection, {})
    words._open[1] = index
    closing = Thread(target=words.close)
    with index.turn:
        closing.start()
        closing.join(0.2)
        assert connection.execute("SELECT 1").fetchone() == (1,)
    closing.join()
    with pytest.raises(sqlite3.ProgrammingError):
        connection.execute("SELECT 1")


def test_who_waits_to_close_an_index_holds_nobody_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.words._opened", lambda _, until: _Index(until, sqlite3.connect(":memory:"), {}))
    words, read = (
        Words(tmp_path, Makings(), lambda: 1.0),
        _Index(0.0, sqlite3.connect(":memory:", check_same_thread=False), {}),
    )
    words._open[1] = read
    one, other = (SimpleNamespace(id=place, dataset="jeu", number=place) for place in (2, 3))
    first, second = (Thread(target=words._held, args=(version,), daemon=True) for version in (one, other))
    with read.turn:
        first.start()
        first.join(0.2)
        second.start()
        second.join(10)
        assert sorted([first.is_alive(), second.is_alive()]) == [False, True], "one waits, whichever came first"


@pytest.mark.parametrize(
    "asked", [Not(Condition("site", Operator.CONTAINS, ("a",), folded=True)), Condition("site", Operator.EQ, ("a",))]
)
def test_what_is_not_words_makes_no_index(client: TestClient, asked: Condition | Not) -> None:
    begun: list[object] = []
    words = client.app.state.parts.words  # type: ignore[attr-defined]
    words._makings = SimpleNamespace(begin=lambda making, _then: begun.append(making))
    version = SimpleNamespace(rows=10**6, id=-1)
    assert not words.there(version, (asked,))
    assert begun == []
