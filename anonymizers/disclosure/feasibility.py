"""Feasibility: the exact interval in which a reader can place a cell, one component at a time."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from anonymizers.cells import Booleans, Integers
from anonymizers.disclosure.components import Component, components, settled
from anonymizers.disclosure.constraints import UNBOUNDED, Floats
from anonymizers.disclosure.one_row import spans
from anonymizers.disclosure.programme import PRIMAL_SIMPLEX, Columns, Programme
from anonymizers.disclosure.rays import Choice, Rays
from anonymizers.disclosure.reader import Reader
from anonymizers.disclosure.work import Work

NOBODY = np.zeros(0, dtype=np.int64)
UNTOLD: Final = float("nan")


@dataclass(frozen=True, slots=True)
class Spans:
    """How far down (negative) and up each of some cells can stand from its true value; infinite when unbounded.

    An end that the solver could not tell for sure, or was not asked since no work was left, is no number (NaN).
    """

    low: Floats
    high: Floats


def spans_of(
    reader: Reader, hidden: Booleans, cells: Integers, *, still: Integers = NOBODY, work: Work | None = None
) -> Spans:
    """Bound each of `cells` by what a reader knows when `hidden` cells are masked and the cells `still` are known.

    It is taken from `work`, some of its own where none is said; what hangs together in few cells is asked first.
    """
    work = work or Work()
    low, high = reader.ranges(hidden)
    low[still] = high[still] = 0.0
    low, high = settled(reader.constraints, low, high)
    wanted = np.zeros(len(low), dtype=np.bool_)
    wanted[cells] = True
    for component in sorted(components(reader.constraints, low, high), key=lambda one: len(one.constraints.columns)):
        targets = np.flatnonzero(wanted[component.columns])
        if len(targets):
            within = _within(component, targets, work)
            low[component.columns[targets]], high[component.columns[targets]] = within.low, within.high
    return Spans(low[cells], high[cells])


def _within(component: Component, targets: Integers, work: Work) -> Spans:
    if len(component.constraints) == 1:
        low, high = spans(component)
        return Spans(low[targets], high[targets])
    return _by_programme(component, targets, work)


def _by_programme(component: Component, targets: Integers, work: Work) -> Spans:
    """Ask programmes for each end that no ray tells: only the objective changes, so that each starts from the last.

    Where a ray raises the cell there is no end above; below, it is the cell's own where the ray falls as far.
    """
    rays = Rays(component.constraints, component.low, component.high)
    found = [rays.ray(target, Choice.ROOMIEST) for target in targets.tolist()]
    low, high = component.low[targets], np.array([0.0 if ray is None else UNBOUNDED for ray in found])
    falling = np.array([0.0 if ray is None else -ray.fall for ray in found])
    columns = Columns(np.zeros(len(component.columns)), component.low, component.high)
    programme = Programme(component.constraints, columns, simplex=PRIMAL_SIMPLEX, work=work)
    for place in np.flatnonzero(falling > low).tolist():
        low[place] = _extreme(programme, targets[place], 1.0, work)
    for place in np.flatnonzero(high < UNBOUNDED).tolist():
        high[place] = -_extreme(programme, targets[place], -1.0, work)
    return Spans(low, high)


def _extreme(programme: Programme, target: int, cost: float, work: Work) -> float:
    if work.is_spent:
        return UNTOLD
    at = np.array([target])
    programme.price(at, np.array([cost]))
    least = programme.least()
    programme.price(at, np.zeros(1))
    return UNTOLD if least is None else max(least, -UNBOUNDED)
