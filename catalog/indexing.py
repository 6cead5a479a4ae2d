"""The index of a version's rows, made beside it once it is pointed at: until it is there, rows are scanned."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from catalog.catalogue import copies_folder
from catalog.export import Table
from catalog.exports import export
from catalog.rows_index import NAME, SCANNED
from catalog.views import VersionView
from charter.release_parts import ReleaseColumn
from eclor.durable import seal_file

MAKING: Final = "copying-"
"""How private folders begin, where things are made beside a version; one that a kill left goes at a next making."""


def index_of(published: Path, version: VersionView) -> Path:
    """Return where the index of a version's rows is, or will be; older versions have it in their own folder."""
    own = published / version.folder / NAME
    return own if own.exists() else copies_folder(published, version.dataset, version.number) / NAME


def make_index(version_folder: Path, folder: Path, columns: Sequence[ReleaseColumn]) -> None:
    """Make the index of a version's rows in the folder of what is derived from it, unless it is there; whole or not."""
    if (folder / NAME).exists() or (version_folder / NAME).exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder, prefix=MAKING) as private:
        path = Path(private) / NAME
        export("rows").write(Table(version_folder / SCANNED, tuple(columns)), path)
        seal_file(path)
        path.rename(folder / NAME)
