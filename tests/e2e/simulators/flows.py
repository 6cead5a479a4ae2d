"""The demonstration's flows, harvested from simulators that run; and how these are told to misbehave."""

from collections.abc import Mapping
from pathlib import Path

import httpx
from ruamel.yaml import YAML

from eclor.world import FileKeyRing, SystemClock, SystemRandomness, World
from harvesters.declaration import read_declaration
from harvesters.intake import AllowedFields
from harvesters.raw_store import RawStore
from harvesters.reach import MIB, Credentials, Patience, Reach
from harvesters.simulators.misbehaviour import FILE, system_of, write_orders
from harvesters.source import Source
from tests.e2e.simulators.running import ROOT, Running

TERRITORY = ROOT / "policies" / "ccphva"
CALM = Patience(connect_s=5, read_s=20, whole_s=60, attempts=3, first_wait_s=0.01, longest_wait_s=2, most_bytes=MIB)
"""Waits for a second or two when asked to; hangs up on what is huge."""


def sources_of(where: Mapping[str, str]) -> list[Source]:
    files = sorted((TERRITORY / "sources").glob("*.yaml"))
    return [source for file in files for source in read_declaration(file, endpoints=where)]


def allowed_in(dataset: str) -> AllowedFields:
    policy = YAML(typ="safe").load((TERRITORY / "politiques" / f"{dataset}.yaml").read_text("utf-8"))
    names = {field["nom"]: field.get("collecte", "oui") == "oui" for field in policy["champs"]}
    return AllowedFields(
        collected=frozenset(name for name, asked in names.items() if asked),
        refused=frozenset(name for name, asked in names.items() if not asked),
    )


def place(where: Mapping[str, str], folder: Path, patience: Patience | None = None) -> tuple[RawStore, Reach]:
    world = World(SystemClock(), SystemRandomness(), FileKeyRing(folder / "keys", SystemRandomness()))
    credentials = Credentials({}, file=Path(where["secrets"]))
    return RawStore(folder / "raw", world), Reach(credentials, SystemClock(), "tests", patience or Patience())


def system_behind(source: Source) -> str:
    """The name by which the flow's system is ordered to misbehave."""
    path = httpx.URL(source.endpoint).path.strip("/")
    return system_of(path) if path else "ngsi-ld"


def order(systems: Running, *orders: str) -> None:
    """Have simulators misbehave so from now on; without orders, not at all."""
    write_orders(systems.home / FILE, orders)
