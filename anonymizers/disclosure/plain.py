"""Plain proofs: what needs no linear programme, because one relation at most ties the cell, or it rises with others."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from anonymizers.cells import Booleans
from anonymizers.disclosure.circles import Circle, groups_by_cell
from anonymizers.disclosure.components import Component, components, settled
from anonymizers.disclosure.constraints import Floats
from anonymizers.disclosure.one_row import spans
from anonymizers.disclosure.rays import Choice, Rays
from anonymizers.disclosure.reader import Reader
from anonymizers.disclosure.room import Claim, Room, both_ways


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
    knowers = groups_by_cell([circle.known for circle in circles])
    for component in parts:
        if len(component.constraints) == 1:
            claims = list(_claims(reader, *_spread(component, len(low))))
            granted |= dict.fromkeys(claims, frozenset(component.columns.tolist()))
            ways = _ways(reader, component, claims)
            touching = {index for cell in component.columns.tolist() for index in knowers.get(cell, ())}
            for index in sorted(touching):
                known, own = circles[index].known.tolist(), set(circles[index].own.tolist())
                for claim in chain.from_iterable(way.lost(known, own) for way in ways):
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


def _ways(reader: Reader, component: Component, claims: Sequence[Claim]) -> tuple[Room, Room]:
    """Return the room up and down the one row of a component, for some claims on its cells."""
    row, cells = component.constraints, reader.needs.cells.tolist()
    spans = component.low, component.high, float(row.low[0]), float(row.high[0])
    amounts = {1: reader.needs.up.tolist(), -1: reader.needs.down.tolist()}
    asked = [((need, sign), cells[need], float(amounts[sign][need])) for need, sign in claims]
    return both_ways(component.columns, row.coefficients, spans, asked)


def _spread(component: Component, size: int) -> tuple[Floats, Floats, Booleans]:
    low, high, inside = np.zeros(size), np.zeros(size), np.zeros(size, dtype=np.bool_)
    low[component.columns], high[component.columns] = spans(component)
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
