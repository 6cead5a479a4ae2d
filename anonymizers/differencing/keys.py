"""Keys: which margins contain a cell, and one set of keys for all the versions of a table."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import repeat
from typing import Final

import numpy as np
from numpy.typing import NDArray

from anonymizers.cells import TOGETHER, Booleans, CellTable, Integers, Key
from anonymizers.differencing.membership import Membership, ranks_of

_ROOM: Final = 4
"""How many numbers there may be for each of those that are given, before they are made to follow one another."""


def containers(keys: Sequence[Key]) -> tuple[Integers, ...]:
    """Return, for each set of dimensions that a margin opens, the margin that contains each cell: -1 for none.

    A cell does not contain itself.
    """
    if not keys:
        return ()
    codes = np.stack([_codes(labels) for labels in zip(*keys, strict=True)])
    bits = 1 << np.arange(len(codes))[::-1]
    levels = (np.unique(bits @ (codes == 0))[:, None] & bits) > 0
    spelt = _numbered(np.concatenate([codes, *(np.where(level[:, None], 0, codes) for level in levels)], axis=1))
    own, opened = spelt[: len(keys)], spelt[len(keys) :].reshape(len(levels), -1)
    place = np.full(int(spelt.max()) + 1, -1, dtype=np.int64)
    place[own] = np.arange(len(keys))
    found = (np.where(of_level == own, -1, place[of_level]) for of_level in opened)
    return tuple(of_level for of_level, level in zip(found, levels, strict=True) if level.any())


def levels_of(keys: Sequence[Key]) -> frozenset[tuple[bool, ...]]:
    """Return the sets of dimensions that some key opens."""
    return frozenset(tuple(label == TOGETHER for label in key) for key in keys)


def containing(cells: Booleans, margins: Sequence[Integers]) -> Booleans:
    """Return which cells contain one of `cells`."""
    found = np.zeros(len(cells), dtype=np.bool_)
    for of_level in margins:
        inside = of_level[cells]
        found[inside[inside >= 0]] = True
    return found


def completed(cells: CellTable, others: Sequence[Sequence[Key]]) -> CellTable:
    """Add, as empty cells, the keys that only `others` have: what has left is a cell that holds nothing now."""
    held = set(cells.keys)
    missing = sorted({key for keys in others for key in keys} - held)
    if not missing:
        return cells
    keys = tuple(sorted([*cells.keys, *missing]))
    places = placed(cells.keys, keys)
    return replace(
        cells,
        keys=keys,
        rows=_laid(cells.rows, places, len(keys)),
        units=tuple(_laid(units, places, len(keys)) for units in cells.units),
        values=tuple(_laid(values, places, len(keys)) for values in cells.values),
        weights=tuple(_laid(weights, places, len(keys)) for weights in cells.weights),
        tops=tuple(tuple(_laid(tops, places, len(keys)) for tops in of_entry) for of_entry in cells.tops),
    )


def placed(keys: Sequence[Key], among: Sequence[Key]) -> Integers:
    """Return where each of `keys` stands `among` others: -1 for nowhere."""
    place = dict(zip(among, range(len(among)), strict=True))
    return np.fromiter(map(place.get, keys, repeat(-1)), np.int64, len(keys))


def moved(membership: Membership, places: Integers, count: int) -> Membership:
    """Number the cells of a membership anew, in `count` cells; every cell has its place, in any order."""
    if np.array_equal(places, np.arange(count)):
        return membership
    lengths = np.zeros(count, dtype=np.int64)
    lengths[places] = np.diff(membership.starts)
    starts = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(lengths)]).astype(np.int64)
    cells = membership.cells
    at = starts[places[cells]] + np.arange(len(cells)) - membership.starts[cells]
    order = np.empty(len(cells), dtype=np.int64)
    order[at] = np.arange(len(cells))
    return Membership(
        starts=starts,
        units=membership.units[order],
        rows=membership.rows[order],
        digests=membership.digests[order],
        amounts=tuple(amount[order] for amount in membership.amounts),
    )


def _codes(labels: Sequence[str]) -> Integers:
    """Number the labels of one dimension: 0 for all of them together."""
    distinct = dict.fromkeys((TOGETHER, *labels))
    number = dict(zip(distinct, range(len(distinct)), strict=True))
    return np.fromiter(map(number.__getitem__, labels), np.int64, len(labels))


def _numbered(codes: Integers) -> Integers:
    """Number the columns of `codes` so that equal ones have one number, the largest a few times as many as they are.

    What spells a column out serves as its number while there are not many more words than columns: a full cube has
    none; ranking them is most of the cost.
    """
    numbers = np.zeros(codes.shape[1], dtype=np.int64)
    for of_dimension in codes:
        numbers = numbers * (int(of_dimension.max()) + 1) + of_dimension
        if int(numbers.max()) >= _ROOM * len(numbers):
            numbers = ranks_of(numbers)
    return numbers


def _laid(numbers: Integers, places: Integers, count: int) -> NDArray[np.int64]:
    laid = np.zeros(count, dtype=np.int64)
    laid[places] = numbers
    return laid
