"""Overtaking: published cells that make up another one, or a sum of them, but for what came or left in between.

The cells hold rows that the whole does not have: they came after it was published, or it came after they left it.
What the whole and the cells leave of one another, on either side, must be nobody or k units.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from anonymizers.cells import Booleans, DominanceRule, Integers
from anonymizers.differencing.facts import Facts, Inside
from anonymizers.differencing.items import day_items, whole_items
from anonymizers.differencing.membership import NO_UNIT, Hashes, Membership
from anonymizers.differencing.parts import Ways
from anonymizers.differencing.small import held_by_few
from anonymizers.disclosure.work import Work

FEW: Final = 20
"""Choices after which units are taken apart by day: it costs, and rarely has to be."""
NODES: Final = 1000
"""Choices after which the search under one cell gives up: bounded work; what is not known to be safe is not shown."""


_MIXING: Final = np.uint64(0x9E3779B97F4A7C15)
GUESSES: Final = 100
"""Ways of lying in several facts of which one unit is tried, the fewest facts first: bounded; docs/limits.md."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A fact and the others taken from it, which leave too few: `left` is who is left, nobody where it is not known."""

    coarser: int
    taken: Integers
    left: Hashes


@dataclass(frozen=True, slots=True)
class _Left:
    """What is left of each item: less than nothing where the facts `taken` hold more than the whole.

    `open` facts may still be taken; `closed` items stay in what is left, whatever is taken still.
    """

    rows: Integers
    digests: Hashes
    open: Booleans
    closed: Booleans
    taken: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Outlook:
    """Of a state: the items that stay in it for sure, how many facts may still take from each, the facts needed."""

    stuck: Booleans
    ways: Integers
    needed: Booleans


class Overtakings:
    """Looks for facts that leave fewer than `k` units of a whole, one of them holding more than it does."""

    __slots__ = ("_dominance", "_facts", "_inside", "_items", "_k", "_most", "_nodes", "_real", "_ways", "_work")

    def __init__(
        self, facts: Facts, inside: Inside, ways: Ways, work: Work, *, k: int, dominance: DominanceRule | None
    ) -> None:
        self._facts, self._inside, self._k, self._dominance = facts, inside, k, dominance
        self._real = inside.whole.units != NO_UNIT
        self._ways, self._work = ways, work
        self._items, self._most, self._nodes = whole_items(inside), FEW, 0

    def small(self) -> Difference | None:
        """Return facts whose removal leaves too few, none if there are none; all of them where the search gives up.

        Where few choices do not tell, the search begins again with units by day: what is left of one of their days is
        left of them, so that fewer choices are open.
        """
        found = self._searched()
        if self._nodes > self._most:
            self._items, self._most, self._nodes = day_items(self._inside, self._ways), NODES, 0
            found = self._searched()
        return found

    def _searched(self) -> Difference | None:
        inside, items = self._inside, self._items
        whole = _Left(
            items.rows,
            items.digests,
            np.ones(len(inside.facts), dtype=np.bool_),
            np.zeros(len(items.rows), dtype=np.bool_),
        )
        settled = self._settled(whole)
        if settled is None:
            return None
        left, _ = settled
        rows, other = inside.whole.rows[inside.at], inside.digests != inside.whole.digests[inside.at]
        odd = np.unique(inside.owners[(inside.rows > rows) | ((inside.rows == rows) & other)])
        if np.isin(odd, left.taken).any():
            return self._first(self._reached(left))
        for owner in odd[left.open[odd]].tolist():
            found = self._first(self._reached(self._without(left, [owner])))
            if found is not None:
                return found
            left = _refusing(left, np.array([owner]))
        for unit in self._guesses(left)[:GUESSES]:
            found = self._first(self._overtaken(left, unit))
            if found is not None:
                return found
        return None

    def _choose(self) -> None:
        self._nodes += 1
        self._work.chosen(len(self._items.at))

    def _guesses(self, left: _Left) -> list[int]:
        """Return one unit for each way of lying in facts that together hold more of it than is left, fewest first."""
        inside, rows = self._inside, self._items.by_unit(left.rows)
        count = len(rows)
        usable = left.open[inside.owners]
        at, owners = inside.at[usable], inside.owners[usable]
        most, way = np.zeros(count, dtype=np.int64), rows.astype(np.uint64)
        np.add.at(most, at, inside.rows[usable])
        mixed = (owners.astype(np.uint64) + np.uint64(1)) * _MIXING
        mixed = (mixed ^ inside.rows[usable].astype(np.uint64)) * _MIXING
        np.add.at(way, at, mixed ^ (mixed >> np.uint64(29)))
        several = np.bincount(at, minlength=count)
        could = np.flatnonzero((most > rows) & (rows >= 0) & (several > 0))
        firsts = could[np.unique(way[could], return_index=True)[1]]
        ordered: list[int] = firsts[np.lexsort((firsts, several[firsts]))].tolist()
        return ordered

    def _overtaken(self, left: _Left, unit: int) -> Iterator[_Left]:
        """Yield what is left of too few where the facts taken hold more of `unit` than the whole, or when giving up."""
        if self._items.of_unit(left.rows, unit) < 0:
            yield from self._reached(left)
            return
        self._choose()
        if self._nodes > self._most:
            yield left
            return
        settled = self._settled(left)
        if settled is None:
            return
        left, _ = settled
        if self._items.of_unit(left.rows, unit) < 0:
            yield from self._reached(left)
            return
        holding = self._inside.owners[self._inside.at == unit]
        for owner in holding[left.open[holding]].tolist():
            yield from self._overtaken(self._without(left, [owner]), unit)
            left = _refusing(left, np.array([owner]))

    def _first(self, several: Iterator[_Left]) -> Difference | None:
        inside = self._inside
        for reached in several:
            if self._nodes > self._most:
                return Difference(inside.coarser, inside.facts, inside.whole.units[:0])
            who = self._told(reached)
            if who is not None:
                return Difference(inside.coarser, inside.facts[[*reached.taken]], inside.whole.units[who])
        return None

    def _reached(self, left: _Left) -> Iterator[_Left]:
        """Yield what is left of fewer than k units by any choice of facts, or anything when giving up."""
        self._choose()
        if self._nodes > self._most:
            yield left
            return
        settled = self._settled(left)
        if settled is None:
            return
        left, outlook = settled
        free = np.flatnonzero((left.rows > 0) & ~outlook.stuck)
        if not len(free):
            yield left
            return
        item = int(free[np.argmin(outlook.ways[free])])
        holding = self._items.owners[self._items.at == item]
        for owner in holding[left.open[holding]].tolist():
            yield from self._reached(self._without(left, [owner]))
            left = _refusing(left, np.array([owner]))
        yield from self._reached(self._with_closed(left, item))

    def _settled(self, left: _Left) -> tuple[_Left, _Outlook] | None:
        """Take what must be taken and refuse what cannot be, until neither is left; none if k units stay for sure."""
        while True:
            outlook = self._outlook(left)
            stay = int((self._items.any_of_unit(outlook.stuck) & self._real).sum())
            cost_taken, cost_left, least = self._costs(left, outlook)
            if stay + least >= self._k:
                return None
            impossible = left.open & (stay + cost_taken >= self._k)
            if impossible.any():
                left = _refusing(left, np.flatnonzero(impossible))
                continue
            forced = np.flatnonzero(left.open & (stay + cost_left >= self._k))
            if not len(forced):
                return left, outlook
            left = self._without(left, forced.tolist())

    def _outlook(self, left: _Left) -> _Outlook:
        items, count = self._items, len(left.rows)
        usable = left.open[items.owners] & ~left.closed[items.at]
        at, rows = items.at[usable], items.taken[usable]
        ways, most = np.bincount(at, minlength=count), np.zeros(count, dtype=np.int64)
        least = np.full(count, np.iinfo(np.int64).max)
        np.add.at(most, at, rows)
        np.minimum.at(least, at, rows)
        above = (left.rows > 0) & (left.closed | (most < left.rows) | (least > left.rows))
        stuck = (left.rows < 0) | above | ((left.rows == 0) & (left.digests != 0))
        needed = usable & (left.rows[items.at] > 0) & (most[items.at] - items.taken < left.rows[items.at])
        return _Outlook(stuck, ways, needed & ~stuck[items.at])

    def _costs(self, left: _Left, outlook: _Outlook) -> tuple[Integers, Integers, int]:
        """Count the real units that would stay if a fact were taken, or not; and how many will by all choices.

        Each open fact is taken or left: the smaller of the two counts, over units that no other fact accounts for.
        """
        inside, items, count = self._inside, self._items, len(left.open)
        real = self._real[inside.at] & ~items.any_of_unit(outlook.stuck)[inside.at] & left.open[inside.owners]
        rows, other = left.rows[items.at], items.taken_digests != left.digests[items.at]
        over = real & items.any_of_entry((items.taken > rows) | ((items.taken == rows) & other))
        needed = real & items.any_of_entry(outlook.needed)
        taken = np.bincount(inside.owners[over], minlength=count)
        refused = np.bincount(inside.owners[needed], minlength=count)
        told = np.bincount(inside.at[over | needed], minlength=len(self._real)) == 1
        alone = told[inside.at]
        least = np.minimum(
            np.bincount(inside.owners[over & alone], minlength=count),
            np.bincount(inside.owners[needed & alone], minlength=count),
        )
        return taken, refused, int(least.sum())

    def _without(self, left: _Left, taken: list[int]) -> _Left:
        items = self._items
        of_taken = np.isin(items.owners, taken)
        rows, digests = left.rows.copy(), left.digests.copy()
        np.subtract.at(rows, items.at[of_taken], items.taken[of_taken])
        np.subtract.at(digests, items.at[of_taken], items.taken_digests[of_taken])
        return replace(_refusing(left, np.array(taken)), rows=rows, digests=digests, taken=(*left.taken, *taken))

    def _with_closed(self, left: _Left, item: int) -> _Left:
        """Keep an item in what is left: no more is taken from it."""
        closed = left.closed.copy()
        closed[item] = True
        holding = self._items.owners[self._items.at == item]
        return replace(_refusing(left, holding), closed=closed)

    def _told(self, left: _Left) -> Booleans | None:
        """Return who is left, if too few are and the facts are of several tables, one of them the one to come."""
        taken = np.array(left.taken, dtype=np.int64)
        tables = self._facts.tables[[self._inside.coarser, *self._inside.facts[taken].tolist()]]
        if (tables == 0).all() or (tables != 0).all():
            return None
        amounts = list(self._amounts(taken, tables))
        rest = self._items.any_of_unit((left.rows != 0) | (left.digests != 0))
        for of_measure in amounts:
            rest |= of_measure != 0
        few = rest.any() and int((rest & self._real).sum()) < self._k
        return rest if few or any(self._is_dominated(each) for each in amounts) else None

    def _amounts(self, taken: Integers, tables: Integers) -> Iterator[Integers]:
        of_taken = np.isin(self._inside.owners, taken)
        for measure in np.flatnonzero(self._facts.measured[tables].all(axis=0)).tolist():
            amounts = self._inside.whole.amounts[measure].copy()
            np.subtract.at(amounts, self._inside.at[of_taken], self._inside.amounts[measure][of_taken])
            yield amounts

    def _is_dominated(self, amounts: Integers) -> bool:
        if self._dominance is None:
            return False
        starts, nobody = np.array([0, len(amounts)], dtype=np.int64), np.zeros(len(amounts), dtype=np.uint64)
        changed = np.abs(amounts)
        return bool(
            held_by_few(Membership(starts, nobody, changed, nobody, (changed,)), changed, self._dominance).any()
        )


def _refusing(left: _Left, owners: Integers) -> _Left:
    still = left.open.copy()
    still[owners] = False
    return replace(left, open=still)
