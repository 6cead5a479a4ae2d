"""Rows as a node shows them: labels instead of values, and the rows of classes that hold too little left out."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from anonymizers.cells import Booleans
from anonymizers.microdata.hierarchy import Codes, Hierarchy
from anonymizers.microdata.judged import held
from anonymizers.microdata.leaves import Leaves, Node, packed
from anonymizers.microdata.models import Asked

Labels = NDArray[np.str_]


@dataclass(frozen=True, slots=True)
class Recoded:
    """What of the rows may be seen: `columns[i]` are the labels of one quasi-identifier for the rows kept, in order.

    `kept` says which of the rows that came in these are; `suppressed` how many are left out. Neither is for the public:
    the places of the rows left out tell who they are.
    """

    columns: tuple[Labels, ...]
    kept: Booleans
    suppressed: int


def recoded(leaves: Leaves, columns: Sequence[Codes], node: Node, asked: Asked) -> Recoded:
    """Return the rows at a node; `columns[i]` holds the places in `leaves.hierarchies[i]` of each row, one line a row.

    Guarantee: each combination of labels that is left is borne by `asked.k` units and `asked.l` sensitive values of
    `leaves`. Refuses as `held` does. Held by: tests/unit/anonymizers/microdata/test_recoded.py.
    """
    classes, good, _ = held(leaves, node, asked)
    coarse = [each.codes[level][own] for each, level, own in zip(leaves.hierarchies, node, columns, strict=True)]
    # a combination that the leaves lack was judged by nobody: it is left out too
    keys = packed(leaves.hierarchies, coarse)
    place = np.minimum(np.searchsorted(classes.keys, keys), len(classes.keys) - 1)
    kept = good[place] & (classes.keys[place] == keys)
    labels = tuple(
        labelled(each, level, own[kept]) for each, level, own in zip(leaves.hierarchies, node, coarse, strict=True)
    )
    return Recoded(labels, kept, int((~kept).sum()))


def labelled(hierarchy: Hierarchy, level: int, codes: Codes) -> Labels:
    """Return the labels of values of one level."""
    return np.array(hierarchy.labels[level], dtype=np.str_)[codes]
