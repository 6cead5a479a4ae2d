"""What no record names: keys whose file is gone, sealed files that no index holds, plain rows that a dead run left.

Looked for among the real files of a home. What is younger than a day may belong to work that goes on, and is left.
"""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Final

from eclor.names import Slug
from eclor.retention.due import Search, last_change
from eclor.retention.minutes import Minute, Thing, What, said
from eclor.world import KeyKind
from harvesters import index, write_ahead
from harvesters.receiving import SEALED, STAGING
from harvesters.screening import FILE as SCREEN
from harvesters.screening import KEY_NAMES
from harvesters.window import SUFFIX as WINDOW_SUFFIX

_DAY: Final = timedelta(days=1)
REQUESTS_KEY: Final = "rights-mark"
"""The key that names a request under way, so that it is found again after a kill."""
RULE: Final = "Rien ne survit à ce qui le nommait."


def leftovers(search: Search) -> Iterator[Minute]:
    """Give a minute of all that lies in the home without a use. Refuses (`PayloadRefused`) an index it cannot read."""
    found = [*_keys(search), *_sealed(search), *_plain(search)]
    if found:
        identifier = search.house.world.randomness.bytes(16).hex()
        yield Minute(identifier, "", "", What.LEFTOVER, RULE, search.who, said(search.now), tuple(found[:100]))


def _keys(search: Search) -> Iterator[Thing]:
    used = {REQUESTS_KEY, *(name for place in _places(search) for name in _names(place))}
    for name in search.ring.names(KeyKind.PARTITION):
        made = search.ring.made_at(KeyKind.PARTITION, name)
        if name not in used and made is not None and made + _DAY <= search.now:
            fingerprint = search.ring.fingerprint(KeyKind.PARTITION, name)
            yield Thing(f"keys/{KeyKind.PARTITION}/{name}.key", said(made), said(made + _DAY), 1, "", fingerprint)


def _names(place: Path) -> Iterator[str]:
    """Give the names of the keys that a dataset's folder has a use for."""
    for entry in index.entries(place):
        yield from (one.identifier for one in entry.delivery.partitions)
    yield from (path.name.removesuffix(SEALED) for path in place.glob(f"{STAGING}*/*{SEALED}"))
    yield from (write_ahead.name_of(path) for path in place.glob(f"*{write_ahead.SUFFIX}"))
    yield from (path.stem for path in place.glob("*.dead"))
    named = f"{place.parent.name}.{place.name}"
    yield from (f"window.{named}.{path.stem}" for path in place.glob(f"*{WINDOW_SUFFIX}"))
    if (place / SCREEN).exists():
        yield from (f"{beginning}{named}" for beginning in KEY_NAMES)


def _sealed(search: Search) -> Iterator[Thing]:
    for place in _places(search):
        held = {one.identifier for entry in index.entries(place) for one in entry.delivery.partitions}
        for path in place.glob(f"*{SEALED}"):
            if path.name.removesuffix(SEALED) not in held:
                yield from _old(search, path)


def _plain(search: Search) -> Iterator[Thing]:
    """Plain rows stand under `work/` while a plan is applied, and no longer."""
    scratch = search.house.scratch
    for path in [*scratch.glob("apply-*"), *scratch.glob("opened/opened-*")]:
        yield from _old(search, path)


def _old(search: Search, path: Path) -> Iterator[Thing]:
    since = last_change(path)
    if since is not None and since + _DAY <= search.now:
        name = str(path.relative_to(search.house.settings.home))
        yield Thing(name, said(since), said(since + _DAY), 1, "", "")


def _places(search: Search) -> list[Path]:
    store = search.house.store
    return [store.place(Slug(dataset), source) for source, dataset in store.places()]
