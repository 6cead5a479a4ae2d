"""The classes already made, from which those of coarser nodes are made cheaply."""

from typing import Final, final

import numpy as np

from anonymizers.microdata.leaves import Classes, Leaves, Node

_REMEMBERED: Final = 20_000_000
"""Classes kept in memory, over all nodes."""


@final
class Made:
    """Remembers the classes of nodes, as long as they are few enough in all."""

    __slots__ = ("_classes", "_leaves", "_remembered", "_sizes")

    def __init__(self, leaves: Leaves) -> None:
        self._leaves = leaves
        self._classes: dict[Node, Classes] = {leaves.finest: leaves.classes}
        self._sizes = np.full(tuple(each.top + 1 for each in leaves.hierarchies), np.iinfo(np.int64).max)
        self._sizes[leaves.finest] = len(leaves.classes.keys)
        self._remembered = 0

    def at(self, node: Node) -> Classes:
        """Return the classes of a node, made from the fewest known of a finer one."""
        known = self._classes.get(node)
        if known is not None:
            return known
        finer = self._sizes[tuple(slice(0, level + 1) for level in node)]
        start = tuple(int(level) for level in np.unravel_index(int(finer.argmin()), finer.shape))
        made = self._leaves.coarsened(self._classes[start], start, node)
        if self._remembered + len(made.keys) <= _REMEMBERED:
            self._classes[node] = made
            self._sizes[node] = len(made.keys)
            self._remembered += len(made.keys)
        return made
