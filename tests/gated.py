"""What gates judge, for tests: small Parquet files written here, with what is promised of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from catalog.gates.subject import Expected, Subject, SubjectColumn
from charter.apply import ReleaseColumn

Row = tuple[str | int | None, ...]
NUMBERS = frozenset({"measure"})


@dataclass(frozen=True)
class Promise:
    """A release's columns and what is promised of them."""

    columns: tuple[SubjectColumn, ...]
    fields: Mapping[str, Mapping[str, object]]
    key: tuple[str, ...]
    required: tuple[str, ...] = ()
    expectations: tuple[Expected, ...] = field(default=())

    def of(self, rows: Sequence[Row], folder: Path, *, count: int | None = None) -> Subject:
        """Write the rows to a Parquet file of the folder, and promise as many of them, or `count`."""
        path = folder / "release.parquet"
        columns = {
            column.name: pa.array(
                [row[place] for row in rows], pa.int64() if _holds_integers(column.published) else pa.string()
            )
            for place, column in enumerate(self.columns)
        }
        pq.write_table(pa.table(columns), path)
        descriptor = {
            "fields": [{"name": name, **promised} for name, promised in self.fields.items()],
            "primaryKey": [*self.key],
            "missingValues": [""],
        }
        return Subject(
            dataset="essai",
            rows=path,
            count=len(rows) if count is None else count,
            columns=self.columns,
            schema=descriptor,
            required_measures=self.required,
            expectations=self.expectations,
        )


def _holds_integers(column: ReleaseColumn) -> bool:
    return column.type == "entier" and not column.level and column.kind != "dimension"


def column(name: str, of_type: str, kind: str = "technical", **signed: object) -> SubjectColumn:
    level = str(signed.pop("level", ""))
    return SubjectColumn(ReleaseColumn(name, of_type, kind, level=level), **signed)  # type: ignore[arg-type]


HOUR = r"(\d{4}-\d{2}-\d{2}T\d{2}:00:00([+-]\d{2}:\d{2})?|inconnu|ensemble)"

VISITS = Promise(
    columns=(
        column("site", "code", "dimension"),
        column("horodatage", "date-heure", "dimension", level="heure"),
        column("passages", "entier", "measure"),
        column("foyers", "entier", "measure"),
        column("statut", "texte", "status"),
    ),
    fields={
        "site": {"type": "string", "constraints": {"required": True, "enum": ["nord", "sud", "inconnu"]}},
        "horodatage": {"type": "string", "constraints": {"pattern": HOUR}},
        "passages": {"type": "integer", "constraints": {"minimum": 0}},
        "foyers": {"type": "integer"},
        "statut": {"type": "string", "constraints": {"required": True, "enum": ["publie", "masque"]}},
    },
    key=("site", "horodatage"),
    required=("foyers",),
    expectations=(Expected("expect_column_values_to_be_between", {"column": "foyers", "min_value": 11}, "k"),),
)
GOOD_VISITS: tuple[Row, ...] = (
    ("nord", "2026-05-04T09:00:00+02:00", 13, 12, "publie"),
    ("nord", "2026-05-04T10:00:00+02:00", None, None, "masque"),
    ("nord", "ensemble", 40, 31, "publie"),
    ("sud", "2026-10-25T02:00:00", 20, 15, "publie"),
)

NOTES = Promise(
    columns=(
        column("code", "code", category="nomenclature"),
        column("commentaire", "texte", category="nomenclature"),
        column("position", "position", category="lieu"),
        column("releve_a", "date-heure", category="temps"),
        column("litres", "entier", category="mesure"),
    ),
    fields={
        "code": {"type": "string"},
        "commentaire": {"type": "string"},
        "position": {"type": "geopoint"},
        "releve_a": {"type": "datetime"},
        "litres": {"type": "integer", "constraints": {"minimum": 0}},
    },
    key=("code",),
)
HARMLESS = (
    "RAS",
    "bac plein",
    "Dépôt signalé rue de la Gare, enlevé le 12/10/2026 à 10:15",
    "Tri correct dans 3 bacs sur 4, 1 250 litres",
    "École Jules Ferry : conteneur déplacé",
    "Route barrée entre Villerupt et Thil, appeler le 112 en cas d'urgence",
    "Voir le site https://www.exemple.fr ou écrire à contact@exemple.fr",
    "Face au stade Jean Bouin et à la médiathèque Aimé Césaire",
)


def notes(rows: int, **planted: str) -> tuple[Row, ...]:
    """Harmless rows, save those planted under `row_N`, N from 1."""
    at = {int(name.removeprefix("row_")): text for name, text in planted.items()}
    return tuple(
        (
            f"P{place:06}",
            at.get(place, HARMLESS[place % len(HARMLESS)]),
            f"{5 + place / 1e6:.6f},{49 + place / 1e6:.6f}",
            f"2026-05-{1 + place % 28:02}T{place % 24:02}:00:00+02:00",
            place,
        )
        for place in range(1, rows + 1)
    )
