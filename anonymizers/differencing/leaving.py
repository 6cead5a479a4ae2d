"""Leaving: every choice of coefficients that leaves something, but of fewer than k units, as spaces of such choices.

Whatever leaves fewer than k units leaves nobody of one of k groups of units. The first of these is tried: all its
equations hold, so that as many coefficients follow from the others, and of each group before it somebody is left.
Whoever is not in these is dealt out to so many fewer groups, and so on; so are those of a group of which somebody is
left. An equation held by more than may still be left must hold.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from anonymizers.cells import Booleans, Integers
from anonymizers.differencing.equations import Equations, mixed
from anonymizers.differencing.modular import PRIME, inverses, kernel, product
from anonymizers.disclosure.work import Work

MOST: Final = 1_000_000_000
"""Work (`anonymizers.disclosure.work`) after which the search under one set of cells gives up: it is 2.5 seconds."""
STEP: Final = 120_000
"""What letting equations hold counts for besides, however few their numbers: it takes a third of a millisecond."""
PIVOT: Final = 4
"""How often working out one coefficient reads the numbers of the equations."""

COLUMNS: Final = 400
NUMBERS: Final = 1 << 23
"""Coefficients, and coefficients times equations, of one set that hangs together: larger ones are not looked at."""


def is_too_large(equations: Equations) -> bool:
    """Say whether a set of equations that hang together is not looked at."""
    columns = len(np.unique(equations.facts))
    return columns > COLUMNS or columns * len(equations) > NUMBERS


def telling(entries: tuple[Integers, Integers, Integers], chosen: Booleans, columns: Integers) -> Integers:
    """Return, column by column, sums of columns that are all zero exactly where no `chosen` fact has a part.

    `entries` say facts by free ones (`Forced.by_fact`), some of which are the columns, ascending; the others are zero.
    """
    facts, free, numbers = entries
    kept = chosen[facts] & np.isin(free, columns)
    every, lines = np.unique(facts[kept], return_inverse=True)
    found = np.zeros((len(every), len(columns)), dtype=np.int64)
    found[lines, np.searchsorted(columns, free[kept])] = numbers[kept]
    return kernel(kernel(found)).T


class TooMuchWork(Exception):
    """The search has used up its bounded work: what it has not looked at is not known to be safe."""


_EVERYBODY: Final = -1
"""The bits of all units."""


@dataclass(frozen=True, slots=True)
class _Open:
    """Equations that may hold or not, over what is still free: each line of `basis` is one free choice, by column.

    `lines` say the equations by the coefficients of these choices; `holders` are the bits of the units of each, `left`
    those of the units that are left. Of each of the sets `failing`, which share no unit, somebody is left, too.
    """

    lines: Integers
    holders: tuple[int, ...]
    basis: Integers
    left: int = 0
    failing: tuple[int, ...] = ()


class Leaving:
    """Searches one set of equations that hang together; `nobody` is the rank of the rows without unit, if any.

    `telling[c]` says of each column what it has in what must not all be zero (see `telling`): other choices are left
    out. Without it none is. All is taken from `work`.
    """

    __slots__ = ("_k", "_real", "_spent", "_telling", "_whole", "_work", "columns")

    def __init__(self, equations: Equations, telling: Integers | None, work: Work, *, k: int, nobody: int) -> None:
        self.columns, place = np.unique(equations.facts, return_inverse=True)
        lines = np.zeros((len(equations), len(self.columns)), dtype=np.int64)
        lines[equations.lines, place] = equations.numbers
        units, bit = np.unique(equations.units, return_inverse=True)
        holders = [0] * len(equations)
        for line, unit in zip(equations.held.tolist(), bit.tolist(), strict=True):
            holders[line] |= 1 << unit
        self._real = sum(1 << unit for unit, rank in enumerate(units.tolist()) if rank != nobody)
        self._k, self._work, self._spent = k, work, 0
        self._telling = np.eye(len(self.columns), dtype=np.int64) if telling is None else telling
        self._whole = _Open(lines, tuple(holders), np.eye(len(self.columns), dtype=np.int64))

    def spaces(self) -> Iterator[Integers]:
        """Yield several coefficients, by column, that leave fewer than k units all together, and so do their sums."""
        return self._spaces(np.ones(len(self.columns), dtype=np.bool_))

    def in_sums(self) -> Booleans:
        """Say which columns have a part in some choice that leaves fewer than k units.

        Where many units are each in an equation of their own such choices are as many as the sets of fewer than k of
        them: what could only say of columns what is known of them already is not looked at.
        """
        unknown = np.ones(len(self.columns), dtype=np.bool_)
        for space in self._spaces(unknown):
            unknown &= (space == 0).all(axis=0)
        return ~unknown

    def _spaces(self, wanted: Booleans) -> Iterator[Integers]:
        """Yield the spaces that may say something of a column that is, by then, `wanted`."""
        yield from self._searched(self._tidy(self._whole), wanted)

    def leaving_nobody(self) -> Integers:
        """Return a basis of the coefficients, by column, that leave nobody at all."""
        return _free(self._whole.lines)

    def _searched(self, found: _Open, wanted: Booleans) -> Iterator[Integers]:
        settled = self._settled(found)
        if settled is None or not self._says(settled, wanted):
            return
        found = settled
        if not found.holders:
            if found.left and not found.failing:
                yield found.basis
            return
        several = self._several(found)
        if not several:
            yield from self._searched(self._holding(found, _EVERYBODY), wanted)
            yield from self._searched(self._tidy(replace(found, left=found.left | ~self._real)), wanted)
            return
        among, groups = several
        failing = tuple(one for one in found.failing if one != among)
        least = int(len(failing) < len(found.failing))
        for place, group in enumerate(groups):
            known = (*failing, *(groups[:place] if place or not least else [among & ~group]))
            yield from self._searched(self._holding(self._failing(found, known), group), wanted)
        if len(groups) <= self._spare(found) + least:
            yield from self._searched(self._failing(found, (*failing, *groups)), wanted)

    def _says(self, found: _Open, wanted: Booleans) -> bool:
        return bool(found.basis[:, wanted].any() and product(found.basis, self._telling).any())

    def _failing(self, found: _Open, failing: tuple[int, ...]) -> _Open:
        """Note sets of which somebody is left: one unit alone is left itself."""
        alone = sum(one for one in failing if one.bit_count() == 1)
        several = tuple(one for one in failing if one.bit_count() > 1)
        noted = replace(found, left=found.left | alone, failing=several)
        return self._tidy(noted) if alone else noted

    def _narrowed(self, found: _Open) -> _Open | None:
        """Leave those out of the sets of which somebody is left whom nothing leaves any more; none if that is all."""
        while True:
            every = _every(found.holders)
            failing = tuple(one & every for one in found.failing)
            if not all(failing) or self._spare(found) < 0:
                return None
            if failing == found.failing:
                return found
            found = self._failing(found, failing)

    def _spare(self, found: _Open) -> int:
        """Return how many units may be left besides one of each set of which somebody is."""
        return self._k - 1 - (found.left & self._real).bit_count() - len(found.failing)

    def _several(self, found: _Open) -> tuple[int, list[int]] | None:
        """Return some units, and them dealt out to groups of which one is not left, the larger the better.

        Those that hold one equation come to groups of their own. None where only rows of nobody may still be left.
        """
        others, spare = _every(found.holders) & self._real & ~found.left, self._spare(found)
        for one in found.failing:
            others &= ~one
        sets = [(others, spare + 1), *((one, spare + 2) for one in found.failing)]
        among, groups = max(sets, key=lambda one: one[0].bit_count() / one[1])
        if not among:
            return None
        dealt, turn = [0] * min(groups, among.bit_count()), 0
        done = 0
        for held in sorted(found.holders, key=lambda held: -(held & among).bit_count()):
            for unit in _bits(held & among & ~done):
                dealt[turn % len(dealt)] |= unit
                turn += 1
            done |= held
        return among, dealt

    def _settled(self, found: _Open) -> _Open | None:
        """Let every equation hold that too many would be left by otherwise; none if too many are left already."""
        while True:
            narrowed = self._narrowed(found)
            if narrowed is None:
                return None
            found = narrowed
            known = (found.left & self._real).bit_count()
            forced = [held for held in found.holders if known + self._cost(found, held) >= self._k]
            if not forced:
                return found
            found = self._holding_lines(found, [n for n, held in enumerate(found.holders) if held in forced])

    def _cost(self, found: _Open, held: int) -> int:
        """Count who is left besides, if an equation does not hold."""
        new = held & ~found.left & self._real
        return new.bit_count() + sum(not one & new for one in found.failing)

    def _holding(self, found: _Open, units: int) -> _Open:
        """Let all equations of some units hold."""
        return self._holding_lines(found, [n for n, held in enumerate(found.holders) if held & units])

    def _holding_lines(self, found: _Open, held: list[int]) -> _Open:
        """Let some equations hold: as many choices follow from the others."""
        free = _free(found.lines[held])
        size, pivots = found.lines.size, min(len(held), 2 * len(found.basis))
        spent = STEP + size * len(free) + PIVOT * pivots**2 * len(found.basis)
        self._work.spend(spent)
        self._spent += spent
        if self._spent > MOST:
            raise TooMuchWork
        return self._tidy(replace(found, lines=product(found.lines, free.T), basis=product(free, found.basis)))

    def _tidy(self, found: _Open) -> _Open:
        """Leave out the equations that always hold and those held by units that are left; lay equal ones together."""
        lines = found.lines
        open_ = np.array([bool(held & ~found.left) for held in found.holders], dtype=np.bool_)
        kept = np.flatnonzero((lines != 0).any(axis=1) & open_)
        if not len(kept):
            return replace(found, lines=lines[:0], holders=())
        lines = lines[kept]
        firsts = lines[np.arange(len(lines)), (lines != 0).argmax(axis=1)]
        lines = lines * inverses(firsts)[:, None] % PRIME
        seals = lines.astype(np.uint64) @ mixed(np.arange(lines.shape[1]))
        _, first, same = np.unique(seals, return_index=True, return_inverse=True)
        holders = [0] * len(first)
        for line, place in zip(kept.tolist(), same.tolist(), strict=True):
            holders[place] |= found.holders[line]
        return replace(found, lines=lines[first], holders=tuple(holders))


def _free(lines: Integers) -> Integers:
    """Return a basis of what is free where all lines are zero: the last columns follow from the first, as they can."""
    first, *others = (lines[start : start + 2 * lines.shape[1]] for start in range(0, len(lines), 2 * lines.shape[1]))
    basis = _kernel(first)
    for some in others:
        basis = product(_kernel(product(some, basis.T)), basis)
    return basis


def _kernel(lines: Integers) -> Integers:
    return kernel(lines[:, ::-1])[::-1, ::-1]


def _every(several: Iterable[int]) -> int:
    """Return the bits of all."""
    every = 0
    for one in several:
        every |= one
    return every


def _bits(several: int) -> Iterator[int]:
    while several:
        lowest = several & -several
        yield lowest
        several ^= lowest
