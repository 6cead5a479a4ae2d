"""One at a time over processes and threads: a file lock that dies with its holder, and says who holds it."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from time import monotonic
from typing import BinaryIO, Final

from eclor.errors import Busy
from eclor.world import World

_STEP_S: Final = 0.05


@contextmanager
def alone(path: Path, *, world: World, patience_s: float, busy: str = "catalog.busy") -> Iterator[None]:
    """Hold the lock at `path`; wait for it up to `patience_s` seconds.

    Refuses (`Busy`, in the sentence `busy`, with the holder's process and since when) if it is still held. A killed
    holder frees it at once.
    """
    with path.open("a+b") as file:
        if not _taken(file, patience_s):
            file.seek(0)
            process, _, since = file.read(64).decode("ascii", "replace").partition(" ")
            raise Busy(busy, process=process or "?", since=since or "?")
        file.truncate(0)
        file.write(f"{os.getpid()} {world.clock.now().isoformat(timespec='seconds')}".encode("ascii"))
        file.flush()
        yield


def _taken(file: BinaryIO, patience_s: float) -> bool:
    """Take the lock, trying until patience ends; closing the file gives it back."""
    until = monotonic() + patience_s
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if monotonic() >= until:
                return False
            Event().wait(_STEP_S)
        else:
            return True
