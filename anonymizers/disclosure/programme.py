"""Linear programmes over the deviations of cells, solved by HiGHS and kept warm from one question to the next."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from highspy import HighsModelStatus, MatrixFormat, ObjSense

from anonymizers.cells import Integers
from anonymizers.disclosure.constraints import UNBOUNDED, Constraints, Floats
from anonymizers.disclosure.solver import Option, Solver
from anonymizers.disclosure.work import Work

WARM: Final[dict[str, Option]] = {
    "presolve": "off",
    "solver": "simplex",
    "simplex_scale_strategy": 0,
}
PRIMAL_SIMPLEX: Final = 4
DUAL_SIMPLEX: Final = 1
READINGS: Final = {DUAL_SIMPLEX: 1, PRIMAL_SIMPLEX: 5}
"""How often one step of each simplex reads the entries of the rows, as measured."""
MOST_STEPS: Final = 2**31 - 1
"""The largest number of steps that HiGHS can be told."""
ROWWISE: Final = int(MatrixFormat.kRowwise)
MINIMISE: Final = int(ObjSense.kMinimize)
LARGEST_PLAIN: Final = 2**20
"""Beyond it, numbers are divided by a power of two: HiGHS reads feasibility to 1e-7, whatever the size."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The unknowns of a programme: what each costs and where it may stand."""

    cost: Floats
    low: Floats
    high: Floats


class Programme:
    """Minimise a cost under constraints; bounds and costs change between questions, the rows never do.

    Each question is taken from `work`, one of its own where none is said.
    """

    __slots__ = ("_entries", "_least", "_readings", "_size", "_solver", "_unit", "_work")

    def __init__(self, constraints: Constraints, columns: Columns, *, simplex: int, work: Work | None = None) -> None:
        self._size, self._entries = len(columns.cost), len(constraints.columns)
        self._unit = _unit(constraints, columns)
        self._work, self._readings, self._least = work or Work(), READINGS[simplex], 0.0
        most = min(self._work.steps(self._entries), MOST_STEPS)
        self._solver = Solver({**WARM, "simplex_strategy": simplex, "simplex_iteration_limit": most})
        self._pass(constraints, columns)

    def bound(self, columns: Integers, low: Floats, high: Floats) -> None:
        """Let `columns` stand from `low` to `high`."""
        self._solver.changeColsBounds(len(columns), columns.astype(np.int32), low / self._unit, high / self._unit)

    def price(self, columns: Integers, cost: Floats) -> None:
        """Let `columns` cost `cost` each."""
        self._solver.changeColsCost(len(columns), columns.astype(np.int32), cost)

    def solves(self) -> bool:
        """Solve; say whether there is a least cost, known for sure."""
        self._solver.run()
        found = self._solver.getInfo()
        self._least = found.objective_function_value
        self._work.asked(self._entries, self._readings * found.simplex_iteration_count)
        return bool(self._solver.getModelStatus() == HighsModelStatus.kOptimal)

    def least(self) -> float | None:
        """Solve; return the least cost, minus infinity when it has no bound, None when it is not known for sure."""
        if self.solves():
            return self._least * self._unit
        return -UNBOUNDED if self._solver.getModelStatus() == HighsModelStatus.kUnbounded else None

    def afresh(self) -> None:
        """Forget the last solution: the next question starts from where nothing moves."""
        self._solver.clearSolver()

    def point(self) -> Floats:
        """Return where the unknowns stand in the last solution."""
        return np.array(self._solver.getSolution().col_value, dtype=np.float64) * self._unit

    def row_prices(self) -> Floats:
        """Return what one more of each row would cost in the last solution."""
        return np.array(self._solver.getSolution().row_dual, dtype=np.float64)

    def column_prices(self) -> Floats:
        """Return what one more of each unknown would cost in the last solution."""
        return np.array(self._solver.getSolution().col_dual, dtype=np.float64)

    def _pass(self, constraints: Constraints, columns: Columns) -> None:
        self._solver.passModel(
            self._size,
            len(constraints),
            len(constraints.columns),
            ROWWISE,
            MINIMISE,
            0.0,
            columns.cost,
            columns.low / self._unit,
            columns.high / self._unit,
            constraints.low / self._unit,
            constraints.high / self._unit,
            constraints.starts[:-1].astype(np.int32),
            constraints.columns.astype(np.int32),
            constraints.coefficients,
            np.zeros(self._size, dtype=np.int32),
        )


def _unit(constraints: Constraints, columns: Columns) -> float:
    bounds = np.abs(np.concatenate([columns.low, columns.high, constraints.low, constraints.high]))
    largest = float(bounds[np.isfinite(bounds)].max(initial=1.0))
    return float(2.0 ** max(0, np.ceil(np.log2(largest / LARGEST_PLAIN))))
