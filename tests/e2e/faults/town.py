"""A small town whose sources misbehave: its territory, its home, and what is served of it."""

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from starlette.testclient import TestClient

from api.app import create_app
from catalog.database import reading
from catalog.gates.runner import GateRunner
from catalog.reading import current_version
from catalog.verify import verify_folder
from eclor.house import House, open_house
from eclor.names import Slug
from eclor.opening import open_home
from eclor.pipeline import Walk, walk
from eclor.settings import Settings
from eclor.world import FileKeyRing, SystemRandomness, World
from tests.harvesting import HASTY

HERE = Path(__file__).parent
CHARTER = HERE.parents[2] / "policies" / "captures" / "charter"
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
BENCHES = Slug("bancs")
VISITS = Slug("passages")
LAMPS = Slug("lampes")
CONTAINERS = Slug("conteneurs")
PLACES = ("data.csv", "data.json", "data.ndjson", "data.parquet", "datapackage.json", "proof.json")


@dataclass
class SetClock:
    """A clock that a test sets."""

    instant: datetime = NOON

    def now(self) -> datetime:
        return self.instant


def settle(folder: Path, *, only: Iterable[Slug] = (BENCHES, VISITS), **addresses: str) -> Path:
    """Write the territory in a folder, with these datasets and the addresses of their sources; return the folder."""
    territory = folder / "territory"
    shutil.copytree(HERE / "territory", territory)
    for name in ("charte-socle.yaml", "roles.yaml"):
        shutil.copy(CHARTER / name, territory / "charter" / name)
    flows = {BENCHES: "mobilier", VISITS: "barrieres", LAMPS: "plateforme", CONTAINERS: "courtier"}
    for slug, source in flows.items():
        if slug not in only:
            for file in (f"politiques/{slug}.yaml", f"datasets/{slug}.yaml", f"sources/{source}.yaml"):
                (territory / file).unlink()
    for file in (territory / "sources").iterdir():
        text = file.read_text("utf-8")
        for name, address in addresses.items():
            text = text.replace(f"{{{name}}}", address)
        file.write_text(text, "utf-8")
    return territory


@dataclass
class Town:
    """A house that is open, and its clock."""

    house: House
    clock: SetClock

    @property
    def settings(self) -> Settings:
        return self.house.settings

    def walked(self, slug: Slug, **after: int) -> Walk:
        """Walk a dataset, the clock moved on first (`minutes=10`, `days=1`)."""
        self.clock.instant += timedelta(**after)
        return walk(slug, self.house, run_id="essai", at_door=lambda _: None)

    def version(self, slug: Slug) -> int | None:
        with reading(self.house.catalog.engine) as session:
            current = current_version(session, slug)
        return None if current is None else current.number

    def folder(self, slug: Slug, number: int) -> Path:
        return self.house.catalog.version_folder(slug, number)

    def served(self, slug: Slug) -> dict[str, bytes]:
        """Ask the open API for the newest files of a dataset."""
        with TestClient(create_app(self.settings)) as client:
            answers = {name: client.get(f"/dataset/{slug}/{name}") for name in PLACES}
        assert {answer.status_code for answer in answers.values()} == {200}
        return {name: answer.content for name, answer in answers.items()}

    def assert_whole(self) -> None:
        """Every version that is on the disk verifies from its folder alone, and none is half made."""
        work = self.house.catalog.work
        assert not work.exists() or list(work.iterdir()) == []
        for folder in self.house.catalog.published.glob("*/versions/*"):
            assert verify_folder(folder).version == int(folder.name)

    def kept(self) -> Iterator[bytes]:
        """Everything that the home holds."""
        for file in self.settings.home.rglob("*"):
            if file.is_file():
                yield file.read_bytes()


@contextmanager
def opened(
    territory: Path,
    home: Path,
    *,
    gates: GateRunner,
    clock: SetClock | None = None,
) -> Iterator[Town]:
    """Open a house as a run does, with gates that are warm and little patience for its sources."""
    clock = clock or SetClock()
    randomness = SystemRandomness()
    world = World(clock, randomness, FileKeyRing(home / "keys", randomness))
    with open_house(Settings(territory=territory, home=home), endpoints={}, world=world) as patient:
        house = replace(patient, gates=gates, reach=replace(patient.reach, patience=HASTY))
        open_home(house)
        yield Town(house, clock)


def benches(count: int, **instead: str) -> bytes:
    """A file of benches; `B0002="…"` puts another line in that one's place."""
    lines = [instead.get(f"B{one:04d}", f"B{one:04d},Banc du parc {one},{1 + one % 12}") for one in range(1, count + 1)]
    return "\n".join(["id_banc,nom_banc,places", *lines, ""]).encode()


def visits(day: datetime, *, badges: int = 20, repeats: int = 1) -> bytes:
    """A day's file: at each of two sites every badge comes `repeats` times."""
    lines = [
        f"B{badge:06d},{site},{day:%Y-%m-%d}T{9 + turn % 8:02d}:{badge % 60:02d}:{turn % 60:02d}+01:00"
        for site in ("VIL", "AUD")
        for turn in range(repeats)
        for badge in range(badges)
    ]
    return "\n".join(["badge,site,horodatage", *lines, ""]).encode()


def put(folder: Path, name: str, content: bytes, *, at: datetime) -> Path:
    """Put a whole file in a drop folder an hour before an instant, in one rename."""
    folder.mkdir(exist_ok=True)
    beside = folder / f".{name}"
    beside.write_bytes(content)
    moment = (at - timedelta(hours=1)).timestamp()
    os.utime(beside, (moment, moment))
    return beside.rename(folder / name)


def counts(csv_text: bytes) -> Mapping[tuple[str, ...], tuple[str, ...]]:
    """Return the rows of a published CSV whose two last columns are counts: key to the counts and the status."""
    lines = [line.split(",") for line in csv_text.decode("utf-8-sig").splitlines()[1:]]
    return {tuple(line[:-3]): tuple(line[-3:]) for line in lines}
