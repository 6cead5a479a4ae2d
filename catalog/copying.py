"""One compressed copy of a version's text file, known by its own bytes: `data.csv.<32 hex>.gz`.

Made by a process of its own where a reader asks for it first: `python -m catalog.copying < ORDER`.
"""

import json
import re
import shutil
import sys
import zlib
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Final, Protocol

import brotli
import zstandard

from eclor.durable import seal_file

LEAST_BYTES: Final = 1_024
"""A smaller file is sent as it is."""
FIRST: Final = "data.csv"
"""The file whose copies are made with the version."""
ON_DEMAND: Final = frozenset({"data.json", "data.ndjson", "data.geojson"})
"""Files of which a copy is made when a reader first asks for one: gzip of JSON alone costs what three plain
Parquet writes do."""
_ASKED: Final = "writing-"
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


@dataclass(frozen=True, slots=True)
class Order:
    """What a process of its own makes: the copy of a file in a coding, into a folder."""

    file: str
    folder: str
    coding: str

    def text(self) -> str:
        """Return the order as a process reads it."""
        return json.dumps(asdict(self))


def make_missing(file: Path, folder: Path, prefix: str) -> None:
    """Make every copy of a file that is missing from a folder; `prefix` begins private names."""
    there = copies_of(folder, file.name)
    for coding in CODING_OF.values():
        if coding not in there:
            make(file, folder, coding, prefix)


def make(file: Path, folder: Path, coding: str, prefix: str) -> None:
    """Write one copy whole under a private name, then under its own."""
    ending = next(ending for ending, named in CODING_OF.items() if named == coding)
    coder, told = _CODERS[ending](), sha256()
    with TemporaryDirectory(dir=folder, prefix=prefix) as private:
        path = Path(private) / ending
        with file.open("rb") as plain, path.open("wb") as packed:
            while block := plain.read(_BLOCK):
                made = coder.feed(block)
                told.update(made)
                packed.write(made)
            made = coder.end()
            told.update(made)
            packed.write(made)
        seal_file(path)
        path.rename(folder / f"{file.name}.{told.hexdigest()[:32]}.{ending}")


def main(text: str) -> int:
    """Make the copy that an order asks for; nothing stays of a version that went meanwhile."""
    order = Order(**json.loads(text))
    file, folder = Path(order.file), Path(order.folder)
    folder.mkdir(parents=True, exist_ok=True)
    make(file, folder, order.coding, _ASKED)
    if not file.exists():
        shutil.rmtree(folder, ignore_errors=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.stdin.read()))
