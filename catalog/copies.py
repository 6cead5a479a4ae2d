"""Compressed copies of a version's text files: made after the version is pointed at, kept beside it, gone with it.

They are derived: no proof names them, the API works without them, and whoever lost them makes them again. A copy's name
holds the digest of its own bytes, so that it is known without being read: `data.csv.<32 hex>.gz`.
"""

import re
import shutil
import zlib
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Final, Protocol

import brotli
import structlog
import zstandard

from catalog.catalogue import COPIES, Catalog, copies_folder
from catalog.database import reading
from catalog.indexing import MAKING, make_index
from catalog.reading import current_version
from eclor.durable import sync_file, sync_folder

log = structlog.get_logger()
LEAST_BYTES: Final = 1_024
"""A smaller file is sent as it is."""
_TEXTS: Final = frozenset({"data.csv", "data.json", "data.ndjson", "data.geojson"})
_DONE: Final = "done"
"""In a folder where every copy is: nothing is left to make."""
_BLOCK: Final = 1_048_576
_NAME: Final = re.compile(r"(data\.[a-z]+)\.([0-9a-f]{32})\.(br|zst|gz)")


class _Coder(Protocol):
    def feed(self, block: bytes, /) -> bytes: ...

    def end(self) -> bytes: ...


class _Gzip:
    def __init__(self) -> None:
        self._made = zlib.compressobj(1, zlib.DEFLATED, 31)

    def feed(self, block: bytes, /) -> bytes:
        return self._made.compress(block)

    def end(self) -> bytes:
        return self._made.flush()


class _Zstd:
    def __init__(self) -> None:
        self._made = zstandard.ZstdCompressor(level=1).compressobj()

    def feed(self, block: bytes, /) -> bytes:
        return self._made.compress(block)

    def end(self) -> bytes:
        return self._made.flush()


class _Brotli:
    def __init__(self) -> None:
        self._made = brotli.Compressor(quality=0)

    def feed(self, block: bytes, /) -> bytes:
        made: bytes = self._made.process(block)
        return made

    def end(self) -> bytes:
        made: bytes = self._made.finish()
        return made


_CODERS: Final[Mapping[str, Callable[[], _Coder]]] = MappingProxyType({"zst": _Zstd, "br": _Brotli, "gz": _Gzip})
CODING_OF: Final[Mapping[str, str]] = MappingProxyType({"zst": "zstd", "br": "br", "gz": "gzip"})
"""What HTTP calls the coding of each ending."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A compressed copy: where it lies, its size in bytes, the digest of its bytes."""

    path: Path
    size_bytes: int
    digest: str


def copies_of(folder: Path, file_name: str) -> Mapping[str, Copy]:
    """Return the copies of a version's file that are there, by their coding."""
    try:
        named = [(path, _NAME.fullmatch(path.name), path.stat().st_size) for path in sorted(folder.iterdir())]
    except OSError:
        return {}
    found = [(Copy(path, size, name[2]), name) for path, name, size in named if name and name[1] == file_name]
    return {CODING_OF[name[3]]: copy for copy, name in found}


def complete(folder: Path) -> bool:
    """Say whether every copy of a version was made."""
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
    """Make every copy that is missing of the text files among these, then say that all are there."""
    folder.mkdir(parents=True, exist_ok=True)
    for left in folder.glob(f"{MAKING}*"):
        shutil.rmtree(left, ignore_errors=True)
    for name in _TEXTS.intersection(names):
        there = copies_of(folder, name)
        for ending in _CODERS:
            if CODING_OF[ending] not in there:
                _compress(version_folder / name, folder, ending)
    (folder / _DONE).touch()
    sync_folder(folder)


def _compress(source: Path, folder: Path, ending: str) -> None:
    """Write one copy whole under a private name, then under its own."""
    coder, told = _CODERS[ending](), sha256()
    with TemporaryDirectory(dir=folder, prefix=MAKING) as private:
        path = Path(private) / ending
        with source.open("rb") as plain, path.open("wb") as packed:
            while block := plain.read(_BLOCK):
                made = coder.feed(block)
                told.update(made)
                packed.write(made)
            made = coder.end()
            told.update(made)
            packed.write(made)
        path.chmod(0o444)
        sync_file(path)
        path.rename(folder / f"{source.name}.{told.hexdigest()[:32]}.{ending}")
