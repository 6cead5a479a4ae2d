"""Leaving: every choice of coefficients that leaves something, but of fewer than k units, as spaces of such choices.

Whatever leaves fewer than k units leaves nobody of one of k groups of units: each group is tried. Then equation by
equation: it holds, and one coefficient follows from the others; or it does not, and all that hold it are left. One that
is held by as many as may still be left must hold.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from anonymizers.cells import Booleans, Integers
from anonymizers.differencing.equations import Equations, mixed
from anonymizers.differencing.modular import PRIME, inverses, kernel, product

WORK: Final = 50_000_000
"""Numbers worked out, after which the search under one set of cells gives up: bounded, and the same everywhere."""
STEP: Final = 10_000
"""What letting an equation hold counts for besides, however few its numbers: it takes a quarter of a millisecond."""


COLUMNS: Final = 400
NUMBERS: Final = 1 << 23
"""Coefficients, and coefficients times equations, of one set that hangs together: larger ones are not looked at."""


def is_too_large(equations: Equations) -> bool:
    """Say whether a set of equations that hang together is not looked at."""
    columns = len(np.unique(equations.facts))
    return columns > COLUMNS or columns * len(equations) > NUMBERS


class TooMuchWork(Exception):
    """The search has used up its bounded work: what it has not looked at is not known to be safe."""


_EVERYBODY: Final = -1
"""The bits of all units."""


@dataclass(frozen=True, slots=True)
class _Open:
    """Equations that may hold or not, over what is still free: each line of `basis` is one free choice, by column.

    `lines` say the equations by the coefficients of these choices; `holders` are the bits of the units of each, `left`
    those of the units that may be left.
    """

    lines: Integers
    holders: tuple[int, ...]
    basis: Integers
    left: int = 0


class Leaving:
    """Searches one set of equations that hang together; `nobody` is the rank of the rows without unit, if any."""

    __slots__ = ("_k", "_real", "_whole", "_work", "columns")

    def __init__(self, equations: Equations, *, k: int, nobody: int) -> None:
        self.columns, place = np.unique(equations.facts, return_inverse=True)
        lines = np.zeros((len(equations), len(self.columns)), dtype=np.int64)
        lines[equations.lines, place] = equations.numbers
        units, bit = np.unique(equations.units, return_inverse=True)
        holders = [0] * len(equations)
        for line, unit in zip(equations.held.tolist(), bit.tolist(), strict=True):
            holders[line] |= 1 << unit
        self._real = sum(1 << unit for unit, rank in enumerate(units.tolist()) if rank != nobody)
        self._k, self._work = k, 0
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
        if self._few(self._whole.holders) < self._k:
            yield from self._searched(self._whole, wanted)
            return
        for group in self._groups():
            yield from self._searched(self._within(self._nobody_of(group)), wanted)

    def leaving_nobody(self) -> Integers:
        """Return a basis of the coefficients, by column, that leave nobody at all."""
        return self._nobody_of(_EVERYBODY)

    def _within(self, basis: Integers) -> _Open:
        """Say the equations by sums of a basis of what is still free."""
        lines = product(self._whole.lines, basis.T)
        return self._tidy(replace(self._whole, lines=lines, basis=basis))

    def _nobody_of(self, group: int) -> Integers:
        """Return a basis of the coefficients that leave nobody of a group."""
        held = [line for line, holders in enumerate(self._whole.holders) if holders & group]
        first, *others = np.split(held, range(2 * len(self.columns), len(held), 2 * len(self.columns)))
        basis = kernel(self._whole.lines[first])
        for some in others:
            basis = product(kernel(product(self._whole.lines[some], basis.T)), basis)
        return basis

    def _few(self, holders: Sequence[int]) -> int:
        every = 0
        for held in holders:
            every |= held
        return (every & self._real).bit_count()

    def _groups(self) -> list[int]:
        """Deal the units out to k groups, those that hold one equation to groups of their own."""
        groups, dealt, turn = [0] * self._k, 0, 0
        for held in sorted(self._whole.holders, key=lambda held: -(held & self._real).bit_count()):
            for unit in _bits(held & self._real & ~dealt):
                groups[turn % self._k] |= unit
                turn += 1
            dealt |= held
        return groups

    def _searched(self, found: _Open, wanted: Booleans) -> Iterator[Integers]:
        found = self._settled(found)
        if not found.basis[:, wanted].any():
            return
        if (found.left & self._real).bit_count() >= self._k:
            return
        if not found.holders:
            if found.left:
                yield found.basis
            return
        sizes = [(held & ~found.left & self._real).bit_count() for held in found.holders]
        line = sizes.index(max(sizes))
        yield from self._searched(self._tidy(self._holding(found, line)), wanted)
        yield from self._searched(self._tidy(replace(found, left=found.left | found.holders[line])), wanted)

    def _settled(self, found: _Open) -> _Open:
        """Let every equation hold that too many would be left by otherwise."""
        while True:
            spare = self._k - (found.left & self._real).bit_count()
            sizes = ((held & ~found.left & self._real).bit_count() for held in found.holders)
            forced = next((line for line, size in enumerate(sizes) if size >= spare), None)
            if spare <= 0 or forced is None:
                return found
            found = self._tidy(self._holding(found, forced))

    def _holding(self, found: _Open, line: int) -> _Open:
        """Let an equation hold: its last free choice follows from the others."""
        self._work += STEP + found.lines.size
        if self._work > WORK:
            raise TooMuchWork
        own = found.lines[line]
        last = int(np.flatnonzero(own)[-1])
        own = own * int(inverses(own[last : last + 1])[0]) % PRIME
        lines = (found.lines - found.lines[:, last : last + 1] * own) % PRIME
        basis = (found.basis - own[:, None] * found.basis[last]) % PRIME
        return replace(found, lines=np.delete(lines, last, axis=1), basis=np.delete(basis, last, axis=0))

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


def _bits(several: int) -> Iterator[int]:
    while several:
        lowest = several & -several
        yield lowest
        several ^= lowest
