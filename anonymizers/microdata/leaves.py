"""The leaves: how many rows and units bear each combination of quasi-identifiers; the search reads nothing else."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from anonymizers.microdata.hierarchy import Codes, Floats, Hierarchy
from eclor.errors import GuaranteeBroken

Node = tuple[int, ...]
"""One level a quasi-identifier."""

_LARGEST_KEY: Final = 2**62


@dataclass(frozen=True, slots=True)
class Classes:
    """Rows that look alike at one node: `keys` ascending and distinct, and the rows and units of each.

    A key packs the place of each column's value, in the radix of its leaves. `pairs` holds, where a unit may stand in
    several rows, each (key, unit) once; `traits` each (key, sensitive value) with its rows, where there is one.
    """

    keys: Codes
    rows: Codes
    units: Codes
    pairs: tuple[Codes, Codes] | None
    traits: tuple[Codes, Codes, Codes] | None


@dataclass(frozen=True, slots=True)
class Leaves:
    """The finest classes and the hierarchies that coarsen them."""

    hierarchies: tuple[Hierarchy, ...]
    classes: Classes

    @property
    def finest(self) -> Node:
        """Return the node where nothing is coarsened."""
        return (0,) * len(self.hierarchies)

    @property
    def rows(self) -> int:
        """Return how many rows there are."""
        return int(self.classes.rows.sum())

    @property
    def strides(self) -> tuple[int, ...]:
        """Return by how much one place of each column moves a key."""
        return _strides(self.hierarchies)

    def places(self, keys: Codes, column: int) -> Codes:
        """Return the place of one column's value in each key."""
        return keys // self.strides[column] % len(self.hierarchies[column].labels[0])

    def losses(self, classes: Classes, node: Node) -> Floats:
        """Return what a row of each class loses at a node: the mean over columns."""
        lost = np.zeros(len(classes.keys))
        for column, (each, level) in enumerate(zip(self.hierarchies, node, strict=True)):
            lost += each.losses[level][self.places(classes.keys, column)]
        return lost / len(node)

    def coarsened(self, classes: Classes, low: Node, high: Node) -> Classes:
        """Return the classes of node `high` from those of a node `low` that is finer in every column."""
        changed = [column for column, (one, other) in enumerate(zip(low, high, strict=True)) if one != other]

        def moved(keys: Codes) -> Codes:
            for column in changed:
                own = self.places(keys, column)
                becomes = self.hierarchies[column].steps(low[column], high[column])
                keys = keys + (becomes[own] - own) * self.strides[column]
            return keys

        return _grouped(classes, moved)


def leaves_of(
    hierarchies: Sequence[Hierarchy],
    columns: Sequence[Codes],
    rows: Codes,
    *,
    units: Codes | None = None,
    sensitive: Codes | None = None,
) -> Leaves:
    """Gather the leaves: `columns[i]` holds places in `hierarchies[i]`, `rows` how many rows each line stands for.

    `units` says whose a line is; without it every row is a unit of its own. `sensitive` is the code of the value that
    must stay uncertain. Refuses (`microdata.too-many-values`) columns whose combinations do not fit 62 bits.
    """
    if not hierarchies or _strides(hierarchies)[0] * len(hierarchies[0].labels[0]) > _LARGEST_KEY:
        raise GuaranteeBroken("microdata.too-many-values")
    keys = np.zeros(len(rows), dtype=np.int64)
    for stride, own in zip(_strides(hierarchies), columns, strict=True):
        keys += own * stride
    lines = Classes(
        keys=keys,
        rows=rows,
        units=rows,
        pairs=None if units is None else (keys, units),
        traits=None if sensitive is None else (keys, sensitive, rows),
    )
    return Leaves(tuple(hierarchies), _grouped(lines, lambda own: own))


def _strides(hierarchies: Sequence[Hierarchy]) -> tuple[int, ...]:
    sizes = [len(each.labels[0]) for each in hierarchies]
    strides, stride = [], 1
    for size in reversed(sizes):
        strides.append(stride)
        stride *= size
    return tuple(reversed(strides))


def _grouped(classes: Classes, moved: Callable[[Codes], Codes]) -> Classes:
    """Merge what the move makes alike."""
    keys = moved(classes.keys)
    order = np.argsort(keys)
    keys = keys[order]
    starts = _starts(keys)
    rows = np.add.reduceat(classes.rows[order], starts)
    if classes.pairs is None:
        pairs, units = None, np.add.reduceat(classes.units[order], starts)
    else:
        pairs = _distinct_pairs(moved(classes.pairs[0]), classes.pairs[1])
        units = np.bincount(np.searchsorted(keys[starts], pairs[0]), minlength=len(starts))
    traits = None if classes.traits is None else _merged_traits(moved(classes.traits[0]), *classes.traits[1:])
    return Classes(keys[starts], rows, units, pairs, traits)


def _starts(*sorted_columns: Codes) -> Codes:
    """Return where each run of equal lines begins."""
    changes = np.zeros(len(sorted_columns[0]), dtype=np.bool_)
    changes[:1] = True
    for column in sorted_columns:
        changes[1:] |= column[1:] != column[:-1]
    return np.flatnonzero(changes)


def _distinct_pairs(keys: Codes, units: Codes) -> tuple[Codes, Codes]:
    order = np.lexsort((units, keys))
    keys, units = keys[order], units[order]
    starts = _starts(keys, units)
    return keys[starts], units[starts]


def _merged_traits(keys: Codes, values: Codes, rows: Codes) -> tuple[Codes, Codes, Codes]:
    order = np.lexsort((values, keys))
    keys, values = keys[order], values[order]
    starts = _starts(keys, values)
    return keys[starts], values[starts], np.add.reduceat(rows[order], starts)
