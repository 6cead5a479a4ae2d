"""Two tables of one source, published one delivery after the other by `eclor apply`; what is public of them, and rows.

The tables count enterprises (k = 3), so that small tables say much: one by site and month, its sister as a story says.
"""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from typer.testing import CliRunner

from eclor.cli import app
from tests.applying import SITE, Desk, Essay, as_csv, table

K = 3
PERCENT = 85
NOW = "2026-11-24T00:00:00Z"
UNIT = "siret code entreprise identifiant-direct {operation: comptage}"
MONTH = "jour date temps quasi-identifiant {operation: generaliser, niveaux: [mois]}"
QUARTER = "jour date temps quasi-identifiant {operation: generaliser, niveaux: [trimestre]}"
VOLUME = "volume entier mesure mesure {operation: agreger}"
INDICATORS = (
    "{nom: entreprises, calcul: comptage-distinct, champ: siret}",
    "{nom: passages, calcul: comptage-lignes}",
    "{nom: volume, calcul: somme, champ: volume}",
)
COUNTED = f"{{unite: entreprise, champs: [siret], k: {K}}}"
OWN, SISTER = "essai", "soeur"
_ENTRY = """\
  - jeu: soeur
    source: essais
    colonnes:
      - {nom: siret, categorie: entreprise}
{site}      - {nom: jour, categorie: temps}
      - {nom: volume, categorie: mesure}
"""
_SITE_LINE = "      - {nom: site, categorie: lieu, technique: oui}\n"

Key = tuple[str, ...]
"""The labels of a cell: site, then month or quarter; `*` for a dimension that the table does not have."""


@dataclass(frozen=True, slots=True)
class Row:
    """A visit as it was delivered."""

    unit: str
    site: str
    month: int
    volume: int

    def delivered(self, *, sited: bool) -> dict[str, object]:
        """Give it as its file has it."""
        place = {"site": self.site} if sited else {}
        return {"siret": self.unit, **place, "jour": f"2026-{self.month:02d}-05", "volume": self.volume}


@dataclass(frozen=True, slots=True)
class Shape:
    """How one of the two tables looks at rows."""

    dataset: str
    sited: bool
    quarterly: bool
    margins: str
    late: str
    rounding: int | None = None
    alone: bool = False

    @property
    def essay(self) -> Essay:
        """Return its policy."""
        columns = [UNIT, *([SITE] if self.sited else []), QUARTER if self.quarterly else MONTH, VOLUME]
        return table(
            columns,
            dimensions="[site, jour]" if self.sited else "[jour]",
            indicators=INDICATORS,
            units=COUNTED,
            margins=self.margins,
            frequency="trimestre" if self.quarterly else "mois",
            changes={
                "differences": f"{{comparer_a: [{OWN if self.alone else f'{OWN}, {SISTER}'}], tardifs: {self.late}}}",
                "arrondi": f"{{active: oui, base: {self.rounding}}}" if self.rounding else "{active: non}",
            },
        )

    def policy(self) -> str:
        """Return its text."""
        return self.essay.policy().replace("jeu: essai\n", f"jeu: {self.dataset}\n")

    def holds(self, key: Key, row: Row) -> bool:
        """Tell whether a row is in a cell."""
        site, time = key
        return site in {"*", "ensemble", row.site} and time in {_month(row), _quarter(row)}


@dataclass(frozen=True, slots=True)
class Publication:
    """One result: its table, its public file by cells (None where masked), and the rows that it was made from."""

    number: int
    shape: Shape
    cells: Mapping[Key, tuple[int, ...] | None]
    rows: tuple[Row, ...]


@dataclass
class Press:
    """Where results are made, each from the ones before."""

    folder: Path
    made: list[Publication] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def publish(self, shape: Shape, rows: Sequence[Row], sister: Shape | None = None) -> None:
        """Apply a table's policy to all rows now held; a refusal publishes nothing."""
        out = self.folder / f"out{len(self.made)}"
        previous = [f"out{one.number}" for one in self.made[-1:]]
        own = [f"out{one.number}" for one in self.made if one.shape.dataset == shape.dataset][-1:]
        words = [self._policy(shape), "--charter", self._charter(sister), "--input", self._file(shape, rows)]
        words += ["--out", out, "--now", NOW]
        words += [word for name in dict.fromkeys([*own, *previous]) for word in ("--previous", self.folder / name)]
        done = CliRunner().invoke(app, ["apply", *map(str, words)])
        if done.exit_code:
            assert isinstance(done.exception, SystemExit), done.exception
            self.refused.append(done.stderr)
            return
        self.made.append(Publication(len(self.made), shape, cells_of(out / "release.csv", shape), tuple(rows)))

    def _policy(self, shape: Shape) -> Path:
        path = self.folder / "politique.yaml"
        path.write_text(shape.policy(), "utf-8")
        return path

    def _charter(self, sister: Shape | None) -> Path:
        Desk(self.folder).territory(Shape(OWN, sited=True, quarterly=False, margins="aucun", late="geler").essay)
        path = self.folder / "charter" / "catalogue.yaml"
        if sister:
            entry = _ENTRY.replace("{site}", _SITE_LINE if sister.sited else "")
            path.write_text(path.read_text("utf-8") + entry, "utf-8")
        return path.parent

    def _file(self, shape: Shape, rows: Sequence[Row]) -> Path:
        path = self.folder / "data.csv"
        path.write_text(as_csv([row.delivered(sited=shape.sited) for row in rows]), "utf-8")
        return path


def visits(counts: Sequence[tuple[str, int, int]]) -> list[Row]:
    """Return one row of each of so many units, of a site and a month each."""
    return [Row(f"{site}{month}{unit}", site, month, 2) for site, month, units in counts for unit in range(units)]


def cells_of(path: Path, shape: Shape) -> dict[Key, tuple[int, ...] | None]:
    """Read a public CSV: what each cell says, None where it is masked."""
    found: dict[Key, tuple[int, ...] | None] = {}
    for line in csv.DictReader(path.read_text("utf-8").splitlines()):
        shown = tuple(int(line[name]) for name in ("entreprises", "passages", "volume") if line[name])
        assert (line["statut"] == "publie") == (len(shown) == len(INDICATORS))
        key = (line["site"] if shape.sited else "*", line["jour"])
        found[key] = shown or None
    return found


def _month(row: Row) -> str:
    return f"2026-{row.month:02d}"


def _quarter(row: Row) -> str:
    return f"2026-T{(row.month + 2) // 3}"
