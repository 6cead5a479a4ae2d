"""Step 10 of a release: each period next to all that was published before of its comparison group.

Source: LANGUAGE.md section 9, "Differencing".
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from anonymizers.cells import TOGETHER, CellTable, EmptyCellRule, Rules
from anonymizers.differencing.membership import Memberships
from anonymizers.differencing.past import Destroyed, Late, Mark, PastRelease, Settled
from anonymizers.differencing.past import Release as CountedRelease
from anonymizers.differencing.settle import settle
from anonymizers.marking import Marking
from anonymizers.times import Grain, span_labelled
from charter.arrivals import Arrived, UnitReader, arrived
from charter.dimensions import Dimension, time_dimension
from charter.due import DuePeriod
from charter.ledger.group import comparison_group, has_time, key_mark
from charter.ledger.memory import Memory
from charter.ledger.records import Days, Kept, PastPeriod, PastVersion
from charter.periods import days_of, overlaps
from charter.run import Run
from charter.unit_rows import Layout
from charter.vocabulary import FieldType, LateRows
from eclor.engine.limits import Range

TO_COME: Final = "à venir"
"""Stands for the version of a release that has no number yet."""


Numbers = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was settled for a period next to all that was published before; `dated` as in `Kept`."""

    settled: Settled
    dated: bool
    former: tuple[PastRelease, ...]
    """The earlier versions of the period, oldest first."""
    key_mark: str
    """Under which key its units are marked."""

    @property
    def roundings(self) -> Mapping[str, int | None]:
        """Return to what base each earlier version of the period rounded."""
        return {one.release.version: one.release.rules.rounding for one in self.former}

    @property
    def changed(self) -> int:
        """Return how many cells show other numbers than they did; 0 for a new period."""
        return sum(before is not None and now is not None and now != before for before, now in self._shown())

    @property
    def newly_shown(self) -> int:
        """Return how many cells were masked and are no longer."""
        return sum(before is None and now is not None for before, now in self._shown())

    @property
    def kept(self) -> int:
        """Return how many cells show the number of an earlier version though their rows give another one now."""
        now, shown = _numbers(self.release.cells), _numbers(self.settled.shown)
        marked = zip(self.settled.marks, now, shown, strict=True)
        return sum(mark is Mark.KEPT and true != said for mark, true, said in marked)

    def _shown(self) -> Iterator[tuple[Numbers | None, Numbers | None]]:
        """Give what each cell that was said before showed last and shows now; none where it is masked."""
        said: dict[tuple[str, ...], Numbers | None] = {}
        for past in self.former:
            marked = zip(past.release.cells.keys, past.marks, _numbers(past.release.cells), strict=True)
            said |= {
                key: numbers if mark is Mark.FRESH else None for key, mark, numbers in marked if mark is not Mark.KEPT
            }
        shown = self.settled.shown
        for mark, key, numbers in zip(self.settled.marks, shown.keys, _numbers(shown), strict=True):
            if key in said:
                yield said[key], None if mark is Mark.MASKED else numbers

    @property
    def release(self) -> CountedRelease:
        """Return the period's true numbers and who is in it, by the cells of what is shown."""
        return self.settled.release


@dataclass(frozen=True, slots=True)
class Comparer:
    """Settles the periods of one step of the ladder; who is in them is asked as far as one of them needs it."""

    reader: UnitReader
    key_mark: str

    @property
    def run(self) -> Run:
        """Return the run that compares."""
        return self.reader.run

    @property
    def layout(self) -> Layout:
        """Return the step of the ladder, its days told."""
        return self.reader.layout

    def settled(self, due: DuePeriod, cells: CellTable, rules: Rules, beside: Sequence["Beside"] = ()) -> Comparison:
        """Protect one period and compare it with all that was published before that could share a row with it.

        `beside` are the periods of the same release that were settled before this one.
        """
        dataset = self.run.plan.policy.dataset
        past, arrivals = self._past(due, cells, beside)
        memberships = arrivals.memberships if arrivals else self.reader.memberships(cells, due)
        units = tuple(counted.entry.unit.value for counted in self.layout.counts)
        release = CountedRelease(dataset, TO_COME, due.label, cells, rules, units, memberships)
        past = [*past, *self._beside(due.days, beside)]
        dated = self.layout.dated and all(kept.dated for _, kept in past if kept)
        own = [one for one, kept in past if kept and (one.release.dataset, one.release.period) == (dataset, due.label)]
        compared = [one if dated else _undated_past(one) for one, _ in past]
        settled = settle(release if dated else _undated(release), compared, late=self._late)
        return Comparison(settled, dated, tuple(own), self.key_mark)

    @property
    def _late(self) -> Late:
        """Deliveries without time are versions of one another, whatever late rows do elsewhere."""
        differencing = self.run.plan.policy.guarantees.differencing
        revises = differencing is not None and differencing.late_rows is LateRows.REVISE
        return Late.REVISE if revises or not has_time(self.run.plan.policy) else Late.FREEZE

    def _past(
        self, due: DuePeriod, cells: CellTable, beside: Sequence["Beside"]
    ) -> tuple[list[tuple[PastRelease, Kept | None]], Arrived | None]:
        """Return what was published that could share a row with a period, and what came for it since, if told."""
        memory, around = self.run.held.memory, self._around(due.days, beside)
        found, own = list[tuple[PastRelease, Kept | None]](), list[tuple[PastVersion, int]]()
        for version, one in past_periods(memory) if memory else ():
            is_own = version.dataset == self.run.plan.policy.dataset and one.period == due.label
            own += [(version, len(found))] if is_own else []
            if is_own or _could_meet(around, one.days):
                found.append(self._past_release(version, one, due.days, cells))
        kept = [(version, half) for version, place in own if (half := found[place][1])]
        arrivals = arrived(self.reader, due, cells, kept) if kept and len(kept) == len(own) else None
        for (_, place), change in zip(own, arrivals.changes if arrivals else (), strict=False):
            past, half = found[place]
            found[place] = (replace(past, change=change), half)
        return found, arrivals

    def _around(self, days: Days | None, beside: Sequence["Beside"]) -> Days | None:
        """Return the days that a period reaches by published ones, each of which shares a day with the next.

        A sister's quarter less two months already published and the one to come is a difference too; where weeks
        overlap months, two months less eight weeks is one, and so on from month to month. None where some have no days.
        """
        memory = self.run.held.memory
        published = [one.days for _, one in past_periods(memory)] if memory else []
        return reached(days, [*published, *(others for others, _ in beside)])

    def _beside(self, days: Days | None, beside: Sequence["Beside"]) -> list[tuple[PastRelease, Kept | None]]:
        around = self._around(days, beside)
        return [
            (PastRelease(one.release, one.settled.marks), Kept(one.release, one.settled.marks, one.dated))
            for others, one in beside
            if _could_meet(around, others)
        ]

    def _past_release(
        self, version: PastVersion, one: PastPeriod, days: Days | None, cells: CellTable
    ) -> tuple[PastRelease, Kept | None]:
        memory, group = self.run.held.memory, comparison_group(self.run.held.catalogue, self.run.plan.policy.dataset)
        kept = memory.halves.kept(version, one, group=group) if memory else None
        if kept is None:
            met = np.array([_meets(key, self.layout, days, one.days) for key in cells.keys], dtype=np.bool_)
            gone = replace(_emptied(cells), dataset=version.dataset, version=str(version.number), period=one.period)
            return PastRelease(gone, (), Destroyed(met)), None
        release = replace(kept.release, dataset=version.dataset, version=str(version.number))
        return PastRelease(release, kept.marks), kept


Beside = tuple[Days | None, Comparison]
"""The days of a period of the release under way, and what was settled for it."""


def comparer(run: Run, layout: Layout, ranges: Sequence[Range]) -> Comparer:
    """Make ready to ask the session who is in each cell of the rows of some ranges, to settle their periods."""
    time = time_dimension(layout.dimensions)
    dated = time is not None and time.field.type in {FieldType.DATE, FieldType.DATETIME}
    layout = replace(layout, dated=dated)
    group = comparison_group(run.held.catalogue, run.plan.policy.dataset)
    key = run.world.keys.comparison_key(group)
    run.session.hold_comparison_key(key)
    return Comparer(UnitReader(run, layout, ranges, Marking(key)), key_mark(key))


def past_periods(memory: Memory) -> list[tuple[PastVersion, PastPeriod]]:
    """Return every period that every version that counts published, oldest first."""
    return [(version, period) for version in memory.versions for period in version.periods]


def reached(days: Days | None, others: Sequence[Days | None]) -> Days | None:
    """Return the first and last day of the spans that hang together with some days, each sharing one with the next.

    None where a side has no days: nothing tells how far it reaches.
    """
    known = sorted(one for one in others if one is not None)
    if days is None or len(known) < len(others):
        return None
    low, high = days
    for first, after in known:
        if first < high and low < after:
            low, high = min(low, first), max(high, after)
    for first, after in reversed(known):
        if first < high and low < after:
            low, high = min(low, first), max(high, after)
    return low, high


def _could_meet(around: Days | None, days: Days | None) -> bool:
    """Tell whether some days could meet others; nothing tells where a side has none."""
    return days is None or around is None or overlaps([around], [days])


def _meets(key: tuple[str, ...], layout: Layout, days: Days | None, others: Days | None) -> bool:
    """Tell whether rows of a cell could be of some days; every cell where nothing tells."""
    if days is None or others is None:
        return True
    return overlaps([_days_of_cell(key, layout.dimensions, days)], [others])


def _days_of_cell(key: tuple[str, ...], dimensions: tuple[Dimension, ...], days: Days) -> Days:
    for label, dimension in zip(key, dimensions, strict=True):
        span = span_labelled(label) if dimension.is_time and not label.startswith(TOGETHER) else None
        if span is not None:
            return days_of(span, Grain.DAY)
    return days


def _numbers(cells: CellTable) -> list[Numbers]:
    return list(zip(*(values.tolist() for values in cells.values), strict=True))


def _undated(release: CountedRelease) -> CountedRelease:
    """Tell rows apart by their number alone: where one side does not know their days, no side does."""
    return replace(release, memberships=_without_days(release.memberships))


def _undated_past(past: PastRelease) -> PastRelease:
    return replace(past, release=_undated(past.release))


def _without_days(memberships: Memberships) -> Memberships:
    return tuple(replace(one, digests=one.rows.view(np.uint64)) for one in memberships)


def _emptied(cells: CellTable) -> CountedRelease:
    """Return a release of which nothing is known any more."""
    none = np.zeros(0, dtype=np.int64)
    table = replace(
        cells,
        keys=(),
        rows=none,
        units=tuple(none for _ in cells.units),
        values=tuple(none for _ in cells.values),
        weights=tuple(none for _ in cells.weights),
        tops=tuple(tuple(none for _ in tops) for tops in cells.tops),
    )
    rules = Rules(ks=(), dominance=None, protection=None, empty_cells=EmptyCellRule.KNOWN_ZERO, rounding=None)
    return CountedRelease("", "", "", table, rules, (), ())
