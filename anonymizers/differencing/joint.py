"""Joint check: the versions and the sisters of a table read together (LANGUAGE.md section 9, (c))."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

import numpy as np

from anonymizers.cells import Booleans, Integers, Kind
from anonymizers.differencing.blocks import (
    Block,
    needs_of_kept,
    new_block,
    past_block,
    place_of,
    reader_of_block,
)
from anonymizers.differencing.covers import Cover, covered, covers
from anonymizers.differencing.facts import lineage_of
from anonymizers.differencing.history import History
from anonymizers.differencing.keys import containing, placed
from anonymizers.differencing.links import Link, Nest, nested, nests, related, rising, shared_by
from anonymizers.differencing.nesting import Found, located
from anonymizers.differencing.past import Breach, PastRelease, Release, Rule
from anonymizers.differencing.system import Part, System, joined_needs, stacked
from anonymizers.disclosure.circles import circles_of
from anonymizers.disclosure.work import Work

UNSEEN: Final = np.iinfo(np.int64).max
"""Stands for the number of a cell that no version shows: nothing is less for it."""


@dataclass(frozen=True, slots=True)
class Stand:
    """What the table to come would say: the cells that must stay unknown, keep their number, show the new one."""

    primary: Booleans
    kept: Booleans
    fresh: Booleans


@dataclass(frozen=True, slots=True)
class _Told:
    """One indicator over the blocks that have it: `numbers[n]` is the block of part n, the table to come first.

    `unit` is what it counts, if it is a distinct count of a unit; `system` is all of them side by side, not yet tied.
    """

    numbers: tuple[int, ...]
    blocks: tuple[Block, ...]
    values: tuple[Integers, ...]
    kind: Kind
    unit: str | None
    system: System
    offsets: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Joint:
    """All that a reader can hold together: the table to come, then its versions (`history`), then its sisters."""

    release: Release
    history: History
    past: tuple[Block, ...]
    nests: tuple[Nest, ...]
    covers: tuple[Cover, ...]
    work: Work
    """What is left of the work that the table to come may take, its protection included."""

    def breaches(self, stand: Stand) -> list[Found]:
        """Return the fresh cells that let a reader narrow what must stay unknown, with what is narrowed.

        Asked of a reader who supposes of rows what is true of them, then of one who supposes that they only enter
        wherever nothing shown says otherwise. Where the second finds no numbers at all that agree with that, nothing
        new is shown: a programme that is not feasible refuses what it speaks of (LANGUAGE.md section 9, (c)).
        """
        if not (self.past and stand.fresh.any()):
            return []
        telling = ~stand.fresh & ~(stand.kept & (self.history.refused | ~self.history.changed)) & self._protects
        primary = stand.primary & ~stand.kept
        new = new_block(self.release, primary=primary, telling=telling, fresh=stand.fresh, kept=stand.kept)
        found: dict[int, Breach] = {}
        for indicator in range(len(self.release.cells.indicators)):
            told = self._told(new, indicator)
            for reader in self._readers(told):
                for columns, narrowed in reader.narrowed():
                    for cell in self._cures(told, columns, narrowed):
                        found.setdefault(cell, self._breach(told, narrowed, cell))
        return list(found.items())

    @property
    def _protects(self) -> bool:
        """Say whether the table to come asks for protection itself; without it, what it shows may narrow others'."""
        return self.release.rules.protection is not None

    def _told(self, new: Block, indicator: int) -> _Told:
        blocks = [(0, new, indicator)]
        for number, block in enumerate(self.past, start=1):
            place = place_of(block, self.release, indicator)
            if place is not None:
                blocks.append((number, block, place))
        parts = [self._part(new, block, place, indicator) for _, block, place in blocks]
        system, offsets = stacked(parts, new=new.fresh, work=self.work)
        described = self.release.cells.indicators[indicator]
        return _Told(
            numbers=tuple(number for number, _, _ in blocks),
            blocks=tuple(block for _, block, _ in blocks),
            values=tuple(part.reader.values for part in parts),
            kind=described.kind,
            unit=None if described.entry is None else self.release.units[described.entry],
            system=system,
            offsets=offsets,
        )

    def _part(self, new: Block, block: Block, place: int, indicator: int) -> Part:
        reader = reader_of_block(block, place)
        if block is new and self._protects:
            kept = np.flatnonzero(self.history.refused & self.history.shown & ~new.fresh)
            more = needs_of_kept(new, self._last_shown(indicator), kept, indicator)
            reader = replace(reader, needs=joined_needs([reader.needs, more]))
        return Part(reader, ~block.fresh, circles_of(block.table))

    def _last_shown(self, indicator: int) -> Integers:
        """Return what each cell was when some version last showed it fresh, what it is where none did."""
        shown = self.release.cells.values[indicator].copy()
        for number, version in enumerate(self.history.versions):
            of_version = self.history.source == number
            shown[of_version] = version.release.cells.values[indicator][of_version]
        return shown

    def _readers(self, told: _Told) -> tuple[System, ...]:
        """Tie the blocks as a reader does who supposes what is true, then as one who supposes more, if any."""
        true, false = self._supposed(told)
        true += _of_sisters(told)
        place = {number: part for part, number in enumerate(told.numbers)}
        for nest in self.nests:
            held = [(place[block], cell) for block, cell in nest.parts if block in place]
            if held and all(block in place for block, _ in nest.around):
                is_whole = nest.whole and len(held) == len(nest.parts)
                around = tuple((place[block], cell) for block, cell in nest.around)
                among = replace(nest, around=around, parts=tuple(held), whole=is_whole)
                true += nested(among, told.values, told.kind, told.unit)
        for cover in self.covers:
            if all(block in place for block, _ in (cover.inside, *cover.around)):
                around = tuple((place[block], cell) for block, cell in cover.around)
                true += covered(Cover((place[cover.inside[0]], cover.inside[1]), around), told.values)
        system = told.system.tied([*dict.fromkeys(true)], told.offsets)
        return (system, system.tied(false, told.offsets)) if false else (system,)

    def _supposed(self, told: _Told) -> tuple[list[Link], list[Link]]:
        """Return what a reader supposes of versions that follow one another: what is true of it, what is not.

        Where a cell was shown at less than before, rows have left it for all to see: between the two versions nothing
        false is supposed of it, nor of what contains it or lies inside.
        """
        true, false = list[Link](), list[Link]()
        order = [*(part for part, block in enumerate(told.blocks) if block.version and part > 0), 0]
        fresh = np.array([told.blocks[part].fresh for part in order])
        values = np.array([told.values[part] for part in order])
        for step, (earlier, later) in enumerate(pairwise(order), start=1):
            falls = told.values[later] < told.values[earlier]
            before = np.where(fresh[:step], values[:step], -1).max(axis=0)
            after = np.where(fresh[step:], values[step:], UNSEEN).min(axis=0)
            unseen = np.flatnonzero(falls & ~related(after < before, self.history.margins))
            rises = np.flatnonzero(~falls)
            true += rising((earlier, later), (rises, rises), told.values)
            false += rising((earlier, later), (unseen, unseen), told.values)
        return true, false

    def _cures(self, told: _Told, columns: Integers, narrowed: int) -> list[int]:
        """Return the fresh cells to bar: those never shown before; else what holds the cell; else all that is tied."""
        count = len(self.release.cells.keys)
        fresh = np.zeros(count, dtype=np.bool_)
        fresh[columns[columns < count]] = told.system.new[columns[columns < count]]
        around = np.zeros(count, dtype=np.bool_)
        part, cell = _cell_of(told, narrowed)
        if told.blocks[part].version:
            around[cell] = True
            around |= containing(around, self.history.margins)
        for chosen in (fresh & self.history.hidden, fresh & around, fresh):
            if chosen.any():
                return np.flatnonzero(chosen).tolist()
        return []

    def _breach(self, told: _Told, narrowed: int, cell: int) -> Breach:
        part, other = _cell_of(told, narrowed)
        return Breach(Rule.JOINT, located(told.blocks[part].release, other), located(self.release, cell))


def joint_of(release: Release, history: History, sisters: Sequence[PastRelease], work: Work) -> Joint:
    """Prepare the check, which takes from `work`: what is tied to what does not depend on what is shown."""
    tables = [release, *(version.release for version in history.versions), *(sister.release for sister in sisters)]
    if all(table.rules.protection is None for table in tables):
        return Joint(release, history, (), (), (), work)
    past = (
        *(past_block(version, version=True) for version in history.versions),
        *(past_block(sister, version=False) for sister in sisters),
    )
    nothing = np.zeros(len(release.cells.keys), dtype=np.bool_)
    new = new_block(release, primary=nothing, telling=nothing, fresh=nothing, kept=nothing)
    shared = [(one, tuple(nests(one))) for one in shared_by([new, *past])]
    return Joint(
        release,
        history,
        past,
        nests=tuple(nest for _, nested_in in shared for nest in nested_in),
        covers=tuple(cover for one, nested_in in shared for cover in covers(one, nested_in)),
        work=work,
    )


def _of_sisters(told: _Told) -> Iterator[Link]:
    """Yield what is true, of what a reader supposes of each sister's versions: what rose from one to the next."""
    lineages: dict[tuple[str, str, tuple[str, ...]], list[int]] = {}
    for part, block in enumerate(told.blocks):
        if not block.version:
            lineages.setdefault(lineage_of(block.release), []).append(part)
    for lineage in lineages.values():
        for earlier, later in pairwise(lineage):
            keys = (told.blocks[part].release.cells.keys for part in (earlier, later))
            places = placed(*keys)
            before = np.flatnonzero(places >= 0)
            before = before[told.values[earlier][before] <= told.values[later][places[before]]]
            yield from rising((earlier, later), (before, places[before]), told.values)


def _cell_of(told: _Told, column: int) -> tuple[int, int]:
    part = int(np.searchsorted(told.offsets, column, side="right")) - 1
    return part, column - told.offsets[part]
