"""Releases of two real policies, signed by the demonstration's people, ready for the last door.

Rows are written here by hand: what is tried is what becomes of them, not how they were protected.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from catalog.catalogue import Catalog, open_catalog
from catalog.declaration import DatasetDeclaration
from catalog.dossier import Dossier
from catalog.publish import CatalogEntry, Unchanged, publish
from catalog.validate import Report, ValidatedRelease
from charter.acts import Bindings
from charter.apply import Figures, Release, ReleaseColumn, Rows
from charter.compile import Plan, compile_policy
from charter.demonstration import sign_for_demonstration
from charter.reader import read
from charter.territory import Territory, load
from eclor.identity import read_identity
from eclor.names import Period, Sha256, Slug
from eclor.settings import Settings
from eclor.world import FileKeyRing, SystemRandomness, World

TERRITORY = Path("policies/ccphva")
START = datetime(2026, 11, 24, 5, 12, 7, tzinfo=UTC)
SOURCE_DIGEST = Sha256("5" * 64)
SECRET_FIGURE = 987_654_321
"""An internal figure; no published byte may hold it."""

PASSAGES = (
    ReleaseColumn("site", "code", "dimension"),
    ReleaseColumn("horodatage", "date-heure", "dimension", level="jour"),
    ReleaseColumn("passages", "entier", "measure"),
    ReleaseColumn("foyers", "entier", "measure"),
    ReleaseColumn("statut", "code", "status"),
)
OCTOBER = (
    ("AUD", "2026-10-01", 25, 15, "publie"),
    ("AUD", "2026-10-02", None, None, "masque"),
    ("VIL", "2026-10-01", 60, 45, "publie"),
    ("VIL", "2026-10-02", 0, 0, "publie"),
    ("ensemble", "2026-10-01", None, None, "masque"),
)
POINTS = (
    ReleaseColumn("identifiant", "code", "technical"),
    ReleaseColumn("nom", "texte", "technical"),
    ReleaseColumn("position", "position", "technical"),
)
PLACES = (("D1", "Déchèterie d'Audun", "5.89,49.47"), ("D2", "Déchèterie, Villerupt", "5.93,49.46"))


@dataclass
class MovingClock:
    instant: datetime = START

    def now(self) -> datetime:
        return self.instant

    def move(self, **step: float) -> None:
        self.instant += timedelta(**step)


@dataclass
class Home:
    """A home with its catalogue, and a clock that a test moves."""

    folder: Path
    database_url: str = ""
    clock: MovingClock = field(default_factory=MovingClock)

    def __post_init__(self) -> None:
        self.world = World(self.clock, SystemRandomness(), FileKeyRing(self.folder / "keys"))
        self.settings = Settings(home=self.folder, database_url=self.database_url)
        self.catalog: Catalog = open_catalog(self.settings, self.world)
        (self.folder / "work").mkdir(parents=True, exist_ok=True)

    def publish(self, made: "Made") -> CatalogEntry | Unchanged:
        return publish(
            made.validated,
            plan=made.plan,
            declaration=made.declaration,
            dossier=made.dossier,
            catalog=self.catalog,
            world=self.world,
            publisher=read_identity(self.settings.territory).publisher,
        )

    def published(self, made: "Made") -> CatalogEntry:
        entry = self.publish(made)
        assert isinstance(entry, CatalogEntry)
        return entry


@dataclass(frozen=True)
class Made:
    """All that the last door takes."""

    validated: ValidatedRelease
    plan: Plan
    declaration: DatasetDeclaration
    dossier: Dossier

    def of(self, **changed: object) -> "Made":
        return replace(self, **changed)


def passages(
    home: Home, rows: Sequence[tuple[object, ...]] = OCTOBER, *, periods: Sequence[str] = ("2026-10",)
) -> Made:
    """A release of the déchèterie passages; series, two measures, masked cells."""
    types = [pa.string(), pa.string(), pa.int64(), pa.int64(), pa.string()]
    return _made(home, "dechetteries-passages", PASSAGES, (types, rows, periods), DECLARED_PASSAGES)


def places(home: Home, rows: Sequence[tuple[object, ...]] = PLACES) -> Made:
    """A release of the collection points; snapshot, with positions."""
    return _made(home, "points-de-collecte", POINTS, ([pa.string()] * 3, rows, ()), DECLARED_POINTS)


def _made(
    home: Home,
    slug: str,
    columns: tuple[ReleaseColumn, ...],
    content: tuple[list[pa.DataType], Sequence[tuple[object, ...]], Sequence[str]],
    declared: dict[str, object],
) -> Made:
    types, rows, periods = content
    plan, dossier = _plan(home, slug)
    by_column = list(zip(*rows, strict=True)) or [()] * len(columns)
    path = home.folder / "work" / f"{slug}.parquet"
    named = {
        column.name: pa.array(list(values), kind)
        for column, values, kind in zip(columns, by_column, types, strict=True)
    }
    pq.write_table(pa.table(named), path)
    masked = sum(row[-1] == "masque" for row in rows)
    figures = Figures(
        cells=len(rows),
        masked=masked,
        rows_in=SECRET_FIGURE,
        guarantees=("Aucun chiffre ne concerne moins de 11 foyers.",),
        internal={"smallest": SECRET_FIGURE},
    )
    release = Release(
        dataset=Slug(slug),
        rows=Rows(path, len(rows)),
        columns=columns,
        periods=tuple(Period(period) for period in periods),
        figures=figures,
        plan_digest=plan.digest,
        applied_at=home.clock.now(),
        ledger=None,
    )
    report = Report(
        "schema", passed=True, executor="frictionless", public={"checks": 12}, internal={"n": SECRET_FIGURE}
    )
    return Made(ValidatedRelease(release, (report,)), plan, DatasetDeclaration.model_validate(declared), dossier)


@cache
def compiled(slug: str) -> tuple[Territory, Plan]:
    """The territory and a policy's plan, compiled once a process: both are frozen."""
    territory = load(TERRITORY / "charter")
    return territory, compile_policy(read(TERRITORY / "politiques" / f"{slug}.yaml"), territory, now=START)


def _plan(home: Home, slug: str) -> tuple[Plan, Dossier]:
    charter, policy = TERRITORY / "charter", TERRITORY / "politiques" / f"{slug}.yaml"
    territory, plan = compiled(slug)
    bound = Bindings(plan.policy_digest, plan.charter_digest, plan.roles_digest, plan.catalogue_digest, SOURCE_DIGEST)
    acts = home.folder / "acts" / f"{slug}.jsonl"
    if not acts.exists():
        sign_for_demonstration(acts, policy=plan.policy, bindings=bound, now=home.clock.now())
    return plan, Dossier(
        policy=policy.read_bytes(),
        acts=acts.read_bytes(),
        charter=(charter / "charte-socle.yaml").read_bytes(),
        roles=(charter / "roles.yaml").read_bytes(),
        catalogue=territory.entry_form(slug),
        source_digest=SOURCE_DIGEST,
    )


def _column(name: str, title: str) -> dict[str, object]:
    return {"nom": name, "titre": {"fr": title, "en": title}}


_PROSE = (
    "Ce jeu dit en mots simples, et sans jamais désigner personne, ce que les services savent des déchèteries du pays."
)
DECLARED_PASSAGES: dict[str, object] = {
    "jeu": "dechetteries-passages",
    "nature": "serie",
    "titre": {"fr": "Fréquentation des déchèteries", "en": "Visits to the recycling centres"},
    "description": {"fr": _PROSE, "en": "Households by site and day."},
    "question": "Quand y a-t-il du monde ?",
    "service": "Service déchets",
    "contact": {"nom": "Service déchets", "courriel": "dechets@example.org"},
    "theme": "dechets",
    "mots_cles": {"fr": ["déchèterie", "affluence"], "en": ["recycling"]},
    "licence_source": "données du service",
    "simule": "oui",
    "frequence": "chaque mois",
    "fraicheur": "40 jours",
    "cle": ["site", "horodatage"],
    "colonnes": [_column(column.name, column.name.capitalize()) for column in PASSAGES[:-1]],
}
DECLARED_POINTS: dict[str, object] = DECLARED_PASSAGES | {
    "jeu": "points-de-collecte",
    "nature": "instantane",
    "titre": {"fr": "Points de collecte", "en": "Collection points"},
    "cle": ["identifiant"],
    "colonnes": [_column(column.name, column.name.capitalize()) for column in POINTS],
}
