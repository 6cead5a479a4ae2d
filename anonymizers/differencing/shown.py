"""Shown: the table as it is published, kept cells with the numbers that they had."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from anonymizers.cells import Booleans, CellTable, Integers
from anonymizers.differencing.past import PastRelease


def with_kept(cells: CellTable, kept: Booleans, source: Integers, versions: Sequence[PastRelease]) -> CellTable:
    """Give each kept cell all the numbers of the version that it comes from; the tables are aligned."""
    for number in np.unique(source[kept]).tolist():
        cells = _laid_over(cells, versions[number].release.cells, kept & (source == number))
    return cells


def loss_percent(cells: CellTable, masked: Booleans) -> float:
    """Return the share of units masked over non-margin cells (LANGUAGE.md section 9, "Ladder")."""
    weights = cells.units[0] if cells.units else cells.rows
    finest = ~cells.margins
    total = int(weights[finest].sum())
    return 100 * int(weights[finest & masked].sum()) / total if total else 0.0


def _laid_over(cells: CellTable, other: CellTable, where: Booleans) -> CellTable:
    def mixed(own: Integers, old: Integers) -> Integers:
        return np.where(where, old, own)

    return replace(
        cells,
        rows=mixed(cells.rows, other.rows),
        units=tuple(mixed(own, old) for own, old in zip(cells.units, other.units, strict=True)),
        values=tuple(mixed(own, old) for own, old in zip(cells.values, other.values, strict=True)),
        weights=tuple(mixed(own, old) for own, old in zip(cells.weights, other.weights, strict=True)),
        tops=tuple(
            tuple(mixed(own, old) for own, old in zip(of_own, of_old, strict=True))
            for of_own, of_old in zip(cells.tops, other.tops, strict=True)
        ),
    )
