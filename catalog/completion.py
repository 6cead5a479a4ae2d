"""The last steps of a publication, once the journal holds it: the same for a publisher and for a recovery."""

from pathlib import Path

from sqlmodel import Session

from catalog.catalogue import Catalog
from catalog.database import writing
from catalog.models import DatasetRow, FileRow, VersionRow
from catalog.proof import BODY_NAME, MEDIA_TYPE, NAME, ProofBody
from catalog.serving import inherit
from catalog.workspace import proven, put_in_place
from charter.chain import Entry
from eclor.durable import seal_file, sync_folder
from eclor.failpoints import failpoint


def prove(catalog: Catalog, folder: Path, body: ProofBody, *, entry: Entry) -> None:
    """Write the proof of a sealed work folder whose body the journal holds."""
    segment = catalog.journal.segment(entry.index)
    (folder / NAME).unlink(missing_ok=True)
    (folder / NAME).write_bytes(body.proven(segment))
    seal_file(folder / NAME)
    (folder / BODY_NAME).unlink(missing_ok=True)
    sync_folder(folder)
    failpoint("publish.proved")


def place(catalog: Catalog, folder: Path, body: ProofBody) -> Path:
    """Rename a proven work folder to its version's place, and return it."""
    version = catalog.version_folder(body.dataset, body.version)
    put_in_place(folder, version)
    failpoint("publish.renamed")
    return version


def point(catalog: Catalog, body: ProofBody, *, entry: Entry) -> None:
    """Record the version and its files, and point the dataset at it, in one transaction."""
    with writing(catalog.engine) as session:
        _record(session, body, entry, catalog.version_folder(body.dataset, body.version))
    failpoint("publish.pointed")


def _record(session: Session, body: ProofBody, entry: Entry, folder: Path) -> None:
    version = VersionRow(
        dataset=body.dataset,
        number=body.version,
        published_at=body.instant,
        periods=body.periods,
        rows=body.rows,
        masked=body.masked,
        columns=[column.model_dump() for column in body.columns],
        folder=f"{body.dataset}/versions/{body.version}",
        content_digest=body.content_digest,
        policy_digest=body.policy.digest,
        policy_version=body.policy.version,
        journal_index=entry.index,
        note=body.note,
    )
    inherit(session, version)
    session.add(version)
    session.flush()
    files = [file for file in body.files if file.served] + [proven(folder / NAME, MEDIA_TYPE)]
    session.add_all(FileRow(version_id=version.id or 0, **file.model_dump(exclude={"served"})) for file in files)
    row = session.get_one(DatasetRow, body.dataset)
    row.current_version, row.last_number = body.version, max(row.last_number, body.version)
    row.state, row.state_reason, row.updated_at = "served", "", body.instant
    session.add(row)
