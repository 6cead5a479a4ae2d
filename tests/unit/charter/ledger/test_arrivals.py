"""A revised period is settled by what came since as by all its rows: the same release, the same ledger."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from anonymizers.cells import CellTable, Rules
from charter.comparison import Beside, Comparer, Comparison
from charter.compile import Plan
from charter.due import DuePeriod
from charter.model import Catalogue
from harvesters.intake import Partition
from tests.applying import Desk, shown
from tests.arrivals import ESSAY, NOVEMBER, Came, Store, by_all_rows, ledger_of, same


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture
def compiled(desk: Desk) -> tuple[Plan, Catalogue]:
    return desk.plan(ESSAY), desk.territory(ESSAY).catalogue


CAME = st.builds(
    Came,
    site=st.sampled_from(["nord", "sud"]),
    day=st.integers(5, 6),
    first=st.integers(0, 25),
    households=st.integers(1, 25),
    volume=st.integers(0, 40),
    nobody=st.integers(0, 2),
)
MANY = st.lists(CAME, min_size=1, max_size=4)


@given(first=MANY, late=MANY, later=MANY, erased=st.none() | st.integers(0, 25))
@settings(
    derandomize=True,
    max_examples=5,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_what_came_alone_settles_a_period_as_all_its_rows_do(
    tmp_path_factory: pytest.TempPathFactory,
    compiled: tuple[Plan, Catalogue],
    first: list[Came],
    late: list[Came],
    later: list[Came],
    erased: int | None,
) -> None:
    """Two revisions, the second one after somebody's rows were taken out, or not."""
    store = Store(Desk(tmp_path_factory.mktemp("store")), *compiled)
    base = [Came("nord", 5, 0, 20, 3), Came("sud", 5, 100, 30, 1), *first]
    store.receives(base)
    store.publishes(store.applied())
    store.receives([Came("sud", 5, 200, 12, 1), *late])
    store.publishes(store.applied())
    store.receives([Came("sud", 5, 300, 13, 1), *later])
    if erased is not None:
        store.receives(base, without=f"B{erased:03}", instead_of=0)
    same(store.applied(), by_all_rows(store))


def twice_revised(desk: Desk, compiled: tuple[Plan, Catalogue]) -> Store:
    store = Store(desk, *compiled)
    store.receives([Came("nord", 5, 0, 20, 3), Came("nord", 6, 0, 20, 3)])
    store.publishes(store.applied())
    store.receives([Came("nord", 5, 40, 12, 2), Came("nord", 6, 40, 3, 2)])
    store.publishes(store.applied())
    store.receives([Came("nord", 6, 41, 12, 2)])
    return store


def test_only_the_rows_that_came_are_asked_who_they_are(
    desk: Desk, compiled: tuple[Plan, Catalogue], asked: list[int]
) -> None:
    store = twice_revised(desk, compiled)
    assert asked == [1, 1]
    release = store.applied()
    assert asked == [1, 1, 1, 1]
    days = {row[1]: row[2:4] for row in shown(release) if row[0] == "nord"}
    assert days == {"2026-10-05": (32, 32), "2026-10-06": (33, 35)}
    same(release, by_all_rows(store))


def test_what_came_is_settled_where_older_rows_cannot_be_read(
    desk: Desk, compiled: tuple[Plan, Catalogue], asked: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their file is out of reach from when the cells are counted until the period is settled."""
    settled, away = Comparer.settled, desk.folder / "away.parquet"
    store = Store(desk, *compiled)
    store.receives([Came("nord", 5, 0, 20, 3), Came("nord", 6, 0, 20, 3)])
    store.publishes(store.applied())
    store.receives([Came("nord", 5, 40, 12, 2), Came("nord", 6, 40, 3, 2)])

    def without_older_rows(
        comparer: Comparer, due: DuePeriod, cells: CellTable, rules: Rules, beside: Sequence[Beside]
    ) -> Comparison:
        older, _ = store.files
        older.rename(away)
        try:
            return settled(comparer, due, cells, rules, beside)
        finally:
            away.rename(older)

    with monkeypatch.context() as patch:
        patch.setattr(Comparer, "settled", without_older_rows)
        release = store.applied()
    assert asked == [1, 1]
    same(release, by_all_rows(store))


@pytest.mark.parametrize("badge", ["B003", "B041"])
def test_an_erasure_has_all_rows_asked(
    desk: Desk, compiled: tuple[Plan, Catalogue], asked: list[int], badge: str
) -> None:
    """The numbers of the cells, counted anew, are not those of the last version with what came."""
    store = twice_revised(desk, compiled)
    changed = [Came("nord", 5, 0, 20, 3), Came("nord", 6, 0, 20, 3)]
    late = [Came("nord", 5, 40, 12, 2), Came("nord", 6, 40, 3, 2)]
    store.receives(changed if badge == "B003" else late, without=badge, instead_of=int(badge != "B003"))
    release = store.applied()
    assert asked[-1] == 3
    same(release, by_all_rows(store))


def test_a_cell_that_an_erasure_emptied_has_all_rows_asked(
    desk: Desk, compiled: tuple[Plan, Catalogue], asked: list[int]
) -> None:
    """Of a list that is open nothing is left of the cell: it has no numbers any more to check."""
    store = Store(desk, *compiled)
    first = [Came("nord", 5, 0, 20, 3), Came("est", 5, 900, 1, 3)]
    store.receives(first)
    store.publishes(store.applied())
    store.receives([Came("nord", 5, 40, 12, 2)])
    store.receives(first, without="B900", instead_of=0)
    release = store.applied()
    assert asked[-1] == 2
    same(release, by_all_rows(store))


def test_another_policy_has_all_rows_asked(desk: Desk, compiled: tuple[Plan, Catalogue], asked: list[int]) -> None:
    store = twice_revised(desk, compiled)
    store.versions = [replace(version, policy_digest="another") for version in store.versions]
    store.applied()
    assert asked == [1, 1, 3]


def test_older_rows_without_time_hasten_the_end_of_no_period(desk: Desk, compiled: tuple[Plan, Catalogue]) -> None:
    store = Store(desk, *compiled)
    store.receives([Came("nord", 5, 0, 20, 3)])
    rows, file = pq.read_table(store.files[0]), store.folder() / "rows.parquet"
    at = rows.schema.get_field_index("horodatage")
    pq.write_table(rows.set_column(at, rows.schema.field(at), pa.nulls(20, rows.schema.field(at).type)), file)
    older = NOVEMBER - timedelta(days=30)
    store.partitions.insert(0, Partition("older", 20, older, older))
    store.files.insert(0, file)
    (period,) = ledger_of(store.applied()).periods
    assert period.destroyed_on == datetime(2027, 5, 3, tzinfo=UTC)
