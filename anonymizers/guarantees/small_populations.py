"""Small populations: a cell of a zone with few inhabitants is masked, whatever it counts."""

import numpy as np

from anonymizers.cells import TOGETHER, Booleans, CellTable, EmptyCellRule, Rules
from anonymizers.guarantees.verdict import Verdict


def judge(cells: CellTable, rules: Rules) -> Verdict:
    """Refuse a cell that bears the label of a zone whose reference population is under the policy's threshold.

    Guarantee: of such a zone no number is shown, and none can be computed from what is: every indicator stays
    uncertain. Which zones these are is public before the data. A margin that opens the zone is not judged; an empty
    cell that everyone knows to be zero stays a zero. Source: LANGUAGE.md section 6, `petites_populations`.
    """
    shown = (cells.rows > 0) | (rules.empty_cells is EmptyCellRule.MASKED)
    refused: Booleans = _in_small_zones(cells, rules) & shown
    exposed = np.tile(refused, (len(cells.indicators), 1))
    return Verdict(refused=refused, exposed=exposed, floors=np.zeros(exposed.shape, dtype=np.int64))


def _in_small_zones(cells: CellTable, rules: Rules) -> Booleans:
    if not any(rules.small_zones):
        return np.zeros(len(cells.keys), dtype=np.bool_)
    found = [
        any(label in small and label != TOGETHER for label, small in zip(key, rules.small_zones, strict=True))
        for key in cells.keys
    ]
    return np.array(found, dtype=np.bool_)
