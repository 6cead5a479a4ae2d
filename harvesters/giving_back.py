"""Memory that is free goes back to the system before a visit: what the visit brings may need the room."""

import ctypes
from collections.abc import Callable
from typing import Final

import pyarrow as pa

_TRIM: Final[Callable[[int], int] | None] = getattr(ctypes.CDLL(None), "malloc_trim", None)
"""Of glibc, which keeps what lies below a block that is still in use: some 40 MB after a heavy document."""


def give_back() -> None:
    """Give back what Arrow and the allocator keep of former visits."""
    pa.default_memory_pool().release_unused()
    if _TRIM is not None:
        _TRIM(0)
