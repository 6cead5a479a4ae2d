"""The town of the faults with its visits, or its benches, from a folder; its clock and its uptime agree."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from catalog.gates.runner import GateRunner
from eclor.house import House, open_house
from eclor.names import Slug
from eclor.opening import open_home
from eclor.pipeline import Walk, walk
from eclor.retention.running import Outcome, run_retention
from eclor.rights.asked import Right, asked
from eclor.rights.erasing import Answer, erase
from eclor.settings import Settings
from eclor.world import FileKeyRing, Randomness, SystemRandomness, Uptime, World
from tests.e2e.faults.town import BENCHES, NOON, VISITS, SetClock, put, settle, visits
from tests.harvesting import HASTY

START = NOON.replace(day=21)


@dataclass
class LivingClock(SetClock):
    """A clock whose days really pass: the machine's uptime follows, unless the test makes it leap."""

    instant: datetime = NOON
    lost: timedelta = timedelta()
    boot: str = "one"

    def uptime(self) -> Uptime:
        return Uptime(self.boot, (self.instant - START - self.lost).total_seconds())

    def leap(self, by: timedelta) -> None:
        """Jump, with no time that passed."""
        self.instant += by
        self.lost += by


@dataclass
class Hamlet:
    """The house, its clock, its folders."""

    house: House
    clock: LivingClock
    folder: Path
    kept: list[Answer] = field(default_factory=list)

    @property
    def home(self) -> Path:
        return self.house.settings.home

    @property
    def place(self) -> Path:
        return self.home / "raw" / "barrieres" / VISITS

    @property
    def ring(self) -> FileKeyRing:
        return FileKeyRing(self.home / "keys")

    def day(self, day: datetime, *, badges: int = 20) -> None:
        """Let a day's visits come in the drop folder."""
        put(self.folder / "passages", f"{day:%Y-%m-%d}.csv", visits(day, badges=badges), at=day + timedelta(days=1))

    def walked(self, slug: Slug = VISITS, *, at_door: Callable[[str], None] = lambda _: None, **after: int) -> Walk:
        self.clock.instant += timedelta(**after)
        return walk(slug, self.house, run_id="essai", at_door=at_door)

    def purged(self, *, confirmed: bool = False, **after: int) -> Outcome:
        """Let time pass, then the night come."""
        self.clock.instant += timedelta(**after)
        return run_retention(self.house, who="essai", clock_confirmed=confirmed)

    def asks(self, right: Right, *units: str, kind: str = "foyer", of: tuple[Slug, ...] = ()) -> Answer:
        """Erase or leave out; the receipts that were kept are in `kept`."""
        content = "\n".join(units).encode()
        request = asked(right, kind, content, datasets=of, house=self.house)
        return erase(request, self.house, keep=self.kept.append)

    def public_bytes(self) -> dict[str, bytes]:
        """Everything that anyone may read: the published files and the journal."""
        folders = (self.home / "published", self.home / "journal")
        files = [file for folder in folders for file in folder.rglob("*") if file.is_file()]
        return {str(file.relative_to(self.home)): file.read_bytes() for file in files if not file.name.startswith(".")}

    def csv(self, version: int) -> bytes:
        return (self.house.catalog.version_folder(VISITS, version) / "data.csv").read_bytes()


@contextmanager
def opened(
    folder: Path, gates: GateRunner | None, clock: LivingClock, randomness: Randomness | None = None
) -> Iterator[Hamlet]:
    """Open the house as a run does."""
    home, randomness = folder / "home", randomness or SystemRandomness()
    world = World(clock, randomness, FileKeyRing(home / "keys", randomness), clock.uptime)
    settings = Settings(territory=folder / "territory", home=home)
    with open_house(settings, endpoints={}, world=world) as patient:
        house = replace(patient, gates=gates or patient.gates, reach=replace(patient.reach, patience=HASTY))
        open_home(house)
        yield Hamlet(house, clock, folder)


@contextmanager
def settled(folder: Path, gates: GateRunner) -> Iterator[Hamlet]:
    """A town that published version 1 of its visits, and believes its clock."""
    (folder / "passages").mkdir()
    settle(folder, only=(VISITS,), passages=str(folder / "passages"))
    with opened(folder, gates, LivingClock()) as one:
        one.day(START)
        done = one.walked(minutes=1)
        assert (done.outcome, done.version) == ("published", 1), done.message_fr
        assert one.purged(minutes=1).closed == []
        yield one


@contextmanager
def of_benches(folder: Path, gates: GateRunner, *, keeping: str = "") -> Iterator[Hamlet]:
    """A town whose benches are published row by row, from a folder; `keeping` is YAML that its flow ends with."""
    territory = settle(folder, only=(BENCHES,))
    _change(
        territory / "sources" / "mobilier.yaml", ("acces: http", "acces: depot"), ("{serveur}/bancs.csv", "{bancs}")
    )
    _change(
        territory / "sources" / "mobilier.yaml",
        ("{bancs}", str(folder / "bancs")),
    )
    with (territory / "sources" / "mobilier.yaml").open("a", encoding="utf-8") as declared:
        declared.write(keeping)
    _change(territory / "politiques" / "bancs.yaml", ("applicable: non", "applicable: oui"))
    with opened(folder, gates, LivingClock()) as one:
        yield one


def _change(file: Path, *pairs: tuple[str, str]) -> None:
    text = file.read_text("utf-8")
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new, 1)
    file.write_text(text, "utf-8")


def sealed_files(place: Path) -> list[Path]:
    return sorted(place.glob("*.parquet.enc"))
