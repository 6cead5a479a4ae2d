"""Nesting: no published cell, less disjoint published cells inside it, leaves too few (LANGUAGE.md section 9, (b))."""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from anonymizers.cells import Booleans, DominanceRule, Integers
from anonymizers.differencing.doubt import doubtful
from anonymizers.differencing.facts import Facts, Inside, facts_of, insides
from anonymizers.differencing.membership import Hashes
from anonymizers.differencing.nearly import nearly_inside
from anonymizers.differencing.overtaking import Difference, Overtakings
from anonymizers.differencing.parts import ways_of
from anonymizers.differencing.past import Breach, Located, Mark, PastRelease, Release, Rule
from anonymizers.differencing.remainder import Remainders
from anonymizers.differencing.repeated import once
from anonymizers.differencing.totals import with_totals
from anonymizers.disclosure.work import Work

Found = tuple[int, Breach]
"""A cell of the table to come that must not be shown, and why."""
NOBODY: Final[Hashes] = np.zeros(0, dtype=np.uint64)


def nesting(new: Release, fresh: Booleans, past: Sequence[PastRelease], work: Work) -> Iterator[Found]:
    """Yield the fresh cells that say too much next to `past` tables, earlier versions of the same one left aside.

    Two tables are compared by the minimum counts whose units have one name, k being the larger of the two. The new
    coarser cell is named; where the coarser one was published before, the new inner cell of fewest units. All searches
    are taken from `work`.
    """
    for entry, unit in enumerate(new.units):
        others = [other for other in past if unit in other.release.units]
        if others:
            yield from _by_unit(new, fresh, others, work, entry=entry)


def fresh_of(past: PastRelease) -> Booleans:
    """Return which cells of a release show the number of its own version."""
    return np.array([mark is Mark.FRESH for mark in past.marks], dtype=np.bool_)


def located(release: Release, cell: int) -> Located:
    """Name a cell of a release."""
    return Located(release.dataset, release.version, release.period, release.cells.keys[cell])


def _by_unit(
    new: Release, fresh: Booleans, others: Sequence[PastRelease], work: Work, *, entry: int
) -> Iterator[Found]:
    unit = new.units[entry]
    releases = [new, *(other.release for other in others)]
    shown = [fresh, *(fresh_of(other) for other in others)]
    tables = list(zip(releases, shown, strict=True))
    facts = with_totals(once(facts_of(tables, unit)), tables)
    barred: set[int] = set()
    for difference in _differences(facts, new.rules.dominance, work):
        # Once one of its cells is not shown, a difference is none any more: what is left of another may go with it.
        cells = _of_new(facts, difference)
        if barred.isdisjoint(facts.cells[cells].tolist()):
            cell = int(facts.cells[_told(facts, cells, difference)])
            barred.add(cell)
            yield cell, _breach(facts, difference, releases)


def _differences(facts: Facts, dominance: DominanceRule | None, work: Work) -> Iterator[Difference]:
    """Yield what speaks of too few: first what cells shown together leave; where that is nothing, any others."""
    found = False
    for inside in insides(facts):
        taken = Remainders(facts, inside, work, k=_k(facts, inside), dominance=dominance).shown_together()
        if taken is not None:
            found = True
            yield Difference(inside.coarser, taken, NOBODY)
    if not found:
        yield from _searched(facts, dominance, work)


def _searched(facts: Facts, dominance: DominanceRule | None, work: Work) -> Iterator[Difference]:
    """Search among the cells in doubt: first what lies wholly inside one cell or sum of cells, then nearly so."""
    doubt = doubtful(facts, work)
    if not doubt.any():
        return
    for inside in _in_doubt(facts, insides(facts), doubt):
        remainders = Remainders(facts, inside, work, k=_k(facts, inside), dominance=dominance)
        taken = None if remainders.is_of_one_group else remainders.mixed()
        if taken is not None:
            yield Difference(inside.coarser, taken, NOBODY)
    ways = ways_of(facts.members.rows, facts.members.digests.view(np.int64))
    for inside in _in_doubt(facts, nearly_inside(facts), doubt):
        found = Overtakings(facts, inside, ways, work, k=_k(facts, inside), dominance=dominance).small()
        if found is not None:
            yield found


def _in_doubt(facts: Facts, several: Iterator[Inside], doubt: Booleans) -> Iterator[Inside]:
    """Leave out what is not in doubt: no sum that leaves too few takes any of it.

    What is left must still lie between the table to come and another: within one of them its own protection answers.
    """
    new = facts.tables == 0
    for inside in several:
        own = doubt[inside.facts]
        if doubt[facts.made_of(inside.coarser)].all() and (own & (new[inside.facts] != new[inside.coarser])).any():
            yield inside if own.all() else inside.keeping(own)


def _k(facts: Facts, inside: Inside) -> int:
    return int(facts.ks[facts.tables[[inside.coarser, *inside.facts.tolist()]]].max())


def _of_new(facts: Facts, difference: Difference) -> Integers:
    """Return the facts of a difference that are cells of the table to come."""
    every = np.concatenate([facts.made_of(difference.coarser), difference.taken])
    own: Integers = every[facts.tables[every] == 0]
    return own


def _told(facts: Facts, cells: Integers, difference: Difference) -> int:
    """Return the cell not to show: the coarser one, else the smallest one that holds somebody of those who are left."""
    if difference.coarser in cells:
        return difference.coarser
    places, owners = facts.entries(cells)
    holding = np.unique(owners[np.isin(facts.members.units[places], difference.left)])
    return _by_size(cells[holding] if len(holding) else cells, np.diff(facts.members.starts))[-1]


def _breach(facts: Facts, difference: Difference, releases: Sequence[Release]) -> Breach:
    size = np.diff(facts.members.starts)
    sides = (facts.made_of(difference.coarser), difference.taken)
    around, taken = (
        [located(releases[facts.tables[fact]], int(facts.cells[fact])) for fact in _by_size(side, size)]
        for side in sides
    )
    return Breach(Rule.NESTING, finer=taken[0], coarser=around[0], others=(*around[1:], *taken[1:]))


def _by_size(facts: Integers, size: Integers) -> list[int]:
    """Order facts from the largest, then by number."""
    ordered: list[int] = facts[np.lexsort((facts, -size[facts]))].tolist()
    return ordered
