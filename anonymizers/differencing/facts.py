"""Facts: every cell that some table shows the true number of, and whose rows lie inside whose."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from anonymizers.cells import TOGETHER, Booleans, Indicator, Integers
from anonymizers.differencing.keys import containers
from anonymizers.differencing.membership import (
    NO_UNIT,
    Entries,
    Hashes,
    Membership,
    Number,
    entries_of,
    gathered,
    joined,
    seals,
    spread,
)
from anonymizers.differencing.past import Release
from anonymizers.guarantees.dominance import JUDGED
from anonymizers.stretches import stretches

Measured = tuple[str, str, int]
"""Name, kind and decimals of an indicator: where they agree, two tables sum the same thing."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Cells shown by several tables: `members` counts the units of each; table 0 is the one to come.

    `tables[f]` and `cells[f]` say which cell of which table fact f is; `groups[f]` is one for the cells of one table
    that open the same dimensions: they share no row; `series[f]` is one for those of all tables of one dataset, and
    `lineages[f]` one for those of all versions of one table. `measured[t, m]` says whether table t has measure m, one
    of the indicators that dominance judges; `ks[t]` is the k of the unit in table t, `protects[t]` says whether that
    table is protected. The last facts are `totals` (`anonymizers.differencing.totals`): each names the facts that it
    adds up, and has no cell (-1) of its own.
    Cells of one `same` number hold the very same rows; `made` says which of these others add up to exactly.
    `ranks` are the numbers of the units of all entries among `several`, `spelt` those of facts and units together.
    `repeated` are the cells of the table to come that are no facts, each with the earlier fact that it says again.
    """

    members: Membership
    tables: Integers
    cells: Integers
    groups: Integers
    series: Integers
    lineages: Integers
    measured: Booleans
    ks: Integers
    protects: Booleans
    totals: tuple[Integers, ...]
    same: Integers
    made: tuple[tuple[int, Integers], ...]
    ranks: Integers
    several: int
    spelt: Integers
    repeated: tuple[tuple[int, int], ...] = ()

    @property
    def cells_alone(self) -> int:
        """Return how many facts are cells: those before the totals."""
        return len(self.tables) - len(self.totals)

    @property
    def nobody(self) -> int:
        """Return the number of the rows without unit among the units, -1 if there are none."""
        without = self.ranks[self.members.units == NO_UNIT]
        return int(without[0]) if len(without) else -1

    def made_of(self, fact: int) -> Integers:
        """Return a cell by itself, or the cells that a total adds up."""
        return np.array([fact]) if fact < self.cells_alone else self.totals[fact - self.cells_alone]

    def entries(self, facts: Integers) -> tuple[Integers, Integers]:
        """Return the places of the entries of `facts`, and for each the place of its fact among them."""
        starts, lengths = self.members.starts[facts], np.diff(self.members.starts)[facts]
        return stretches(starts, lengths), np.repeat(np.arange(len(facts)), lengths)

    def taken(self, facts: Integers, measures: Booleans) -> Entries:
        """Return the entries of `facts`, which are numbered by their places, with the amounts of some measures."""
        places, owners = self.entries(facts)
        held = self.members
        amounts = tuple(held.amounts[measure][places] for measure in np.flatnonzero(measures).tolist())
        return Entries(owners, held.units[places], held.rows[places], held.digests[places], amounts)

    def at(self, facts: Integers, entries: Integers) -> Integers:
        """Return where each of `facts` has the unit of the entry of the same place: -1 where it does not."""
        if not len(self.spelt):
            return np.full(len(facts), -1)
        wanted = facts * self.several + self.ranks[entries]
        found = np.minimum(np.searchsorted(self.spelt, wanted), len(self.spelt) - 1)
        return np.where(self.spelt[found] == wanted, found, -1)


@dataclass(frozen=True, slots=True)
class Whole:
    """What the fact around others holds, by unit: nothing of those that only the others hold."""

    units: Hashes
    rows: Integers
    digests: Hashes
    amounts: tuple[Integers, ...]


@dataclass(frozen=True, slots=True)
class Inside:
    """The facts whose rows lie inside those of the fact `coarser`, and where their units stand in the `whole`.

    One entry a unit of an inner fact: `owners` (its place in `facts`), `at` (its unit's place in the whole), `rows`,
    `digests`, `amounts`.
    """

    coarser: int
    whole: Whole
    facts: Integers
    owners: Integers
    at: Integers
    rows: Integers
    digests: Hashes
    amounts: tuple[Integers, ...]

    def keeping(self, kept: Booleans) -> "Inside":
        """Return some of the inner facts, beside the same whole."""
        entries = kept[self.owners]
        return replace(
            self,
            facts=self.facts[kept],
            owners=(np.cumsum(kept) - 1)[self.owners[entries]],
            at=self.at[entries],
            rows=self.rows[entries],
            digests=self.digests[entries],
            amounts=tuple(amount[entries] for amount in self.amounts),
        )


def within(facts: Facts, coarser: int, candidates: Integers) -> Inside:
    """Lay facts beside a coarser one, whether their rows lie inside it or not."""
    members = facts.members
    own = slice(*members.starts[coarser : coarser + 2].tolist())
    places, owners = facts.entries(candidates)
    units = np.union1d(members.units[own], members.units[places])
    held = np.searchsorted(units, members.units[own])

    def laid(numbers: NDArray[Number]) -> NDArray[Number]:
        every = np.zeros(len(units), dtype=numbers.dtype)
        every[held] = numbers[own]
        return every

    amounts = tuple(laid(amount) for amount in members.amounts)
    return Inside(
        coarser=coarser,
        whole=Whole(units, laid(members.rows), laid(members.digests), amounts),
        facts=candidates,
        owners=owners,
        at=np.searchsorted(units, members.units[places]),
        rows=members.rows[places],
        digests=members.digests[places],
        amounts=tuple(amount[places] for amount in members.amounts),
    )


def facts_of(tables: Sequence[tuple[Release, Booleans]], unit: str) -> Facts:
    """Gather the cells that each table shows (where true) and that hold rows; every table counts `unit`."""
    measures = sorted({_measured(each) for release, _ in tables for each in _judged(release)})
    parts: list[Entries] = []
    owners: list[tuple[Integers, ...]] = []
    series: dict[tuple[str, tuple[bool, ...]], int] = {}
    lineages: dict[tuple[str, str, tuple[str, ...]], int] = {}
    count = group = 0
    for number, (release, shown) in enumerate(tables):
        kept = np.flatnonzero(shown & (release.cells.rows > 0))
        places = np.full(len(shown), -1, dtype=np.int64)
        places[kept] = np.arange(count, count + len(kept))
        parts.append(_shown_entries(release, places, unit, measures))
        opened = [tuple(label == TOGETHER for label in release.cells.keys[cell]) for cell in kept.tolist()]
        levels = _levels(opened)
        of_series = [series.setdefault((release.dataset, level), len(series)) for level in opened]
        lineage = lineages.setdefault(lineage_of(release), len(lineages))
        of_table = np.full(len(kept), number), kept, levels + group, np.array(of_series, dtype=np.int64)
        owners.append((*of_table, np.full(len(kept), lineage)))
        count, group = count + len(kept), group + int(levels.max(initial=-1)) + 1
    columns = [np.concatenate(column) for column in zip(*owners, strict=True)]
    held = [{_measured(each) for each in _judged(release)} for release, _ in tables]
    measured = np.array([[measure in own for measure in measures] for own in held], dtype=np.bool_)
    ks = np.array([release.rules.ks[release.units.index(unit)] for release, _ in tables], dtype=np.int64)
    protects = np.array([release.rules.protection is not None for release, _ in tables], dtype=np.bool_)
    return replace(_numbered(gathered(joined(parts), count), columns, measured, ks), protects=protects)


def _numbered(members: Membership, columns: Sequence[Integers], measured: Booleans, ks: Integers) -> Facts:
    """Number the units; `columns` are those of `Facts` from tables to lineages. No total is known yet."""
    units, ranks = np.unique(members.units, return_inverse=True)
    tables, cells, groups, series, lineages = columns
    return Facts(
        members=members,
        tables=tables,
        cells=cells,
        groups=groups,
        series=series,
        lineages=lineages,
        measured=measured,
        ks=ks,
        protects=np.zeros(len(ks), dtype=np.bool_),
        totals=(),
        same=np.arange(len(tables)),
        made=(),
        ranks=ranks,
        several=len(units),
        spelt=members.cells * len(units) + ranks,
    )


def lineage_of(release: Release) -> tuple[str, str, tuple[str, ...]]:
    """Return what the versions of one table have in common."""
    return release.dataset, release.period, release.cells.dimensions


def insides(facts: Facts) -> Iterator[Inside]:
    """Yield each fact that holds others, where one of them all is of the table to come and one of another table.

    Of those that hold the very same rows one stands for all.
    """
    new = (facts.tables == 0).astype(np.int64)
    for coarser, finer in _crossing(facts, new):
        yield from _between(facts, coarser, told_apart(facts, coarser, finer), new)


def all_insides(facts: Facts) -> Iterator[Inside]:
    """Yield each fact that holds some of another lineage, each of those that hold the very same rows for itself."""
    for coarser, finer in _crossing(facts, facts.lineages):
        yield from _between(facts, coarser, finer, facts.lineages)


def _crossing(facts: Facts, sides: Integers) -> Iterator[tuple[int, Integers]]:
    """Yield each fact that may hold others, and these, where one of them is of another of the `sides`."""
    finer, coarser = _candidates(facts)
    crossing = sides[finer] != sides[coarser]
    order = np.argsort(coarser, kind="stable")
    finer, coarser, crossing = finer[order], coarser[order], crossing[order]
    for own in np.unique(coarser[crossing]).tolist():
        first, last = np.searchsorted(coarser, [own, own + 1])
        yield own, finer[first:last]


def _between(facts: Facts, coarser: int, candidates: Integers, sides: Integers) -> Iterator[Inside]:
    inside = _verified(facts, coarser, candidates)
    if (sides[inside.facts] != sides[coarser]).any():
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
    numbers = facts.ranks
    frequency = np.bincount(numbers)[numbers] + (members.units == NO_UNIT) * (len(members.units) + 1)
    by_fact = np.lexsort((frequency, members.cells))
    held = np.flatnonzero(np.diff(members.starts)[: facts.cells_alone] > 0)
    rarest = by_fact[members.starts[held]]
    by_unit = np.argsort(numbers, kind="stable")
    bounds = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(np.bincount(numbers))])
    lengths = np.diff(bounds)[numbers[rarest]]
    finer = np.repeat(np.arange(len(held)), lengths)
    other = by_unit[stretches(bounds[numbers[rarest]], lengths)]
    coarser, size = members.cells[other], np.diff(members.starts)
    finer_facts = held[finer]
    possible = (coarser != finer_facts) & (members.rows[other] >= members.rows[rarest][finer])
    possible &= size[coarser] >= size[finer_facts]
    possible &= ~((coarser >= facts.cells_alone) & (facts.lineages[coarser] == facts.lineages[finer_facts]))
    return finer_facts[possible], coarser[possible]


def told_apart(facts: Facts, coarser: int, candidates: Integers) -> Integers:
    """Keep one of the candidates that hold the very same rows: of the other side of the comparison if there is one.

    Digests need not tell a corrected row: the amounts that the coarser table sums do.
    """
    seal = seals(facts.taken(candidates, facts.measured[facts.tables[coarser]]), len(candidates))
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
    more, other = odd_units(facts, candidates, np.full(len(candidates), coarser))
    return within(facts, coarser, candidates[(more == 0) & (other < int(facts.ks.max()))])


def odd_units(facts: Facts, finer: Integers, coarser: Integers) -> tuple[Integers, Integers]:
    """Count, for each pair of facts, the units of the finer one that cannot lie in the coarser one.

    Those with more rows than there, and those with as many rows of another digest.
    """
    places, owners = facts.entries(finer)
    at = facts.at(coarser[owners], places)
    members, held = facts.members, at >= 0
    more = ~held | (members.rows[places] > members.rows[at])
    other = ~more & (members.rows[places] == members.rows[at]) & (members.digests[places] != members.digests[at])
    return np.bincount(owners[more], minlength=len(finer)), np.bincount(owners[other], minlength=len(finer))
