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
    """Return the bytes from and to which some of a version's rows lie in its lines; none while that is not told.

    The last `NUMBER` bytes for each row, and for the end, tell it.
    """
    try:
        file = os.open(path, os.O_RDONLY)
    except OSError:
        return None
    try:
        numbers = os.fstat(file).st_size - NUMBER * (rows + 1)
        first, last = min(offset, rows), min(offset + limit, rows)
        return _number(file, numbers + NUMBER * first), _number(file, numbers + NUMBER * last)
    except OSError:
        return None
    finally:
        os.close(file)


def _number(file: int, place: int) -> int:
    return int.from_bytes(os.pread(file, NUMBER, place), "little")


def lines_making(published: Path, version: VersionView) -> Making:
    """Return what makes a version's lines."""
    rows, folder = published / version.folder / SCANNED, lines_path(published, version).parent
    return Making("api.ckan.dump_lines", Order(str(rows), str(folder), version.columns).text())
