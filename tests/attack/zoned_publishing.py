"""Tables of one source by zone, time and kind, at levels that a ladder chooses, small zones merged or not.

Three communes of one EPCI and one of another; what their small zones are merged into is written here by hand, from
LANGUAGE.md section 6 and the inhabitants below (fewer than 200 are too few).
"""

import csv
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from typer.testing import CliRunner

from eclor.cli import app
from tests.applying import Desk, Essay, as_csv, table
from tests.attack.publishing import COUNTED, INDICATORS, UNIT, VOLUME

K: Final = 3
TOGETHER: Final = "ensemble"
EPCI: Final = {"57001": "200000001", "57002": "200000001", "57003": "200000001", "57004": "200000002"}
IRIS: Final = {
    "570010101": 90,
    "570010102": 150,
    "570010103": 900,
    "570020101": 80,
    "570020102": 1000,
    "570030000": 60,
    "570040000": 500,
}
MERGED: Final = {
    "iris": {
        "570010101": "200000001",
        "570010102": "200000001",
        "570020101": "57002",
        "570020102": "57002",
        "570030000": "200000001",
    },
    "commune": {"57002": "200000001", "57003": "200000001"},
    "epci": {},
}
"""Under which label each merged zone of a level is counted: 57003 is small as a whole, so its neighbours join it."""

Key = tuple[str, ...]
"""The labels of a cell: zone, time, kind; `*` for a dimension that the table does not have."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A row as it was delivered; a row that is corrected keeps its number."""

    number: int
    unit: str
    iris: str
    day: date
    kind: str
    volume: int


TIMES: Final[Mapping[str, Callable[[date], str]]] = {
    "jour": date.isoformat,
    "semaine": lambda day: "{}-W{:02d}".format(*day.isocalendar()[:2]),
    "mois": lambda day: f"{day:%Y-%m}",
    "trimestre": lambda day: f"{day:%Y}-T{(day.month + 2) // 3}",
}
ZONES: Final[Mapping[str, Callable[[str], str]]] = {
    "iris": str,
    "commune": lambda iris: iris[:5],
    "epci": lambda iris: EPCI[iris[:5]],
}

Step = Mapping[str, str]
"""The level of each dimension that has some: `zone`, `jour`."""


@dataclass(frozen=True, slots=True)
class Grain:
    """How a table looks at visits: its steps, finest first, each a level of `zone` and one of `jour`, empty without."""

    dataset: str
    steps: tuple[tuple[str, str], ...]
    frequency: str
    by_kind: bool
    margins: tuple[str, ...]
    late: str
    small: str = ""
    loss: int = 60
    named: tuple[str, ...] = ()

    @property
    def zoned(self) -> bool:
        """Tell whether it has places."""
        return bool(self.steps[0][0])

    @property
    def timed(self) -> bool:
        """Tell whether it has days; without, each delivery is one period."""
        return bool(self.steps[0][1])

    @property
    def dimensions(self) -> tuple[str, ...]:
        """Name its dimensions."""
        has = ("zone", self.zoned), ("jour", self.timed), ("genre", self.by_kind)
        return tuple(name for name, there in has if there)

    @property
    def essay(self) -> Essay:
        """Return its policy."""
        zones, times = (list(dict.fromkeys(level)) for level in zip(*self.steps, strict=True))
        changes = {
            "differences": f"{{comparer_a: [{', '.join(self.named)}], tardifs: {self.late}}}",
            "perte_max_pourcent": str(self.loss),
            "echelle": "".join(f"\n  - pas: [{', '.join(self._parts(step, zones, times))}]" for step in self.steps),
        }
        if self.small:
            changes["petites_populations"] = f"{{seuil: 200, action: {self.small}}}"
        if len(zones) == len(times) == 1:
            changes = {name: said for name, said in changes.items() if name not in {"echelle", "perte_max_pourcent"}}
        general = "quasi-identifiant {operation: generaliser, niveaux: [%s]}"
        return table(
            [
                UNIT,
                *([f"zone code lieu {general % ', '.join(zones)}"] if self.zoned else []),
                *([f"jour date temps {general % ', '.join(times)}"] if self.timed else []),
                *(["genre code nomenclature(a,b) quasi-identifiant {operation: agreger}"] if self.by_kind else []),
                VOLUME,
            ],
            dimensions=f"[{', '.join(self.dimensions)}]",
            indicators=INDICATORS,
            units=COUNTED,
            margins=f"[{', '.join(f'{{par: [{kept}]}}' for kept in self.margins)}]" if self.margins else "aucun",
            frequency=self.frequency,
            changes=changes,
        )

    def _parts(self, step: tuple[str, str], zones: Sequence[str], times: Sequence[str]) -> list[str]:
        asked = zip(("zone", "jour"), step, (zones, times), strict=True)
        return [f"{{champ: {name}, niveau: {level}}}" for name, level, levels in asked if level and len(levels) > 1]

    def delivered(self, row: Visit) -> dict[str, object]:
        """Give a row as its file has it."""
        place = {"zone": ZONES["iris" if self.steps[0][0] == "iris" else "commune"](row.iris)} if self.zoned else {}
        day = {"jour": row.day.isoformat()} if self.timed else {}
        kind = {"genre": row.kind} if self.by_kind else {}
        return {"siret": row.unit, **place, **day, **kind, "volume": row.volume}

    def cell_of(self, row: Visit, step: Step) -> Key:
        """Return the labels of a row's finest cell."""
        zone = ZONES[step["zone"]](row.iris) if self.zoned else "*"
        if self.small == "fusionner" and self.zoned:
            zone = MERGED[step["zone"]].get(zone, zone)
        time = TIMES[step["jour"]](row.day) if self.timed else "*"
        return zone, time, row.kind if self.by_kind else "*"

    def period_of(self, row: Visit, step: Step) -> str:
        """Return the period of a row: a week is of the one that holds its Thursday; without days it has no name."""
        if not self.timed:
            return ""
        year, week, _ = row.day.isocalendar()
        day = date.fromisocalendar(year, week, 4) if step["jour"] == "semaine" else row.day
        return TIMES[self.frequency](day)


@dataclass(frozen=True, slots=True)
class Print:
    """One result: its table, its public file by cells (None where masked), the rows, each period's step."""

    number: int
    grain: Grain
    cells: Mapping[Key, tuple[int, ...] | None]
    rows: tuple[Visit, ...]
    steps: Mapping[str, Step]

    def rows_of(self, key: Key) -> list[Visit]:
        """Return the rows of a cell, of those that were held."""
        return [row for row in self.rows if self._holds(key, row)]

    def _holds(self, key: Key, row: Visit) -> bool:
        for period, step in self.steps.items():
            if self.grain.period_of(row, step) == period:
                zone, time, kind = self.grain.cell_of(row, step)
                whole = f"{TOGETHER} {period}" if period else "*"
                return key[0] in {zone, TOGETHER} and key[1] in {time, whole} and key[2] in {kind, TOGETHER}
        return False


@dataclass
class Office:
    """Where results are made, each from the ones before."""

    folder: Path
    grains: Sequence[Grain]
    engine: str = "duckdb"
    made: list[Print] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Write the territory."""
        first, *others = self.grains
        Desk(self.folder).territory(first.essay)
        catalogue = self.folder / "charter" / "catalogue.yaml"
        entries = [other.essay.catalogue().partition("jeux:\n")[2] for other in others]
        named = zip(entries, others, strict=True)
        more = "".join(entry.replace("jeu: essai\n", f"jeu: {grain.dataset}\n") for entry, grain in named)
        catalogue.write_text(catalogue.read_text("utf-8").rstrip("\n") + "\n" + more, "utf-8")
        zones = self.folder / "zones"
        zones.mkdir()
        communes = [{"properties": {"code": code, "epci": epci}} for code, epci in EPCI.items()]
        (zones / "communes.geojson").write_text(json.dumps({"features": communes}), "utf-8")
        iris = [{"properties": {"code": code}} for code in IRIS]
        (zones / "iris.geojson").write_text(json.dumps({"features": iris}), "utf-8")
        people = [(code, "iris", number) for code, number in IRIS.items()]
        for level, zone_of in (("commune", ZONES["commune"]), ("epci", ZONES["epci"])):
            codes = dict.fromkeys(map(zone_of, IRIS))
            people += [(code, level, sum(n for own, n in IRIS.items() if zone_of(own) == code)) for code in codes]
        lines = "".join(f"{code},{level},{number},\n" for code, level, number in people)
        (zones / "populations.csv").write_text("zone,niveau,population,mention\n" + lines, "utf-8")

    def publish(self, grain: Grain, rows: Sequence[Visit], now: date) -> None:
        """Apply a table's policy to all rows now held; a refusal publishes nothing."""
        out = self.folder / f"out{len(self.made)}"
        own = [one for one in self.made if one.grain.dataset == grain.dataset][-1:]
        before = dict.fromkeys(self.folder / f"out{one.number}" for one in [*own, *self.made[-1:]])
        policy, data = self.folder / "politique.yaml", self.folder / "data.csv"
        policy.write_text(grain.essay.policy().replace("jeu: essai\n", f"jeu: {grain.dataset}\n"), "utf-8")
        data.write_text(as_csv([grain.delivered(row) for row in rows]), "utf-8")
        words = ["apply", policy, "--charter", self.folder / "charter", "--input", data, "--out", out]
        words += ["--engine", self.engine, "--now", f"{now}T00:00:00Z"]
        words += [*(word for folder in before for word in ("--previous", folder))]
        done = CliRunner().invoke(app, [str(word) for word in words])
        if done.exit_code:
            assert isinstance(done.exception, SystemExit), done.exception
            self.refused.append(done.stderr)
            return
        known = own[0].steps if own else {}
        steps = steps_of(out, grain, known)
        self.made.append(Print(len(self.made), grain, cells_of(out, next(iter(steps))), tuple(rows), steps))


def steps_of(out: Path, grain: Grain, known: Mapping[str, Step]) -> dict[str, Step]:
    """Return each period's step: that of its first result, which the labels say to whoever knows the frames."""
    report = json.loads((out / "private" / "rapport-interne.json").read_text("utf-8"))
    taken = [trial["levels"] for trial in report["trials"] if trial["outcome"] == "taken"]
    first = dict(zip(("zone", "jour"), grain.steps[0], strict=True))
    step = first | dict(taken[0] if taken else ())
    periods = json.loads((out / "proof.json").read_text("utf-8"))["periods"] if grain.timed else [""]
    return {period: known.get(period, step) for period in periods}


def cells_of(out: Path, only: str) -> dict[Key, tuple[int, ...] | None]:
    """Read a public CSV, None where masked; the totals of a period that stands alone do not name it: it is `only`."""
    found: dict[Key, tuple[int, ...] | None] = {}
    for line in csv.DictReader((out / "release.csv").read_text("utf-8").splitlines()):
        shown = tuple(int(line[name]) for name in ("entreprises", "passages", "volume") if line[name])
        assert (line["statut"] == "publie") == bool(shown)
        zone, time, kind = (line.get(name, "*") for name in ("zone", "jour", "genre"))
        found[zone, f"{TOGETHER} {only}" if time == TOGETHER else time, kind] = shown or None
    return found
