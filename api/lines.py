"""Rows of a version in key order as they lie in its NDJSON: a page of them is read, not written anew."""

import os
from pathlib import Path
from typing import Final

from api.rows import After
from catalog.views import VersionView

FILE: Final = "data.ndjson"
_ROOM: Final = 4_096
"""Bytes read beyond what so many rows take on average."""


def page_of_lines(published: Path, version: VersionView, after: After, limit: int) -> tuple[bytes, After] | None:
    """Return the objects of whole rows behind one, between commas, and where the next page begins.

    None where it is not known at which byte the page begins, where no row does, or without the file. What is not known
    is found by the index.
    """
    if after.place and not after.byte:
        return None
    try:
        file = os.open(f"{published}/{version.folder}/{FILE}", os.O_RDONLY)
    except OSError:
        return None
    try:
        found = _read(file, after.byte, limit, version.rows)
    except OSError:
        return None
    finally:
        os.close(file)
    if found is None:
        return None
    objects = b",".join(found)
    return objects, After((), after.place + len(found), after.byte + len(objects) + 1)


def _read(file: int, begin: int, limit: int, rows: int) -> list[bytes] | None:
    """Return the lines that begin at a byte, ended by newlines; None where the one before does not end there."""
    room = os.fstat(file).st_size * limit // max(rows, 1) + _ROOM
    read = os.pread(file, room, begin - 1) if begin else b"\n" + os.pread(file, room, 0)
    found = read.split(b"\n", limit + 1)
    while len(found) < limit + 2 and (more := os.pread(file, room, begin + len(read) - 1)):
        read += more
        found = read.split(b"\n", limit + 1)
    return found[1:-1] if read[:1] == b"\n" else None
