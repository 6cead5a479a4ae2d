"""The demonstration territory, walked from a home where nothing was published, its sources told what to say."""

import gc
import gzip
import io
import json
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import TextIO

import brotli
import pyarrow.parquet as pq
import structlog

from catalog.catalogue import open_catalog
from catalog.gates import PERSONAL_DATA
from catalog.gates.runner import GateRunner
from charter.compile import Plan
from eclor.collection import Collected, collect
from eclor.errors import EclorError
from eclor.house import House, open_house
from eclor.names import Slug
from eclor.opening import open_home
from eclor.pipeline import Walk, walk
from eclor.settings import Settings
from eclor.standing import plan_in_force
from eclor.world import FileKeyRing, FixedClock, SystemRandomness, World
from harvesters.raw_store import RawStore
from tests.e2e.planted.leaks import Leak
from tests.e2e.planted.payloads import Document, document
from tests.e2e.planted.systems import Planting, Recorded, nothing, recorded
from tests.e2e.simulators.running import NOW, ROOT, Running

TERRITORY = ROOT / "policies" / "ccphva"
SEALED = ".enc"
"""Files of the raw store, which nobody reads without their keys."""


@dataclass(frozen=True, order=True)
class Place:
    """Where a source says something: which answer, in the order of asking; the path in it; which leak there."""

    file: str
    path: str
    turn: int = 0


EVERYWHERE = -1
"""Not one cell of a path, but all."""
Plants = Mapping[Place, tuple[Leak, int]]
"""What is said where, and in which of the cells that the path has."""


@dataclass(frozen=True)
class Seen:
    """One walk: how it ended, what of what was planted came in and where, and what could be read of it."""

    walk: Walk
    stored: Mapping[Place, frozenset[str]]
    """The columns of the raw store in which what was planted stands."""
    kinds: Mapping[str, frozenset[str]]
    """The columns in which the gate found somebody, and by what kinds of data."""
    legible: Mapping[Place, Sequence[str]]
    """What was planted and can be read outside the sealed store: nothing, ever."""
    unsaid: frozenset[Place]
    """Places in which nothing could be planted: nobody asked for them any more."""

    @property
    def found(self) -> frozenset[str]:
        return frozenset(self.kinds)


@dataclass(frozen=True)
class Received:
    """One delivery: why it was refused, if it was; what came in and where; what can be read of it."""

    refusal: EclorError | None
    stored: Mapping[Place, frozenset[str]]
    legible: Mapping[Place, Sequence[str]]


@dataclass
class Town:
    """A house without a past, its systems and its drop."""

    house: House
    pristine: Path
    systems: Recorded
    drop: Path
    folder: Path
    log: TextIO
    numbers: Iterator[int] = field(default_factory=count)
    plans: dict[Slug, Plan] = field(default_factory=dict)

    @property
    def datasets(self) -> list[Slug]:
        return sorted(self.house.policies)

    def places(self, dataset: Slug) -> tuple[Walk, dict[Place, int]]:
        """A clean walk, and every place in which the sources said something, with the number of its cells."""
        found: dict[Place, int] = defaultdict(int)

        def looking(file: str, content: bytes) -> bytes:
            for path, spots in self._read(dataset, file, content).spots.items():
                found[Place(file, path)] += len(spots)
            return content

        with self._home() as house, self._listened(house, dataset, looking):
            return walk(dataset, house, run_id="essai", at_door=lambda _: None), dict(found)

    def walked(self, dataset: Slug, plants: Plants, *, before: Callable[[House], None] = lambda _: None) -> Seen:
        """Walk a dataset once, from nothing, with so much planted, each once; `before` is done in its home first."""
        planting, left = self._planting(dataset, plants)
        with self._home() as house, self._listened(house, dataset, planting) as log:
            before(house)
            done = walk(dataset, house, run_id="essai", at_door=lambda _: None)
            told = {"messages": _messages(done), "log": log(), **_outside(house.settings.home)}
            stored = self._stored(dataset, house, plants)
            return Seen(done, stored, _found(done), _legible(told, plants), frozenset(left))

    def _planting(self, dataset: Slug, plants: Plants) -> tuple[Planting, set[Place]]:
        """How so much is said, however often it is asked for, and what was not said yet."""
        left = set(plants)

        def planting(file: str, content: bytes) -> bytes:
            here = {place: plant for place, plant in plants.items() if place.file == file}
            if not here:
                return content
            told = self._read(dataset, file, content)
            for place, (leak, cell) in here.items():
                if spots := told.spots.get(place.path):
                    for spot in spots if cell == EVERYWHERE else [spots[cell % len(spots)]]:
                        spot.write(leak.within(spot.said))
                    left.discard(place)
            return told.content()

        return planting, left

    @contextmanager
    def _home(self) -> Iterator[House]:
        """The house in a home of its own, as nothing had ever come."""
        home = self.folder / f"home-{next(self.numbers)}"
        shutil.copytree(self.pristine, home)
        house = _at(self.house, home)
        try:
            yield house
        finally:
            house.catalog.engine.dispose()
            shutil.rmtree(home)

    @contextmanager
    def _listened(self, house: House, dataset: Slug, planting: Planting) -> Iterator[Callable[[], bytes]]:
        """The sources say what is planted while the block lasts; gives what was logged since it began."""
        before = self.log.tell()

        def logged() -> bytes:
            self.log.seek(before)
            return self.log.read().encode()

        self.systems.planting = planting
        try:
            with self._dropped(dataset, planting):
                yield logged
        finally:
            self.systems.planting = nothing

    def received(self, dataset: Slug, plants: Plants) -> Received:
        """Ask a dataset's sources once, with nothing held, with so much planted, and do no more with what came."""
        planting, _ = self._planting(dataset, plants)
        folder = self.folder / f"store-{next(self.numbers)}"
        world = _world(self.house, folder)
        house = replace(self.house, world=world, store=RawStore(folder / "raw", world))
        refusal = None
        with self._listened(house, dataset, planting) as log:
            try:
                collect(self._plan(dataset), house, Collected())
            except EclorError as refused:
                refusal = refused
            told = {"log": log(), "message": refusal.located().encode() if refusal else b"", **_outside(folder)}
            stored = self._stored(dataset, house, plants)
        shutil.rmtree(folder, ignore_errors=True)
        return Received(refusal, stored, _legible(told, plants))

    def _plan(self, dataset: Slug) -> Plan:
        if dataset not in self.plans:
            self.plans[dataset] = plan_in_force(dataset, self.house)
        return self.plans[dataset]

    def _read(self, dataset: Slug, file: str, content: bytes) -> Document:
        return document(content, self.house.flows(dataset)[0].options)

    @contextmanager
    def _dropped(self, dataset: Slug, planting: Planting) -> Iterator[None]:
        """A drop's files say it too: the newest of them."""
        folders = [Path(flow.endpoint) for flow in self.house.flows(dataset) if flow.access == "depot"]
        files = [max(folder.iterdir()) for folder in folders]
        kept = [(file, file.read_bytes()) for file in files]
        try:
            for file, content in kept:
                file.write_bytes(planting(file.name, content))
            yield
        finally:
            for file, content in kept:
                file.write_bytes(content)

    def _stored(self, dataset: Slug, house: House, plants: Plants) -> dict[Place, frozenset[str]]:
        if not _holds(dataset, house):
            return {}
        raw = house.store.held(dataset, house.flows(dataset)[0].name)
        texts = {column.name: [] for column in raw.columns}
        for table in house.store.tables(raw, [*texts]):
            for name in texts:
                texts[name] += map(str, table.column(name).to_pylist())
        said = {name: "\n".join(cells).encode() for name, cells in texts.items()}
        return {
            place: frozenset(name for name, text in said.items() if any(trace in text for trace in leak.traces()))
            for place, (leak, _) in plants.items()
        }


def _holds(dataset: Slug, house: House) -> bool:
    return house.store.has(dataset, house.flows(dataset)[0].name)


def _found(done: Walk) -> dict[str, frozenset[str]]:
    report = done.internal.get("gates", {}).get(PERSONAL_DATA, {})
    found: dict[str, frozenset[str]] = defaultdict(frozenset)
    for judged in (report, *report.get("received", [])):
        for column in judged.get("columns", []):
            if column["findings"]:
                found[column["name"]] |= {one["kind"] for one in column["findings"]}
    return found


def _messages(done: Walk) -> bytes:
    return json.dumps([done.message_fr, done.message_en, done.internal, done.told], default=str).encode()


def _outside(home: Path) -> dict[str, bytes]:
    """Everything of a home that is not sealed, names of files too, as it is once unpacked."""
    files = [file for file in home.rglob("*") if file.is_file() and file.suffix != SEALED]
    return {str(name := file.relative_to(home)): f"{name}\n".encode() + _plain(file) for file in files}


def _legible(told: Mapping[str, bytes], plants: Plants) -> dict[Place, list[str]]:
    small = {name: content.lower() for name, content in told.items()}
    legible = {}
    for place, (leak, _) in plants.items():
        if names := [name for name, said in small.items() if any(trace.lower() in said for trace in leak.traces())]:
            legible[place] = names
    return legible


def _plain(file: Path) -> bytes:
    content = file.read_bytes()
    match file.suffix:
        case ".parquet":
            return str(pq.read_table(io.BytesIO(content)).to_pylist()).encode()
        case ".gz":
            return gzip.decompress(content)
        case ".br":
            return brotli.decompress(content)
        case _:
            return content


def _world(house: House, home: Path) -> World:
    randomness = SystemRandomness()
    return World(house.world.clock, randomness, FileKeyRing(home / "keys", randomness))


def _at(house: House, home: Path) -> House:
    world = _world(house, home)
    settings = Settings(territory=house.settings.territory, home=home)
    (home / "work").mkdir(mode=0o700, exist_ok=True)
    catalog = open_catalog(settings, world)
    return replace(
        house, settings=settings, world=world, catalog=catalog, store=RawStore(home / "raw", world), cleared={}
    )


@contextmanager
def town(systems: Running, folder: Path, gates: GateRunner) -> Iterator[Town]:
    """Open the territory on recorded systems; nothing is listened to."""
    home, drop = folder / "pristine", folder / "drop"
    shutil.copytree(systems.where["depot"], drop)
    randomness = SystemRandomness()
    clock = FixedClock(datetime.fromisoformat(NOW).astimezone(UTC))
    world = World(clock, randomness, FileKeyRing(home / "keys", randomness))
    settings = Settings(territory=TERRITORY, home=home)
    before = structlog.get_config()
    with recorded(systems.url) as said, (folder / "log").open("w+") as log:
        structlog.configure(logger_factory=structlog.WriteLoggerFactory(log), cache_logger_on_first_use=False)
        where = {**systems.where, "simulateurs": said.url, "depot": str(drop)}
        with open_house(settings, endpoints=where, world=world, gates=gates) as opened:
            open_home(opened)
            opened.catalog.engine.dispose()
            house = replace(opened, sources=tuple(one for one in opened.sources if one.access != "mqtt"))
            gc.freeze()  # what stands from here on is not looked through again at each visit: a second of CPU
            yield Town(house, home, said, drop, folder, log)
            gc.unfreeze()
        structlog.configure(**before)
