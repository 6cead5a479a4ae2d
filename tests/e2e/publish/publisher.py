"""A process that publishes until it is killed, and what must hold afterwards."""

import os
import resource
import signal
import sys
from collections.abc import Sequence
from datetime import timedelta
from multiprocessing.connection import Connection
from pathlib import Path

from sqlmodel import select

from catalog.database import reading
from catalog.models import DatasetRow, VersionRow
from catalog.recovery import recover
from catalog.verify import verify_folder
from catalog.witnesses import verify_journal
from charter.chain import Kind
from eclor.errors import PublicationFailed
from tests.unit.catalog.publish.released import OCTOBER, Home, Made, compiled, passages, places

SLUGS = ("dechetteries-passages", "points-de-collecte")
for slug in SLUGS:
    compiled(slug)  # in the server that processes are forked from, so that each starts at once


def opened(folder: Path) -> Home:
    """Open a home again, as a new process does, after the last instant that it knows."""
    home = Home(folder)
    entries = home.catalog.journal.since(0)
    if entries:
        home.clock.instant = max(entry.instant for entry in entries) + timedelta(minutes=10)
    return home


def passages_of(home: Home, day: int) -> Made:
    """The passages of all the days up to `day`."""
    rows = [("AUD", f"2026-10-{one:02d}", 20 + one, 15 + one, "publie") for one in range(1, day % 28 + 2)]
    return passages(home, [*rows, *OCTOBER[2:]])


def places_of(home: Home, count: int) -> Made:
    """`count` collection points."""
    return places(home, [(f"D{one:04d}", f"Point {one}", "5.9,49.4") for one in range(count)])


def publish_until_killed(folder: Path, told: Connection, first: int) -> None:
    """Publish new content of two datasets for ever, telling each version that was acknowledged."""
    home = opened(folder)
    told.send("ready")
    for number in range(first, first + 1000):
        home.clock.move(minutes=10)
        told.send(home.published(places_of(home, number)).version)
        told.send(home.published(passages_of(home, number)).version)


def publish_once(folder: Path, failpoint: str, number: int) -> None:
    """Publish one version, with a failpoint where the process dies."""
    os.environ["ECLOR_FAILPOINT"] = failpoint
    home = opened(folder)
    home.published(places_of(home, number))


def publish_under_limit(folder: Path, told: Connection, limit_bytes: int) -> None:
    """Publish while no file may grow over a limit, and tell the code of the refusal."""
    home = opened(folder)
    made = places_of(home, 3000)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    sys.dont_write_bytecode = True  # a module that is written half is kept by Python, and read by whoever comes next
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit_bytes, limit_bytes))
    try:
        told.send(home.published(made).version)
    except PublicationFailed as refused:
        told.send(refused.code)


def numbers_on_disk(home: Home, slug: str) -> list[int]:
    return sorted(int(path.name) for path in (home.catalog.published / slug / "versions").glob("*"))


def assert_nothing_torn(home: Home, held: set[str] | None = None) -> None:
    """Recover, then hold the disk, the metadata and the journal against each other; `held` versions were verified."""
    held = set() if held is None else held
    recover(home.catalog, home.world)
    assert not home.catalog.work.exists() or list(home.catalog.work.iterdir()) == []
    with reading(home.catalog.engine) as session:
        known = session.exec(select(VersionRow)).all()
        current = {row.slug: row.current_version for row in session.exec(select(DatasetRow)).all()}
    for slug in SLUGS:
        numbers = sorted(row.number for row in known if row.dataset == slug)
        assert numbers_on_disk(home, slug) == numbers
        assert current.get(slug) == (numbers[-1] if numbers else None)
    for row in known:
        if row.folder not in held:
            assert verify_folder(home.catalog.published / row.folder).version == row.number
            held.add(row.folder)
    verify_journal(home.catalog.journal, home.catalog.published)
    _assert_every_publication_ended(home, known)


def _assert_every_publication_ended(home: Home, known: Sequence[VersionRow]) -> None:
    entries = list(home.catalog.journal.entries())
    recorded = {row.journal_index for row in known}
    abandoned = {entry.facts["entry"] for entry in entries if entry.kind is Kind.ABANDONMENT}
    published = {entry.index for entry in entries if entry.kind is Kind.PUBLICATION}
    assert published == recorded | abandoned
    assert not recorded & abandoned
