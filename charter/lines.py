"""Append-only files of lines: added whole and synced, read from their end, mended after a kill."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, Protocol, TypeVar

from eclor.durable import NO_ROOM
from eclor.errors import PublicationFailed, VerificationFailed

WINDOW: Final = 65_536
"""Bytes first read from the end; no single line is longer."""


class Indexed(Protocol):
    """A line read, which knows its index."""

    @property
    def index(self) -> int:
        """Return its index; indexes rise along the file."""
        ...


Read = TypeVar("Read", bound=Indexed)


def add_line(path: Path, line: bytes) -> None:
    """Add one line and sync it. Refuses (`PublicationFailed`) a disk that is full, leaving the file as it was."""
    with path.open("ab", buffering=0) as file:
        size = file.tell()
        try:
            _write_all(file.fileno(), line + b"\n")
            os.fsync(file.fileno())
        except OSError as error:
            os.ftruncate(file.fileno(), size)
            code = "catalog.no-room" if error.errno in NO_ROOM else "catalog.not-written"
            raise PublicationFailed(code, what=path.name) from error


def torn_line(path: Path) -> bytes:
    """Return what follows the last line feed: nothing, or what a kill left; nothing of a missing file."""
    return _end(path, WINDOW).rpartition(b"\n")[2]


def cut_torn_line(path: Path) -> None:
    """Cut off what follows the last line feed."""
    if torn := torn_line(path):
        with path.open("r+b") as file:
            file.truncate(path.stat().st_size - len(torn))
            os.fsync(file.fileno())


def lines(path: Path) -> Iterator[bytes]:
    """Give each line without its line feed. Refuses (`VerificationFailed`) a last line that lacks it."""
    yield from acknowledged(path)
    if torn_line(path):
        raise VerificationFailed("journal.torn", file=path.name)


def acknowledged(path: Path) -> Iterator[bytes]:
    """Give each line without its line feed, and not what follows the last one: a writer may be at it, or was killed."""
    if not path.exists():
        return
    with path.open("rb") as file:
        for line in file:
            if line.endswith(b"\n"):
                yield line[:-1]


def first_line(path: Path) -> bytes:
    """Return the first whole line without its line feed; nothing for a file that has none."""
    if not path.exists():
        return b""
    with path.open("rb") as file:
        line = file.readline()
    return line[:-1] if line.endswith(b"\n") else b""


def last_line(path: Path) -> bytes:
    """Return the last whole line without its line feed; nothing for a file that has none."""
    return _end(path, WINDOW).rpartition(b"\n")[0].rpartition(b"\n")[2]


def lines_from(path: Path, index: int, read: Callable[[bytes], Read]) -> tuple[Read, ...]:
    """Return the lines whose index is `index` or more, reading no more of a file's end than holds them.

    What follows the last line feed was never acknowledged, and is left out: another writer may be at it, or was killed.
    """
    size = path.stat().st_size if path.exists() else 0
    window = WINDOW
    while True:
        end = _end(path, window)
        whole = end if window >= size else end.partition(b"\n")[2]
        found: list[Read] = []
        for line in filter(None, reversed(whole.rpartition(b"\n")[0].split(b"\n"))):
            if (one := read(line)).index < index:
                return tuple(reversed(found))
            found.append(one)
        if window >= size or (found and found[-1].index == index):
            return tuple(reversed(found))
        window *= 4


def _write_all(descriptor: int, content: bytes) -> None:
    """Write the whole of it; a disk that fills up takes a part first, then refuses the rest."""
    while content:
        content = content[os.write(descriptor, content) :]


def _end(path: Path, window: int) -> bytes:
    """Return the last `window` bytes of a file, all of it if it is shorter."""
    if not path.exists():
        return b""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - window))
        return file.read()
