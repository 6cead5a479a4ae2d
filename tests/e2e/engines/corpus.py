"""Policies and rows that both engines must treat alike; a new case is an entry of `CASES`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import product
from random import Random  # noqa: TID251 - seeded, for the rows of a test

from anonymizers.places import Zones
from tests.applying import BADGE, HASHED, HOUR, SITE, Essay, names, rows, table, visits

DAY = "horodatage date-heure temps quasi-identifiant {operation: generaliser, niveaux: [jour]}"
WEEK = "horodatage date-heure temps quasi-identifiant {operation: generaliser, niveaux: [semaine]}"
COUNT = "{nom: passages, calcul: comptage-lignes}"
HOMES = "{nom: foyers, calcul: comptage-distinct, champ: badge}"
LITRES = "litres decimal(3) mesure mesure {operation: agreger}"
COMMUNE = "commune code lieu quasi-identifiant {operation: generaliser, niveaux: [commune, epci]}"
EPCI = Zones({"57001": "200000001", "57002": "200000001", "57003": "200000002"})
SQUARED = Zones(
    {"57001": "200000001", "57002": "200000001"},
    ("570010101", "570020102"),
    {},
    {
        code: (((west, 49.4), (east, 49.4), (east, 49.45), (west, 49.45), (west, 49.4)),)
        for code, west, east in (
            ("57001", 5.9, 5.95),
            ("57002", 5.95, 6.0),
            ("570010101", 5.9, 5.95),
            ("570020102", 5.95, 6.0),
        )
    },
)
"""Two communes side by side, of one IRIS each."""
HERE = "ou position lieu quasi-identifiant {operation: generaliser, niveaux: [%s]}"
ODD = (
    'l\'été \\ "x"',
    "${env:HOME}",
    "{0} %s --",
    "e\u0301t\u00e9",
    "\u00dfA",
    "\U0001d538",
    "a\u00a0b",
    "0x41",
    "null",
)
"""Texts that a quotation, a substitution or a collation could change."""


@dataclass(frozen=True)
class Case:
    """A policy, its rows, the territory's zones, and a part of what both must say, so that a case is not of nothing."""

    essay: Essay
    rows: str | Sequence[Mapping[str, object]]
    says: str
    zones: Zones | None = None

    @property
    def delivery(self) -> str | Sequence[Mapping[str, object]]:
        """The rows, with the columns that the policy declares."""
        if isinstance(self.rows, str):
            return self.rows
        declared = [line.split(" ", 1)[0] for line in self.essay.columns]
        return [{name: row[name] for name in declared} for row in self.rows]


def _many(seed: int, count: int, draw: Callable[[Random], Mapping[str, object]]) -> list[Mapping[str, object]]:
    source = Random(seed)
    return [draw(source) for _ in range(count)]


def _nights() -> list[Mapping[str, object]]:
    """Visits through both clock changes, local times without offset in the doubled hour included."""
    spring = [f"2026-03-{day}T{hour:02}:30:00Z" for day, hour in product((28, 29), (0, 1, 23))]
    autumn = [f"2026-10-{day}T{hour:02}:59:59.999999Z" for day, hour in product((24, 25), (0, 1, 22, 23))]
    unsaid = ["2026-10-25T02:30:00", "2026-10-25T01:30:00", "2026-10-25T03:00:00"]
    return [row for at in (*spring, *autumn, *unsaid) for row in visits(*names(12), at=at)]


def _household(source: Random) -> Mapping[str, object]:
    return {
        "badge": source.choice(["", *names(40)]),
        "site": source.choice(["nord", "nord", "nord", "sud", "est", ""]),
        "horodatage": f"2026-10-{source.randint(1, 9):02}T{source.randint(0, 23):02}:{source.randint(0, 59):02}:00Z",
        "litres": source.choice(["", "0", "0.001", "12.345", "999.999", "7.5"]),
        "volume": source.choice(["", 0, 1, 14, 15, 16, 1000]),
    }


def _trip(source: Random) -> Mapping[str, object]:
    people = ["", *names(25, "P")]
    return {
        "trajet": source.choice(["", *names(200, "T")]),
        "driver": source.choice(people),
        "passenger": source.choice(people),
        "site": source.choice(["nord", "sud"]),
        "horodatage": f"2026-10-{source.randint(1, 3):02}T10:00:00Z",
        "metres": source.randint(0, 9000),
    }


TRIP = [
    "trajet code trajet identifiant-direct {operation: comptage}",
    "driver code personne identifiant-direct {operation: pseudonymiser}",
    "passenger code personne identifiant-direct {operation: pseudonymiser}",
    SITE,
    DAY,
    "metres entier mesure mesure {operation: plafonner, plafond: 8000}",
]
GROUPED = (
    "genre code nomenclature(bois,metaux,gravats) quasi-identifiant {operation: generaliser, "
    "regroupement: [{valeur: sec, depuis: [bois, metaux]}, {valeur: lourd, depuis: [gravats]}]}"
)
AGE = "age entier mesure mesure {operation: generaliser, tranches: [0, 18, 65]}"


def _placed(source: Random, *, where: tuple[float, float] = (5.9, 6.0)) -> Mapping[str, object]:
    at = f"{source.uniform(*where):.6f},{source.uniform(49.4, 49.45):.6f}"
    return {"badge": source.choice(["", *names(60)]), "ou": source.choice(["", at, "5.95,49.42", "5.95,49.45"])}


def _of_places(levels: str) -> Essay:
    return table(
        [BADGE, HERE % levels], dimensions="[ou]", indicators=[HOMES], frequency="annee", changes=COARSER[levels]
    )


COARSER = {
    levels: {
        "echelle": "".join(f"\n  - pas: [{{champ: ou, niveau: {level}}}]" for level in levels.split(", ")),
        "perte_max_pourcent": "60",
        "cellules_vides": "masquer",
    }
    for levels in ("iris, commune, epci", "carreau-1km, commune")
}


def _kept() -> Essay:
    keep = "technique {operation: conserver}"
    columns = [
        f"code code nomenclature! {keep}",
        f"size entier mesure! {keep}",
        f"price decimal(2) mesure! {keep}",
        f"open booleen nomenclature! {keep}",
        f"day date temps! {keep}",
        f"seen date-heure temps! {keep}",
        "wait entier mesure? technique {operation: generaliser, tranches: [0, 5, 15, 30]}",
    ]
    return rows(columns, shown="[code, size, price, open, day, seen, wait]", frequency="direct")


def _record(source: Random) -> Mapping[str, object]:
    return {
        "code": source.choice(["", "a", "Z", "\u00e9", "10", "9", *ODD]),
        "size": source.choice(["", 0, -5, 10, 9, 2**62]),
        "price": source.choice(["", "0.10", "-1.25", "1.50", "9999999999.99"]),
        "open": source.choice(["", "oui", "non"]),
        "day": source.choice(["", "2026-02-28", "2024-02-29", "1999-12-31"]),
        "seen": source.choice(
            ["", "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "2026-10-25T02:30:00", "2026-07-01T12:00:00.25Z"]
        ),
        "wait": source.choice(["", 0, 4, 5, 29, 30, 1000]),
    }


CASES: dict[str, Case] = {
    "hours, both nights": Case(
        table([BADGE, SITE, HOUR], dimensions="[site, horodatage]", indicators=[COUNT, HOMES], k=11),
        _nights(),
        "2026-10-25T02:00:00+01:00",
    ),
    "days, pseudonyms, missing units": Case(
        table([HASHED, SITE, DAY], dimensions="[site, horodatage]", indicators=[COUNT, HOMES]),
        _many(1, 700, _household),
        "masque",
    ),
    "weeks across a month": Case(
        table([HASHED, SITE, WEEK], dimensions="[site, horodatage]", indicators=[HOMES]),
        [row for day in range(26, 31) for row in visits(*names(12 + day % 3), at=f"2026-09-{day}T23:30:00+02:00")],
        "2026-W40",
    ),
    "decimals, means, caps, rounded measures, two largest": Case(
        table(
            [BADGE, SITE, DAY, LITRES, "volume entier mesure mesure {operation: arrondir, base: 15}"],
            dimensions="[site, horodatage]",
            indicators=[
                COUNT,
                "{nom: litres, calcul: somme, champ: litres}",
                "{nom: moyen, calcul: moyenne, champ: litres}",
                "{nom: volume, calcul: somme, champ: volume}",
            ],
            changes={"dominance": "{active: oui, contributeurs: 2, pourcent: 80}"},
        ),
        _many(2, 900, _household),
        "publie",
    ),
    "margins, secondary suppression, rounded release": Case(
        table(
            [HASHED, SITE, DAY],
            dimensions="[site, horodatage]",
            indicators=[COUNT, HOMES],
            margins="[{par: [site]}, {par: [horodatage]}, {par: []}]",
            changes={"arrondi": "{active: oui, base: 5}"},
        ),
        _many(3, 1200, _household),
        "ensemble",
    ),
    "two counts, a union of people": Case(
        table(
            TRIP,
            dimensions="[site, horodatage]",
            indicators=[
                "{nom: trajets, calcul: comptage-distinct, champ: trajet}",
                "{nom: conducteurs, calcul: comptage-distinct, champ: driver}",
                "{nom: metres, calcul: moyenne, champ: metres}",
            ],
            units="{unite: trajet, champs: [trajet], k: 6}\n  - {unite: personne, champs: [driver, passenger], k: 11}",
        ),
        _many(4, 600, _trip),
        "publie",
    ),
    "a ladder of places": Case(
        table(
            [BADGE, COMMUNE],
            dimensions="[commune]",
            indicators=[HOMES],
            frequency="annee",
            changes={
                "echelle": "\n  - pas: [{champ: commune, niveau: commune}]\n  - pas: [{champ: commune, niveau: epci}]",
                "perte_max_pourcent": "10",
            },
        ),
        [
            {"badge": name, "commune": commune}
            for commune, count in (("57001", 14), ("57002", 3), ("57003", 12))
            for name in names(count, commune)
        ],
        "200000001",
        zones=EPCI,
    ),
    "positions in IRIS": Case(_of_places("iris, commune, epci"), _many(6, 300, _placed), "570010101", zones=SQUARED),
    "positions in squares": Case(
        _of_places("carreau-1km, commune"),
        _many(7, 300, partial(_placed, where=(5.949, 5.951))),
        "CRS3035RES1000mN",
        zones=SQUARED,
    ),
    "a position outside the territory": Case(
        _of_places("iris, commune, epci"),
        [{"badge": "B1", "ou": "6.000001,49.42"}],
        "release.unlisted-value",
        zones=SQUARED,
    ),
    "rows by commune of their position": Case(
        rows(
            ["ou position lieu! technique {operation: generaliser, niveaux: [commune]}"],
            shown="[ou]",
            frequency="direct",
        ),
        [{"ou": at} for at in ("5.95,49.42", "5.99,49.41", "", "5.91,49.4")],
        "57002",
        zones=SQUARED,
    ),
    "groups and bands": Case(
        table([BADGE, GROUPED, AGE], dimensions="[genre, age]", indicators=[HOMES], frequency="annee"),
        [
            {
                "badge": f"B{n}",
                "genre": ("bois", "metaux", "gravats", "")[n % 4],
                "age": ("", 0, 17, 18, 64, 65, 99)[n % 7],
            }
            for n in range(400)
        ],
        "18-65",
    ),
    "labels that a text could change": Case(
        table(
            [BADGE, "nom texte nomenclature! quasi-identifiant {operation: agreger}"],
            dimensions="[nom]",
            indicators=[HOMES],
            frequency="annee",
        ),
        [{"badge": f"{index}-{name}", "nom": text} for index, text in enumerate(ODD) for name in names(12)],
        "${env:HOME}",
    ),
    "years as numbers, a truth as a label": Case(
        table(
            [
                BADGE,
                "an entier temps! technique {operation: generaliser, niveaux: [annee]}",
                "abonne booleen nomenclature quasi-identifiant {operation: agreger}",
            ],
            dimensions="[an, abonne]",
            indicators=[HOMES],
            frequency="annee",
        ),
        [
            {"badge": name, "an": an, "abonne": truth}
            for an, truth in product((2023, 2024, 2025, ""), ("oui", "non", ""))
            for name in names(12)
        ],
        "2024,oui",
    ),
    "years as texts": Case(
        table(
            [BADGE, "an code temps! technique {operation: generaliser, niveaux: [annee]}"],
            dimensions="[an]",
            indicators=[HOMES],
            frequency="annee",
        ),
        [{"badge": name, "an": an} for an in ("2023", "2024", "") for name in names(13)],
        "2023,13",
    ),
    "days as days, empty cells masked": Case(
        table(
            [BADGE, SITE, "jour date temps quasi-identifiant {operation: generaliser, niveaux: [mois]}"],
            dimensions="[site, jour]",
            indicators=[HOMES],
            changes={"cellules_vides": "masquer"},
        ),
        [
            {"badge": name, "site": "nord", "jour": f"2026-{month:02}-28"}
            for month in (2, 3, 4)
            for name in names(9 + month)
        ],
        "2026-02",
    ),
    "rows with an hour": Case(
        rows(
            ["seen date-heure temps! technique {operation: generaliser, niveaux: [heure]}"],
            shown="[seen]",
        ),
        "seen\n2026-10-25T00:30:00Z\n2026-10-25T01:30:00Z\n2026-10-25T02:30:00\n2025-12-31T23:10:00Z\n",
        "2026-10-25T02:00:00+01:00",
    ),
    "rows as they are": Case(_kept(), _many(5, 400, _record), "+02:00"),
    "an empty delivery of rows": Case(_kept(), "code,size,price,open,day,seen,wait\n", ""),
    "a value under the first band": Case(_kept(), [{**_record(Random(1)), "wait": -1}], "release.unlisted-value"),
    "a sum that no number holds": Case(
        table(
            [BADGE, SITE, "volume entier mesure mesure {operation: agreger}"],
            dimensions="[site]",
            indicators=["{nom: volume, calcul: somme, champ: volume}"],
            frequency="annee",
        ),
        [{"badge": name, "site": "nord", "volume": 2**62} for name in names(12)],
        "release.too-large",
    ),
    "a negative contribution": Case(
        table(
            [BADGE, SITE, "volume entier mesure mesure {operation: agreger}"],
            dimensions="[site]",
            indicators=["{nom: volume, calcul: somme, champ: volume}"],
            frequency="annee",
        ),
        [{"badge": name, "site": "nord", "volume": -1} for name in names(12)],
        "release.negative",
    ),
}
