"""Rows that came before are known by their key; what cannot hold them, by its instants, is not unpacked."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eclor.errors import PayloadRefused
from harvesters.intake import RawDataset
from harvesters.raw_store import RawStore
from harvesters.span import Span
from tests.harvesting import column, drop, flow, harvested, rows_of, store_at

START = datetime(2026, 11, 1)  # noqa: DTZ001 - in UTC, as it is stored
HOURS = st.integers(0, 48)
COLUMNS = (column("badge"), column("heure", "date-heure"))


@pytest.fixture
def store(tmp_path: Path) -> RawStore:
    return store_at(tmp_path)


def _dropped(tmp_path: Path, store: RawStore, name: str, *lines: str) -> RawDataset:
    drop(tmp_path / "in", name, ["badge,heure", *lines])
    return harvested(flow(tmp_path, *COLUMNS, address=str(tmp_path / "in"), options='{cle: "badge,heure"}'), store)


def _held(tmp_path: Path, store: RawStore, raw: RawDataset) -> list[tuple[str, int]]:
    rows = rows_of(raw, store, tmp_path / "work")
    return sorted((str(row["badge"]), row["heure"].hour) for row in rows)  # type: ignore[attr-defined]


def test_a_row_that_an_earlier_file_had_is_counted_and_held_once(tmp_path: Path, store: RawStore) -> None:
    _dropped(tmp_path, store, "a.csv", "A1,2026-11-20T08:00:00Z", "A1,2026-11-20T09:00:00Z")
    _dropped(tmp_path, store, "b.csv", "A1,2026-11-20T11:00:00Z")
    raw = _dropped(
        tmp_path, store, "c.csv", "A1,2026-11-20T09:00:00Z", "A1,2026-11-20T11:00:00Z", "B2,2026-11-20T10:00:00Z"
    )
    assert raw.counts.repeated == 2
    assert _held(tmp_path, store, raw) == [("A1", 8), ("A1", 9), ("A1", 11), ("B2", 10)]


def test_a_file_that_says_a_row_twice_is_refused(tmp_path: Path, store: RawStore) -> None:
    with pytest.raises(PayloadRefused) as refused:
        _dropped(tmp_path, store, "a.csv", *["A1,2026-11-20T08:00:00Z"] * 2)
    assert refused.value.code == "intake.key-twice"


def _file(*groups: Sequence[datetime | None]) -> pq.ParquetFile:
    sink = pa.BufferOutputStream()
    schema = pa.schema({"badge": pa.string(), "heure": pa.timestamp("us")})
    with pq.ParquetWriter(sink, schema) as writer:
        for group in groups:
            writer.write_table(pa.table({"badge": ["A1"] * len(group), "heure": list(group)}, schema=schema))
    return pq.ParquetFile(pa.BufferReader(sink.getvalue()))


@given(
    groups=st.lists(st.lists(HOURS, min_size=1, max_size=4), min_size=1, max_size=4),
    ends=st.tuples(HOURS, HOURS).map(sorted),
)
def test_the_groups_that_hold_an_instant_of_a_span_are_those_that_meet_it(
    groups: list[list[int]], ends: list[int]
) -> None:
    instants = [[START + timedelta(hours=hour) for hour in group] for group in groups]
    first, last = (START + timedelta(hours=hour) for hour in ends)
    met = Span("heure", first, last).groups(_file(*instants))
    assert met == [place for place, group in enumerate(instants) if min(group) <= last and first <= max(group)]


def test_a_group_that_does_not_say_its_instants_is_read() -> None:
    span = Span("heure", START, START)
    assert span.groups(_file([None, None])) == [0]
    assert Span("autre", START, START).groups(_file([START])) == [0]
