"""A guarantee of another package, heard with care: it may refuse more cells, and do nothing else."""

from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType

import numpy as np

from anonymizers.cells import CellTable, Integers, Rules
from anonymizers.extensions import Extension
from anonymizers.guarantees.verdict import Verdict
from eclor.errors import GuaranteeBroken


def heard(extension: Extension) -> Callable[[CellTable, Rules], Verdict]:
    """Return a judge that asks the extension and refuses (`GuaranteeBroken`) whatever is no verdict.

    It is shown the table, which it cannot write into. A failure says its kind alone: its message could hold a number.
    """
    asked = extension.load()

    def judge(cells: CellTable, rules: Rules) -> Verdict:
        kind = ""
        try:
            verdict = asked(_read_only(cells), rules)
        except Exception as error:  # noqa: BLE001 - whatever another package does, the release is refused
            verdict, kind = None, type(error).__name__
        if kind:  # said outside, so that the message is not kept as a context
            raise GuaranteeBroken("extension.failed", extension=str(extension), kind=kind)
        if not isinstance(verdict, Verdict) or not is_whole(verdict, cells):
            raise GuaranteeBroken("extension.no-verdict", extension=str(extension))
        return verdict

    return judge


def is_whole(verdict: Verdict, cells: CellTable) -> bool:
    """Tell whether a verdict speaks of every cell and indicator, and keeps unknown only what it refuses to show."""
    shape = (len(cells.indicators), len(cells.keys))
    parts = (
        (verdict.refused, shape[1:], np.bool_),
        (verdict.exposed, shape, np.bool_),
        (verdict.floors, shape, np.int64),
    )
    if not all(
        isinstance(part, np.ndarray) and part.shape == size and part.dtype == kind for part, size, kind in parts
    ):
        return False
    return not (verdict.exposed & ~verdict.refused).any() and not (verdict.floors < 0).any()


def _read_only(cells: CellTable) -> CellTable:
    return replace(
        cells,
        rows=_closed(cells.rows),
        units=tuple(_closed(units) for units in cells.units),
        values=tuple(_closed(values) for values in cells.values),
        weights=tuple(_closed(weights) for weights in cells.weights),
        tops=tuple(tuple(_closed(tops) for tops in of_entry) for of_entry in cells.tops),
        wholes=MappingProxyType(dict(cells.wholes)),
    )


def _closed(numbers: Integers) -> Integers:
    view = numbers.view()
    view.flags.writeable = False
    return view
