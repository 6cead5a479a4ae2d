"""What is due: looked for among the real files and keys of a home, never in a list that could forget one."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Final

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import col, select

from catalog.database import reading
from catalog.models import VersionRow
from charter.ledger.store import UNITS
from charter.retention import Terms
from eclor.errors import EclorError, PolicyRefusals
from eclor.house import House
from eclor.names import Slug, SourceName
from eclor.remembering import ledger_of
from eclor.retention.minutes import MOST_THINGS, Minute, Thing, What, said
from eclor.retention.signed_terms import terms_for
from eclor.world import FileKeyRing, KeyKind
from harvesters import index, write_ahead
from harvesters.receiving import SEALED
from harvesters.window import SUFFIX as WINDOW_SUFFIX

REFUSALS: Final = (OSError, EclorError, PolicyRefusals, SQLAlchemyError)
"""What the disk, the database, a lock or a declaration may answer about one dataset."""


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
        yield from _judged(dataset, partial(_raw_rows, source, dataset, search))
    yield from _keys(search)
    yield from _ledgers(search)
    yield from _versions(search)


def code_of(refusal: Exception) -> str:
    """Return the code of a refusal; of what the machine refuses, its kind."""
    return refusal.code if isinstance(refusal, EclorError) else type(refusal).__name__


def last_change(path: Path) -> datetime | None:
    """Return when a file was last changed; none if it went while we look."""
    with suppress(FileNotFoundError):
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return None


def _judged(dataset: Slug, look: Callable[[], Iterable[Minute]]) -> Iterator[Minute | Unreadable]:
    """Give all that a look at one dataset finds, or nothing of it but the refusal: the others are looked at."""
    try:
        yield from list(look())
    except REFUSALS as refusal:
        yield Unreadable(dataset, code_of(refusal))


def _raw_rows(source: SourceName, dataset: Slug, search: Search) -> Iterator[Minute]:
    place, terms = search.house.store.place(dataset, source), terms_for(dataset, search.house)
    rule = f"conservation.zone_brute {terms.raw_store} ({terms.rule})"
    for what, find in ((What.RAW, _raw), (What.STREAM, _segments), (What.WINDOW, _windows)):
        yield from _minutes(search, dataset, what, rule, find(place, terms, search), place=f"{source}/{dataset}")


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
        since = last_change(path)
        if since is not None and terms.raw_ends(since) <= search.now:
            yield _thing(search, path, path.stem, since=since, ends=terms.raw_ends(since), count=0)


def _windows(place: Path, terms: Terms, search: Search) -> Iterator[Thing]:
    for path in sorted(place.glob(f"*{WINDOW_SUFFIX}")):
        since = last_change(path)
        if since is not None and terms.raw_ends(since) <= search.now:
            name = f"window.{place.parent.name}.{place.name}.{path.stem}"
            yield _thing(search, path, name, since=since, ends=terms.raw_ends(since), count=0)


def _keys(search: Search) -> Iterator[Minute | Unreadable]:
    names: dict[Slug, list[str]] = {}
    for name in search.ring.names(KeyKind.PSEUDONYM):
        names.setdefault(Slug(name.partition(".")[0]), []).append(name)
    for dataset, held in names.items():
        yield from _judged(dataset, partial(_keys_of, dataset, held, search))


def _keys_of(dataset: Slug, held: Sequence[str], search: Search) -> Iterator[Minute]:
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


def _ledgers(search: Search) -> Iterator[Minute | Unreadable]:
    for place in sorted(ledger_of(search.house).folder.glob("*/*/")):
        yield from _judged(Slug(place.name), partial(_ledger_of, place, search))


def _ledger_of(place: Path, search: Search) -> Iterator[Minute]:
    """The sets of units of a published period end with the first of its rows: their day stands in the ledger."""
    dataset, terms = Slug(place.name), terms_for(Slug(place.name), search.house)
    things = [
        Thing(period.part, period.period, said(period.destroyed_on), 1, digest, key)
        for version in ledger_of(search.house).versions(dataset)
        for period in version.periods
        if version.group == place.parent.name and period.part and period.destroyed_on <= search.now
        for key in [search.ring.fingerprint(KeyKind.LEDGER, period.part)]
        for digest in [_digest(place / f"{period.part}{UNITS}")]
        if key or digest
    ]
    rule = f"conservation.zone_brute {terms.raw_store} ({terms.rule})"
    yield from _minutes(search, dataset, What.LEDGER, rule, things, place=f"{place.parent.name}/{dataset}")


def _versions(search: Search) -> Iterator[Minute | Unreadable]:
    with reading(search.house.catalog.engine) as session:
        rows = session.exec(select(VersionRow).order_by(col(VersionRow.dataset), col(VersionRow.number))).all()
    for dataset in sorted({row.dataset for row in rows}):
        of_it = [row for row in rows if row.dataset == dataset]
        yield from _judged(Slug(dataset), partial(_versions_of, Slug(dataset), of_it, search))


def _versions_of(dataset: Slug, rows: Sequence[VersionRow], search: Search) -> Iterator[Minute]:
    terms = terms_for(dataset, search.house)
    things = [
        Thing(str(row.number), said(row.published_at), said(ends), row.rows, row.content_digest, "")
        for row in rows
        if (ends := terms.version_ends(row.published_at)) <= search.now
        and search.house.catalog.version_folder(dataset, row.number).exists()
    ]
    if terms.may_end_versions:
        visa = f", visa des archives {terms.reference}" if terms.reference else ""
        rule = f"conservation.versions_publiees {terms.published_versions}{visa} ({terms.rule})"
        yield from _minutes(search, dataset, What.VERSION, rule, things)


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
