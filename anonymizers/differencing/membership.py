"""Membership: who is in each cell of a table, as numbers that can be added and taken from one another."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from anonymizers.cells import Integers

Hashes = NDArray[np.uint64]
Narrow = NDArray[np.signedinteger[Any]]
"""Whole numbers in as few bits as they need: many of them wait to be gathered."""
Number = TypeVar("Number", bound=np.integer)

_MIXING: Final = np.uint64(0x9E3779B97F4A7C15)
NO_UNIT: Final = np.uint64(0)
"""Stands for all the rows of a cell that have no unit: never counted towards k, one contributor for dominance."""


@dataclass(frozen=True, slots=True)
class Membership:
    """The units of each cell of a table for one minimum count: entries `starts[c]:starts[c + 1]` are those of cell c.

    One entry a unit of a cell, units ascending and distinct within a cell; `NO_UNIT` gathers the rows without one.
    `units`: 64-bit keyed hashes, under one key for a whole comparison group, so that the sets of several datasets and
    versions meet. `rows`: how many rows of the unit are in the cell (a row that holds two units counts for both).
    `digests`: the sum of a number below 2**31 for each of these rows, that of its day, the same in every table that
    holds the row, another one if its day is corrected; 0 where days are not known. `amounts[i]`: what the
    unit contributes to `values[i]` of the table's indicator i (rows for a row count, the sum for a sum or a mean, 1 or
    anything else for a distinct count, which nobody reads).

    A difference of two memberships is one too: its numbers may then be negative.
    """

    starts: Integers
    units: Hashes
    rows: Integers
    digests: Hashes
    amounts: tuple[Integers, ...]

    def __len__(self) -> int:
        """Return the number of cells."""
        return len(self.starts) - 1

    @property
    def cells(self) -> Integers:
        """Return the cell of each entry."""
        return np.repeat(np.arange(len(self)), np.diff(self.starts))


Memberships = tuple[Membership, ...]
"""One a minimum count, in the order of `Rules.ks`."""


@dataclass(frozen=True, slots=True)
class Entries:
    """Loose entries of a membership, in any order, a unit of a cell any number of times; see `Membership`."""

    cells: Integers
    units: Hashes
    rows: Integers
    digests: Hashes
    amounts: tuple[Integers, ...]


@dataclass(frozen=True, slots=True)
class Gathering:
    """Loose entries in the order of their cells and units, a unit of a cell once: `cells` and `units` of each.

    Numbers are added up a column at a time, so that whoever gathers many may forget each as it is done.
    """

    order: Integers
    firsts: Integers | None
    """Where the entries of each unit of a cell begin in that order; none where no unit has several in a cell."""
    cells: Narrow
    units: Hashes

    def added(self, numbers: NDArray[Number]) -> NDArray[Number]:
        """Return what the entries of each unit of each cell add up to."""
        ordered = numbers[self.order]
        if self.firsts is None:
            return ordered
        return np.add.reduceat(ordered, self.firsts) if len(self.firsts) else ordered[:0]


def gathering(cells: Narrow, units: Hashes, count: int) -> Gathering:
    """Put loose entries of `count` cells in order."""
    order = _in_order(cells, units, count)
    cells, units = cells[order], units[order]
    begins = np.ones(len(order), dtype=np.bool_)
    begins[1:] = (cells[1:] != cells[:-1]) | (units[1:] != units[:-1])
    if begins.all():
        return Gathering(order, None, cells, units)
    firsts = np.flatnonzero(begins)
    return Gathering(order, firsts, cells[firsts], units[firsts])


def starts_of(cells: Narrow, count: int) -> Integers:
    """Return where the entries of each of `count` cells begin among entries in order, and where the last ones end."""
    lengths = np.bincount(cells, minlength=count)
    return np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(lengths)]).astype(np.int64)


def gathered(entries: Entries, count: int) -> Membership:
    """Add up the entries of each unit of each of `count` cells; what adds up to nothing at all is left out."""
    one = gathering(entries.cells, entries.units, count)
    rows, digests = one.added(entries.rows), one.added(entries.digests)
    amounts = tuple(one.added(amount) for amount in entries.amounts)
    kept = (rows != 0) | (digests != 0)
    for amount in amounts:
        kept |= amount != 0
    some = slice(None) if kept.all() else np.flatnonzero(kept)
    return Membership(
        starts=starts_of(one.cells[some], count),
        units=one.units[some],
        rows=rows[some],
        digests=digests[some],
        amounts=tuple(amount[some] for amount in amounts),
    )


def joined(parts: Sequence[Entries]) -> Entries:
    """Lay entries one after another."""
    return Entries(
        cells=np.concatenate([part.cells for part in parts]),
        units=np.concatenate([part.units for part in parts]),
        rows=np.concatenate([part.rows for part in parts]),
        digests=np.concatenate([part.digests for part in parts]),
        amounts=tuple(np.concatenate(of_all) for of_all in zip(*(part.amounts for part in parts), strict=True)),
    )


def entries_of(membership: Membership, *, places: Integers | None = None) -> Entries:
    """Return the entries of a membership, its cells numbered by `places`: -1 leaves a cell out."""
    cells = membership.cells if places is None else places[membership.cells]
    kept = cells >= 0
    return Entries(
        cells=cells[kept],
        units=membership.units[kept],
        rows=membership.rows[kept],
        digests=membership.digests[kept],
        amounts=tuple(amount[kept] for amount in membership.amounts),
    )


def taken_away(entries: Entries) -> Entries:
    """Return what adding the opposite does."""
    return Entries(
        entries.cells,
        entries.units,
        -entries.rows,
        np.uint64(0) - entries.digests,
        tuple(-amount for amount in entries.amounts),
    )


def seals(entries: Entries, count: int) -> Hashes:
    """Return a number for each of `count` cells that two cells share if they hold the very same, and hardly else."""
    said = (entries.units ^ (entries.digests << np.uint64(1))) * _MIXING
    for amount in entries.amounts:
        said = (said ^ amount.astype(np.uint64)) * _MIXING
    said ^= said >> np.uint64(29)
    sealed = np.zeros(count, dtype=np.uint64)
    np.add.at(sealed, entries.cells, said * (entries.rows.astype(np.uint64) | np.uint64(1)))
    return sealed


def spread(finest: Membership, containers: Sequence[Integers]) -> Membership:
    """Add to the finest cells the margins that contain them: `containers[l][c]` is cell c's margin, -1 for none."""
    units, ranked = _ranked(finest)
    every = _united(_layers(ranked, containers))
    return replace(every, units=units[every.units.astype(np.int64)])


def layers(finest: Membership, containers: Sequence[Integers]) -> list[Membership]:
    """Return the finest cells, then the margins of each set of opened dimensions, apart: see `spread`.

    Each has all the cells, nobody in those of the others. Where a cell has a margin, units are numbers that stand for
    those of `finest`; `NO_UNIT` stays what it is.
    """
    spreads = any((places >= 0).any() for places in containers)
    return _layers(_ranked(finest)[1] if spreads else finest, containers)


def _layers(ranked: Membership, containers: Sequence[Integers]) -> list[Membership]:
    return [ranked, *(gathered(entries_of(ranked, places=places), len(ranked)) for places in containers)]


def _ranked(finest: Membership) -> tuple[Hashes, Membership]:
    """Number the units by their order, `NO_UNIT` by itself; return what each number stands for."""
    everybody = np.concatenate([np.array([NO_UNIT]), finest.units])
    ranks = ranks_of(everybody)
    units = np.empty(int(ranks.max()) + 1, dtype=np.uint64)
    units[ranks] = everybody
    return units, replace(finest, units=ranks[1:].astype(np.uint64))


def ranks_of(units: Hashes | Integers) -> Integers:
    """Return the place of each unit among the distinct ones, ascending; faster than `numpy.unique`."""
    order = np.argsort(units)
    ascending = units[order]
    ranks = np.empty(len(units), dtype=np.int64)
    ranks[order[:1]] = 0
    ranks[order[1:]] = np.cumsum(ascending[1:] != ascending[:-1])
    return ranks


def _united(parts: Sequence[Membership]) -> Membership:
    """Put memberships together of which each has other cells than the others: faster than adding them up."""
    lengths = np.sum([np.diff(part.starts) for part in parts], axis=0)
    starts = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(lengths)]).astype(np.int64)
    at = [starts[part.cells] + np.arange(len(part.units)) - part.starts[part.cells] for part in parts]

    def laid(numbers: Sequence[NDArray[Number]]) -> NDArray[Number]:
        every = np.empty(int(starts[-1]), dtype=numbers[0].dtype)
        for places, of_part in zip(at, numbers, strict=True):
            every[places] = of_part
        return every

    return Membership(
        starts=starts,
        units=laid([part.units for part in parts]),
        rows=laid([part.rows for part in parts]),
        digests=laid([part.digests for part in parts]),
        amounts=tuple(laid(of_all) for of_all in zip(*(part.amounts for part in parts), strict=True)),
    )


def _in_order(cells: Narrow, units: Hashes, count: int) -> Integers:
    """Order entries by cell, then unit: by one number where it holds both, else by two.

    Cells of 16 bits are put in order by their digits; of more cells, the units' order stands for the units.
    """
    if int(units.max(initial=0)) >= 2**63 // max(count, 1) - 1:
        if count <= 2**16:
            return np.lexsort((units, cells.astype(np.uint16)))
        units = ranks_of(units).view(np.uint64)
    spelt = cells.astype(np.int64)
    spelt *= int(units.max(initial=0)) + 1
    spelt += units.view(np.int64)
    return np.argsort(spelt)
