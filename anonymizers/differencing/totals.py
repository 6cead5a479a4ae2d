"""Totals: what a reader gets by adding up the cells that a table shows, as if the table had published it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

import numpy as np

from anonymizers.cells import TOGETHER, Booleans, Integers
from anonymizers.differencing.facts import Facts, Sums, lineage_of, numbered
from anonymizers.differencing.keys import Key
from anonymizers.differencing.membership import Entries, entries_of, gathered, joined, seals
from anonymizers.differencing.past import Release

_NO_FACT: Final = -1


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
    owners = np.repeat(np.arange(len(sums)), [len(one.facts) for one in sums])
    every = facts.taken(np.concatenate([one.facts for one in sums]), np.ones(facts.measured.shape[1], dtype=np.bool_))
    added = gathered(Entries(owners[every.cells], every.units, every.rows, every.digests, every.amounts), len(sums))
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
    return _with(facts, [sums[place].table for place in told.tolist()], entries_of(added, places=places), added_up)


def _with(facts: Facts, tables: Sequence[int], entries: Entries, sums: Sums) -> Facts:
    several = len(tables)
    firsts = np.array([one[0] for one in sums.totals], dtype=np.int64)
    columns = (
        np.concatenate([facts.tables, np.array(tables, dtype=np.int64)]),
        np.concatenate([facts.cells, np.full(several, -1)]),
        np.concatenate([facts.groups, facts.groups.max(initial=0) + 1 + np.arange(several)]),
        np.concatenate([facts.series, facts.series.max(initial=0) + 1 + np.arange(several)]),
        np.concatenate([facts.lineages, facts.lineages[firsts]]),
    )
    members = gathered(joined([entries_of(facts.members), entries]), len(facts.tables) + several)
    return numbered(members, columns, facts.measured, facts.ks, sums)


def _sums(facts: Facts, tables: Sequence[tuple[Release, Booleans]]) -> Iterator[_Sum]:
    for table, shown in enumerate(_shown(facts, tables)):
        fresh = np.isin(shown, np.flatnonzero(facts.tables == table))
        for cells in _opened(tables[table][0].cells.keys, shown != _NO_FACT):
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
        keys = release.cells.keys
        of_lineage.update((keys[cell], int(own[cell])) for cell in np.flatnonzero(fresh).tolist())
        found[table] = np.array([of_lineage.get(key, _NO_FACT) for key in keys], dtype=np.int64)
    return found


def _opened(keys: Sequence[Key], shown: Booleans) -> Iterator[Integers]:
    """Yield the shown cells of one level that lie in one place of a level that opens more dimensions."""
    levels: dict[tuple[bool, ...], list[int]] = {}
    for cell in np.flatnonzero(shown).tolist():
        levels.setdefault(tuple(label == TOGETHER for label in keys[cell]), []).append(cell)
    for level, cells in levels.items():
        for opened in product((False, True), repeat=len(level)):
            if opened != level and all(more or not less for less, more in zip(level, opened, strict=True)):
                yield from _by_place(keys, cells, opened)


def _by_place(keys: Sequence[Key], cells: Sequence[int], opened: Sequence[bool]) -> Iterator[Integers]:
    places: dict[Key, list[int]] = {}
    for cell in cells:
        place = tuple(TOGETHER if gone else label for label, gone in zip(keys[cell], opened, strict=True))
        places.setdefault(place, []).append(cell)
    yield from (np.array(several, dtype=np.int64) for several in places.values())
