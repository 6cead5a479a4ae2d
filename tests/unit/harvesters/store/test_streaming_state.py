"""A state that a message broker tells: the latest row of each key, which no walk sees change."""

from datetime import timedelta
from pathlib import Path

import orjson
import pytest

from harvesters.locks import if_free
from harvesters.raw_store import RawStore
from harvesters.receiving import READ_LOCK, Keeping
from harvesters.source import Source
from harvesters.streaming import StreamIntake
from tests.harvesting import SteppingClock, all_of, column, flow, rows_of, store_at

STATE = "{cle: code, instant: vu_a}"


@pytest.fixture
def clock() -> SteppingClock:
    return SteppingClock()


@pytest.fixture
def store(tmp_path: Path, clock: SteppingClock) -> RawStore:
    return store_at(tmp_path, clock)


def _source(tmp_path: Path, options: str = STATE) -> Source:
    return flow(
        tmp_path, column("code", path="c"), column("niveau", "entier", path="n"),
        column("vu_a", "date-heure", path="t"), access="mqtt", protocol="json", address="mqtt://127.0.0.1:1",
        options=options,
    )  # fmt: skip


def _open(source: Source, store: RawStore) -> StreamIntake:
    return StreamIntake.of(source, all_of(source), store=store, keeping=Keeping.REPLACE)


def _say(intake: StreamIntake, *said: tuple[str, int]) -> None:
    for code, minute in said:
        message = orjson.dumps({"c": code, "n": minute, "t": f"2026-11-24T11:{minute:02d}:00Z"})
        intake.take(topic="conteneurs", payload=message)
    intake.commit()


def _levels(source: Source, store: RawStore, tmp_path: Path) -> list[tuple[object, object]]:
    raw = store.held(source.dataset, source.name)
    return sorted((row["code"], row["niveau"]) for row in rows_of(raw, store, tmp_path / "work"))


def test_of_each_key_the_latest_row_is_left_however_they_come(tmp_path: Path, store: RawStore) -> None:
    source = _source(tmp_path)
    with store.harvesting(source), _open(source, store) as intake:
        _say(intake, ("A", 5), ("B", 2), ("A", 3))
        intake.seal()
        _say(intake, ("B", 1), ("C", 9))
        intake.seal()
    assert _levels(source, store, tmp_path) == [("A", 5), ("B", 2), ("C", 9)]


def test_what_was_refused_is_still_counted_when_more_was_told(tmp_path: Path, store: RawStore) -> None:
    source = _source(tmp_path)
    with store.harvesting(source), _open(source, store) as intake:
        intake.take(topic="conteneurs", payload=b"{")
        _say(intake, ("A", 5))
        intake.seal()
        _say(intake, ("A", 6), ("A", 5))
        intake.seal()
    counts = store.held(source.dataset, source.name).counts
    assert (counts.rows, counts.refused, counts.repeated) == (4, 1, 1)
    assert [times for _, times in counts.reasons] == [1]


def test_what_names_no_instant_joins_what_is_held(tmp_path: Path, store: RawStore) -> None:
    source = _source(tmp_path, "{cle: 'code,vu_a'}")
    with store.harvesting(source), _open(source, store) as intake:
        _say(intake, ("A", 5), ("A", 3))
        intake.seal()
    assert _levels(source, store, tmp_path) == [("A", 3), ("A", 5)]


def test_a_state_is_not_replaced_under_a_walk_that_reads_it(
    tmp_path: Path, store: RawStore, clock: SteppingClock
) -> None:
    source = _source(tmp_path)
    with store.harvesting(source), _open(source, store) as intake:
        _say(intake, ("A", 1))
        intake.seal()
        _say(intake, ("A", 2))
        clock.instant += timedelta(seconds=1)
        with store.reading(source.dataset, source.name), store.reading(source.dataset, source.name):
            intake.seal_if_due()
            assert _levels(source, store, tmp_path) == [("A", 1)]
        intake.seal_if_due()
        assert _levels(source, store, tmp_path) == [("A", 2)]


def test_a_walk_may_read_a_state_as_soon_as_it_is_held(
    tmp_path: Path, store: RawStore, clock: SteppingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, free = _source(tmp_path), {}

    def look(at: str) -> None:
        with if_free(store.place(source.dataset, source.name) / READ_LOCK) as unread:
            free[at] = unread

    with store.harvesting(source), _open(source, store) as intake:
        _say(intake, ("A", 1))
        clock.instant += timedelta(seconds=1)
        monkeypatch.setattr("harvesters.streaming.failpoint", look)
        intake.seal_if_due()
    assert free == {"stream.held": False, "stream.window": True}
