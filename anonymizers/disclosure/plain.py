"""Plain proofs: what needs no linear programme, because one relation at most ties the cell, or it rises with others."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from anonymizers.cells import Booleans, Integers
from anonymizers.disclosure.circles import Circle, groups_by_cell
from anonymizers.disclosure.components import Component, components, settled
from anonymizers.disclosure.constraints import Floats
from anonymizers.disclosure.one_row import spans
from anonymizers.disclosure.rays import Choice, Rays
from anonymizers.disclosure.reader import Reader
from anonymizers.disclosure.room import Claim, Room, both_ways
from anonymizers.stretches import Occurrences


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
    needs, where = reader.needs.cells, Occurrences(reader.needs.cells)
    free = np.flatnonzero(~tied[needs])
    granted = dict.fromkeys(_claims(reader, free, low[needs[free]], high[needs[free]]), frozenset[int]())
    refused: dict[Claim, tuple[int, ...]] = {}
    knowers = groups_by_cell([circle.known for circle in circles])
    for component in parts:
        if len(component.constraints) == 1:
            claims = _claims_on(reader, component, where.of(component.columns))
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
    row, needs = component.constraints, reader.needs
    spans = component.low, component.high, float(row.low[0]), float(row.high[0])
    amounts = {1: needs.up, -1: needs.down}
    asked = [((need, sign), int(needs.cells[need]), float(amounts[sign][need])) for need, sign in claims]
    return both_ways(component.columns, row.coefficients, spans, asked)


def _claims_on(reader: Reader, component: Component, needs: Integers) -> list[Claim]:
    """Return the claims of some `needs` that hold in a component of one row."""
    low, high = spans(component)
    place = np.searchsorted(component.columns, reader.needs.cells[needs])
    return _claims(reader, needs, low[place], high[place])


def _claims(reader: Reader, needs: Integers, low: Floats, high: Floats) -> list[Claim]:
    """Return the claims that hold of `needs` (ascending) whose cells stand from `low` to `high`."""
    up, down = high >= reader.needs.up[needs], -low >= reader.needs.down[needs]
    return [(need, 1) for need in needs[up].tolist()] + [(need, -1) for need in needs[down].tolist()]
