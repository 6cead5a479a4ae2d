"""A revised period is settled by what came since as by all its rows: the same release, the same ledger."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import charter.arrivals
from charter.apply import FormerRelease, Held, Release, apply
from charter.arrivals import UnitReader
from charter.compile import Plan
from charter.ledger.memory import Memory
from charter.ledger.records import Draft, PastVersion
from charter.ledger.store import LedgerStore
from charter.memberships import UnitSets
from charter.model import Catalogue
from charter.raw_table import collected_fields, stored_schema
from eclor.engine.limits import Limits
from eclor.names import FieldName, Slug, SourceName
from harvesters.intake import IntakeCounts, Partition, RawColumn, RawDataset
from tests.applying import BADGE, SITE, Desk, shown, table

ESSAY = table(
    [
        BADGE,
        SITE,
        "horodatage date-heure temps quasi-identifiant {operation: generaliser, niveaux: [jour]}",
        "volume entier mesure mesure {operation: agreger}",
    ],
    dimensions="[site, horodatage]",
    indicators=[
        "{nom: foyers, calcul: comptage-distinct, champ: badge}",
        "{nom: passages, calcul: comptage-lignes}",
        "{nom: volume, calcul: somme, champ: volume}",
    ],
    changes={"differences": "{comparer_a: [essai], tardifs: reviser}"},
)
NOVEMBER = datetime(2026, 11, 3, tzinfo=UTC)


@dataclass(frozen=True)
class Came:
    """Some households at a site on a day, each with one row, empty badges last."""

    site: str
    day: int
    first: int
    households: int
    volume: int
    nobody: int = 0

    def rows(self) -> list[tuple[str, str, datetime, bool, int]]:
        at = datetime(2026, 10, self.day, 9)  # noqa: DTZ001 - stored instants are naive UTC
        badges = [f"B{self.first + number:03}" for number in range(self.households)] + [""] * self.nobody
        return [(badge, self.site, at, False, self.volume) for badge in badges]


@dataclass
class Store:
    """A dataset that receives files, publishes, and remembers."""

    desk: Desk
    plan: Plan
    catalogue: Catalogue
    partitions: list[Partition] = field(default_factory=list)
    files: list[Path] = field(default_factory=list)
    versions: tuple[PastVersion, ...] = ()
    former: FormerRelease | None = None
    runs: int = 0

    def receives(self, came: Sequence[Came], *, without: str = "", instead_of: int | None = None) -> None:
        """Store rows as one partition more, or rewrite one that an erasure took a badge out of."""
        rows = [row for each in came for row in each.rows() if row[0] != without or not without]
        schema = stored_schema(collected_fields(self.plan.policy))
        file = self.folder() / "rows.parquet"
        pq.write_table(
            pa.table([pa.array(c, f.type) for c, f in zip(zip(*rows, strict=True), schema, strict=True)], schema), file
        )
        at = NOVEMBER + timedelta(hours=len(self.partitions))
        if instead_of is None:
            self.partitions.append(Partition(f"p{self.runs}", len(rows), at, at))
            self.files.append(file)
        else:
            former = self.partitions[instead_of]
            self.partitions[instead_of] = replace(former, identifier=f"p{self.runs}", origin=former.stands_for)
            self.files[instead_of] = file

    def folder(self) -> Path:
        self.runs += 1
        path = self.desk.folder / f"run{self.runs}"
        path.mkdir()
        return path

    def applied(self) -> Release:
        columns = tuple(RawColumn(FieldName(f.name), f.type.value) for f in collected_fields(self.plan.policy))
        raw = RawDataset(
            Slug("essai"), SourceName("essais"), columns, tuple(self.partitions), 1, IntakeCounts(), NOVEMBER
        )
        memory = Memory(self.ledger, self.versions, revises=True) if self.versions else None
        held = Held(raw, tuple(self.files), self.former, self.catalogue, None, memory)
        return apply(self.plan, held, world=self.desk.world, limits=Limits(self.folder()))

    @property
    def ledger(self) -> LedgerStore:
        return LedgerStore(self.desk.folder / "ledger", self.desk.world)

    def publishes(self, release: Release) -> None:
        number = len(self.versions) + 1
        self.versions += (self.ledger.write(ledger_of(release), number=number, content=f"v{number}"),)
        self.former = FormerRelease(release.rows.path, release.periods, self.desk.now)


def ledger_of(release: Release) -> Draft:
    assert release.ledger is not None
    return release.ledger


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture
def compiled(desk: Desk) -> tuple[Plan, Catalogue]:
    return desk.plan(ESSAY), desk.territory(ESSAY).catalogue


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return how many files the unit sets were asked of, each time."""
    counts: list[int] = []
    sets = UnitReader.sets

    def counted(reader: UnitReader, files: tuple[Path, ...]) -> UnitSets:
        counts.append(len(files))
        return sets(reader, files)

    monkeypatch.setattr(UnitReader, "sets", counted)
    return counts


def by_all_rows(store: Store) -> Release:
    """Apply as if nothing told what came since."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(charter.arrivals, "files_since", lambda *_: None)
        return store.applied()


def same(one: Release, other: Release) -> None:
    assert one.rows.path.read_bytes() == other.rows.path.read_bytes()
    assert one.figures == other.figures
    mine, theirs = ledger_of(one).periods, ledger_of(other).periods
    assert [each.period for each in mine] == [each.period for each in theirs]
    for left, right in zip((each.kept for each in mine), (each.kept for each in theirs), strict=True):
        assert (left.marks, left.dated) == (right.marks, right.dated)
        assert left.release.cells.keys == right.release.cells.keys
        for a, b in zip(left.release.memberships, right.release.memberships, strict=True):
            assert all(np.array_equal(getattr(a, name), getattr(b, name)) for name in ("starts", "units", "rows"))
            assert np.array_equal(a.digests, b.digests)
            assert all(map(np.array_equal, a.amounts, b.amounts))


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
    assert asked == [1, 1, 2, 1]
    days = {row[1]: row[2:4] for row in shown(release) if row[0] == "nord"}
    assert days == {"2026-10-05": (32, 32), "2026-10-06": (33, 35)}
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
    store.versions = tuple(replace(version, policy_digest="another") for version in store.versions)
    store.applied()
    assert asked == [1, 1, 3]
