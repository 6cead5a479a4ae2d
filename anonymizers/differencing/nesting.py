"""Nesting: no published cell, less disjoint published cells inside it, leaves too few (LANGUAGE.md section 9, (b))."""

from collections.abc import Iterator, Sequence

import numpy as np

from anonymizers.cells import Booleans, Integers
from anonymizers.differencing.facts import Facts, facts_of, insides
from anonymizers.differencing.past import Breach, Located, Mark, PastRelease, Release, Rule
from anonymizers.differencing.remainder import Remainders

Found = tuple[int, Breach]
"""A cell of the table to come that must not be shown, and why."""


def nesting(new: Release, fresh: Booleans, past: Sequence[PastRelease]) -> Iterator[Found]:
    """Yield the fresh cells that say too much next to `past` tables, earlier versions of the same one left aside.

    Two tables are compared by the minimum counts whose units have one name, k being the larger of the two. The new
    coarser cell is named; where the coarser one was published before, the new inner cell of fewest units.
    """
    for entry, unit in enumerate(new.units):
        others = [other for other in past if unit in other.release.units]
        if others:
            yield from _by_unit(new, fresh, others, entry=entry)


def fresh_of(past: PastRelease) -> Booleans:
    """Return which cells of a release show the number of its own version."""
    return np.array([mark is Mark.FRESH for mark in past.marks], dtype=np.bool_)


def located(release: Release, cell: int) -> Located:
    """Name a cell of a release."""
    return Located(release.dataset, release.version, release.period, release.cells.keys[cell])


def _by_unit(new: Release, fresh: Booleans, others: Sequence[PastRelease], *, entry: int) -> Iterator[Found]:
    unit = new.units[entry]
    releases = [new, *(other.release for other in others)]
    shown = [fresh, *(fresh_of(other) for other in others)]
    facts = facts_of(list(zip(releases, shown, strict=True)), unit)
    for inside in insides(facts):
        k = int(facts.ks[facts.tables[[inside.coarser, *inside.facts.tolist()]]].max())
        taken = Remainders(facts, inside, k=k, dominance=new.rules.dominance).small()
        if taken is not None:
            yield _found(facts, inside.coarser, taken, releases)


def _found(facts: Facts, coarser: int, taken: Integers, releases: Sequence[Release]) -> Found:
    size = np.diff(facts.members.starts)
    ordered = taken[np.lexsort((taken, -size[taken]))].tolist()
    named = [located(releases[facts.tables[fact]], int(facts.cells[fact])) for fact in [coarser, *ordered]]
    breach = Breach(Rule.NESTING, finer=named[1], coarser=named[0], others=tuple(named[2:]))
    if facts.tables[coarser] == 0:
        return int(facts.cells[coarser]), breach
    smallest = next(fact for fact in reversed(ordered) if facts.tables[fact] == 0)
    return int(facts.cells[smallest]), breach
