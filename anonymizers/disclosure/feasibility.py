"""Feasibility: the exact interval in which a reader can place a cell, one component at a time."""

from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Spans:
    """How far down (negative) and up each of some cells can stand from its true value; infinite when unbounded.

    Where the solver could not tell for sure, the span is empty: 0 to 0, which no need accepts.
    """

    low: Floats
    high: Floats


def spans_of(
    reader: Reader,
    hidden: Booleans,
    cells: Integers,
    *,
    still: Integers = NOBODY,
    enough: Spans | None = None,
    work: Work | None = None,
) -> Spans:
    """Bound each of `cells` by what a reader knows when `hidden` cells are masked and the cells `still` are known.

    Where it is told how far is `enough`, cells that can stand as far are looked at no further: each answer of a
    programme is a table that a reader must allow, so that one tells of many cells that they stand far enough.
    It is taken from `work`, some of its own where none is said.
    """
    work, asked = work or Work(), _asked(cells, enough, len(hidden))
    low, high = reader.ranges(hidden)
    low[still] = high[still] = 0.0
    low, high = settled(reader.constraints, low, high)
    wanted = np.zeros(len(low), dtype=np.bool_)
    wanted[cells] = True
    for component in components(reader.constraints, low, high):
        targets = np.flatnonzero(wanted[component.columns])
        if len(targets):
            own = component.columns[targets]
            within = _within(component, targets, asked and Spans(asked.low[own], asked.high[own]), work)
            low[own], high[own] = within.low, within.high
    return Spans(low[cells], high[cells])


def _asked(cells: Integers, enough: Spans | None, count: int) -> Spans | None:
    """Return how far is enough by column: the furthest, where a cell is asked about several times."""
    if enough is None:
        return None
    low, high = np.zeros(count), np.zeros(count)
    np.minimum.at(low, cells, enough.low)
    np.maximum.at(high, cells, enough.high)
    return Spans(low, high)


def _within(component: Component, targets: Integers, enough: Spans | None, work: Work) -> Spans:
    if len(component.constraints) == 1:
        low, high = spans(component)
        return Spans(low[targets], high[targets])
    return _by_programme(component, targets, enough, work)


def _by_programme(component: Component, targets: Integers, enough: Spans | None, work: Work) -> Spans:
    """Ask programmes for each end that no ray tells: only the objective changes, so that each starts from the last.

    Where a ray raises the cell there is no end above; below, it is the cell's own where the ray falls as far.
    """
    rays = Rays(component.constraints, component.low, component.high)
    found = [rays.ray(target, Choice.ROOMIEST) for target in targets.tolist()]
    low = np.maximum([0.0 if ray is None else -ray.fall for ray in found], component.low[targets])
    high = np.array([0.0 if ray is None else UNBOUNDED for ray in found])
    ends = low > component.low[targets], high < UNBOUNDED
    columns = Columns(np.zeros(len(component.columns)), component.low, component.high)
    programme = Programme(component.constraints, columns, simplex=PRIMAL_SIMPLEX, work=work)
    for place in np.flatnonzero(ends[0]).tolist():
        if enough is None or low[place] > enough.low[place]:
            low[place], stands = _extreme(programme, targets, place, 1.0)
            low, high = (low, high) if enough is None else (np.minimum(low, stands), np.maximum(high, stands))
    for place in np.flatnonzero(ends[1]).tolist():
        if enough is None or high[place] < enough.high[place]:
            least, stands = _extreme(programme, targets, place, -1.0)
            high[place] = -least
            low, high = (low, high) if enough is None else (np.minimum(low, stands), np.maximum(high, stands))
    return Spans(low, high)


def _extreme(programme: Programme, targets: Integers, place: int, cost: float) -> tuple[float, Floats]:
    """Return the least cost of one of the targets, and where all of them stand then: as they are where it is not known.

    """
    at = targets[place : place + 1]
    programme.price(at, np.array([cost]))
    least = programme.least()
    is_told = least is not None and least > -UNBOUNDED
    stands = programme.point()[targets] if is_told else np.zeros(len(targets))
    programme.price(at, np.zeros(1))
    return 0.0 if least is None else max(least, -UNBOUNDED), stands
