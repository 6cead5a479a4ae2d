"""The demonstration territory in small: its real declarations and policies, a few rows of each dataset, by hand."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow as pa

from catalog.database import writing
from catalog.declaration import DatasetDeclaration, read_dataset
from catalog.models import WalkRow
from catalog.registry import Terms, declare, record_walk, withdraw
from charter.apply import ReleaseColumn
from charter.model import Policy
from charter.reader import read
from charter.shape import shape
from eclor.errors import GuaranteeBroken
from eclor.world import SystemClock
from tests.unit.catalog.publish.released import TERRITORY, Home, Made, MovingClock, _made

Rows = Sequence[tuple[object, ...]]
TEXT, INTEGER = pa.string(), pa.int64()
VISITS = (
    ReleaseColumn("site", "texte", "dimension"),
    ReleaseColumn("horodatage", "texte", "dimension", level="jour"),
    ReleaseColumn("passages", "entier", "measure"),
    ReleaseColumn("foyers", "entier", "measure"),
    ReleaseColumn("statut", "code", "status"),
)
SITES = ("AUD", "AUM", "BOU", "OTT", "VIL")
PLACES = (
    *(ReleaseColumn(name, "texte", "technical") for name in ("id_point", "genre", "nom_point", "flux", "adresse")),
    ReleaseColumn("commune", "code", "technical"),
    ReleaseColumn("position", "position", "technical"),
    ReleaseColumn("horaires", "texte", "technical"),
    ReleaseColumn("capacite_l", "entier", "technical"),
)
WAITING = (
    ReleaseColumn("site", "code", "technical"),
    ReleaseColumn("attente_min", "texte", "technical"),
    ReleaseColumn("observe_a", "date-heure", "technical"),
)
ALERTS = (
    *(ReleaseColumn(name, "texte", "technical") for name in ("identifiant", "emetteur", "evenement", "severite")),
    *(ReleaseColumn(name, "texte", "technical") for name in ("titre", "consigne")),
    *(ReleaseColumn(name, "date-heure", "technical") for name in ("emis_a", "expire_a")),
    ReleaseColumn("zone", "geometrie", "technical"),
)
LIGHTING = (
    ReleaseColumn("commune", "code", "dimension", level="commune"),
    ReleaseColumn("horodatage", "texte", "dimension", level="heure"),
    ReleaseColumn("luminaires", "entier", "measure"),
    ReleaseColumn("energie_wh", "entier", "measure"),
    ReleaseColumn("statut", "code", "status"),
)
WITHDRAWN_FOR = "Une adresse était fausse."


def visits(*, days: int = 30) -> Rows:
    """Rows of five sites in key order, a total after each: every tenth day is masked, one day in seven is closed.

    Thirty days make 137 rows: 150 less 18 closed days, and 5 totals; 15 are masked.
    """
    rows: list[tuple[object, ...]] = []
    for rank, site in enumerate(SITES):
        for day in range(1, days + 1):
            if day % 10 == 0:
                rows.append((site, f"2026-10-{day:02d}", None, None, "masque"))
            elif (day + rank) % 7:
                rows.append((site, f"2026-10-{day:02d}", 5 * (day + 3 + rank), 5 * (day + 2 + rank), "publie"))
        rows.append((site, "ensemble", 2000, 1500, "publie"))
    return rows


def places(count: int = 40) -> Rows:
    """A recycling centre and street containers of two communes."""
    centre = (
        "AUD",
        "decheterie",
        "Déchèterie d'Audun-le-Tiche",
        "gravats, verre",
        "rue du Puits",
        "57038",
        "5.96,49.465",
    )
    containers = [
        (
            f"54580-PAV-{one:03d}",
            "point-apport-volontaire",
            f"Conteneur à verre n° {one}",
            "verre",
            "rue des Prés",
            "54580",
            f"{5.91 + one / 2000:.4f},49.46",
            "24/7",
            3000,
        )
        for one in range(1, count)
    ]
    return [*containers, (*centre, "Mo-Sa 09:00-18:00", None)]


def waiting(now: datetime, first: str = "0-5") -> Rows:
    """Two centres: one just seen, one whose sensor is silent since three hours."""
    seen, silent = now - timedelta(seconds=40), now - timedelta(hours=3)
    return [("AUD", first, iso(seen)), ("VIL", "15-30", iso(silent))]


def alerts(now: datetime) -> Rows:
    """A grave alert that goes on, a minor one that is over."""
    begun, area = iso(now - timedelta(hours=5)), '{"type":"Point","coordinates":[5.9,49.4]}'
    return [
        ("a-1", "meteo", "Orages", "Severe", "Orages violents", "Rentrez.", begun, iso(now + timedelta(hours=5)), area),
        ("a-2", "routes", "Route", "Minor", "Route barrée", "", begun, iso(now - timedelta(hours=1)), area),
    ]


def lighting() -> Rows:
    """A day of two communes, hour by hour."""
    return [
        (commune, f"2026-11-22T{hour:02d}:00:00+01:00", 300, 0 if 8 <= hour < 17 else 1000 * rank + 10 * hour, "publie")
        for rank, commune in enumerate(("54521", "54580"), start=1)
        for hour in range(24)
    ]


def iso(instant: datetime) -> str:
    """An instant as it is published."""
    return instant.astimezone(UTC).isoformat(timespec="seconds")


def made(home: Home, slug: str, columns: tuple[ReleaseColumn, ...], rows: Rows, periods: Sequence[str] = ()) -> Made:
    """A release of a dataset of the territory, under its real declaration."""
    types = [INTEGER if column.type == "entier" else TEXT for column in columns]
    return _made(home, slug, columns, (types, rows, periods), declared(slug).plain())


def declared(slug: str) -> DatasetDeclaration:
    """A dataset's real declaration."""
    return read_dataset(TERRITORY / "datasets" / f"{slug}.yaml")


def settled(folder: Path) -> Home:
    """A home where everything that a page may show has happened."""
    home = Home(folder, clock=MovingClock(SystemClock().now() - timedelta(hours=4)))
    home.published(made(home, "equipements", PLACES[:1], [("54580-1",)]).of(declaration=_facilities()))
    home.published(made(home, "dechetteries-passages", VISITS, visits(days=8), ("2026-09",)))
    home.clock.move(hours=1)
    home.published(made(home, "dechetteries-passages", VISITS, visits(), ("2026-09", "2026-10")))
    home.published(made(home, "points-de-collecte", PLACES, places()))
    home.published(made(home, "eclairage-telemetrie", LIGHTING, lighting(), ("2026-11-22",)))
    withdraw(home.catalog, "equipements", 1, reason=WITHDRAWN_FOR, now=home.clock.now())
    refuse(home, "prenoms")
    home.clock.instant = SystemClock().now()
    home.published(made(home, "dechetteries-attente", WAITING, waiting(home.clock.now())))
    home.published(made(home, "alertes", ALERTS, alerts(home.clock.now())))
    return home


def _facilities() -> DatasetDeclaration:
    """The facilities with one column only: what is tried is what becomes of a withdrawn dataset."""
    whole = declared("equipements").plain()
    columns = [{"nom": "id_point", "titre": {"fr": "Identifiant", "en": "Identifier"}}]
    plain = whole | {"colonnes": columns, "cle": ["id_point"], "vue": {"genre": "aucune"}, "attentes": []}
    plain.pop("etiquettes", None)
    return DatasetDeclaration.model_validate(plain)


def refuse(home: Home, slug: str) -> None:
    """Record a walk that the door of guarantees refused."""
    policy, _ = shape(read(TERRITORY / "politiques" / f"{slug}.yaml"), Policy)
    assert policy is not None
    refusal = GuaranteeBroken("release.no-step", dataset=slug, steps="commune, année")
    terms = Terms("etat-civil", policy.publication.licence, policy.publication.shape)
    now = home.clock.now()
    walk = WalkRow(
        run_id="r1",
        dataset=slug,
        started_at=now,
        ended_at=now,
        outcome="refused",
        door="apply",
        message_fr=f"[{refusal.code}] {refusal.french()}",
        message_en=refusal.english(),
        internal={},
        told={"reason": refusal.told_french(), "refusal": refusal.told()},
    )
    with writing(home.catalog.engine) as session:
        declare(session, declared(slug), terms, now=now)
        record_walk(session, walk)
