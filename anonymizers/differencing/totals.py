"""Totals: what a reader gets by adding up the cells that a table shows, as if the table had published it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Final

import numpy as np

from anonymizers.cells import TOGETHER, Booleans, Integers, Key
from anonymizers.differencing.facts import Facts, lineage_of
from anonymizers.differencing.membership import Entries, Hashes, Membership, entries_of, gathered, seals
from anonymizers.differencing.past import Release

_NO_FACT: Final = -1


@dataclass(frozen=True, slots=True)
class Sums:
    """What cells add up to: the totals that say something more, and the cells that say so already (see `Facts`)."""

    totals: tuple[Integers, ...]
    same: Integers
    made: tuple[tuple[int, Integers], ...]


@dataclass(frozen=True, slots=True)
class _Sum:
    """Cells that the file of one table shows, by their facts, and that share no row."""

    table: int
    facts: Integers


def with_totals(facts: Facts, tables: Sequence[tuple[Release, Booleans]]) -> Facts:
    """Add the totals of each table: over the cells of one level that its file shows, kept ones included.

    One total for each place of each level that opens more dimensions. Those that hold nothing that their own table is
    the first to show, or the very rows of some cell or other total, say nothing more and are left out.
    """
    sums = list(_sums(facts, tables))
    if not sums:
        return facts
    every, added = _units(facts), _added_up(facts, sums)
    ranked, added = added, replace(added, units=every[added.units.astype(np.int64)])
    seal, known = seals(entries_of(added), len(sums)), seals(entries_of(facts.members), len(facts.tables))
    firsts = np.unique(seal, return_index=True)[1]
    told = np.sort(firsts[~np.isin(seal[firsts], known)])
    places = np.full(len(sums), -1, dtype=np.int64)
    places[told] = np.arange(len(told)) + len(facts.tables)
    _, first, same = np.unique(known, return_index=True, return_inverse=True)
    cell = {int(one): int(fact) for one, fact in zip(known[first], first, strict=True)}
    made = tuple(
        (cell[one], first[same[each.facts]]) for one, each in zip(seal.tolist(), sums, strict=True) if one in cell
    )
    added_up = Sums(tuple(sums[place].facts for place in told.tolist()), first[same], made)
    return _with(facts, [sums[place].table for place in told.tolist()], entries_of(ranked, places=places), added_up)


def with_margins(facts: Facts, releases: Sequence[Release]) -> Facts:
    """Add the margins that a table does not have, whatever it shows: of the fewest cells that each can be made of.

    `facts` are all cells that hold rows, of which nothing is left out for being the same as another.
    """
    sums = [
        _Sum(table, np.array(made, dtype=np.int64))
        for table, release in enumerate(releases)
        for made in _missing(release.cells.keys, np.flatnonzero(facts.tables == table), facts)
    ]
    if not sums:
        return facts
    cells = np.arange(len(facts.tables))
    places = np.arange(len(sums)) + len(facts.tables)
    added = entries_of(_added_up(facts, sums), places=places)
    return _with(facts, [one.table for one in sums], added, Sums(tuple(one.facts for one in sums), cells, ()))


def _missing(keys: Sequence[Key], own: Integers, facts: Facts) -> Iterator[list[int]]:
    """Yield the facts, of those of one table, that make each margin that it does not have."""
    fact = dict(zip(facts.cells[own].tolist(), own.tolist(), strict=True))
    held, published = np.isin(np.arange(len(keys)), facts.cells[own]), set(keys)
    fewest: dict[Key, Integers] = {}
    for place, cells in _opened(keys, held):
        if place not in published and (place not in fewest or len(cells) < len(fewest[place])):
            fewest[place] = cells
    yield from ([fact[cell] for cell in cells.tolist()] for cells in fewest.values() if len(cells) > 1)


def _units(facts: Facts) -> Hashes:
    """Return the units by their numbers."""
    units = np.zeros(facts.several, dtype=np.uint64)
    units[facts.ranks] = facts.members.units
    return units


def _added_up(facts: Facts, sums: Sequence[_Sum]) -> Membership:
    """Add up the entries of each sum, whose units bear their numbers: those sort faster than hashes."""
    owners = np.repeat(np.arange(len(sums)), [len(one.facts) for one in sums])
    places, facts_of_places = facts.entries(np.concatenate([one.facts for one in sums]))
    members = facts.members
    return gathered(
        Entries(
            owners[facts_of_places],
            facts.ranks[places].astype(np.uint64),
            members.rows[places],
            members.digests[places],
            tuple(amount[places] for amount in members.amounts),
        ),
        len(sums),
    )


def _with(facts: Facts, tables: Sequence[int], ranked: Entries, sums: Sums) -> Facts:
    """Lay totals behind the cells; their entries are in order, and their units bear their numbers."""
    several, members = len(tables), facts.members
    firsts = np.array([one[0] for one in sums.totals], dtype=np.int64)
    lengths = np.bincount(ranked.cells - len(facts.tables), minlength=several)
    ranks = np.concatenate([facts.ranks, ranked.units.astype(np.int64)])
    amounts = zip(members.amounts, ranked.amounts, strict=True)
    grown = Membership(
        starts=np.concatenate([members.starts, members.starts[-1] + np.cumsum(lengths)]),
        units=_units(facts)[ranks],
        rows=np.concatenate([members.rows, ranked.rows]),
        digests=np.concatenate([members.digests, ranked.digests]),
        amounts=tuple(np.concatenate(pair) for pair in amounts),
    )
    return replace(
        facts,
        members=grown,
        tables=np.concatenate([facts.tables, np.array(tables, dtype=np.int64)]),
        cells=np.concatenate([facts.cells, np.full(several, -1)]),
        groups=np.concatenate([facts.groups, facts.groups.max(initial=0) + 1 + np.arange(several)]),
        series=np.concatenate([facts.series, facts.series.max(initial=0) + 1 + np.arange(several)]),
        lineages=np.concatenate([facts.lineages, facts.lineages[firsts]]),
        totals=sums.totals,
        same=sums.same,
        made=sums.made,
        ranks=ranks,
        spelt=grown.cells * facts.several + ranks,
    )


def _sums(facts: Facts, tables: Sequence[tuple[Release, Booleans]]) -> Iterator[_Sum]:
    for table, shown in enumerate(_shown(facts, tables)):
        fresh = np.isin(shown, np.flatnonzero(facts.tables == table))
        for _, cells in _opened(tables[table][0].cells.keys, shown != _NO_FACT):
            if len(cells) > 1 and fresh[cells].any():
                yield _Sum(table, shown[cells])


def _shown(facts: Facts, tables: Sequence[tuple[Release, Booleans]]) -> list[Integers]:
    """Return, for each table, the fact that its file shows in each cell: its own, or that of an earlier version."""
    found: list[Integers] = [np.zeros(0, dtype=np.int64)] * len(tables)
    said: dict[tuple[str, str, tuple[str, ...]], dict[Key, int]] = {}
    for table in (*range(1, len(tables)), 0):
        release, fresh = tables[table]
        of_lineage = said.setdefault(lineage_of(release), {})
        own = np.full(len(fresh), _NO_FACT)
        mine = np.flatnonzero(facts.tables == table)
        own[facts.cells[mine]] = mine
        if table == 0:
            for cell, twin in facts.repeated:
                own[cell] = twin
        keys = release.cells.keys
        of_lineage.update((keys[cell], int(own[cell])) for cell in np.flatnonzero(fresh).tolist())
        found[table] = np.array([of_lineage.get(key, _NO_FACT) for key in keys], dtype=np.int64)
    return found


def _opened(keys: Sequence[Key], shown: Booleans) -> Iterator[tuple[Key, Integers]]:
    """Yield each place of a level that opens more dimensions than another, and the shown cells of that one in it."""
    levels: dict[tuple[bool, ...], list[int]] = {}
    for cell in np.flatnonzero(shown).tolist():
        levels.setdefault(tuple(label == TOGETHER for label in keys[cell]), []).append(cell)
    for level, cells in levels.items():
        for opened in product((False, True), repeat=len(level)):
            if opened != level and all(more or not less for less, more in zip(level, opened, strict=True)):
                yield from _by_place(keys, cells, opened)


def _by_place(keys: Sequence[Key], cells: Sequence[int], opened: Sequence[bool]) -> Iterator[tuple[Key, Integers]]:
    places: dict[Key, list[int]] = {}
    for cell in cells:
        place = tuple(TOGETHER if gone else label for label, gone in zip(keys[cell], opened, strict=True))
        places.setdefault(place, []).append(cell)
    yield from ((place, np.array(several, dtype=np.int64)) for place, several in places.items())
