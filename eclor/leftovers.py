"""Private folders of a run, gone with it; what a killed run left goes with the next one of the same person.

A run holds the lock in its folder before it writes anything there, and for as long as the folder is its own.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from harvesters.locks import waiting_for

LOCK: Final = "lock"
"""The file that a run holds in its folder while it lives."""


@contextmanager
def held_folder(beside: Path, prefix: str) -> Iterator[Path]:
    """Give a new private folder in `beside`, gone after the block unless it was renamed, its lock in it.

    What killed runs left there is removed first. Raises what the disk refuses.
    """
    sweep(beside, prefix)
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=beside))
    with waiting_for(folder / LOCK):
        try:
            yield folder
        finally:
            _remove(folder)


def sweep(beside: Path, prefix: str) -> None:
    """Remove from `beside` what killed runs of this person left."""
    for left in beside.glob(f"{prefix}*"):
        with suppress(OSError):  # somebody else's, at work, or gone meanwhile
            if left.stat().st_uid == os.getuid():
                _remove_dead(left)


def _remove_dead(left: Path) -> None:
    """Remove a folder whose lock nobody holds; one that has nothing but its lock was just made, and is left."""
    with (left / LOCK).open("r+b") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if any(path.name != LOCK for path in left.iterdir()):
            _remove(left)


def _remove(folder: Path) -> None:
    """Remove a folder, its lock last: what a kill leaves of it is still swept. What the disk keeps, it keeps."""
    with suppress(OSError):
        for path in folder.iterdir():
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            elif path.name != LOCK:
                path.unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)
