"""Covers: cells that hold between them all rows of a cell of another table, whatever else they hold."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from anonymizers.cells import Booleans, Integers
from anonymizers.differencing.facts import Facts
from anonymizers.differencing.fitting import largest
from anonymizers.differencing.links import Link, Nest, Shared
from anonymizers.disclosure.constraints import UNBOUNDED
from anonymizers.stretches import stretches


@dataclass(frozen=True, slots=True)
class Cover:
    """Finest cells of one table, `around`, outside which no row of `inside` lies. Cells are (block, cell)."""

    inside: tuple[int, int]
    around: tuple[tuple[int, int], ...]


def covers(shared: Shared, nests: Sequence[Nest]) -> Iterator[Cover]:
    """Find, by who is in them, which cells of one lineage lie in several of a table of another.

    Of the finest cells of a table, those that share a unit with the cell: where units lie in many cells they are many.
    What the `nests` say is left out: that a cell lies in a single one, or is all of several.
    """
    facts, names = shared.facts, shared.names
    whole = {(nest.around, frozenset(nest.parts)) for nest in nests if nest.whole}
    margins = [release.cells.margins for release in shared.releases]
    for table, of_table in enumerate(margins):
        own = facts.tables == table
        own[own] = ~of_table[facts.cells[own]]
        for inside, every in _covered(facts, own):
            for around in _needed(facts, inside, every):
                cover = Cover(names[inside], tuple(names[fact] for fact in around.tolist()))
                if ((cover.inside,), frozenset(cover.around)) not in whole:
                    yield cover


def covered(cover: Cover, values: Sequence[Integers]) -> Iterator[Link]:
    """Yield what a cover says of an indicator: that the cell holds no more than they do, if the numbers agree."""
    slack = sum(int(values[block][cell]) for block, cell in cover.around) - int(
        values[cover.inside[0]][cover.inside[1]]
    )
    if slack >= 0:
        yield Link((*cover.around, cover.inside), (*(1.0 for _ in cover.around), -1.0), -float(slack), UNBOUNDED)


def _covered(facts: Facts, own: Booleans) -> Iterator[tuple[int, Integers]]:
    """Yield each fact of which every unit has as many rows in facts of another lineage, and those that have some."""
    members, of_own = facts.members, own[facts.members.cells]
    held = np.bincount(facts.ranks[of_own], weights=members.rows[of_own], minlength=facts.several)
    lacking = np.bincount(members.cells[members.rows > held[facts.ranks]], minlength=len(own)) > 0
    crossing = ~np.isin(facts.lineages, facts.lineages[own]) & ~lacking & (np.diff(members.starts) > 0)
    order = np.flatnonzero(of_own)[np.argsort(facts.ranks[of_own], kind="stable")]
    bounds = np.searchsorted(facts.ranks[order], np.arange(facts.several + 1))
    lengths = np.diff(bounds)
    for fact in np.flatnonzero(crossing).tolist():
        ranks = facts.ranks[members.starts[fact] : members.starts[fact + 1]]
        around = np.unique(members.cells[order[stretches(bounds[ranks], lengths[ranks])]])
        if len(around) > 1:
            yield fact, around


def _needed(facts: Facts, inside: int, around: Integers) -> Iterator[Integers]:
    """Yield fewest facts, of those `around` another one, that hold as many rows of each of its units between them.

    Where units came again, all that hold one of them are more than those that hold its rows. What is left out first
    shares fewest units with it.
    """
    ranks = facts.ranks[facts.members.starts[inside] : facts.members.starts[inside + 1]]
    places, lines = facts.entries(around)
    shared = np.isin(facts.ranks[places], ranks)
    rows = np.zeros((len(around), len(ranks)), dtype=np.int64)
    rows[lines[shared], np.searchsorted(ranks, facts.ranks[places[shared]])] = facts.members.rows[places[shared]]
    room = rows.sum(axis=0) - facts.members.rows[facts.members.starts[inside] : facts.members.starts[inside + 1]]
    spare = np.flatnonzero((rows <= room).all(axis=1))
    spare = spare[np.argsort((rows[spare] > 0).sum(axis=1), kind="stable")]
    for dropped in largest(rows[spare], room):
        yield np.delete(around, spare[list(dropped)])
