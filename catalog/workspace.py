"""The folder in which a version is made: private until whole, synced, then renamed into its place."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import file_digest
from pathlib import Path

import duckdb
from sqlalchemy.exc import OperationalError

from catalog.catalogue import Catalog
from catalog.proof import ProvenFile
from eclor.durable import CLOSED, NO_ROOM, READ_ONLY, is_told, sync_together
from eclor.errors import PublicationFailed
from eclor.names import Sha256
from eclor.world import World


@contextmanager
def workspace(catalog: Catalog, world: World) -> Iterator[Path]:
    """Give a new private folder beside the versions; what is left of it at the end, for whatever reason, goes."""
    folder = catalog.work / world.randomness.bytes(8).hex()
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def disk_refusals(what: str) -> Iterator[None]:
    """Say what the disk or the database refuses as a refusal of ours: no room, or not written (`PublicationFailed`)."""
    try:
        yield
    except (OSError, sqlite3.OperationalError, OperationalError) as error:
        raise PublicationFailed("catalog.no-room" if lacks_room(error) else "catalog.not-written", what=what) from error


def lacks_room(error: Exception) -> bool:
    """Tell a full disk by its cause: the errno, SQLite's own code, or what Arrow and DuckDB write of it."""
    cause = error.orig if isinstance(error, OperationalError) else error
    if isinstance(cause, sqlite3.OperationalError):
        return cause.sqlite_errorcode == sqlite3.SQLITE_FULL
    return _is_told(cause, NO_ROOM)


def lets_nobody_write(error: Exception) -> bool:
    """Tell a disk that cannot be written, full ones aside: read-only, not ours, broken."""
    return _is_told(error, CLOSED)


def _is_told(cause: object, numbers: frozenset[int]) -> bool:
    if isinstance(cause, OSError):
        return is_told(cause, numbers)
    said = str(cause).lower()
    return isinstance(cause, duckdb.Error) and any(os.strerror(number).lower() in said for number in numbers)


def digest_of(path: Path) -> Sha256:
    """Return the SHA-256 of a file, read in blocks."""
    with path.open("rb") as file:
        return Sha256(file_digest(file, "sha256").hexdigest())


def proven(path: Path, media_type: str, *, served: bool = True) -> ProvenFile:
    """Return what the proof says of a written file."""
    return ProvenFile(
        name=path.name,
        media_type=media_type,
        size_bytes=path.stat().st_size,
        sha256=digest_of(path),
        served=served,
    )


def seal(folder: Path) -> None:
    """Push every file of a folder, its names and its own name to the disk; the files are read only from now on."""
    files = [*folder.iterdir()]
    for path in files:
        path.chmod(READ_ONLY)
    sync_together([*files, folder, folder.parent])


def put_in_place(folder: Path, place: Path) -> None:
    """Rename a sealed folder to its place: there whole, or not at all."""
    place.parent.mkdir(parents=True, exist_ok=True)
    folder.rename(place)
    sync_together([place.parent, place.parent.parent, place.parent.parent.parent])
