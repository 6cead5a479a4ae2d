"""What is due: looked for among the real files and keys of a home, never in a list that could forget one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Final

from sqlmodel import col, select

from catalog.database import reading
from catalog.models import VersionRow
from charter.ledger.store import LedgerStore
from charter.retention import Terms
from eclor.errors import EclorError
from eclor.house import House
from eclor.names import Slug
from eclor.retention.minutes import MOST_THINGS, Minute, Thing, What, said
from eclor.retention.signed_terms import terms_for
from eclor.world import FileKeyRing, KeyKind
from harvesters import index, write_ahead
from harvesters.receiving import SEALED

WINDOW: Final = ".window"
"""Ending of the file of a stream's last identities."""
LEDGER: Final = "ledger"
"""Folder of the ledger in a home."""
UNITS, CELLS = ".units.enc", ".cells.enc"
"""Endings of the two sealed files of a period in the ledger."""


@dataclass(frozen=True, slots=True)
class Search:
    """A house, its keys as files, the instant to judge at, and who asks."""

    house: House
    ring: FileKeyRing
    now: datetime
    who: str


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A dataset of which it cannot be said what is due, and the code of the refusal."""

    dataset: Slug
    code: str


def due(search: Search) -> Iterator[Minute | Unreadable]:
    """Give a minute for each dataset, kind and hundred things that are due now; nothing is touched."""
    for source, dataset in search.house.store.places():
        place = search.house.store.place(dataset, source)
        terms = terms_for(dataset, search.house)
        try:
            found = {
                What.RAW: list(_raw(place, terms, search)),
                What.STREAM: list(_segments(place, terms, search)),
                What.WINDOW: list(_windows(place, terms, search)),
            }
        except EclorError as refusal:
            yield Unreadable(dataset, refusal.code)
            continue
        rule = f"conservation.zone_brute {terms.raw_store} ({terms.rule})"
        for what, things in found.items():
            yield from _minutes(search, dataset, what, rule, things, place=f"{source}/{dataset}")
    yield from _keys(search)
    yield from _ledgers(search)
    yield from _versions(search)


def _raw(place: Path, terms: Terms, search: Search) -> Iterator[Thing]:
    """A partition ends with its oldest row."""
    for entry in index.entries(place):
        for one in entry.delivery.partitions:
            ends = terms.raw_ends(one.received_from)
            if ends <= search.now:
                file = place / f"{one.identifier}{SEALED}"
                yield _thing(search, file, one.identifier, since=one.received_from, ends=ends, count=one.rows)


def _segments(place: Path, terms: Terms, search: Search) -> Iterator[Thing]:
    """A segment ends with its first message; one that cannot be read, by its file."""
    for path in sorted([*place.glob(f"*{write_ahead.SUFFIX}"), *place.glob("*.dead")]):
        since = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        if terms.raw_ends(since) <= search.now:
            yield _thing(search, path, path.stem, since=since, ends=terms.raw_ends(since), count=0)


def _windows(place: Path, terms: Terms, search: Search) -> Iterator[Thing]:
    for path in sorted(place.glob(f"*{WINDOW}")):
        since = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        if terms.raw_ends(since) <= search.now:
            name = f"window.{place.parent.name}.{place.name}.{path.stem}"
            yield _thing(search, path, name, since=since, ends=terms.raw_ends(since), count=0)


def _keys(search: Search) -> Iterator[Minute]:
    names: dict[Slug, list[str]] = {}
    for name in search.ring.names(KeyKind.PSEUDONYM):
        names.setdefault(Slug(name.partition(".")[0]), []).append(name)
    for dataset, held in names.items():
        terms = terms_for(dataset, search.house)
        rule = f"conservation.cle_pseudonyme {terms.pseudonym_key} ({terms.rule})"
        things = []
        for name in held:
            label = name.partition(".")[2]
            ends = terms.key_ends(label)
            if ends is not None and ends <= search.now:
                key = search.ring.fingerprint(KeyKind.PSEUDONYM, name)
                things.append(Thing(name, label, said(ends), 1, "", key))
        yield from _minutes(search, dataset, What.PSEUDONYM_KEY, rule, things)


def _ledgers(search: Search) -> Iterator[Minute]:
    """The sets of units of a published period end with the first of its rows: their day stands in the ledger."""
    store = LedgerStore(search.house.settings.home / LEDGER, search.house.world)
    for place in sorted(store.folder.glob("*/*/")):
        dataset = Slug(place.name)
        things = [
            Thing(period.part, period.period, said(period.destroyed_on), 1, digest, key)
            for version in store.versions(dataset)
            for period in version.periods
            if version.group == place.parent.name and period.part and period.destroyed_on <= search.now
            for key in [search.ring.fingerprint(KeyKind.LEDGER, period.part)]
            for digest in [_digest(place / f"{period.part}{UNITS}")]
            if key or digest
        ]
        terms = terms_for(dataset, search.house)
        rule = f"conservation.zone_brute {terms.raw_store} ({terms.rule})"
        yield from _minutes(search, dataset, What.LEDGER, rule, things, place=f"{place.parent.name}/{dataset}")


def _versions(search: Search) -> Iterator[Minute]:
    with reading(search.house.catalog.engine) as session:
        rows = session.exec(select(VersionRow).order_by(col(VersionRow.dataset), col(VersionRow.number))).all()
    for dataset in sorted({row.dataset for row in rows}):
        terms = terms_for(Slug(dataset), search.house)
        things = [
            Thing(str(row.number), said(row.published_at), said(ends), row.rows, row.content_digest, "")
            for row in rows
            if row.dataset == dataset
            and (ends := terms.version_ends(row.published_at)) <= search.now
            and search.house.catalog.version_folder(dataset, row.number).exists()
        ]
        if terms.may_end_versions:
            visa = f", visa des archives {terms.reference}" if terms.reference else ""
            rule = f"conservation.versions_publiees {terms.published_versions}{visa} ({terms.rule})"
            yield from _minutes(search, Slug(dataset), What.VERSION, rule, things)


def _thing(search: Search, file: Path, name: str, *, since: datetime, ends: datetime, count: int) -> Thing:
    return Thing(name, said(since), said(ends), count, _digest(file), search.ring.fingerprint(KeyKind.PARTITION, name))


def _digest(file: Path) -> str:
    """Return the SHA-256 of a file, empty if it is gone."""
    try:
        with file.open("rb") as content:
            return file_digest(content, sha256).hexdigest()
    except FileNotFoundError:
        return ""


def _minutes(
    search: Search, dataset: Slug, what: What, rule: str, things: Iterable[Thing], *, place: str = ""
) -> Iterator[Minute]:
    for at in range(0, len(listed := list(things)), MOST_THINGS):
        identifier = search.house.world.randomness.bytes(16).hex()
        some = tuple(listed[at : at + MOST_THINGS])
        yield Minute(identifier, dataset, place, what, rule, search.who, said(search.now), some)
