"""The leaves: how many rows and units bear each combination of quasi-identifiers; the search reads nothing else."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import prod
from typing import Final

import numpy as np

from anonymizers.microdata.hierarchy import Codes, Floats, Hierarchy
from eclor.errors import GuaranteeBroken

Node = tuple[int, ...]
"""One level a quasi-identifier."""

_LARGEST_KEY: Final = 2**62


@dataclass(frozen=True, slots=True)
class Pairs:
    """Which units stand in which classes, each (key, unit) once: distinct units do not add up over classes."""

    keys: Codes
    units: Codes


@dataclass(frozen=True, slots=True)
class Traits:
    """Which sensitive values stand in which classes, each (key, value) once, and in how many rows."""

    keys: Codes
    values: Codes
    rows: Codes


@dataclass(frozen=True, slots=True)
class Classes:
    """Rows that look alike at one node: `keys` ascending and distinct, and the rows and units of each.

    A key packs the place of each column's value, in the radix of its leaves. `pairs` is None where every row is a unit
    of its own, `traits` where no column is sensitive.
    """

    keys: Codes
    rows: Codes
    units: Codes
    pairs: Pairs | None
    traits: Traits | None


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

    `units` is the code of whose a line is; without it every row is a unit of its own. `sensitive` is the code of the
    value that must stay uncertain. Refuses no column or no row (`microdata.no-rows`), and columns whose combinations do
    not fit 62 bits (`microdata.too-many-values`).
    """
    if not hierarchies or not len(rows):
        raise GuaranteeBroken("microdata.no-rows")
    if prod(len(each.labels[0]) for each in hierarchies) > _LARGEST_KEY:
        raise GuaranteeBroken("microdata.too-many-values")
    keys = packed(hierarchies, columns)
    lines = Classes(
        keys=keys,
        rows=rows,
        units=rows,
        pairs=None if units is None else Pairs(keys, units),
        traits=None if sensitive is None else Traits(keys, sensitive, rows),
    )
    return Leaves(tuple(hierarchies), _grouped(lines, lambda own: own))


def packed(hierarchies: Sequence[Hierarchy], columns: Sequence[Codes]) -> Codes:
    """Return the key of each line: the place of each column's value, in the radix of its leaves."""
    keys = np.zeros(len(columns[0]), dtype=np.int64)
    for stride, own in zip(_strides(hierarchies), columns, strict=True):
        keys += own * stride
    return keys


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
    traits = None if classes.traits is None else _merged_traits(classes.traits, moved)
    if classes.pairs is None:
        return Classes(keys[starts], rows, rows, None, traits)
    pairs = _distinct_pairs(classes.pairs, moved)
    units = np.bincount(np.searchsorted(keys[starts], pairs.keys), minlength=len(starts))
    return Classes(keys[starts], rows, units, pairs, traits)


def _starts(*sorted_columns: Codes) -> Codes:
    """Return where each run of equal lines begins."""
    changes = np.zeros(len(sorted_columns[0]), dtype=np.bool_)
    changes[:1] = True
    for column in sorted_columns:
        changes[1:] |= column[1:] != column[:-1]
    return np.flatnonzero(changes)


def _distinct_pairs(pairs: Pairs, moved: Callable[[Codes], Codes]) -> Pairs:
    keys = moved(pairs.keys)
    order = np.lexsort((pairs.units, keys))
    keys, units = keys[order], pairs.units[order]
    starts = _starts(keys, units)
    return Pairs(keys[starts], units[starts])


def _merged_traits(traits: Traits, moved: Callable[[Codes], Codes]) -> Traits:
    keys = moved(traits.keys)
    order = np.lexsort((traits.values, keys))
    keys, values = keys[order], traits.values[order]
    starts = _starts(keys, values)
    return Traits(keys[starts], values[starts], np.add.reduceat(traits.rows[order], starts))
