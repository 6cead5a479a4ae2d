"""Memory that is free goes back to the system before a visit: what the visit brings may need the room."""

import ctypes
import gc
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyarrow as pa

_MIB: Final = 1024 * 1024
_LIBC: Final = ctypes.CDLL(None)
_TRIM: Final[Callable[[int], int] | None] = getattr(_LIBC, "malloc_trim", None)
"""Of glibc, which keeps what lies below a block that is still in use: some 40 MB after a heavy document."""
_SET: Final[Callable[[int, int], int] | None] = getattr(_LIBC, "mallopt", None)
_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
_LARGE: Final = _MIB
"""Bytes from which a block stands by itself, and goes back when it is freed. Left alone, glibc raises this up to 32 MiB
with what is freed, and keeps large blocks among small ones: 35 MB more at the peak of a document."""
_GROWTH: Final = 4 * _MIB
_HELD: Final = Path("/proc/self/statm")


@dataclass(slots=True)
class _Least:
    """The least bytes that this process held at a visit since cycles were looked for."""

    size: int = 0


_least: Final = _Least()


def give_back() -> None:
    """Give back what Arrow, the allocator and cycles of objects keep of former visits.

    Cycles are looked for where the process grew since they were, at some 50 ms of CPU: one that a heavy document left
    among its own keeps whole pages beside it.
    """
    pa.default_memory_pool().release_unused()
    _trim()
    if _held() > _least.size + _GROWTH:
        gc.collect()
        _trim()
        _least.size = _held()
    _least.size = min(_least.size, _held())


def _trim() -> None:
    if _TRIM is None or _SET is None:
        return
    _SET(_MMAP_THRESHOLD, _LARGE)
    _SET(_TRIM_THRESHOLD, 2 * _LARGE)  # as glibc does when it is left alone
    _TRIM(0)


def _held() -> int:
    """Return the bytes that this process holds; 0 where the system does not tell."""
    if not _HELD.exists():
        return 0
    return int(_HELD.read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
