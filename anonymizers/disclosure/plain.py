"""Plain proofs: what needs no linear programme, because one relation at most ties the cell, or it rises with others."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from anonymizers.cells import Booleans, Integers
from anonymizers.disclosure.circles import Circle, groups_by_cell
from anonymizers.disclosure.components import Component, components, settled
from anonymizers.disclosure.constraints import Floats
from anonymizers.disclosure.feasibility import NOBODY
from anonymizers.disclosure.one_row import spans
from anonymizers.disclosure.rays import Choice, Rays
from anonymizers.disclosure.reader import Reader

Claim = tuple[int, int]
"""A need's number and a direction, 1 up or -1 down."""


@dataclass(frozen=True, slots=True)
class Plain:
    """The claims that hold against any reader, and for each the circles against which it does not.

    `granted` says with each claim the cells that it rests on, all masked: none but the cell itself where no row ties
    it.
    """

    granted: dict[Claim, frozenset[int]]
    refused: dict[Claim, tuple[int, ...]]


def plain_proofs(reader: Reader, hidden: Booleans, circles: Sequence[Circle]) -> Plain:
    """Work out the claims that need no programme when `hidden` cells are masked.

    Every claim on cells that no row or a single row ties, and of the others those that one or two rays prove.
    """
    low, high = settled(reader.constraints, *reader.ranges(hidden))
    parts = components(reader.constraints, low, high)
    tied = np.zeros(len(low), dtype=np.bool_)
    for component in parts:
        tied[component.columns] = True
    granted = dict.fromkeys(_claims(reader, low, high, ~tied), frozenset[int]())
    refused: dict[Claim, tuple[int, ...]] = {}
    for component in parts:
        if len(component.constraints) == 1:
            own = _spread(component, NOBODY, len(low))
            claims = set(_claims(reader, *own))
            granted |= dict.fromkeys(claims, frozenset(component.columns.tolist()))
            for index, circle in enumerate(circles):
                for claim in _lost(reader, component, circle, claims):
                    refused[claim] = (*refused.get(claim, ()), index)
    by_rays = _by_rays(reader, Rays(reader.constraints, low, high), circles)
    less = {claim: against for claim, against in by_rays.refused.items() if claim not in granted}
    return Plain(by_rays.granted | granted, less | refused)


def _by_rays(reader: Reader, rays: Rays, circles: Sequence[Circle]) -> Plain:
    """Work out the claims that rays prove; a circle refuses one that no ray proves without its cells."""
    granted: dict[Claim, frozenset[int]] = {}
    refused: dict[Claim, tuple[int, ...]] = {}
    if rays.any:
        known, own = groups_by_cell([one.known for one in circles]), groups_by_cell([one.own for one in circles])
        for need, cell in enumerate(reader.needs.cells.tolist()):
            found = [ray for choice in Choice if (ray := rays.ray(cell, choice)) is not None]
            for claim, amount in (((need, 1), 0.0), ((need, -1), float(reader.needs.down[need]))):
                proofs = [frozenset(ray.cells.tolist()) for ray in found if ray.fall >= amount]
                if proofs:
                    granted[claim] = frozenset[int]().union(*proofs)
                    against = [{circle for other in proof for circle in known.get(other, ())} for proof in proofs]
                    refused[claim] = tuple(sorted(set.intersection(*against).difference(own.get(cell, ()))))
    return Plain(granted, refused)


def _lost(reader: Reader, component: Component, circle: Circle, claims: set[Claim]) -> set[Claim]:
    """Return the claims that fall once the cells of `circle` are known, its own cells apart."""
    still = np.flatnonzero(np.isin(component.columns, circle.known))
    if not len(still):
        return set()
    left = set(_claims(reader, *_spread(component, still, len(reader.values))))
    return {claim for claim in claims - left if reader.needs.cells[claim[0]] not in circle.own}


def _spread(component: Component, still: Integers, size: int) -> tuple[Floats, Floats, Booleans]:
    low, high, inside = np.zeros(size), np.zeros(size), np.zeros(size, dtype=np.bool_)
    low[component.columns], high[component.columns] = spans(component, still)
    inside[component.columns] = True
    return low, high, inside


def _claims(reader: Reader, low: Floats, high: Floats, inside: Booleans) -> Iterator[Claim]:
    cells = reader.needs.cells
    up = inside[cells] & (high[cells] >= reader.needs.up)
    down = inside[cells] & (-low[cells] >= reader.needs.down)
    for need in np.flatnonzero(up).tolist():
        yield need, 1
    for need in np.flatnonzero(down).tolist():
        yield need, -1
