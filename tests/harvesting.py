"""Sources, worlds and stores for the tests of doors 1 and 2: built through the doors, on real folders."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pyarrow.parquet as pq

from eclor.world import Clock, FileKeyRing, FixedClock, SystemRandomness, World
from harvesters.declaration import read_declaration
from harvesters.harvest import harvest
from harvesters.intake import AllowedFields, RawDataset
from harvesters.raw_store import RawStore
from harvesters.reach import Credentials, Patience, Reach
from harvesters.receiving import Keeping
from harvesters.source import Source

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
HASTY = Patience(
    connect_s=2, read_s=1, whole_s=5, attempts=2, first_wait_s=0.01, longest_wait_s=0.05, quiet_s=0.5, pause_s=0
)

FLOW = """\
source: barriers
titre: Barriers
exploitant: Waste service
simule: oui
flux:
  - jeu: visits
    protocole: {protocol}
    acces: {access}
    adresse: "{address}"
    toutes_les: 10 minutes
    options: {options}
    colonnes:
{columns}
{more}
"""


@dataclass(slots=True)
class SteppingClock:
    """A clock that a test moves."""

    instant: datetime = NOON

    def now(self) -> datetime:
        return self.instant


def flow(
    folder: Path,
    *columns: str,
    address: str,
    access: str = "depot",
    protocol: str = "csv",
    options: str = "{}",
    more: str = "",
) -> Source:
    """Declare one flow of one source and read it back through door 1."""
    file = folder / "barriers.yaml"
    lines = "\n".join(f"      - {column}" for column in columns)
    text = FLOW.format(protocol=protocol, access=access, address=address, options=options, columns=lines, more=more)
    file.write_text(text, "utf-8")
    (source,) = read_declaration(file, endpoints={})
    return source


def column(name: str, kind: str = "code", *, path: str | None = None, more: str = "") -> str:
    return f'{{nom: {name}, chemin: "{path or name}", type: {kind}{more}}}'


def all_of(source: Source, *refused: str) -> AllowedFields:
    """Let in every mapped column but those refused."""
    names = {column.name for column in source.columns}
    return AllowedFields.of(collected=names - set(refused), refused=refused)


def world(home: Path, clock: Clock | None = None) -> World:
    return World(clock or FixedClock(NOON), SystemRandomness(), FileKeyRing(home / "keys"))


def store_at(home: Path, clock: Clock | None = None) -> RawStore:
    return RawStore(home / "raw", world(home, clock))


def reach(store: RawStore, secrets: Mapping[str, str] | None = None, patience: Patience = HASTY) -> Reach:
    return Reach(Credentials(secrets or {}), store.world.clock, "https://town.example/contact", patience)


def harvested(
    source: Source,
    store: RawStore,
    *,
    allowed: AllowedFields | None = None,
    keeping: Keeping = Keeping.APPEND,
    secrets: Mapping[str, str] | None = None,
) -> RawDataset:
    return harvest(source, allowed or all_of(source), keeping=keeping, store=store, reach=reach(store, secrets))


def rows_of(raw: RawDataset, store: RawStore, scratch: Path) -> list[dict[str, object]]:
    """Return the rows that are held, read as plain Parquet."""
    with store.opened(raw, into=scratch) as files:
        return [row for file in files for row in pq.read_table(file).to_pylist()]


def drop(folder: Path, name: str, lines: Iterable[str] | bytes) -> Path:
    """Put a whole file in a drop folder, written well before noon."""
    folder.mkdir(exist_ok=True)
    content = lines if isinstance(lines, bytes) else "".join(f"{line}\n" for line in lines).encode()
    path = folder / name
    path.write_bytes(content)
    return path
