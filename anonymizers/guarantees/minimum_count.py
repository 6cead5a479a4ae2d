"""Minimum count: a cell speaks of at least k units, or it is masked."""

import numpy as np

from anonymizers.cells import Booleans, CellTable, EmptyCellRule, Kind, Rules
from anonymizers.guarantees.verdict import Verdict


def judge(cells: CellTable, rules: Rules) -> Verdict:
    """Refuse a cell of 1 to k - 1 units, of rows without any unit, or empty where empty cells are masked.

    Guarantee: no published cell speaks of fewer than k distinct units, and no reader can prove that a masked one
    does: the upper bound of its distinct count reaches k. Every indicator of a refused cell stays uncertain.
    Held by: tests/attack/test_linear_attacker.py. Source: LANGUAGE.md section 9, "Primary".
    """
    short = tuple(_short(cells, rules, entry) for entry in range(len(rules.ks)))
    refused = _empty_and_masked(cells, rules)
    for of_entry in short:
        refused = refused | of_entry
    floors = np.zeros((len(cells.indicators), len(cells.keys)), dtype=np.int64)
    for index, indicator in enumerate(cells.indicators):
        if indicator.kind is Kind.DISTINCT_COUNT and indicator.entry is not None:
            floors[index] = np.where(short[indicator.entry], rules.ks[indicator.entry], 0)
    return Verdict(refused=refused, exposed=np.tile(refused, (len(cells.indicators), 1)), floors=floors)


def _short(cells: CellTable, rules: Rules, entry: int) -> Booleans:
    units = cells.units[entry]
    nonempty = (units > 0) | (cells.rows > 0)
    return (nonempty & (units < rules.ks[entry])) | _empty_and_masked(cells, rules)


def _empty_and_masked(cells: CellTable, rules: Rules) -> Booleans:
    masked: Booleans = (cells.rows == 0) & (rules.empty_cells is EmptyCellRule.MASKED)
    return masked
