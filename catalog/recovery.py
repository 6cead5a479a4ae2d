"""After a kill: each publication that the journal began is ended, or said to be abandoned; half-made folders go.

The journal decides. A version that it does not name never was; one that it names is finished from its work folder or
from its place, if every file is there to the byte, and otherwise given up, by an entry that says so.
"""

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import structlog
from sqlalchemy import func
from sqlmodel import select

from catalog.catalogue import Catalog
from catalog.completion import place, point, prove
from catalog.database import reading, writing
from catalog.models import DatasetRow, VersionRow
from catalog.proof import BODY_NAME, NAME, ProofBody, read_body, read_proof
from catalog.registry import mark_withdrawn
from catalog.serving import CHANGES, tell
from catalog.workspace import digest_of, disk_refusals
from charter.chain import Entry, Kind
from eclor.errors import VerificationFailed
from eclor.names import Slug, VersionId
from eclor.world import World

log = structlog.get_logger()


class Ending(StrEnum):
    """What became of a publication that a kill had cut."""

    FINISHED = "finished"
    ABANDONED = "abandoned"


@dataclass(frozen=True, slots=True)
class Recovered:
    """One publication that was ended by a recovery."""

    dataset: Slug
    version: VersionId
    ending: Ending


def recover(catalog: Catalog, world: World) -> tuple[Recovered, ...]:
    """End what a kill left open, and say what was found. Does nothing, in a few milliseconds, when all is well.

    Refuses (`Busy`) while another process publishes, and (`PublicationFailed`) what the disk or the clock refuses. A
    dataset that is not declared yet is left for the next recovery.
    """
    with catalog.publishing(world):
        return settle(catalog)


def settle(catalog: Catalog) -> tuple[Recovered, ...]:
    """Do what `recover` says, for a caller that already is the one publisher."""
    with disk_refusals("journal"):
        catalog.journal.mend()
        since = catalog.journal.since(_settled(catalog) + 1)
        recovered = tuple(_end(catalog, entry) for entry in _open(catalog, since))
        _catch_up(catalog, since)
        if catalog.work.exists():
            for folder in catalog.work.iterdir():
                shutil.rmtree(folder)
    for one in recovered:
        log.info("publication.recovered", dataset=one.dataset, version=one.version, ending=one.ending)
    return recovered


def _settled(catalog: Catalog) -> int:
    """Return the index of the last publication that the metadata know; -1 if none."""
    with reading(catalog.engine) as session:
        newest = session.exec(select(func.max(VersionRow.journal_index))).one()
    return -1 if newest is None else newest


def _open(catalog: Catalog, since: Iterable[Entry]) -> Iterator[Entry]:
    """Give the publications that are neither recorded nor abandoned, of declared datasets."""
    entries = list(since)
    abandoned = {entry.facts["entry"] for entry in entries if entry.kind is Kind.ABANDONMENT}
    with reading(catalog.engine) as session:
        declared = set(session.exec(select(DatasetRow.slug)).all())
    for entry in entries:
        if entry.kind is Kind.PUBLICATION and entry.index not in abandoned and entry.facts["dataset"] in declared:
            yield entry


def _end(catalog: Catalog, entry: Entry) -> Recovered:
    dataset, number = str(entry.facts["dataset"]), int(entry.facts["version"])
    ending = Ending.FINISHED if _finished(catalog, entry) else Ending.ABANDONED
    if ending is Ending.ABANDONED:
        abandon(catalog, entry)
    return Recovered(Slug(dataset), VersionId(str(number)), ending)


def abandon(catalog: Catalog, entry: Entry) -> None:
    """Say in the journal that a publication it holds was given up; its number is not given again."""
    facts = {name: entry.facts[name] for name in ("dataset", "version", "digest")}
    catalog.journal.append(Kind.ABANDONMENT, **facts, entry=entry.index)


def _finished(catalog: Catalog, entry: Entry) -> bool:
    """Finish a publication from its place, else from its work folder; False if neither is whole."""
    version = catalog.version_folder(str(entry.facts["dataset"]), int(entry.facts["version"]))
    if body := _whole(version, entry):
        point(catalog, body, entry=entry)
        return True
    for folder in catalog.work.iterdir() if catalog.work.exists() else ():
        if body := _whole(folder, entry):
            prove(catalog, folder, body, entry=entry)
            place(catalog, folder, body)
            point(catalog, body, entry=entry)
            return True
    return False


def _whole(folder: Path, entry: Entry) -> ProofBody | None:
    """Return the body of the folder that the entry speaks of, if all its files are there to the byte."""
    body = _body(folder)
    if body is None or body.digest != entry.facts["digest"]:
        return None
    there = all((folder / file.name).is_file() and digest_of(folder / file.name) == file.sha256 for file in body.files)
    return body if there else None


def _body(folder: Path) -> ProofBody | None:
    try:
        if (folder / BODY_NAME).is_file():
            return read_body((folder / BODY_NAME).read_bytes())
        return read_proof((folder / NAME).read_bytes()) if (folder / NAME).is_file() else None
    except VerificationFailed:
        return None


def _catch_up(catalog: Catalog, since: Iterable[Entry]) -> None:
    """Tell the metadata what the journal says after their last version: numbers given in vain, and withdrawals."""
    numbered, serving = frozenset({Kind.PUBLICATION, Kind.WITHDRAWAL}), CHANGES
    news = [entry for entry in since if entry.kind in numbered | serving]
    if not news:
        return
    with writing(catalog.engine) as session:
        for entry in news:
            if entry.kind in serving:
                tell(session, entry)
                continue
            dataset, number = str(entry.facts["dataset"]), int(entry.facts["version"])
            row = session.get(DatasetRow, dataset)
            if row is not None:
                row.last_number = max(row.last_number, number)
                session.add(row)
            if entry.kind is Kind.WITHDRAWAL:
                mark_withdrawn(session, entry, now=entry.instant)
