"""A dataset that receives files one after another, publishes, and remembers: its periods revised by late rows."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import charter.arrivals
from charter.apply import FormerRelease, Held, Release, apply
from charter.compile import Plan
from charter.ledger.memory import Memory
from charter.ledger.records import Draft, PastVersion
from charter.ledger.store import LedgerStore
from charter.model import Catalogue
from charter.raw_table import collected_fields, stored_schema
from eclor.engine.limits import Limits
from eclor.names import FieldName, Slug, SourceName
from harvesters.intake import IntakeCounts, Partition, RawColumn, RawDataset
from tests.applying import BADGE, SITE, Desk, table

NOVEMBER = datetime(2026, 11, 3, tzinfo=UTC)
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
    versions: list[PastVersion] = field(default_factory=list)
    """Of this dataset and its sisters, which share this list; oldest first."""
    former: FormerRelease | None = None
    gone: frozenset[int] = frozenset()
    """Of those of this dataset, which may not be served any more."""
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
        path = self.desk.folder / self.plan.policy.dataset / f"run{self.runs}"
        path.mkdir(parents=True)
        return path

    def applied(self) -> Release:
        columns = tuple(RawColumn(FieldName(f.name), f.type.value) for f in collected_fields(self.plan.policy))
        raw = RawDataset(
            Slug(self.plan.policy.dataset),
            SourceName("essais"),
            columns,
            tuple(self.partitions),
            1,
            IntakeCounts(),
            NOVEMBER,
        )
        memory = Memory(self.ledger, tuple(self.versions), revises=True, gone=self.gone) if self.versions else None
        held = Held(raw, tuple(self.files), self.former, self.catalogue, self.desk.zones, memory)
        return apply(self.plan, held, world=self.desk.world, limits=Limits(self.folder(), engine=self.desk.engine))

    @property
    def ledger(self) -> LedgerStore:
        return LedgerStore(self.desk.folder / "ledger", self.desk.world)

    def publishes(self, release: Release) -> None:
        number = len(self.versions) + 1
        self.versions.append(self.ledger.write(ledger_of(release), number=number, content=f"v{number}"))
        self.former = FormerRelease(release.rows.path, release.periods, self.desk.now)


def ledger_of(release: Release) -> Draft:
    assert release.ledger is not None
    return release.ledger


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
