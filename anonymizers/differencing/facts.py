"""Facts: every cell that some table shows the true number of, and whose rows lie inside whose."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from anonymizers.cells import TOGETHER, Booleans, Indicator, Integers
from anonymizers.differencing.keys import containers
from anonymizers.differencing.membership import (
    NO_UNIT,
    Entries,
    Hashes,
    Membership,
    entries_of,
    gathered,
    joined,
    spread,
)
from anonymizers.differencing.past import Release
from anonymizers.guarantees.dominance import JUDGED

Measured = tuple[str, str, int]
"""Name, kind and decimals of an indicator: where they agree, two tables sum the same thing."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Cells shown by several tables: `members` counts the units of each; table 0 is the one to come.

    `tables[f]` and `cells[f]` say which cell of which table fact f is; `groups[f]` is one for the cells of one table
    that open the same dimensions: they share no row; `series[f]` is one for those of all tables of one dataset.
    `measured[t, m]` says whether table t has measure m, one of the
    indicators that dominance judges; `ks[t]` is the k of the unit in table t.
    """

    members: Membership
    tables: Integers
    cells: Integers
    groups: Integers
    series: Integers
    measured: Booleans
    ks: Integers

    def entries(self, facts: Integers) -> tuple[Integers, Integers]:
        """Return the places of the entries of `facts`, and for each the place of its fact among them."""
        starts, lengths = self.members.starts[facts], np.diff(self.members.starts)[facts]
        owners = np.repeat(np.arange(len(facts)), lengths)
        offsets = np.arange(len(owners)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        return starts[owners] + offsets, owners


@dataclass(frozen=True, slots=True)
class Inside:
    """The facts whose rows lie inside those of the fact `coarser`, and where their units stand among its units.

    One entry a unit of an inner fact: `owners` (its place in `facts`), `at` (its unit's place among those of
    `coarser`), `rows`, `digests`, `amounts`.
    """

    coarser: int
    facts: Integers
    owners: Integers
    at: Integers
    rows: Integers
    digests: Hashes
    amounts: tuple[Integers, ...]


def facts_of(tables: Sequence[tuple[Release, Booleans]], unit: str) -> Facts:
    """Gather the cells that each table shows (where true) and that hold rows; every table counts `unit`."""
    measures = sorted({_measured(each) for release, _ in tables for each in _judged(release)})
    parts: list[Entries] = []
    owners: list[tuple[Integers, Integers, Integers, Integers]] = []
    series: dict[tuple[str, tuple[bool, ...]], int] = {}
    count = group = 0
    for number, (release, shown) in enumerate(tables):
        kept = np.flatnonzero(shown & (release.cells.rows > 0))
        places = np.full(len(shown), -1, dtype=np.int64)
        places[kept] = np.arange(count, count + len(kept))
        parts.append(_shown_entries(release, places, unit, measures))
        opened = [tuple(label == TOGETHER for label in release.cells.keys[cell]) for cell in kept.tolist()]
        levels = _levels(opened)
        of_series = [series.setdefault((release.dataset, level), len(series)) for level in opened]
        owners.append((np.full(len(kept), number), kept, levels + group, np.array(of_series, dtype=np.int64)))
        count, group = count + len(kept), group + int(levels.max(initial=-1)) + 1
    columns = [np.concatenate(column) for column in zip(*owners, strict=True)]
    held = [{_measured(each) for each in _judged(release)} for release, _ in tables]
    measured = np.array([[measure in own for measure in measures] for own in held], dtype=np.bool_)
    ks = np.array([release.rules.ks[release.units.index(unit)] for release, _ in tables], dtype=np.int64)
    numbers, cells, groups, of_dataset = columns
    return Facts(gathered(joined(parts), count), numbers, cells, groups, of_dataset, measured, ks)


def insides(facts: Facts) -> Iterator[Inside]:
    """Yield each fact that holds others, where one of them all is of the table to come and one of another table."""
    finer, coarser = _candidates(facts)
    new = facts.tables == 0
    crossing = new[finer] != new[coarser]
    order = np.argsort(coarser, kind="stable")
    finer, coarser, crossing = finer[order], coarser[order], crossing[order]
    for own in np.unique(coarser[crossing]).tolist():
        first, last = np.searchsorted(coarser, [own, own + 1])
        inside = _verified(facts, own, _told_apart(facts, own, finer[first:last]))
        if (new[inside.facts] != new[own]).any():
            yield inside


def _shown_entries(release: Release, places: Integers, unit: str, measures: Sequence[Measured]) -> Entries:
    membership = spread(release.memberships[release.units.index(unit)], containers(release.cells.keys))
    entries = entries_of(membership, places=places)
    position = {_measured(each): index for index, each in enumerate(release.cells.indicators)}
    nothing = np.zeros(len(entries.cells), dtype=np.int64)
    amounts = tuple(entries.amounts[position[measure]] if measure in position else nothing for measure in measures)
    return Entries(entries.cells, entries.units, entries.rows, entries.digests, amounts)


def _judged(release: Release) -> list[Indicator]:
    return [indicator for indicator in release.cells.indicators if indicator.kind in JUDGED]


def _measured(indicator: Indicator) -> Measured:
    return indicator.name, indicator.kind.value, indicator.decimals


def _levels(opened: Sequence[tuple[bool, ...]]) -> Integers:
    number = {level: place for place, level in enumerate(sorted(set(opened)))}
    return np.array([number[level] for level in opened], dtype=np.int64)


def _candidates(facts: Facts) -> tuple[Integers, Integers]:
    """Return pairs (finer, coarser) that may be nested: the coarser one holds the rarest unit of the finer one."""
    members = facts.members
    _, numbers = np.unique(members.units, return_inverse=True)
    frequency = np.bincount(numbers)[numbers] + (members.units == NO_UNIT) * (len(members.units) + 1)
    by_fact = np.lexsort((frequency, members.cells))
    held = np.flatnonzero(np.diff(members.starts) > 0)
    rarest = by_fact[members.starts[held]]
    by_unit = np.argsort(numbers, kind="stable")
    bounds = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(np.bincount(numbers))])
    lengths = np.diff(bounds)[numbers[rarest]]
    finer = np.repeat(np.arange(len(held)), lengths)
    offsets = np.arange(len(finer)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    other = by_unit[bounds[numbers[rarest]][finer] + offsets]
    coarser, size = members.cells[other], np.diff(members.starts)
    finer_facts = held[finer]
    possible = (coarser != finer_facts) & (members.rows[other] >= members.rows[rarest][finer])
    possible &= size[coarser] >= size[finer_facts]
    return finer_facts[possible], coarser[possible]


def _told_apart(facts: Facts, coarser: int, candidates: Integers) -> Integers:
    """Keep one of the candidates that hold the very same rows: of the other side of the comparison if there is one.

    Digests need not tell a corrected row: the amounts that the coarser table sums do.
    """
    members = facts.members
    places, owners = facts.entries(candidates)
    said = (members.units[places] ^ (members.digests[places] << np.uint64(1))) * np.uint64(0x9E3779B97F4A7C15)
    for measure in np.flatnonzero(facts.measured[facts.tables[coarser]]).tolist():
        said = (said ^ members.amounts[measure][places].astype(np.uint64)) * np.uint64(0x9E3779B97F4A7C15)
    said ^= said >> np.uint64(29)
    seal = np.zeros(len(candidates), dtype=np.uint64)
    np.add.at(seal, owners, said * (members.rows[places].astype(np.uint64) | np.uint64(1)))
    new = facts.tables == 0
    same_side = new[candidates] == new[coarser]
    order = np.lexsort((candidates, same_side, seal))
    firsts = np.concatenate([np.ones(1, dtype=np.bool_), np.diff(seal[order]) != 0])
    return np.sort(candidates[order[firsts]])


def _verified(facts: Facts, coarser: int, candidates: Integers) -> Inside:
    """Keep the candidates whose every unit has no more rows than in the coarser fact.

    Where a unit has as many rows in both and their digests differ, they are other rows, or a row was corrected
    between the two: of fewer than k units, that is a difference to be looked at; of more, other rows. That k is the
    largest of all the tables, since what the facts leave is judged by the largest of theirs.
    """
    members = facts.members
    first, last = members.starts[coarser], members.starts[coarser + 1]
    units, rows, digests = members.units[first:last], members.rows[first:last], members.digests[first:last]
    places, owners = facts.entries(candidates)
    at = np.minimum(np.searchsorted(units, members.units[places]), len(units) - 1)
    apart = (units[at] != members.units[places]) | (members.rows[places] > rows[at])
    other = ~apart & (members.rows[places] == rows[at]) & (members.digests[places] != digests[at])
    inside = np.bincount(owners[apart], minlength=len(candidates)) == 0
    inside &= np.bincount(owners[other], minlength=len(candidates)) < int(facts.ks.max())
    kept = inside[owners]
    renumbered = np.cumsum(inside) - 1
    return Inside(
        coarser=coarser,
        facts=candidates[inside],
        owners=renumbered[owners[kept]],
        at=at[kept],
        rows=members.rows[places[kept]],
        digests=members.digests[places[kept]],
        amounts=tuple(amount[places[kept]] for amount in members.amounts),
    )
