"""Deliveries for `eclor apply`: the same rows as CSV, NDJSON and Parquet, under one small policy."""

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from typer.testing import CliRunner, Result

from eclor.cli import app
from tests.applying import BADGE, SITE, Desk, table

ENDINGS = ("csv", "ndjson", "parquet")
NOW = "2027-02-01T00:00:00Z"
Row = Mapping[str, object]

ESSAY = table(
    [
        BADGE,
        SITE,
        "horodatage date-heure temps quasi-identifiant {operation: generaliser, niveaux: [jour]}",
        "poids decimal(2) mesure mesure {operation: agreger}",
        "passages entier mesure mesure {operation: agreger}",
    ],
    dimensions="[site, horodatage]",
    indicators=[
        "{nom: foyers, calcul: comptage-distinct, champ: badge}",
        "{nom: kilos, calcul: somme, champ: poids}",
        "{nom: entrees, calcul: somme, champ: passages}",
    ],
    changes={"dominance": "{active: oui, contributeurs: 1, pourcent: 85}"},
)


def sound(count: int = 12, **changes: object) -> list[dict[str, object]]:
    """Rows that are published, save for what `changes` puts in each of them."""
    row: dict[str, object] = {
        "badge": "",
        "site": "nord",
        "horodatage": "2026-10-05T09:00:00+02:00",
        "poids": "1.50",
        "passages": 2,
    }
    return [{**row, "badge": f"B{number:02}", **changes} for number in range(count)]


def write(rows: Sequence[Row], file: Path) -> None:
    """Write rows as the file's ending says; a file without rows has its columns all the same."""
    columns = list(rows[0]) if rows else list(sound(1)[0])
    if file.suffix == ".csv":
        with file.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, fieldnames=columns)
            writer.writeheader()
            writer.writerows(rows)
    elif file.suffix == ".ndjson":
        file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    else:
        held = {name: [row[name] for row in rows] for name in columns}
        pq.write_table(pa.table(held), file)


def apply(folder: Path, file: Path) -> Result:
    """Apply the policy to a file of this folder, into its `out`."""
    desk = Desk(folder)
    desk.territory(ESSAY)
    policy = folder / "essai.yaml"
    policy.write_text(ESSAY.policy(), "utf-8")
    words = [policy, "--charter", folder / "charter", "--input", file, "--out", folder / "out", "--now", NOW]
    return CliRunner().invoke(app, ["apply", *(str(word) for word in words)])
