"""Who is in a published period now, from its last version and the rows that came since, without reading the others.

Rows only ever join a period by stored files that came since; what an erasure took out, or what another rule counts
elsewhere, shows in the numbers of the cells, which are always counted anew from all rows. Where these are not to the
last one those of the last version with what came, or where nothing tells what came, all rows are asked instead.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from anonymizers.cells import CellTable, Indicator, Integers, Kind
from anonymizers.differencing.keys import placed
from anonymizers.differencing.membership import NO_UNIT, Entries, Membership, Memberships, entries_of, gathered, joined
from anonymizers.differencing.past import Change
from anonymizers.marking import Marking
from charter.due import DuePeriod
from charter.lateness import files_since
from charter.ledger.records import Kept, PastVersion
from charter.memberships import UnitSets, memberships_of, read_unit_sets
from charter.raw_table import read_columns, read_fields, stored_schema
from charter.run import Run
from charter.unit_rows import Layout
from charter.unit_sets import unit_contents_expression, unit_sets_expression
from charter.vocabulary import Delivery
from eclor.engine.limits import Range
from eclor.engine.session import Session

Versions = Sequence[tuple[PastVersion, Kept]]
"""The earlier versions of one period, oldest first, and what is kept of them."""


class UnitReader:
    """Asks the session who is in each cell of stored files: of all of them once, of each that came since once.

    Who is in a period is told once a reading, and read again where it is asked again.
    """

    def __init__(self, run: Run, layout: Layout, ranges: Sequence[Range], marking: Marking) -> None:
        self.run, self.layout, self._ranges, self._marking = run, layout, ranges, marking
        self._all: UnitSets | None = None
        self._late: dict[tuple[Path, ...], UnitSets] = {}

    def memberships(self, cells: CellTable, due: DuePeriod) -> Memberships:
        """Return who is in the finest cells of one period."""
        if self._all is None or due.first in self._all.taken:
            answer = self._shown(self.run.held.files).batches(unit_sets_expression(self.layout))
            self._all = read_unit_sets(answer, self.layout)
        return memberships_of(self._all, self.layout, cells, period=due.first)

    def late(self, files: tuple[Path, ...], cells: CellTable, due: DuePeriod) -> Memberships:
        """Return who is in the finest cells of one period by the rows of the few files that came since."""
        if files not in self._late or due.first in self._late[files].taken:
            answer = self._shown(files).batches(unit_contents_expression(self.layout))
            self._late[files] = read_unit_sets(map(self._marking.marked, answer), self.layout)
        return memberships_of(self._late[files], self.layout, cells, period=due.first)

    def _shown(self, files: tuple[Path, ...]) -> Session:
        """Show the session the rows of some stored files, and return it."""
        policy, session = self.run.plan.policy, self.run.session
        session.bind(read_columns(policy), self._ranges, schema=stored_schema(read_fields(policy)), files=files)
        return session


@dataclass(frozen=True, slots=True)
class Arrived:
    """Who is in a period now, and what came since each of its versions."""

    memberships: Memberships
    changes: tuple[Change, ...]


def arrived(reader: UnitReader, due: DuePeriod, cells: CellTable, versions: Versions) -> Arrived | None:
    """Return who is in a period by what came since its versions; none where all rows must be asked."""
    since = _files_since(reader, versions)
    if since is None or not all(_lies_in(cells, kept) for _, kept in versions):
        return None
    came = _came(reader, since, cells, due)
    then = [_entries(kept, cells) for _, kept in versions]
    now = _together(then[-1], came[-1], cells)
    if not _is_told(now, cells) or not all(map(_add_up, then, came, [now] * len(then))):
        return None
    return Arrived(now, tuple(Change(cells.keys, late) for late in came))


def _files_since(reader: UnitReader, versions: Versions) -> list[tuple[Path, ...]] | None:
    """Return the files that came since each version; none where rows could have come or left in another way."""
    run, layout = reader.run, reader.layout
    told = (
        layout.dated
        and run.plan.entry.delivery is not Delivery.COMPLETE
        and all(len(counted.columns) == 1 for counted in layout.counts)
        and all(kept.dated and version.policy_digest == run.plan.policy_digest for version, kept in versions)
    )
    since = [files_since(run, version.seen) for version, _ in versions] if told else []
    found = [files for files in since if files is not None]
    return found if found and len(found) == len(since) else None


def _lies_in(cells: CellTable, kept: Kept) -> bool:
    """Tell whether the table still lists every cell that held rows: what an erasure emptied may be listed no more."""
    places = placed(kept.release.cells.keys, cells.keys)
    return all(bool((places[membership.cells] >= 0).all()) for membership in kept.release.memberships)


def _entries(kept: Kept, cells: CellTable) -> tuple[Entries, ...]:
    places = placed(kept.release.cells.keys, cells.keys)
    return tuple(entries_of(membership, places=places) for membership in kept.release.memberships)


def _came(reader: UnitReader, since: Sequence[tuple[Path, ...]], cells: CellTable, due: DuePeriod) -> list[Memberships]:
    """Return who came since each version: what came since the next one, and by the files in between."""
    came, known = list[Memberships](), frozenset[Path]()
    for files in reversed(since):
        between = tuple(file for file in files if file not in known)
        if known <= set(files) and came:
            came.append(_together(_loose(came[-1]), reader.late(between, cells, due), cells) if between else came[-1])
        else:
            came.append(reader.late(files, cells, due))
        known = frozenset(files)
    return came[::-1]


def _loose(memberships: Memberships) -> tuple[Entries, ...]:
    return tuple(map(entries_of, memberships))


def _together(then: Sequence[Entries], late: Memberships, cells: CellTable) -> Memberships:
    additive = tuple(one.kind is not Kind.DISTINCT_COUNT for one in cells.indicators)
    return tuple(
        _added(before, entries_of(since), additive, len(cells.keys)) for before, since in zip(then, late, strict=True)
    )


def _added(then: Entries, late: Entries, additive: tuple[bool, ...], count: int) -> Membership:
    now = gathered(joined([then, late]), count)
    ones = np.ones(len(now.units), dtype=np.int64)  # a unit of both counts for one
    amounts = tuple(amount if adds else ones for amount, adds in zip(now.amounts, additive, strict=True))
    return replace(now, amounts=amounts)


def _is_told(now: Memberships, cells: CellTable) -> bool:
    """Tell whether who is said to be in each cell makes its numbers: rows, units, and what is summed."""
    finest, count = ~cells.margins, len(cells.keys)
    for membership, units in zip(now, cells.units, strict=True):
        counted = np.bincount(membership.cells[membership.units != NO_UNIT], minlength=count)
        rows, *amounts = _by_cell(entries_of(membership), count)[1:]
        pairs = [(counted, units), (rows, cells.rows), *_summed(cells.indicators, amounts, cells.values)]
        if not all(np.array_equal(said[finest], true[finest]) for said, true in pairs):
            return False
    return True


def _summed(
    indicators: Sequence[Indicator], amounts: Sequence[Integers], values: Sequence[Integers]
) -> list[tuple[Integers, Integers]]:
    found = zip(indicators, amounts, values, strict=True)
    return [(amount, value) for one, amount, value in found if one.kind is not Kind.DISTINCT_COUNT]


def _add_up(then: Sequence[Entries], came: Memberships, now: Memberships) -> bool:
    """Tell whether a version with what came since makes what is now: rows, their days, and what is summed."""
    return all(_make(before, late, after) for before, late, after in zip(then, came, now, strict=True))


def _make(then: Entries, late: Membership, now: Membership) -> bool:
    count = len(now)
    sides = zip(_by_cell(then, count), _by_cell(entries_of(late), count), _by_cell(entries_of(now), count), strict=True)
    days, rows, *_ = [np.array_equal(before + since, after) for before, since, after in sides]
    return days and rows


def _by_cell(entries: Entries, count: int) -> list[Integers]:
    """Return the sums by cell of the marks of days, modulo 2**64, of the rows and of each amount."""
    summed = []
    for numbers in (entries.digests.view(np.int64), entries.rows, *entries.amounts):
        of_cells = np.zeros(count, dtype=np.int64)
        np.add.at(of_cells, entries.cells, numbers)
        summed.append(of_cells)
    return summed
