"""Lines of a version's own CSV, picked by their place: what is already written is copied, not written again.

Heavy (Arrow, NumPy): loaded by the first stream that can.
"""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

Places = NDArray[np.int64]
_BLOCK: Final = 4_194_304
_END: Final = 10
"""A line feed."""


@lru_cache(maxsize=256)
def one_row_a_line(path: Path, rows: int) -> bool:
    """Say whether no cell holds a line feed: the file has a header and one line a row. Its bytes never change."""
    with path.open("rb") as file:
        found = sum(block.count(b"\n") for block in iter(lambda: file.read(_BLOCK), b""))
    return found == rows + 1


def picked(path: Path, places: pa.Array) -> Iterator[pa.Buffer | bytes]:
    """Give the header, then the lines that stand at some places, in order, counted from 1."""
    wanted = places.to_numpy(zero_copy_only=False)
    with path.open("rb") as file:
        yield file.readline()
        first, rest = 1, b""
        while first <= (wanted[-1] if len(wanted) else 0) and (block := file.read(_BLOCK)):
            data = rest + block
            cut = data.rfind(b"\n") + 1
            whole, rest = data[:cut], data[cut:]
            ends = np.flatnonzero(np.frombuffer(whole, np.uint8) == _END) + 1
            low, high = np.searchsorted(wanted, [first, first + len(ends)])
            if low < high:
                yield _lines(whole, ends, wanted[low:high] - first)
            first += len(ends)


def _lines(data: bytes, ends: Places, places: Places) -> pa.Buffer:
    offsets = np.concatenate((np.zeros(1, np.int64), ends))
    lines = pa.Array.from_buffers(pa.large_binary(), len(ends), [None, pa.py_buffer(offsets), pa.py_buffer(data)])
    taken = lines.take(pa.array(places))
    return taken.buffers()[2]
