"""depot: a folder where someone puts files; each is taken once, when it is whole, and never touched."""

import hashlib
from collections.abc import Generator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final

import structlog

from eclor.errors import Place, SourceUnavailable
from harvesters.cursors import Cursor, Memory
from harvesters.reach import Payload, Reach, Transport, Wanted
from harvesters.source import Source

_STABLE_S: Final = 2
"""A file that changed less than this ago may still be being written."""
_UNFINISHED: Final = (".part", ".tmp", ".partial", ".filepart", ".crdownload", ".sha256")
_BLOCK: Final = 1024 * 1024

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class _Found:
    """A file that stands in the folder."""

    path: Path
    size: int
    modified_ns: int

    @property
    def mark(self) -> list[int]:
        """Return what changes when the file does, as the cursor keeps it."""
        return [self.size, self.modified_ns]


def fetch(source: Source, *, wanted: Wanted, memory: Memory, reach: Reach) -> Generator[Payload, None, None]:
    """Yield the whole files that were not taken yet, in the order of their names.

    Left for later: hidden files, `*.part` and its kin, a file that changed in the last two seconds, and with
    `manifeste: oui` one whose `NAME.sha256` is not there. Option `motif` selects by name (`*.csv`). Refuses
    (`SourceUnavailable`) a folder that is not there, a file that changed since it was taken or while it was read, or
    whose digest is not its manifest's.
    """
    del wanted  # a file comes whole
    folder = Path(source.endpoint)
    if not folder.is_dir():
        raise SourceUnavailable("source.no-folder", folder=folder.name)
    taken = _taken(memory.cursor)
    for found in _ready(folder, source, now_s=reach.clock.now().timestamp()):
        if taken.get(found.path.name, [None, None])[:2] == found.mark:
            continue
        announced = _digest(found.path)
        if _seen(found.path.name, announced, taken):
            taken[found.path.name] = [*found.mark, announced]
            continue
        _check_manifest(source, found.path, announced)
        with found.path.open("rb") as stream:
            yield Payload(
                found.path.name, stream, partial(_finished, stream, found, announced, taken), taken=stream.tell
            )


def _taken(cursor: Cursor) -> dict[str, list[object]]:
    """Return the files taken so far: name to size, time and digest."""
    taken = cursor.get("taken", {})
    return {str(name): list(mark) for name, mark in taken.items()} if isinstance(taken, Mapping) else {}


def _ready(folder: Path, source: Source, *, now_s: float) -> list[_Found]:
    pattern = source.options.get("motif", "*")
    ready = []
    for path in sorted(folder.iterdir()):
        name = path.name
        if name.startswith(".") or name.lower().endswith(_UNFINISHED) or not fnmatchcase(name, pattern):
            continue
        if not path.is_file() or (_needs_manifest(source) and not _manifest(path).is_file()):
            continue
        status = path.stat()
        if 0 <= now_s - status.st_mtime < _STABLE_S:
            log.info("drop.left_for_later", dataset=source.dataset, file=name)
            continue
        ready.append(_Found(path, status.st_size, status.st_mtime_ns))
    return ready


def _seen(name: str, digest: str, taken: Mapping[str, list[object]]) -> bool:
    """Say whether the same bytes were taken, under this name or another; refuse other bytes under a taken name."""
    if name in taken and taken[name][2] != digest:
        raise SourceUnavailable("source.file-changed", place=Place(name))
    twins = [other for other, mark in taken.items() if mark[2] == digest]
    if twins and name not in taken:
        log.info("drop.same_file_again", file=name, taken_as=twins[0])
    return bool(twins)


def _needs_manifest(source: Source) -> bool:
    return source.options.get("manifeste") == "oui"


def _manifest(path: Path) -> Path:
    return path.with_name(f"{path.name}.sha256")


def _check_manifest(source: Source, path: Path, digest: str) -> None:
    """Compare a file with its manifest, in the format of `sha256sum`."""
    if _needs_manifest(source) and _manifest(path).read_text("utf-8").split(" ")[0].strip().lower() != digest:
        raise SourceUnavailable("source.not-as-described", place=Place(path.name))


def _finished(stream: BinaryIO, found: _Found, digest: str, taken: dict[str, list[object]]) -> Cursor:
    while stream.read(_BLOCK):
        pass
    status = found.path.stat()
    if (status.st_size, status.st_mtime_ns) != (found.size, found.modified_ns):
        raise SourceUnavailable("source.file-changed", place=Place(found.path.name))
    taken[found.path.name] = [*found.mark, digest]
    return {"taken": dict(taken), "sha256": digest}


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


TRANSPORT: Final = Transport("depot", fetch, ("manifeste", "motif"))
