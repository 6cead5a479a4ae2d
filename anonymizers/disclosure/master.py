"""The master: the cheapest set of cells that meets all the cuts known so far, by integer programming."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from highspy import HighsModelStatus, MatrixFormat, ObjSense

from anonymizers.cells import Booleans
from anonymizers.disclosure.constraints import Floats
from anonymizers.disclosure.solver import Option, Solver

EXACTLY: Final[dict[str, Option]] = {
    "mip_rel_gap": 0.0,
    "mip_abs_gap": 1e-9,
    "mip_feasibility_tolerance": 1e-9,
    "mip_heuristic_effort": 0.0,
    "mip_allow_restart": False,
    "mip_max_nodes": 20_000,
}


class TooMuchWork(Exception):
    """The search has used up its bounded work."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Which cells may be chosen, must be, and between which amounts each row of weights must stay."""

    least: Booleans
    most: Booleans
    rows: Floats
    low: Floats
    high: Floats


def cheapest(cost: Floats, choice: Choice) -> Booleans | None:
    """Return the cells of least total cost that meet every row, or None if no set of cells does.

    Raises `TooMuchWork` when that many branches do not tell.
    """
    size, count = len(cost), len(choice.low)
    row, column = np.nonzero(choice.rows)
    starts = np.searchsorted(row, np.arange(count)).astype(np.int32)
    solver = Solver(EXACTLY)
    solver.passModel(
        size,
        count,
        len(row),
        int(MatrixFormat.kRowwise),
        int(ObjSense.kMinimize),
        0.0,
        cost,
        choice.least.astype(np.float64),
        choice.most.astype(np.float64),
        choice.low,
        choice.high,
        starts,
        column.astype(np.int32),
        choice.rows[row, column],
        np.ones(size, dtype=np.int32),
    )
    solver.run()
    status = solver.getModelStatus()
    if status == HighsModelStatus.kInfeasible:
        return None
    if status != HighsModelStatus.kOptimal:
        raise TooMuchWork
    return np.array(solver.getSolution().col_value, dtype=np.float64) > 1 / 2
