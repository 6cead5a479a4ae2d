"""The statistics of stored files never claim that all rows lie within ranges when one does not."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import given, settings
from hypothesis import strategies as st

from eclor.engine.limits import Range
from eclor.engine.statistics import all_within

START = datetime(2026, 10, 1)  # noqa: DTZ001 - stored instants are naive UTC
HOURS = st.integers(-50, 50)


def stored(folder: str, values: list[int | None]) -> Path:
    path = Path(folder) / "raw.parquet"
    instants = [None if hour is None else START + timedelta(hours=hour) for hour in values]
    pq.write_table(pa.table({"at": pa.array(instants, pa.timestamp("us"))}), path, row_group_size=3)
    return path


@settings(deadline=None)
@given(st.lists(st.none() | HOURS, max_size=12), st.lists(st.tuples(HOURS, HOURS), max_size=3))
def test_what_is_proven_is_true_of_every_row(values: list[int | None], pairs: list[tuple[int, int]]) -> None:
    ranges = [Range("at", START + timedelta(hours=low), START + timedelta(hours=high)) for low, high in pairs]
    with TemporaryDirectory() as folder:
        proven = all_within([stored(folder, values)], ranges)
    if proven:
        assert all(value is not None and any(low <= value < high for low, high in pairs) for value in values)


def test_rows_that_all_lie_within_are_proven(tmp_path: Path) -> None:
    file = stored(str(tmp_path), [0, 5, 9, 12, 23])
    whole = Range("at", START, START + timedelta(hours=24))
    assert all_within([file], [whole])
    assert not all_within([file], [Range("at", START, START + timedelta(hours=23))])
    assert not all_within([file, stored(str(tmp_path), [0, None])], [whole])
    assert not all_within([file], [])


def test_what_is_of_another_kind_proves_nothing(tmp_path: Path) -> None:
    file = stored(str(tmp_path), [0, 5])
    assert not all_within([file], [Range("other", START, START + timedelta(days=1))])
    assert not all_within([file], [Range("at", date(2026, 10, 1), date(2026, 10, 2))])
    aware = START.replace(tzinfo=UTC)
    assert not all_within([file], [Range("at", aware, aware + timedelta(days=1))])
