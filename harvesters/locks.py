"""Locks between processes: a file that the kernel lets go of when its holder dies, however it dies."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from eclor.errors import Busy


@contextmanager
def waiting_for(path: Path) -> Iterator[None]:
    """Hold the lock of that file; wait while someone else does. For the instant of a commit."""
    with _opened(path) as descriptor:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield


@contextmanager
def sharing(path: Path) -> Iterator[None]:
    """Hold the lock of that file with others who share it; wait while someone holds it alone. For a whole walk."""
    with _opened(path) as descriptor:
        fcntl.flock(descriptor, fcntl.LOCK_SH)
        yield


@contextmanager
def if_free(path: Path) -> Iterator[bool]:
    """Hold the lock of that file if nobody else does; say whether it is held."""
    with _opened(path) as descriptor:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            held = True
        except BlockingIOError:
            held = False
        yield held


@contextmanager
def holding(path: Path, *, what: str) -> Iterator[None]:
    """Hold the lock of that file; refuse (`Busy`) when someone else does. For a whole harvest."""
    with if_free(path) as held:
        if not held:
            raise Busy("intake.busy", what=what)
        yield


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    """Open that file; closing it lets go of its lock."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield descriptor
    finally:
        os.close(descriptor)
