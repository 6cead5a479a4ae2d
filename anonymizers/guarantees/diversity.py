"""Diversity: of no group can one say what its members have in common."""

from collections.abc import Iterator

import numpy as np

from anonymizers.cells import TOGETHER, CellTable, DiversityRule, Integers, Kind, Rules
from anonymizers.guarantees.verdict import Verdict


def judge(cells: CellTable, rules: Rules) -> Verdict:
    """Refuse all the cells of a group of fewer than `least` sensitive values, or of which one holds too many units.

    A group is what cells share once the sensitive dimension is opened, margins over other dimensions included; a
    margin that opens the sensitive dimension is in no group. Units are those of each minimum count in turn, a unit of
    two values counting once in the group; where nothing is counted, rows. A missing value is a value like any other.
    Guarantee: no reader learns what nearly all the units of a group are. Every indicator of its cells stays uncertain,
    zeros included, and each value but the largest must seem able to hold the units that would have made the group
    diverse: that one value holds nearly everything cannot be proven from the group's total either.
    Source: LANGUAGE.md section 9, "Diversity".
    """
    shape = (len(cells.indicators), len(cells.keys))
    refused, floors = np.zeros(shape[1], dtype=np.bool_), np.zeros(shape, dtype=np.int64)
    if rules.diversity is not None:
        for group, members in groups(cells, rules.diversity):
            for entry, (counts, whole) in enumerate(counted(cells, group, members)):
                if not is_diverse(counts, whole, rules.diversity):
                    refused[members] = True
                    wanted = _wanted(counts, rules.diversity)
                    _raise(floors, cells, entry=entry, members=members, wanted=wanted)
    return Verdict(refused=refused, exposed=np.tile(refused, (shape[0], 1)), floors=floors)


def groups(cells: CellTable, rule: DiversityRule) -> Iterator[tuple[tuple[str, ...], Integers]]:
    """Yield each group's key, the sensitive dimension opened, and its cells in key order."""
    place = cells.dimensions.index(rule.dimension)
    found: dict[tuple[str, ...], list[int]] = {}
    for cell, key in enumerate(cells.keys):
        if key[place] != TOGETHER:
            found.setdefault((*key[:place], TOGETHER, *key[place + 1 :]), []).append(cell)
    for group, members in found.items():
        yield group, np.array(sorted(members, key=cells.keys.__getitem__), dtype=np.int64)


def counted(cells: CellTable, group: tuple[str, ...], members: Integers) -> Iterator[tuple[Integers, int]]:
    """Yield the units of each value and of the whole group, for each minimum count."""
    if not cells.units:
        yield cells.rows[members], int(cells.rows[members].sum())
    wholes = cells.wholes.get(group, (0,) * len(cells.units))
    for units, whole in zip(cells.units, wholes, strict=True):
        yield units[members], whole


def is_diverse(counts: Integers, whole: int, rule: DiversityRule) -> bool:
    """Say whether a group has enough sensitive values, none of which holds too large a share of its units."""
    present = int((counts > 0).sum())
    return present >= rule.least and int(counts.max(initial=0)) * 100 <= rule.percent * whole


def _wanted(counts: Integers, rule: DiversityRule) -> Integers:
    """Return how many units each value must seem able to hold: beside the largest, enough to bring it under the share.

    Of equal largest values, the first in key order counts as the largest.
    """
    largest = int(counts.max(initial=0))
    enough = -(-largest * (100 - rule.percent) // rule.percent)
    wanted = np.full(len(counts), max(1, enough), dtype=np.int64)
    wanted[int(np.argmax(counts))] = 0
    return wanted


def _raise(floors: Integers, cells: CellTable, *, entry: int, members: Integers, wanted: Integers) -> None:
    for index, indicator in enumerate(cells.indicators):
        if indicator.kind is Kind.DISTINCT_COUNT and indicator.entry == entry:
            floors[index, members] = np.maximum(floors[index, members], wanted)
