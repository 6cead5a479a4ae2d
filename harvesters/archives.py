"""Zip archives as they may come from anywhere: nothing leads out of them, nothing swells beyond reason."""

import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import PurePosixPath
from typing import BinaryIO, Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from eclor.errors import PayloadRefused, Place
from harvesters.decoding import opened, whole

ZIP: Final = b"PK\x03\x04"
"""What an archive begins with."""
_MAX_ENTRIES: Final = 500
_MAX_TOTAL_BYTES: Final = 4 * 1024**3
_MAX_RATIO: Final = 200
_SMALL_BYTES: Final = 1024**2
"""Below this an entry may be compressed however well it likes."""
_ENCRYPTED: Final = 0x1
_METHODS: Final = (ZIP_STORED, ZIP_DEFLATED)
"""Of the others the zip reader unpacks a piece all at once, whatever comes out."""
_DAMAGE: Final = (BadZipFile, zlib.error, struct.error, EOFError, RuntimeError, OSError, ValueError, ArithmeticError)
"""What the zip reader raises on damaged bytes."""


@contextmanager
def unzipped(payload: BinaryIO | bytes, *, name: str) -> Iterator[tuple[ZipFile, list[ZipInfo]]]:
    """Open an archive while the block lasts, with its files; folders and what systems leave behind are left out.

    Refuses (`PayloadRefused`) one that is damaged, also when that is found while the block reads it, encrypted, packed
    otherwise than by deflate, reaches out of itself, or unpacks beyond reason (500 files, 4 GiB, or 200 to 1).
    """
    try:
        with ZipFile(_seekable(payload, name=name)) as archive:
            _refuse_traps(archive.infolist(), name=name)
            yield archive, [entry for entry in archive.infolist() if not entry.is_dir() and not _is_litter(entry)]
    except _DAMAGE as error:
        raise PayloadRefused("payload.zip", place=Place(name)) from error


def _seekable(payload: BinaryIO | bytes, *, name: str) -> BinaryIO:
    stream = opened(payload)
    return stream if stream.seekable() else BytesIO(whole(stream, name=name))


def _is_litter(entry: ZipInfo) -> bool:
    path = PurePosixPath(entry.filename)
    return path.name.startswith(".") or "__MACOSX" in path.parts


def _refuse_traps(entries: list[ZipInfo], *, name: str) -> None:
    total = sum(entry.file_size for entry in entries)
    swollen = any(
        entry.file_size > _SMALL_BYTES and entry.file_size > _MAX_RATIO * max(entry.compress_size, 1)
        for entry in entries
    )
    if len(entries) > _MAX_ENTRIES or total > _MAX_TOTAL_BYTES or swollen:
        raise PayloadRefused("payload.zip-bomb", place=Place(name))
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise PayloadRefused("payload.zip-encrypted", place=Place(name))
    if any(entry.compress_type not in _METHODS for entry in entries):
        raise PayloadRefused("payload.zip-method", place=Place(name))
    if any(_reaches_out(entry.filename) for entry in entries):
        raise PayloadRefused("payload.zip-path", place=Place(name))


def _reaches_out(filename: str) -> bool:
    path = PurePosixPath(filename)
    return path.is_absolute() or ".." in path.parts or "\\" in filename or ":" in filename.partition("/")[0]
