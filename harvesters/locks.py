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
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


@contextmanager
def sharing(path: Path) -> Iterator[None]:
    """Hold the lock of that file with others who share it; wait while someone holds it alone. For a whole walk."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH)
        yield
    finally:
        os.close(descriptor)


@contextmanager
def if_free(path: Path) -> Iterator[bool]:
    """Hold the lock of that file if nobody else does; say whether it is held."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            held = True
        except BlockingIOError:
            held = False
        yield held
    finally:
        os.close(descriptor)


@contextmanager
def holding(path: Path, *, what: str) -> Iterator[None]:
    """Hold the lock of that file; refuse (`Busy`) when someone else does. For a whole harvest."""
    with if_free(path) as held:
        if not held:
            raise Busy("intake.busy", what=what)
        yield
