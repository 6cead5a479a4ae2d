"""The lines of a version's whole CSV dump as they lie beside it (`api.ckan.dump_lines`): where some of its rows are."""

import os
from pathlib import Path
from typing import Final

from api.makings import Making
from catalog.beside import Order
from catalog.catalogue import copies_folder
from catalog.rows_index import SCANNED
from catalog.views import VersionView

NAME: Final = "dump.lines"
NUMBER: Final = 8
"""Bytes of a number behind the lines."""


def lines_path(published: Path, version: VersionView) -> Path:
    """Return where a version's lines are, made or not."""
    return copies_folder(published, version.dataset, version.number) / NAME


def stretch(path: Path, rows: int, offset: int, limit: int) -> tuple[int, int] | None:
    """Return the bytes from and to which some of a version's rows lie in its lines; none while these are not there."""
    try:
        with path.open("rb", buffering=0) as file:
            numbers = os.fstat(file.fileno()).st_size - NUMBER * (rows + 1)
            first, last = min(offset, rows), min(offset + limit, rows)
            start, end = (_number(file.fileno(), numbers + NUMBER * row) for row in (first, last))
    except OSError:
        return None
    return start, end


def _number(file: int, place: int) -> int:
    return int.from_bytes(os.pread(file, NUMBER, place), "little")


def lines_making(published: Path, version: VersionView) -> Making:
    """Return what makes a version's lines."""
    rows, folder = published / version.folder / SCANNED, lines_path(published, version).parent
    return Making("api.ckan.dump_lines", Order(str(rows), str(folder), version.columns).text())
