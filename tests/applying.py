"""A release made through the doors: a small policy and its catalogue as text, a CSV through intake, compile, apply."""

import csv
import io
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pyarrow.parquet as pq

from anonymizers.places import Zones
from charter.apply import FormerRelease, Held, Release, apply
from charter.compile import Plan, compile_policy
from charter.reader import parse
from charter.reviews import NO_REVIEWS, Reviews
from charter.territory import Territory, load
from eclor.engine.limits import Engine, Limits
from eclor.errors import PolicyRefusals
from eclor.offline.delivery import read_delivery
from eclor.world import FileKeyRing, FixedClock, KeyRing, SystemRandomness, World
from tests.policies import FIXTURES

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)

BADGE = "badge code foyer identifiant-direct {operation: comptage}"
HASHED = "badge code foyer identifiant-direct {operation: pseudonymiser}"
SITE = "site code lieu! technique {operation: agreger}"
HOUR = "horodatage date-heure temps quasi-identifiant {operation: generaliser, niveaux: [heure]}"


@dataclass(frozen=True)
class Essay:
    """A policy under test: its columns, its publication and guarantees as the language writes them.

    A column is `name type category role treatment`; `category!` is technical in the catalogue, `category?` counts
    presence; a code list names its values after it: `nomenclature(a,b)`; a type may have decimals: `decimal(2)`.
    """

    columns: tuple[str, ...]
    publication: str
    guarantees: str
    sources: str = ""
    more: str = ""
    delivery: str = ""
    personal: bool = True

    def policy(self) -> str:
        fields = "\n".join(f"  - {_field(line)}" for line in self.columns)
        hashed = any("pseudonymiser" in line for line in self.columns)
        rotation = self.more or ("pseudonymes: {portee: jeu, rotation: 1 mois}" if hashed else "")
        key = "  cle_pseudonyme: 2 mois\n" if hashed else ""
        personal = ("oui", "[usagers]", "oui", "requis") if self.personal else ("non", "[]", "non", "sans-objet")
        return POLICY.format(
            fields=fields,
            publication=_indented(self.publication),
            guarantees=_indented(self.guarantees),
            rotation=rotation,
            key=key,
            personal=personal[0],
            subjects=personal[1],
            objection=personal[2],
            visa=personal[3],
        )

    def catalogue(self) -> str:
        columns = "\n".join(f"      - {_column(line)}" for line in self.columns)
        delivery = f"    livraison: {self.delivery}\n" if self.delivery else ""
        return CATALOGUE.format(columns=columns, delivery=delivery, sources=self.sources)


def table(  # noqa: PLR0913 - one part of a policy each, all but three with the usual value
    columns: Sequence[str],
    *,
    dimensions: str,
    indicators: Sequence[str],
    k: int = 11,
    units: str = "{unite: foyer, champs: [badge], k: %d}",
    margins: str = "aucun",
    frequency: str = "mois",
    delay: str = "1 jour",
    more: str = "",
    changes: Mapping[str, str] | None = None,
) -> Essay:
    """A policy by cells; `changes` replaces guarantees by key."""
    guarantees = {
        "comptages": "\n  - " + (units % k if "%d" in units else units),
        "dominance": "{active: oui, contributeurs: 1, pourcent: 85}",
        "diversite": "{active: non}",
        "suppression_secondaire": "{active: non}"
        if margins == "aucun"
        else "{active: oui, protection_pourcent: 20, protection_min: 2}",
        "cellules_vides": "publier",
        "arrondi": "{active: non}",
        "differences": "{comparer_a: [essai], tardifs: geler}",
        "delai_publication": delay,
    } | dict(changes or {})
    shown = "\n".join(f"  - {indicator}" for indicator in indicators)
    return Essay(
        columns=tuple(columns),
        publication=(
            f"forme: tableau\ndimensions: {dimensions}\nindicateurs:\n{shown}\ntotaux: {margins}\n"
            f"periodicite: {frequency}\nlicence: licence-ouverte-2.0"
        ),
        guarantees="\n".join(f"{key}: {value}" for key, value in guarantees.items()),
        more=more,
        delivery="complete" if frequency == "annee" else "",
    )


def rows(columns: Sequence[str], *, shown: str, frequency: str = "livraison") -> Essay:
    """A policy by rows."""
    return Essay(
        columns=tuple(columns),
        publication=f"forme: lignes\ncolonnes: {shown}\nperiodicite: {frequency}\nlicence: licence-ouverte-2.0",
        guarantees="delai_publication: aucun",
        personal=False,
    )


@dataclass
class Desk:
    """Where a test applies its essays: a folder, a clock, keys, an engine."""

    folder: Path
    now: datetime = NOW
    keys: KeyRing | None = None
    zones: Zones | None = None
    runs: int = field(default=0)
    engine: Engine = Engine.DUCKDB
    reviews: Reviews = NO_REVIEWS

    @property
    def world(self) -> World:
        ring = self.keys or FileKeyRing(self.folder / "keys")
        return World(FixedClock(self.now), SystemRandomness(), ring)

    def territory(self, essay: Essay) -> Territory:
        charter = self.folder / "charter"
        charter.mkdir(exist_ok=True)
        for name in ("charte-socle.yaml", "roles.yaml"):
            shutil.copy(FIXTURES / "charter" / name, charter / name)
        (charter / "catalogue.yaml").write_text(essay.catalogue(), "utf-8")
        return load(charter)

    def plan(self, essay: Essay) -> Plan:
        try:
            return compile_policy(parse(essay.policy().encode(), "essai.yaml"), self.territory(essay), now=self.now)
        except PolicyRefusals as refused:
            raise AssertionError([refusal.located() for refusal in refused.refusals]) from refused

    def apply(
        self,
        essay: Essay,
        data: str | Sequence[Mapping[str, object]],
        *,
        received: datetime | None = None,
        former: FormerRelease | None = None,
        changed: Plan | None = None,
    ) -> Release:
        self.runs += 1
        work = self.folder / f"run{self.runs}"
        work.mkdir()
        plan = changed or self.plan(essay)
        file = work / "data.csv"
        file.write_text(data if isinstance(data, str) else as_csv(data), "utf-8")
        raw, files = read_delivery(file, plan.policy, received=received or datetime(2020, 1, 1, tzinfo=UTC), into=work)
        held = Held(raw, files, former, self.territory(essay).catalogue, self.zones, reviews=self.reviews)
        return apply(plan, held, world=self.world, limits=Limits(work / "out", engine=self.engine))


def as_csv(data: Sequence[Mapping[str, object]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(data[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(data)
    return text.getvalue()


def shown(release: Release) -> list[tuple[object, ...]]:
    """The published rows, as tuples in the release's order of columns and rows."""
    read = pq.read_table(release.rows.path)
    assert read.column_names == [column.name for column in release.columns]
    return [tuple(row.values()) for row in read.to_pylist()]


def former_of(release: Release) -> FormerRelease:
    return FormerRelease(release.rows.path, release.periods)


def _parts(line: str) -> tuple[str, str, str, str, str]:
    name, kind, category, role, treatment = line.split(" ", 4)
    return name, kind, category, role, treatment


def _field(line: str) -> str:
    name, kind, category, role, treatment = _parts(line)
    plain = category.split("(")[0].rstrip("!?")
    base, _, decimals = kind.rstrip(")").partition("(")
    more = f", decimales: {decimals}" if decimals else ""
    collected = ", collecte: non" if treatment.endswith("*") else ""
    return (
        f"{{nom: {name}, type: {base}{more}, categorie: {plain}, usage: {role}{collected}, "
        f"traitement: {treatment.rstrip('*')}}}"
    )


def _column(line: str) -> str:
    name, _, category, _, _ = _parts(line)
    plain, _, values = category.rstrip(")").partition("(")
    technical = ", technique: oui" if plain.endswith(("!", "?")) else ""
    presence = ", presence: oui" if plain.endswith("?") else ""
    listed = f", modalites: [{values.replace(',', ', ')}]" if values else ""
    return f"{{nom: {name}, categorie: {plain.rstrip('!?')}{technical}{listed}{presence}}}"


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.splitlines())


CATALOGUE = """\
langage: 1
nature: catalogue
version: 1
jeux:
  - jeu: essai
    source: essais
{delivery}    colonnes:
{columns}
{sources}
"""

POLICY = """\
langage: 1
nature: politique
jeu: essai
titre: Essai
version: 1
socle: {{identifiant: charte-essai, version: 3}}
par_defaut: refuser
registre:
  finalite: essai
  base_legale: mission-interet-public
  fondement: essai
  donnees_personnelles: {personal}
  categories_personnes: {subjects}
  mineurs: non
  categories_donnees: [essai]
  destinataires: [public]
  transferts: aucun
  mesures: [cloisonnement]
  information: essai
  aipd:
    criteres:
      evaluation: non
      decision_automatisee: non
      surveillance_systematique: non
      donnees_sensibles: non
      grande_echelle: non
      croisement: non
      personnes_vulnerables: non
      usage_innovant: non
      blocage_droit: non
    decision: non-requise
champs:
{fields}
{rotation}
publication:
{publication}
garanties:
{guarantees}
conservation:
  zone_brute: 6 mois
{key}  versions_publiees: 5 ans
  effacement: {{delai: 1 mois, procedure: essai}}
  opposition: {{applicable: {objection}, procedure: essai}}
  preuve_purge: proces-verbal
  archives: {{visa: {visa}}}
gouvernance:
  etat: brouillon
  auteur: p-auteur
  dpo: p-dpo
  garant: p-garant
  validite: {{du: 2026-01-01, au: 2028-12-31}}
  delai_retrait: 15 minutes
"""


def visits(
    *badges: str, site: str = "nord", at: str = "2026-10-05T09:00:00+02:00", **more: object
) -> list[dict[str, object]]:
    return [{"badge": badge, "site": site, "horodatage": at, **more} for badge in badges]


def names(count: int, prefix: str = "B") -> list[str]:
    return [f"{prefix}{number:03}" for number in range(count)]
