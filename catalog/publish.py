"""Door 6: a validated release becomes a `CatalogEntry`, here and nowhere else.

A version is made whole in a private folder, synced, named in the journal, renamed into its place, and only then pointed
at by the metadata. A kill at any moment leaves the former version or the new one: `catalog.recovery` ends the rest.
"""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import final

import structlog
from sqlalchemy.exc import SQLAlchemyError

from catalog.catalogue import Catalog, copies_folder
from catalog.completion import place, point, prove
from catalog.database import reading, writing
from catalog.declaration import DatasetDeclaration
from catalog.describing import refuse_unfit
from catalog.dossier import Dossier
from catalog.gates.noted import Notes, keep
from catalog.indexing import make_index
from catalog.making import Making, Numbering, make, write_csv
from catalog.metadata.record import Publisher
from catalog.models import DatasetRow
from catalog.proof import MEDIA_TYPE, NAME, ProofBody
from catalog.reading import current_version
from catalog.recovery import abandon, settle
from catalog.registry import Terms, declare
from catalog.validate import ValidatedRelease
from catalog.versions import Reason, next_number, same_content, too_soon
from catalog.views import VersionView
from catalog.workspace import digest_of, disk_refusals, workspace
from charter.chain import Entry, Kind
from charter.compile import Plan
from eclor.errors import EclorError, PublicationFailed
from eclor.failpoints import failpoint
from eclor.names import Sha256, Slug, VersionId
from eclor.world import World

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """One immutable file of a version."""

    name: str
    media_type: str
    size_bytes: int
    sha256: Sha256


@final
@dataclass(frozen=True, slots=True)
class CatalogEntry:
    """An immutable version: its folder, its files, its place in the journal."""

    dataset: Slug
    version: VersionId
    folder: Path
    files: tuple[PublishedFile, ...]
    published_at: datetime
    journal_index: int


@final
@dataclass(frozen=True, slots=True)
class Unchanged:
    """A release that made no version: the one that is served stays, and why."""

    dataset: Slug
    version: VersionId
    reason: Reason


def _nothing_more(_: ProofBody) -> None:
    """Do nothing before the version is named."""


def publish(  # noqa: PLR0913 - what a version is made of, where it goes, and what is done before it is named
    validated: ValidatedRelease,
    *,
    plan: Plan,
    declaration: DatasetDeclaration,
    dossier: Dossier,
    catalog: Catalog,
    world: World,
    publisher: Publisher,
    before_naming: Callable[[ProofBody], None] = _nothing_more,
) -> CatalogEntry | Unchanged:
    """Write one immutable version and point the dataset at it, unless its content is already what is served.

    `before_naming` is done when all of the version is made and before the journal names it, by the one publisher.
    Refuses (`Busy`) while another process publishes; (`PublicationFailed`) a full disk, a clock that went back, a
    database that does not answer; (`VerificationFailed`) texts that are not in force; (`DeclarationRefused`) a record
    that DCAT-AP would not take from this publisher. The former version then stays.
    """
    making = Making(validated, plan, declaration, dossier)
    with disk_refusals(making.release.dataset), catalog.publishing(world):
        numbering = _numbering(making, catalog, now=world.clock.now().astimezone(UTC).replace(microsecond=0))
        former = numbering.former
        if former is not None and too_soon(former, plan, now=numbering.at):
            return _unchanged(former, Reason.TOO_SOON)
        with workspace(catalog, world) as folder:
            csv = write_csv(making, folder)
            if former is not None and same_content(former, Sha256(csv.sha256), plan=plan):
                return _unchanged(former, Reason.SAME_CONTENT)
            body = make(making, folder, csv=csv, numbering=numbering)
            refuse_unfit(making, body, former, publisher)
            failpoint("publish.written")
            before_naming(body)
            entry = _named(catalog, folder, body)
    _derive(catalog, entry.folder, body, validated.notes)
    return entry


def _numbering(making: Making, catalog: Catalog, *, now: datetime) -> Numbering:
    """Declare the dataset, end what a kill left open, and say what the next version comes after."""
    slug = making.release.dataset
    with writing(catalog.engine) as session:
        declare(session, making.declaration, Terms.of_plan(making.plan), now=now)
    settle(catalog)
    with reading(catalog.engine) as session:
        number = next_number(session.get_one(DatasetRow, slug), catalog.version_folder(slug, 0).parent)
        return Numbering(number, now, current_version(session, slug))


def _unchanged(former: VersionView, reason: Reason) -> Unchanged:
    return Unchanged(former.dataset, VersionId(str(former.number)), reason)


def _named(catalog: Catalog, folder: Path, body: ProofBody) -> CatalogEntry:
    """Name the version in the journal, put it in its place, point at it."""
    entry = catalog.journal.append(
        Kind.PUBLICATION,
        dataset=body.dataset,
        version=body.version,
        digest=body.digest,
        policy_digest=body.policy.digest,
        policy_version=body.policy.version,
    )
    failpoint("publish.journaled")
    try:
        prove(catalog, folder, body, entry=entry)
        version = place(catalog, folder, body)
    except (OSError, EclorError):
        _give_up(catalog, body, entry)
        raise
    try:
        point(catalog, body, entry=entry)
    except SQLAlchemyError as error:
        raise PublicationFailed("catalog.not-recorded", dataset=body.dataset, version=body.version) from error
    log.info("version.published", dataset=body.dataset, version=body.version, rows=body.rows, masked=body.masked)
    return _entry(version, body, entry)


def _derive(catalog: Catalog, version: Path, body: ProofBody, notes: Notes) -> None:
    """Make the index of the rows, while others publish; what the disk refuses now, the dataset's next walk makes."""
    folder = copies_folder(catalog.published, body.dataset, body.version)
    try:
        keep(folder, notes)
        make_index(version, folder, [column.column() for column in body.columns])
    except (OSError, sqlite3.Error) as error:
        log.warning("index.not_made", dataset=body.dataset, version=body.version, cause=type(error).__name__)


def _give_up(catalog: Catalog, body: ProofBody, entry: Entry) -> None:
    """Say at once that the version is abandoned; what cannot be said now, the next recovery says or finishes."""
    if catalog.version_folder(body.dataset, body.version).exists():
        return
    try:
        abandon(catalog, entry)
    except (EclorError, SQLAlchemyError) as error:
        log.warning("version.left-open", dataset=body.dataset, version=body.version, cause=type(error).__name__)


def _entry(version: Path, body: ProofBody, entry: Entry) -> CatalogEntry:
    files = [
        PublishedFile(file.name, file.media_type, file.size_bytes, Sha256(file.sha256))
        for file in body.files
        if file.served
    ]
    proof = version / NAME
    files.append(PublishedFile(NAME, MEDIA_TYPE, proof.stat().st_size, digest_of(proof)))
    return CatalogEntry(
        Slug(body.dataset), VersionId(str(body.version)), version, tuple(files), body.instant, entry.index
    )
