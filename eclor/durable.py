"""Files that survive a power cut: synced before they are named, and their folder synced after."""

import errno
import os
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EFBIG, errno.EDQUOT})
"""What a full disk, a limit on file sizes and a quota answer."""
CLOSED: Final = frozenset({errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO})
"""What a disk answers that cannot be written: mounted read-only (as one that fails is), not ours, broken."""
READ_ONLY: Final = 0o444
_AT_ONCE: Final = 16


def is_full(error: OSError) -> bool:
    """Tell a full disk by its number, or by what Arrow writes of it."""
    return is_told(error, NO_ROOM)


def is_told(error: OSError, numbers: frozenset[int]) -> bool:
    """Say whether a failure is one of those, by its number or by what Arrow writes of it."""
    return error.errno in numbers or any(f"[errno {number}]" in str(error) for number in numbers)


def sync_file(path: Path) -> None:
    """Push a file's bytes to the disk; of a folder, its names."""
    _sync(path, os.O_RDONLY)


def seal_file(path: Path) -> None:
    """Push a file to the disk; it is read only from now on."""
    path.chmod(READ_ONLY)
    sync_file(path)


def sync_folder(path: Path) -> None:
    """Push a folder's names to the disk: a rename or a new file in it is then there for good."""
    _sync(path, os.O_RDONLY | os.O_DIRECTORY)


def sync_together(paths: Collection[Path]) -> None:
    """Push files and folders to the disk, all at once: it commits together what it is asked for together."""
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for _ in pool.map(sync_file, paths):
            pass


def write_whole(path: Path, content: bytes, *, mode: int = 0o644) -> None:
    """Make or replace a file at once: written beside, synced, renamed; a reader sees the old one or the new one."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def _sync(path: Path, flags: int) -> None:
    descriptor = os.open(path, flags)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
