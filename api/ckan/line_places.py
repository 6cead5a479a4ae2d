"""At which byte each line of a version's NDJSON begins, made beside it once a page of many rows is asked for.

Eight bytes a row and eight more for the end, little endian (`python -m`, an order's text). One a dataset: those of
former versions go. Heavy (NumPy): what reads it is `api.ckan.line_pages`.
"""

import sys
from pathlib import Path
from typing import Final

import numpy as np

from api.ckan.kept_lines import NUMBER
from api.ckan.line_pages import LINES, NAME
from catalog.beside import Order, make_alone

_KIND: Final = np.dtype(f"<u{NUMBER}")
_AT_ONCE: Final = 16_000_000
"""Bytes looked through at once."""


def write(lines: Path, path: Path) -> None:
    """Write where the lines of a file begin, then where the last one ends."""
    place = 0
    with lines.open("rb") as read, path.open("wb") as file:
        file.write(bytes(NUMBER))
        while piece := read.read(_AT_ONCE):
            ends = np.flatnonzero(np.frombuffer(piece, np.uint8) == ord("\n"))
            file.write((ends + (place + 1)).astype(_KIND).tobytes())
            place += len(piece)


def main(text: str) -> int:
    """Make the file that an order asks for, and drop those of the dataset's other versions."""
    make_alone(Order.read(text), NAME, lambda table, path: write(table.path.parent / LINES, path))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.stdin.read()))
