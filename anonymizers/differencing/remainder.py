"""Remainder: what is left of a cell once disjoint published cells inside it are taken away."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from anonymizers.cells import Booleans, DominanceRule, Integers
from anonymizers.differencing.facts import Facts, Inside
from anonymizers.differencing.membership import NO_UNIT, Hashes, Membership
from anonymizers.differencing.small import held_by_few
from anonymizers.disclosure.work import Work

NODES: Final = 300
"""Choices after which the search for one unit gives up: bounded work; what is not known to be safe is not shown."""
GUESSES: Final = 100
"""Ways of lying in the inner facts of which one unit is tried, the fewest facts first: bounded; docs/limits.md."""


@dataclass(frozen=True, slots=True)
class Left:
    """Rows of each unit of a cell that are not taken away yet, and the cells that may still be, `open`."""

    rows: Integers
    digests: Hashes
    open: Booleans
    closed: Booleans
    """Units that stay in the remainder whatever else is taken away."""
    taken: tuple[int, ...]


class Remainders:
    """Looks for disjoint facts inside one fact that leave something of it, but of fewer than `k` units."""

    __slots__ = ("_dominance", "_facts", "_inside", "_k", "_nodes", "_real", "_work")

    def __init__(self, facts: Facts, inside: Inside, work: Work, *, k: int, dominance: DominanceRule | None) -> None:
        self._facts, self._inside, self._k, self._dominance = facts, inside, k, dominance
        self._real = inside.whole.units != NO_UNIT
        self._work, self._nodes = work, 0

    @property
    def is_of_one_group(self) -> bool:
        """Say whether the facts share no row, being of one level of one table: then all are taken, or none."""
        return len(np.unique(self._facts.groups[self._inside.facts])) == 1

    def shown_together(self) -> Integers | None:
        """Return facts of one group, or shown by now, whose removal leaves too few, none if there are none.

        Of the facts of one group all are taken: to leave one is to leave k units. So are all that a dataset shows by
        now, cells that are kept from earlier versions included.
        """
        groups = self._facts.groups[self._inside.facts]
        for group in np.unique(groups).tolist():
            taken = np.flatnonzero(groups == group)
            if self._tells(taken) and self._is_small(self._without(self._whole(), taken)):
                return self._inside.facts[taken]
        return None if self.is_of_one_group else self._shown_by_now()

    def _shown_by_now(self) -> Integers | None:
        """Take away what each dataset shows by now at one level, then what all of them do: newest first, disjoint."""
        series = self._facts.series[self._inside.facts]
        several = np.unique(series)
        whole = np.ones(len(series), dtype=np.bool_)
        for among in (*(series == one for one in several.tolist()), *([whole] if len(several) > 1 else [])):
            left = self._newest_first(among)
            taken = np.array(left.taken, dtype=np.int64)
            if len(taken) and self._tells(taken) and self._is_small(left):
                return self._inside.facts[taken]
        return None

    def _newest_first(self, among: Booleans) -> Left:
        """Take away the facts of the table to come, then those of each earlier table that are still open."""
        facts = self._inside.facts
        tables, groups, left = self._facts.tables[facts], self._facts.groups[facts], self._whole()
        order = np.lexsort((groups, -tables, tables != 0))
        for group in dict.fromkeys(groups[order[among[order]]].tolist()):
            taken = np.flatnonzero(among & left.open & (groups == group))
            if len(taken):
                left = self._without(left, taken)
        return left

    def mixed(self) -> Integers | None:
        """Search for facts of several groups whose removal leaves too few; return all of them when giving up.

        One unit is guessed that stays in the remainder, unless one does anyway; all but a few others are taken away.
        """
        whole = self._whole()
        stuck = self._stuck(whole)
        if self._is_lost(whole):
            return None
        if stuck.any():
            return self._found(self._search(whole))
        for unit in self._guesses()[:GUESSES]:
            self._nodes = 0
            found = self._found(self._leaving(whole, unit))
            if found is not None:
                return found
        return None

    def _found(self, reached: Iterator[Left]) -> Integers | None:
        for left in reached:
            taken = np.array(left.taken, dtype=np.int64)
            if self._nodes > NODES:
                break
            if len(taken) and self._tells(taken) and self._is_small(left):
                return self._inside.facts[taken]
        return self._inside.facts if self._nodes > NODES else None

    def _leaving(self, left: Left, unit: int) -> Iterator[Left]:
        """Yield the remainders of fewer than k units that keep something of `unit`."""
        self._choose()
        if self._nodes > NODES or left.rows[unit] == 0 or self._is_lost(left):
            return
        yield from self._search(self._with_closed(left, unit))
        holding = self._inside.owners[self._inside.at == unit]
        for owner in holding[left.open[holding]].tolist():
            yield from self._leaving(self._without(left, np.array([owner])), unit)
            left = self._refusing(left, owner)
            if self._is_lost(left):
                return

    def _guesses(self) -> list[int]:
        """Return one unit for each way of lying in the inner facts, those that the fewest hold first."""
        way = np.zeros(len(self._real), dtype=np.uint64)
        mixed = (self._inside.owners.astype(np.uint64) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
        np.add.at(way, self._inside.at, mixed ^ (mixed >> np.uint64(29)))
        firsts = np.unique(way, return_index=True)[1]
        holding = np.bincount(self._inside.at, minlength=len(way))[firsts]
        ordered: list[int] = firsts[np.lexsort((firsts, holding))].tolist()
        return ordered

    def _search(self, left: Left) -> Iterator[Left]:
        """Yield the remainders of fewer than k units that can be reached, or the last one seen when giving up."""
        stuck = self._stuck(left)
        if int((stuck & self._real).sum()) >= self._k:
            return
        free = np.flatnonzero((left.rows > 0) & ~stuck)
        if self._nodes > NODES or len(free) == 0:
            yield left
            return
        self._choose()
        unit = int(free[np.argmin(self._ways(left)[free])])
        holding = self._inside.owners[self._inside.at == unit]
        for owner in holding[left.open[holding]].tolist():
            yield from self._search(self._without(left, np.array([owner])))
        yield from self._search(self._with_closed(left, unit))

    def _choose(self) -> None:
        self._nodes += 1
        self._work.chosen(len(self._inside.at))

    def _whole(self) -> Left:
        return Left(
            rows=self._inside.whole.rows,
            digests=self._inside.whole.digests,
            open=np.ones(len(self._inside.facts), dtype=np.bool_),
            closed=np.zeros(len(self._real), dtype=np.bool_),
            taken=(),
        )

    def _without(self, left: Left, taken: Integers) -> Left:
        """Take disjoint facts away; those that would take a row twice are no longer open."""
        inside = self._inside
        of_taken = np.isin(inside.owners, taken)
        rows, digests = left.rows.copy(), left.digests.copy()
        np.subtract.at(rows, inside.at[of_taken], inside.rows[of_taken])
        np.subtract.at(digests, inside.at[of_taken], inside.digests[of_taken])
        twice = (inside.rows > rows[inside.at]) | (left.closed[inside.at])
        still = left.open & (np.bincount(inside.owners[twice], minlength=len(left.open)) == 0)
        still[taken] = False
        return Left(rows, digests, still, left.closed, (*left.taken, *taken.tolist()))

    def _with_closed(self, left: Left, unit: int) -> Left:
        closed = left.closed.copy()
        closed[unit] = True
        still = left.open.copy()
        still[self._inside.owners[self._inside.at == unit]] = False
        return Left(left.rows, left.digests, still, closed, left.taken)

    def _refusing(self, left: Left, owner: int) -> Left:
        still = left.open.copy()
        still[owner] = False
        return Left(left.rows, left.digests, still, left.closed, left.taken)

    def _is_lost(self, left: Left) -> bool:
        return int((self._stuck(left) & self._real).sum()) >= self._k

    def _stuck(self, left: Left) -> Booleans:
        """Return the units of which something will be left, whatever is still taken away."""
        usable = left.open[self._inside.owners]
        most = np.zeros(len(left.rows), dtype=np.int64)
        np.add.at(most, self._inside.at[usable], self._inside.rows[usable])
        spoilt = (left.rows == 0) & (left.digests != 0)
        stuck: Booleans = spoilt | ((left.rows > 0) & (left.closed | (most < left.rows)))
        return stuck

    def _ways(self, left: Left) -> Integers:
        usable = left.open[self._inside.owners]
        return np.bincount(self._inside.at[usable], minlength=len(left.rows))

    def _tells(self, taken: Integers) -> bool:
        """Say whether the facts are of several tables, one of them the one to come: else it is not our question."""
        tables = self._facts.tables[[self._inside.coarser, *self._inside.facts[taken].tolist()]]
        return bool((tables == 0).any() and (tables != 0).any())

    def _is_small(self, left: Left) -> bool:
        amounts = list(self._amounts(left))
        rest = (left.rows != 0) | (left.digests != 0)
        for of_measure in amounts:
            rest |= of_measure != 0
        if not rest.any():
            return False
        return int((rest & self._real).sum()) < self._k or self._is_dominated(left, amounts)

    def _amounts(self, left: Left) -> Iterator[Integers]:
        """Yield what is left of each measure that all the tables show; negative where a row was corrected between."""
        taken = np.array(left.taken, dtype=np.int64)
        tables = self._facts.tables[[self._inside.coarser, *self._inside.facts[taken].tolist()]]
        of_taken = np.isin(self._inside.owners, taken)
        for measure in np.flatnonzero(self._facts.measured[tables].all(axis=0)).tolist():
            amounts = self._inside.whole.amounts[measure].copy()
            np.subtract.at(amounts, self._inside.at[of_taken], self._inside.amounts[measure][of_taken])
            yield amounts

    def _is_dominated(self, left: Left, amounts: Sequence[Integers]) -> bool:
        rule = self._dominance
        return rule is not None and any(held_by_few(_one_cell(left, each), each, rule).any() for each in amounts)


def _one_cell(left: Left, amounts: Integers) -> Membership:
    starts = np.array([0, len(amounts)], dtype=np.int64)
    return Membership(starts, np.zeros(len(amounts), dtype=np.uint64), left.rows, left.digests, (amounts,))
