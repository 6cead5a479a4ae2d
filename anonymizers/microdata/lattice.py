"""The lattice of nodes: what coarsening alone costs at each, and which are known to hold too little."""

from collections.abc import Iterator
from typing import final

import numpy as np

from anonymizers.cells import Booleans
from anonymizers.microdata.hierarchy import Floats, Hierarchy
from anonymizers.microdata.leaves import Leaves, Node


@final
class Lattice:
    """Every combination of levels. `dead` marks the nodes under which too many rows would have to be left out."""

    __slots__ = ("bounds", "dead", "tops")

    tops: Node
    bounds: Floats
    """The mean loss of coarsening alone: no node of ours loses less."""
    dead: Booleans

    def __init__(self, leaves: Leaves) -> None:
        self.tops = tuple(each.top for each in leaves.hierarchies)
        shape = tuple(top + 1 for top in self.tops)
        self.bounds = np.zeros(shape)
        self.dead = np.zeros(shape, dtype=np.bool_)
        for column, each in enumerate(leaves.hierarchies):
            along = [1] * len(shape)
            along[column] = -1
            means = np.array(_mean_losses(leaves, column, each))
            self.bounds += means.reshape(along) / len(shape)

    def in_order(self) -> Iterator[Node]:
        """Yield all nodes by growing bound, then by their levels."""
        for place in np.argsort(self.bounds, axis=None, kind="stable").tolist():
            yield tuple(int(level) for level in np.unravel_index(place, self.bounds.shape))

    def bury(self, node: Node) -> None:
        """Mark a node, and all those finer than it, as leaving out too many rows: coarsening only ever helps."""
        self.dead[tuple(slice(0, level + 1) for level in node)] = True

    def chain(self, node: Node) -> Iterator[Node]:
        """Yield ever coarser nodes up to the coarsest, each one level from the last, the cheapest level first."""
        while node != self.tops:
            above = [_raised(node, column) for column, top in enumerate(self.tops) if node[column] < top]
            node = min(above, key=lambda step: (self.bounds[step], step))
            yield node


def _raised(node: Node, column: int) -> Node:
    return (*node[:column], node[column] + 1, *node[column + 1 :])


def _mean_losses(leaves: Leaves, column: int, hierarchy: Hierarchy) -> list[float]:
    """Return the mean loss of one column at each level, over all rows."""
    places = leaves.places(leaves.classes.keys, column)
    weights = leaves.classes.rows / leaves.rows
    return [
        float((losses[codes[places]] * weights).sum())
        for codes, losses in zip(hierarchy.codes, hierarchy.losses, strict=True)
    ]
