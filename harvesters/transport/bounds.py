"""How much a flow's answer may be: as its declaration says, else some times the most that was ever taken of it.

What a source sends without end is read until its bound: the more is known of the source, the sooner that ends.
"""

from typing import Final

from harvesters.cursors import Cursor, Memory
from harvesters.reach import MIB, Patience
from harvesters.source import Source

OPTION: Final = "taille_max"
_LARGEST: Final = "largest"
_TIMES: Final = 8
_LEAST: Final = 64 * MIB
"""A source may always grow to this."""


def most_bytes(source: Source, memory: Memory, patience: Patience) -> int:
    """Return how many bytes are taken of the next answer."""
    if OPTION in source.options:
        return int(source.options[OPTION]) * MIB
    known = _known(memory)
    return min(patience.most_bytes, max(_LEAST, _TIMES * known)) if known else patience.most_bytes


def remembering(memory: Memory, size: int) -> Cursor:
    """Return what a flow remembers of its answers' sizes, once one is taken."""
    return {_LARGEST: max(_known(memory), size)}


def _known(memory: Memory) -> int:
    largest = memory.cursor.get(_LARGEST)
    return largest if memory.same_terms and isinstance(largest, int) else 0
