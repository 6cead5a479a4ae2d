"""Parts: the rows of each unit of each cell, day by day, as far as their number and the sum of their days tell."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Final

import numpy as np

from anonymizers.cells import Booleans, Integers

WAYS: Final = 512
"""Ways of laying rows on days that are tried for one unit: bounded work; beyond, its rows stay together."""
_AT_ONCE: Final = 1 << 12
"""Entries tried together: bounded memory."""


@dataclass(frozen=True, slots=True)
class Parts:
    """`rows` rows of one of the `days`, in the entry `of`; entries that are `whole` were not taken apart."""

    of: Integers
    days: Integers
    rows: Integers
    whole: Booleans


@dataclass(frozen=True, slots=True)
class _Entries:
    units: Integers
    rows: Integers
    sums: Integers


def parts_of(units: Integers, rows: Integers, sums: Integers) -> Parts:
    """Take entries apart, `sums` being those of the days of their rows; a unit in all its entries, or in none.

    Days are those of entries of one row. An entry whose rows may all be of one day says which; the rows of another are
    laid on the days that the unit's other entries name, if that can be done in one way alone.
    """
    entries = _Entries(units, rows, sums)
    days = np.unique(sums[(rows == 1) & (sums != 0)])
    average, odd = np.divmod(sums, np.maximum(rows, 1))
    plain = (odd == 0) & np.isin(average, days)
    at = np.flatnonzero(plain)
    found = [(at, np.searchsorted(days, average[at]), rows[at]), *_laid(entries, plain, average, days)]
    of, of_day, several = (np.concatenate(column) for column in zip(*found, strict=True))
    told = plain.copy()
    told[of] = True
    whole = np.isin(units, units[~told])
    kept = ~whole[of]
    return Parts(of[kept], of_day[kept], several[kept], whole)


def _laid(
    entries: _Entries, plain: Booleans, average: Integers, days: Integers
) -> Iterator[tuple[Integers, Integers, Integers]]:
    """Yield the entries of rows of several days with these days and how many rows are of each."""
    mixed = np.flatnonzero(~plain)
    known: dict[int, dict[int, int]] = {unit: {} for unit in np.unique(entries.units[mixed]).tolist()}
    own = np.flatnonzero(plain & np.isin(entries.units, entries.units[mixed]))
    for unit, day, rows in zip(
        entries.units[own].tolist(), average[own].tolist(), entries.rows[own].tolist(), strict=True
    ):
        known[unit][day] = max(rows, known[unit].get(day, 0))
    alike: dict[tuple[int, ...], list[int]] = {}
    for unit, most in known.items():
        if prod(several + 1 for several in most.values()) <= WAYS:
            alike.setdefault(tuple(most.values()), []).append(unit)
    for most, several in alike.items():
        of_units = np.array([[*known[unit]] for unit in several], dtype=np.int64).reshape(len(several), len(most))
        ways = np.array([*product(*(range(rows + 1) for rows in most))], dtype=np.int64)
        among = mixed[np.isin(entries.units[mixed], several)]
        for some in np.split(among, range(_AT_ONCE, len(among), _AT_ONCE)):
            held = of_units[np.searchsorted(several, entries.units[some])]
            fits = (held @ ways.T == entries.sums[some, None]) & (ways.sum(axis=1) == entries.rows[some, None])
            alone = fits.sum(axis=1) == 1
            chosen = ways[fits[alone].argmax(axis=1)]
            place, column = np.nonzero(chosen)
            yield some[alone][place], np.searchsorted(days, held[alone][place, column]), chosen[place, column]
