"""A published version of forty rows, of columns of every type: odd texts, and cells missing of all that may be."""

from dataclasses import replace
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq

from catalog.declaration import DatasetDeclaration
from charter.release_parts import ReleaseColumn
from tests.unit.catalog.publish.released import DECLARED_PASSAGES, Home, passages

ROWS = 40
TEXTS = ('"%s"\\', "50 %,\n\r\t\b\f", None, "\x00\x01\x1f\x7f\u2028é𝄞", "", "'; --", "{", "}\n{")
COLUMNS = (
    ReleaseColumn("site", "code", "dimension"),
    ReleaseColumn("horodatage", "date-heure", "dimension", level="jour"),
    ReleaseColumn("annee", "entier", "dimension"),
    ReleaseColumn("mot", "texte", "technical"),
    ReleaseColumn("quand", "date", "technical"),
    ReleaseColumn("ou", "position", "technical"),
    ReleaseColumn("mesure", "decimal", "technical", decimals=2),
    ReleaseColumn("passages", "entier", "measure"),
    ReleaseColumn("foyers", "entier", "measure"),
    ReleaseColumn("ouvert", "booleen", "technical"),
    ReleaseColumn("statut", "code", "status"),
)


def cells() -> dict[str, object]:
    numbers = range(ROWS)
    form = '{"type": "Point", "coordinates": [5.8, 49.40]}'
    return {
        "site": [f"S{number:03d}" for number in numbers],
        "horodatage": [f"2026-10-{number % 28 + 1:02d}" for number in numbers],
        "annee": [None if number % 9 == 4 else 2000 + number for number in numbers],
        "mot": [TEXTS[number % len(TEXTS)] for number in numbers],
        "quand": [None if number % 7 == 2 else f"2026-11-{number % 28 + 1:02d}" for number in numbers],
        "ou": [None if number % 5 == 1 else f"5.{number},49.40" for number in numbers],
        "forme": [None if number % 4 == 3 else form for number in numbers],
        "mesure": pa.array(
            [None if number % 6 == 5 else Decimal(number * 104_729 - 99).scaleb(-2) for number in numbers],
            pa.decimal128(20, 2),
        ),
        "passages": pa.array([None if number % 5 == 0 else number * 3**30 for number in numbers], pa.int64()),
        "foyers": pa.array([None if number % 5 == 0 else number for number in numbers], pa.int64()),
        "ouvert": [None if number % 3 == 2 else number % 3 == 1 for number in numbers],
        "statut": ["masque" if number % 5 == 0 else "publie" for number in numbers],
    }


def publish(home: Home, columns: tuple[ReleaseColumn, ...]) -> None:
    made = passages(home)
    release = made.validated.release
    told = cells()
    pq.write_table(pa.table({column.name: told[column.name] for column in columns}), release.rows.path)
    release = replace(release, rows=replace(release.rows, count=ROWS), columns=columns)
    described = [
        {"nom": one.name, "titre": {"fr": one.name, "en": one.name}, "unite": "m" if one.type == "decimal" else ""}
        for one in columns
        if one.kind != "status"
    ]
    declaration = DatasetDeclaration.model_validate(DECLARED_PASSAGES | {"colonnes": described})
    home.published(made.of(validated=replace(made.validated, release=release), declaration=declaration))
