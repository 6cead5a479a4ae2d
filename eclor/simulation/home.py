"""The rows that a home holds of a dataset, and all that was published before, read without writing in the home.

Rows are decrypted in the run's private folder; the catalogue is read from a copy of its database, which SQLite could
not open without writing beside it.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import Engine as Database
from sqlalchemy.engine import make_url

from anonymizers.places import Zones
from catalog.database import engine_at, upgrade
from charter.compile import Plan
from charter.held import Held
from charter.ledger.store import LedgerStore
from charter.reviews import Reviews, read_reviews, review_file
from charter.territory import Territory
from eclor.drafting import office
from eclor.engine.limits import Engine
from eclor.errors import Busy, SettingsRefused
from eclor.names import Slug, SourceName
from eclor.remembering import LEDGER, Past, former_of, memory_of
from eclor.settings import Settings
from eclor.simulation.borrowed import BorrowedKeys
from eclor.simulation.supply import Supplied, limits_in
from eclor.world import Clock, FileKeyRing, SystemRandomness, World
from harvesters.raw_reader import RawReader

HELD: Final = "held"
_COPY: Final = "catalog.sqlite"
_LOOKS: Final = 5


@dataclass(frozen=True, slots=True)
class HomeSupply:
    """What the home of some settings holds for a territory."""

    settings: Settings
    territory: Territory
    zones: Zones
    clock: Clock
    engine: Engine

    @property
    def origin(self) -> str:
        """Return where the rows come from, in a word."""
        return HELD

    def supplied(self, plan: Plan, private: Path) -> Supplied | None:
        """Decrypt the rows held and read what was published; none where nothing was ever received.

        Refuses (`EclorError`) a partition that cannot be read, and (`Busy`) a catalogue that changes all the while.
        """
        world, home = self._world(), self.settings.home
        store = RawReader(home / "raw", world)
        dataset, source = Slug(plan.policy.dataset), SourceName(plan.entry.source)
        if not store.has(dataset, source):
            return None
        raw = store.held(dataset, source)
        rows = private / "rows"
        rows.mkdir(mode=0o700)
        files = tuple(store.decrypted(raw, rows))
        with self._past(world, private) as past:
            former = former_of(plan, past) if past else None
            memory = memory_of(plan, past) if past else None
        held = Held(raw, files, former, self.territory.catalogue, self.zones, memory, self._reviews(dataset))
        return Supplied(held, world, limits_in(private / "work", self.engine, self.settings))

    def _reviews(self, dataset: Slug) -> Reviews:
        adopted = office(self.settings).desk.adoptions().held
        file = review_file(self.settings.home, dataset)
        return read_reviews(file, dataset=dataset, adopted=adopted, roles=self.territory.roles)

    def _world(self) -> World:
        randomness = SystemRandomness()
        return World(self.clock, randomness, BorrowedKeys(FileKeyRing(self.settings.home / "keys"), randomness))

    @contextmanager
    def _past(self, world: World, private: Path) -> Iterator[Past | None]:
        """Give what was published before; none where the home has no catalogue yet."""
        if self.settings.storage_url:
            raise SettingsRefused("catalog.storage-url")
        database = _database(self.settings, private)
        if database is None:
            yield None
            return
        try:
            ledger = LedgerStore(self.settings.home / LEDGER, world)
            yield Past(self.territory.catalogue, database, self.settings.published, ledger, self.clock)
        finally:
            database.dispose()


def _database(settings: Settings, private: Path) -> Database | None:
    """Return the catalogue's database: a server's, or a copy of a file, brought to the newest shape.

    Refuses (`SettingsRefused`) a file that cannot be read, or that a newer version has changed.
    """
    url = make_url(settings.database)
    if not url.drivername.startswith("sqlite"):
        return engine_at(settings.database)
    original = Path(url.database or "")
    if not original.is_file():
        return None
    copy = private / _COPY
    _copied(original, copy)
    database = engine_at(f"sqlite:///{copy}")
    try:
        upgrade(database)
    except SettingsRefused:
        database.dispose()
        raise
    return database


def _copied(original: Path, copy: Path) -> None:
    """Copy a database and what is not yet written back into it, as they stood at one moment."""
    pairs = [(original.with_name(original.name + end), copy.with_name(copy.name + end)) for end in ("", "-wal")]
    for _ in range(_LOOKS):
        before = [_state(source) for source, _ in pairs]
        for source, target in pairs:
            target.unlink(missing_ok=True)
            if source.exists():
                shutil.copyfile(source, target)
        if before == [_state(source) for source, _ in pairs]:
            return
    raise Busy("simulate.moving", dataset=original.name)


def _state(file: Path) -> tuple[int, int] | None:
    try:
        found = file.stat()
    except FileNotFoundError:
        return None
    return found.st_mtime_ns, found.st_size
