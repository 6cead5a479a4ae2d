"""Who is screened out does not come in, by whatever way; who is taken out of a partition is in no file that opens."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eclor.errors import PayloadRefused
from harvesters.intake import IntakeCounts, Partition, RawColumn
from harvesters.locks import waiting_for
from harvesters.raw_store import RawStore
from harvesters.receiving import APPEND_LOCK, Keeping
from harvesters.rewriting import rewrite
from harvesters.screening import FILE, holding, normal, read_screen, screen_out
from harvesters.source import Source
from tests.harvesting import NOON, SteppingClock, column, flow, store_at

BADGE = column("badge", "code")
COLUMNS = (RawColumn("badge", "code"),)  # type: ignore[arg-type]


@pytest.fixture
def clock() -> SteppingClock:
    return SteppingClock()


@pytest.fixture
def store(tmp_path: Path, clock: SteppingClock) -> RawStore:
    return store_at(tmp_path, clock)


@pytest.fixture
def source(tmp_path: Path) -> Source:
    return flow(tmp_path, BADGE, address=str(tmp_path))


def receive(store: RawStore, source: Source, *badges: str) -> None:
    with store.receiving(source, COLUMNS) as receipt:
        receipt.add(pa.table({"badge": list(badges)}))
        with waiting_for(receipt.folder / APPEND_LOCK):
            receipt.commit(keeping=Keeping.APPEND, counts=IntakeCounts(), cursor={})


def held(store: RawStore, source: Source) -> list[str]:
    raw = store.held(source.dataset, source.name)
    return [name for table in store.tables(raw, ["badge"]) for name in table["badge"].to_pylist()]


def screen(store: RawStore, source: Source, *units: str, erased: bool = False) -> None:
    until = store.world.clock.now() if erased else None
    screen_out(store.place(source.dataset, source.name), ["badge"], units, until=until, world=store.world)


def test_who_objects_never_comes_in_again_however_it_is_written(store: RawStore, source: Source) -> None:
    screen(store, source, "E\u0301te")
    receive(store, source, "a", " \u00c9te ", "b")
    assert held(store, source) == ["a", "b"]


def test_who_was_erased_comes_in_again_later_and_not_with_what_was_on_its_way(
    store: RawStore, source: Source, clock: SteppingClock
) -> None:
    with store.receiving(source, COLUMNS) as receipt:
        receipt.add(pa.table({"badge": ["a", "b"]}))
        clock.instant += timedelta(minutes=1)
        screen(store, source, "a", erased=True)
        receipt.commit(keeping=Keeping.APPEND, counts=IntakeCounts(), cursor={})
    assert held(store, source) == ["b"]
    clock.instant += timedelta(minutes=1)
    receive(store, source, "a")
    assert held(store, source) == ["b", "a"]


def test_the_screen_keeps_no_identifier_and_refuses_to_be_changed(store: RawStore, source: Source) -> None:
    screen(store, source, "badge-of-someone")
    file = store.place(source.dataset, source.name) / FILE
    assert b"badge-of-someone" not in file.read_bytes()
    assert "badge-of-someone" not in repr(read_screen(file.parent, store.world))
    file.write_bytes(file.read_bytes()[:-1] + b"x")
    with pytest.raises(PayloadRefused):
        receive(store, source, "a")


def test_screens_add_up(store: RawStore, source: Source) -> None:
    screen(store, source, "a")
    screen(store, source, "b", erased=True)
    screen(store, source, "a", erased=True)
    assert len(read_screen(store.place(source.dataset, source.name), store.world).columns["badge"]) == 3


def test_who_is_left_out_again_each_day_is_held_once_until_the_last(
    store: RawStore, source: Source, clock: SteppingClock
) -> None:
    for _ in range(3):
        clock.instant += timedelta(days=1)
        screen(store, source, "a", erased=True)
    (one,) = read_screen(store.place(source.dataset, source.name), store.world).columns["badge"]
    assert one.until == clock.instant


def test_a_rewritten_partition_stands_for_the_former_whose_key_is_gone(store: RawStore, source: Source) -> None:
    receive(store, source, "a", "b", "a")
    place = store.place(source.dataset, source.name)
    (former,) = store.held(source.dataset, source.name).partitions
    gone = rewrite(place, former, without("a"), origin=former.stands_for, world=store.world)
    (now,) = store.held(source.dataset, source.name).partitions
    assert (gone, now.rows, now.stands_for) == (2, 1, former.identifier)
    assert now.identifier != former.identifier
    assert (now.received_from, now.received_to) == (NOON, NOON)
    assert [file.name for file in place.glob("*.enc")] == [f"{now.identifier}.parquet.enc"]
    assert held(RawStore(store.folder, store.world), source) == ["b"]


def test_a_partition_that_is_gone_or_holds_nobody_is_left(store: RawStore, source: Source) -> None:
    receive(store, source, "a")
    place = store.place(source.dataset, source.name)
    (one,) = store.held(source.dataset, source.name).partitions
    assert rewrite(place, one, without("z"), origin="", world=store.world) == 0
    assert store.held(source.dataset, source.name).partitions == (one,)
    other = Partition("0" * 32, 1, NOON, NOON)
    assert rewrite(place, other, without("a"), origin="", world=store.world) is None


def without(unit: str) -> Callable[[pa.Table], pa.Table]:
    return lambda table: table.filter(pa.compute.invert(holding(table, ["badge"], {unit})))


@given(st.lists(st.one_of(st.none(), st.text(max_size=6)), max_size=30), st.sets(st.text(min_size=1, max_size=6)))
def test_holding_says_what_comparing_one_by_one_says(names: list[str | None], wanted: set[str]) -> None:
    normals = {normal(text) for text in wanted}
    table = pa.table({"badge": pa.array(names, pa.string())})
    found = [bool(one) for one in holding(table, ["badge"], normals).to_pylist()]
    assert found == [name is not None and normal(name) in normals for name in names]
