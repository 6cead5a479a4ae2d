"""What is derived from a version once it is pointed at: its index, its compressed copies; kept beside it, gone with it.

No proof names them, the API works without them, and whoever lost them makes them again.
"""

import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final

import structlog

from catalog.catalogue import COPIES, Catalog, copies_folder
from catalog.copying import FIRST, LEAST_BYTES, make_missing
from catalog.database import reading
from catalog.indexing import MAKING, make_index
from catalog.reading import current_version
from eclor.durable import sync_folder

log = structlog.get_logger()
_DONE: Final = "done"
"""In a folder where all is that is made with the version."""


def complete(folder: Path) -> bool:
    """Say whether all was made that is made with the version."""
    return (folder / _DONE).exists()


def make_copies(catalog: Catalog, slug: str) -> None:
    """Make what is missing beside a dataset's served version, its index too; drop what is left of versions gone.

    A kill leaves whole copies only: the next call makes the others.
    """
    forget_strays(catalog, slug)
    with reading(catalog.engine) as session:
        version = current_version(session, slug)
    if version is None or version.withdrawn_at is not None:
        return
    folder = copies_folder(catalog.published, slug, version.number)
    if complete(folder):
        return
    try:
        make_index(catalog.version_folder(slug, version.number), folder, version.columns)
        heavy = [file.name for file in version.files if file.size_bytes >= LEAST_BYTES]
        compress(catalog.version_folder(slug, version.number), folder, heavy)
    except FileNotFoundError:
        log.info("copies.version-gone", dataset=slug, version=version.number)
    forget_strays(catalog, slug)


def forget_strays(catalog: Catalog, slug: str) -> None:
    """Drop the copies of versions whose own folder is gone. Raises (`OSError`) where bytes would stay."""
    beside = catalog.published / slug / COPIES
    for folder in beside.iterdir() if beside.exists() else ():
        if folder.name.isdecimal() and not catalog.version_folder(slug, int(folder.name)).exists():
            while folder.exists():
                with suppress(FileNotFoundError):  # whoever was making something there gave it up meanwhile
                    shutil.rmtree(folder)


def compress(version_folder: Path, folder: Path, names: Iterable[str]) -> None:
    """Make the copies that are missing of the CSV, if it is among these, then say that all are there."""
    folder.mkdir(parents=True, exist_ok=True)
    for left in folder.glob(f"{MAKING}*"):
        shutil.rmtree(left, ignore_errors=True)
    if FIRST in names:
        make_missing(version_folder / FIRST, folder, MAKING)
    (folder / _DONE).touch()
    sync_folder(folder)
