"""Groups: how a dimension in which another nests cuts a table into parts that share no line."""

from itertools import permutations
from typing import Final

import numpy as np

from anonymizers.cells import TOGETHER, Integers

ABOVE: Final = -1
"""Group of the cells that open the dimension split."""


def groups_of(keys: tuple[tuple[str, ...], ...]) -> Integers:
    """Number each cell by its group in the dimension that splits the table into most; all `ABOVE` where none does.

    A dimension splits where another nests under it (region, commune): wherever it is opened, the other is too, so
    that every line stands above or within one group.
    """
    labels = np.array(keys, dtype=np.str_).reshape(len(keys), len(keys[0]) if keys else 0)
    opened = labels == TOGETHER
    best, most = np.full(len(keys), ABOVE, dtype=np.int64), 1
    for outer, inner in permutations(range(labels.shape[1]), 2):
        if not opened[:, outer].any() or not (opened[:, inner] | ~opened[:, outer]).all():
            continue
        names, number = np.unique(labels[:, outer], return_inverse=True)
        if len(names) > most:
            best, most = np.where(opened[:, inner], ABOVE, number), len(names)
    return best
