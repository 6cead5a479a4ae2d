"""Dominance: no few contributors hold nearly all of a cell."""

import numpy as np

from anonymizers.cells import Booleans, CellTable, Kind, Rules
from anonymizers.guarantees.verdict import Verdict

JUDGED = frozenset({Kind.ROW_COUNT, Kind.SUM, Kind.MEAN})
"""A distinct count has one contribution a unit: nobody dominates it."""


def judge(cells: CellTable, rules: Rules) -> Verdict:
    """Refuse a cell whose n largest contributors hold strictly more than p % of a count, a sum or a mean's sum.

    Guarantee: of no published cell can a contributor be estimated as nearly the whole; what a masked cell's
    dominated indicators were stays uncertain. A total of 0 is not dominated; contributions are taken by unit of
    each minimum count in turn, in integers.
    Held by: tests/attack/test_linear_attacker.py. Source: LANGUAGE.md section 9, "Dominance".
    """
    exposed = np.zeros((len(cells.indicators), len(cells.keys)), dtype=np.bool_)
    for index, indicator in enumerate(cells.indicators):
        if indicator.kind in JUDGED:
            exposed[index] = _dominated(cells, rules, index)
    refused: Booleans = np.logical_or.reduce(exposed, axis=0)
    return Verdict(refused=refused, exposed=exposed, floors=np.zeros(exposed.shape, dtype=np.int64))


def _dominated(cells: CellTable, rules: Rules, index: int) -> Booleans:
    dominated = np.zeros(len(cells.keys), dtype=np.bool_)
    if rules.dominance is None:
        return dominated
    for tops in cells.tops:
        dominated |= tops[index] * 100 > rules.dominance.percent * cells.values[index]
    return dominated
