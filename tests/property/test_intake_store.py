"""Whatever is delivered, destroyed, merged and restarted, in whatever order: what is held is what a list would hold."""

from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from eclor.names import FieldName
from harvesters.compacting import compact
from harvesters.intake import IntakeCounts, RawColumn
from harvesters.raw_store import RawStore
from harvesters.receiving import Keeping
from harvesters.source import Source
from tests.harvesting import SteppingClock, column, flow, rows_of, store_at

COLUMNS = (RawColumn(FieldName("number"), "entier"),)
steps = st.one_of(
    st.tuples(st.just("append"), st.integers(0, 3)),
    st.tuples(st.just("replace"), st.integers(0, 3)),
    st.tuples(st.just("destroy"), st.integers(0, 20)),
    st.tuples(st.just("merge"), st.just(0)),
    st.tuples(st.just("restart"), st.just(0)),
)


def _deliver(store: RawStore, source: Source, numbers: list[int], keeping: Keeping) -> None:
    with store.receiving(source, COLUMNS) as receipt:
        receipt.add(pa.table({"number": pa.array(numbers, pa.int64())}))
        receipt.commit(keeping=keeping, counts=IntakeCounts(rows=len(numbers)), cursor={})


def _destroy(store: RawStore, source: Source, chosen: int, home: Path) -> set[int]:
    """Destroy one of the held partitions; return the rows that it had."""
    partitions = store.held(source.dataset, source.name).partitions
    if not partitions:
        return set()
    partition = partitions[chosen % len(partitions)]
    doomed = set(store.table(source.dataset, source.name, partition)["number"].to_pylist())
    store.destroy(partition)
    return doomed


@given(st.lists(steps, max_size=7))
@settings(max_examples=12, deadline=None)
def test_what_is_held_is_what_a_list_would_hold(taken: list[tuple[str, int]]) -> None:
    with TemporaryDirectory() as folder:
        home, clock, expected = Path(folder), SteppingClock(), set[int]()
        store, source = store_at(home, clock), flow(home, column("number", "entier"), address="/x")
        _deliver(store, source, [], Keeping.APPEND)
        for number, (step, argument) in enumerate(taken):
            clock.instant += timedelta(hours=7)
            fresh = list(range(number * 10, number * 10 + argument))
            match step:
                case "append":
                    _deliver(store, source, fresh, Keeping.APPEND)
                    expected |= set(fresh)
                case "replace":
                    _deliver(store, source, fresh, Keeping.REPLACE)
                    expected = set(fresh)
                case "destroy":
                    expected -= _destroy(store, source, argument, home)
                case "merge":
                    compact(source, store)
                case _:
                    store = store_at(home, clock)
        raw = store.held(source.dataset, source.name)
        rows = [row["number"] for row in rows_of(raw, store, home / "work")]
        assert sorted(rows) == sorted(expected)
        assert raw.rows == len(expected)
        sealed = {path.name.split(".")[0] for path in store.place(source.dataset, source.name).glob("*.enc")}
        keys = {path.stem for path in (home / "keys" / "partitions").glob("*")}
        assert sealed == keys == {partition.identifier for partition in raw.partitions}
