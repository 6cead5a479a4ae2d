"""How each kind of thing ends: its key first, then its bytes. Each may be done again after a kill, and twice."""

import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from catalog.copies import forget_strays
from catalog.database import reading
from catalog.reading import version
from catalog.registry import withdraw
from charter.ledger.store import UNITS
from eclor.durable import sync_folder
from eclor.failpoints import failpoint
from eclor.names import Slug
from eclor.remembering import ledger_of
from eclor.retention.due import Search
from eclor.retention.minutes import Minute, Thing, What
from eclor.retention.signed_terms import terms_for
from eclor.world import KeyKind
from harvesters import write_ahead
from harvesters.locks import holding
from harvesters.window import SUFFIX as WINDOW_SUFFIX

ENDED: Final = "Fin de la durée de conservation des versions publiées."
"""The public reason of a version that reached its end."""
RECTIFIED: Final = "Version retirée : une version rectifiée la remplace."
"""The public reason of a version that held a record taken out: it says neither whose, nor why."""


def destroy(search: Search, minute: Minute) -> None:
    """Destroy all that a minute names. Raises what the disk, the database or a lock refuses."""
    for thing in minute.things:
        _ENDINGS[minute.what](search, minute, thing)


def _raw(search: Search, minute: Minute, thing: Thing) -> None:
    place = _place(search, minute)
    if place.is_dir():
        search.house.store.destroy_at(place, thing.name)
    search.ring.destroy(KeyKind.PARTITION, thing.name)


def _stream(search: Search, minute: Minute, thing: Thing) -> None:
    """A segment that a living stream holds is not old: whoever holds an old one is asked about later."""
    place, flow = _place(search, minute), thing.name.rsplit("-", 1)[0]
    if not place.is_dir():
        search.ring.destroy(KeyKind.PARTITION, thing.name)
        return
    with holding(place / f".{flow}.lock", what=minute.dataset):
        search.ring.destroy(KeyKind.PARTITION, thing.name)
        for path in (place / f"{thing.name}{write_ahead.SUFFIX}", place / f"{thing.name}.dead"):
            path.unlink(missing_ok=True)
        sync_folder(place)


def _window(search: Search, minute: Minute, thing: Thing) -> None:
    place = _place(search, minute)
    search.ring.destroy(KeyKind.PARTITION, thing.name)
    (place / f"{thing.name.rsplit('.', 1)[1]}{WINDOW_SUFFIX}").unlink(missing_ok=True)


def _pseudonym_key(search: Search, _minute: Minute, thing: Thing) -> None:
    search.ring.destroy(KeyKind.PSEUDONYM, thing.name)


def _ledger(search: Search, minute: Minute, thing: Thing) -> None:
    """The key of a comparison group dies with the last set of units that is marked under it."""
    store = ledger_of(search.house)
    place = store.folder / minute.place
    store.destroy(place, thing.name)
    if not any(place.parent.glob(f"*/*{UNITS}")):
        search.ring.destroy(KeyKind.COMPARISON, place.parent.name)


def _version(search: Search, minute: Minute, thing: Thing) -> None:
    end_version(search, Slug(minute.dataset), int(thing.name), reason=ENDED)


def end_version(search: Search, dataset: Slug, number: int, *, reason: str) -> None:
    """Stop serving a version, for a public reason in French, then destroy its bytes."""
    catalog = search.house.catalog
    stop_serving(search, dataset, number, reason=reason)
    failpoint("purge.withdrawn")
    folder = catalog.version_folder(dataset, number)
    with catalog.publishing(search.house.world):
        if folder.exists():
            going = catalog.work / f"ended-{search.house.world.randomness.bytes(8).hex()}"
            catalog.work.mkdir(parents=True, exist_ok=True)
            folder.rename(going)
            sync_folder(folder.parent)
            failpoint("purge.version-moved")
            shutil.rmtree(going)
        forget_strays(catalog, dataset)
        for left in catalog.work.glob("ended-*"):
            shutil.rmtree(left)


def stop_serving(search: Search, dataset: Slug, number: int, *, reason: str) -> None:
    """Withdraw a version for a public reason in French; one that was withdrawn keeps its reason."""
    catalog = search.house.catalog
    with reading(catalog.engine) as session:
        found = version(session, dataset, number)
    if found is not None and found.withdrawn_at is None:
        withdraw(catalog, dataset, number, reason=reason, now=search.now)


def withdraw_rectified(search: Search, dataset: Slug, numbers: Iterable[int]) -> None:
    """End versions that hold a record that must go. Where the archives' visa is required their bytes stay, unserved."""
    end = end_version if terms_for(dataset, search.house).may_end_versions else stop_serving
    for number in numbers:
        end(search, dataset, number, reason=RECTIFIED)


def _leftover(search: Search, _minute: Minute, thing: Thing) -> None:
    home = search.house.settings.home
    path = home / thing.name
    if path.parent.parent == home / "keys":
        search.ring.destroy(KeyKind(path.parent.name), path.stem)
    elif path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _place(search: Search, minute: Minute) -> Path:
    return search.house.store.folder / minute.place


_ENDINGS: Final[Mapping[What, Callable[[Search, Minute, Thing], None]]] = MappingProxyType(
    {
        What.RAW: _raw,
        What.STREAM: _stream,
        What.WINDOW: _window,
        What.PSEUDONYM_KEY: _pseudonym_key,
        What.LEDGER: _ledger,
        What.VERSION: _version,
        What.LEFTOVER: _leftover,
    }
)
"""Kind → how it ends."""
