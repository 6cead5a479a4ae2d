"""Parts: the rows of each unit of each cell, day by day, as far as their number and the sum of their days tell."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import comb
from typing import Final

import numpy as np

from anonymizers.cells import Booleans, Integers
from anonymizers.stretches import stretches

WAYS: Final = 500_000
"""Ways of laying a number of rows on days that are written out: bounded work; beyond, these rows stay together."""

ROWS: Final = 16
"""Rows of which ways are written out at most."""


@dataclass(frozen=True, slots=True)
class Parts:
    """`rows` rows of one of the `days`, in the entry `of`, once each; entries that are `whole` were not taken apart."""

    of: Integers
    days: Integers
    rows: Integers
    whole: Booleans


@dataclass(frozen=True, slots=True)
class Held:
    """Of each entry its unit, its number of rows, and the sum of the numbers of their days."""

    units: Integers
    rows: Integers
    sums: Integers


class Ways:
    """Ways of laying rows on `days`, by the sum that they give, written out once for each number of rows."""

    __slots__ = ("_laid", "_ways", "days")

    def __init__(self, days: Integers) -> None:
        self.days = days
        self._ways = [np.arange(len(days))[:, None]]
        self._laid: dict[int, tuple[Integers, Integers]] = {}

    def laid(self, rows: int) -> tuple[Integers, Integers]:
        """Return the sums of all ways of laying two rows or more, ascending, and the ways."""
        while len(self._ways) < rows:
            self._ways.append(self._longer(self._ways[-1]))
        if rows not in self._laid:
            ways = self._ways[rows - 1]
            sums = self.days[ways].sum(axis=1)
            order = np.argsort(sums)
            self._laid[rows] = sums[order], ways[order]
        return self._laid[rows]

    def _longer(self, ways: Integers) -> Integers:
        more = len(self.days) - ways[:, -1]
        return np.concatenate([np.repeat(ways, more, axis=0), stretches(ways[:, -1], more)[:, None]], axis=1)


def ways_of(rows: Integers, sums: Integers) -> Ways:
    """Return the ways of laying rows on the days that entries of one row tell."""
    return Ways(np.unique(sums[(rows == 1) & (sums != 0)]))


def parts_of(held: Held, known: Ways) -> Parts:
    """Take entries apart; a unit in all its entries, or in none.

    Days are the `known` ones. An entry is taken apart where one way alone of laying its rows on days gives
    its sum: all on one day, a few on any days, or all that the unit's other entries hold.
    """
    days = known.days
    average, odd = np.divmod(held.sums, np.maximum(held.rows, 1))
    plain = (odd == 0) & np.isin(average, days)
    at = np.flatnonzero(plain)
    one_day = at, np.searchsorted(days, average[at]), held.rows[at]
    found = [one_day, *_few(held, ~plain, known)]
    told = plain.copy()
    for of, _, _ in found:
        told[of] = True
    found.append(_all(held, one_day, ~told))
    told[found[-1][0]] = True
    of, of_day, several = (np.concatenate(column) for column in zip(*found, strict=True))
    whole = np.isin(held.units, held.units[~told])
    kept = ~whole[of]
    return Parts(of[kept], of_day[kept], several[kept], whole)


_Laid = tuple[Integers, Integers, Integers]
"""Entries, days and rows, as in `Parts`."""


def _few(held: Held, mixed: Booleans, known: Ways) -> Iterator[_Laid]:
    """Yield the entries of so few rows that every way of laying them on days can be written out."""
    for rows in range(2, min(int(held.rows[mixed].max(initial=0)), ROWS) + 1):
        if comb(len(known.days) + rows - 1, rows) > WAYS:
            return
        among = np.flatnonzero(mixed & (held.rows == rows))
        if len(among):
            sums, ways = known.laid(rows)
            at = np.searchsorted(sums, held.sums[among])
            alone = np.searchsorted(sums, held.sums[among], side="right") - at == 1
            laid = among[alone, None] * len(known.days) + ways[at[alone]]
            apart, several = np.unique(laid, return_counts=True)
            yield *np.divmod(apart, len(known.days)), several


def _all(held: Held, one_day: _Laid, mixed: Booleans) -> _Laid:
    """Return the entries that hold all the rows, day by day, of which the unit's other entries tell the day."""
    of, of_day, rows = one_day
    several = int(of_day.max(initial=0)) + 1
    spelt = held.units[of] * several + of_day
    order = np.lexsort((rows, spelt))
    last = order[np.flatnonzero(np.diff(spelt[order], append=-1))]
    units, most, average = held.units[of[last]], rows[last], held.sums[of[last]] // rows[last]
    starts = np.searchsorted(units, np.arange(int(held.units.max(initial=0)) + 2))
    every, sums = (np.concatenate([[0], np.cumsum(each)]) for each in (most, most * average))
    low, high = starts[held.units], starts[held.units + 1]
    whole = mixed & (every[high] - every[low] == held.rows) & (sums[high] - sums[low] == held.sums)
    among = np.flatnonzero(whole)
    lengths = (high - low)[among]
    at = stretches(low[among], lengths)
    return np.repeat(among, lengths), of_day[last[at]], most[at]
