"""What becomes of every cell of a period, why, and what is lost of it."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from typing import Final

import numpy as np

from anonymizers.cells import Booleans, CellTable, Key
from anonymizers.differencing.past import Breach, Located, Mark
from anonymizers.disclosure.intervals import Intervals
from anonymizers.places import Zones
from charter.comparison import TO_COME, Comparison
from charter.dimensions import dimensions_at
from charter.labels import Frame, stands_nowhere
from charter.ladder import rules_at
from charter.model import Policy
from charter.populations import pooled_codes
from charter.protection import Shielded
from charter.simulation.attempt import Attempt
from charter.simulation.causes import ROWS, Cause, Judged, Reason, own_reasons
from charter.simulation.nearest import protected_cells
from charter.vocabulary import Level
from eclor.sentences.doors import UNITS

NOTHING_TOLD: Final = Intervals((), ())
"""Of a period that would not be published."""


class Fate(StrEnum):
    """What a reader sees of a cell that holds rows."""

    PUBLISHED = "published"
    KEPT = "kept"
    """The number of an earlier version is shown again."""
    MASKED = "masked"
    UNSAID = "unsaid"
    """Masked, and nowhere: its presence would tell of someone."""


@dataclass(frozen=True, slots=True)
class Interval:
    """What a reader can compute of a masked indicator; `high` is none where nothing bounds it."""

    indicator: str
    low: float
    high: float | None


@dataclass(frozen=True, slots=True)
class CellFound:
    """One cell that holds rows or is masked: its true figures, and why it is not shown if it is not.

    `values` are whole numbers, a decimal measure scaled by its decimals; a mean's is its sum.
    """

    key: Key
    fate: Fate
    rows: int
    units: tuple[int, ...]
    values: tuple[int, ...]
    reasons: tuple[Reason, ...]
    bounds: tuple[Interval, ...] = ()
    """What a reader can compute of it, where it would be masked."""
    bounds_missing: tuple[str, ...] = ()
    """Indicators of a masked cell whose interval would take too much work."""


@dataclass(frozen=True, slots=True)
class Lost:
    """What is not shown of the finest cells, and what there is: whole numbers, scaled by 10 ** `decimals`."""

    what: str
    hidden: int
    total: int
    decimals: int = 0

    @property
    def percent(self) -> float:
        """Return the share that is not shown, in percent, one decimal."""
        return round(100 * self.hidden / self.total, 1) if self.total else 0.0


@dataclass(frozen=True, slots=True)
class PeriodFound:
    """One period: its step, its cells in key order, what is lost, and the zones that are counted under another code."""

    period: str
    levels: tuple[tuple[str, str], ...]
    dimensions: tuple[str, ...]
    cells: tuple[CellFound, ...]
    lost: tuple[Lost, ...]
    merged: tuple[tuple[str, str], ...]
    """Zone, and the code that it is counted under: public before the data."""

    def count(self, fate: Fate) -> int:
        """Return how many of its cells have a fate."""
        return sum(cell.fate is fate for cell in self.cells)


def periods_found(attempt: Attempt) -> tuple[PeriodFound, ...]:
    """Return what becomes of every cell of every period that was computed."""
    policy, zones = attempt.plan.policy, attempt.held.listed_zones
    told = attempt.intervals or (NOTHING_TOLD,) * len(attempt.parts)
    return tuple(
        _period(part, own, policy, zones, attempt.frames) for part, own in zip(attempt.parts, told, strict=True)
    )


def _period(
    part: Shielded, told: Intervals, policy: Policy, zones: Zones, frames: Sequence[Frame | None]
) -> PeriodFound:
    units = tuple(UNITS[entry.unit.value] for entry in policy.guarantees.minimum_counts or ())
    dimensions = dimensions_at(policy, {name: Level(level) for name, level in part.levels})
    judged = Judged(part.true, rules_at(policy, dimensions, zones), units)
    unsaid = partial(stands_nowhere, frames=frames, empty=policy.guarantees.empty_cells)
    reasons = dict(_reasons(part, judged))
    bounds, missing = _by_cell([one.name for one in part.true.indicators], told)
    cells = tuple(
        replace(_cell(part, (cell, fate), reasons.get(cell, ())), bounds=bounds[cell], bounds_missing=missing[cell])
        for cell, fate in enumerate(_fates(part, unsaid))
        if fate
    )
    merged = tuple((code.split(" ", 1)[-1], label) for code, label in pooled_codes(policy, dimensions, zones).items())
    lost = _lost(part.true, part.protected.masked, units)
    return PeriodFound(part.period, part.levels, part.true.dimensions, cells, lost, merged)


def _by_cell(
    names: Sequence[str], told: Intervals
) -> tuple[Mapping[int, tuple[Interval, ...]], Mapping[int, tuple[str, ...]]]:
    """Return the intervals of each masked cell, and of which indicators it has none."""
    found, missing = defaultdict[int, tuple[Interval, ...]](tuple), defaultdict[int, tuple[str, ...]](tuple)
    for bound in told.told:
        found[bound.cell] += (Interval(names[bound.indicator], bound.low, bound.high),)
    for cell, indicator in told.missing:
        missing[cell] += (names[indicator],)
    return found, missing


def _cell(part: Shielded, at: tuple[int, Fate], reasons: tuple[Reason, ...]) -> CellFound:
    cells, (cell, fate) = part.true, at
    return CellFound(
        key=cells.keys[cell],
        fate=fate,
        rows=int(cells.rows[cell]),
        units=tuple(int(units[cell]) for units in cells.units),
        values=tuple(int(values[cell]) for values in cells.values),
        reasons=reasons,
    )


def _fates(part: Shielded, unsaid: Callable[[Key], bool]) -> Iterator[Fate | None]:
    """Give the fate of each cell; none for a zero that everyone knows."""
    masked, kept = part.protected.masked.tolist(), _kept(part.comparison, len(part.true.keys)).tolist()
    empty = (part.cells.rows == 0).tolist()
    for cell, key in enumerate(part.true.keys):
        if masked[cell]:
            yield Fate.UNSAID if unsaid(key) else Fate.MASKED
        elif kept[cell]:
            yield Fate.KEPT
        else:
            yield None if empty[cell] else Fate.PUBLISHED


def _kept(comparison: Comparison | None, cells: int) -> Booleans:
    """Return which cells show an earlier number though their rows give another one now."""
    if comparison is None:
        return np.zeros(cells, dtype=np.bool_)
    kept = np.array([mark is Mark.KEPT for mark in comparison.settled.marks], dtype=np.bool_)
    pairs = zip(comparison.release.cells.values, comparison.settled.shown.values, strict=True)
    differs = np.logical_or.reduce([true != shown for true, shown in pairs])
    return np.asarray(kept & differs, dtype=np.bool_)


def _reasons(part: Shielded, judged: Judged) -> Iterator[tuple[int, tuple[Reason, ...]]]:
    """Give the reasons of each cell that is masked or kept."""
    cells, protected = part.true, part.protected
    own, breached = own_reasons(judged), _breached(part.comparison)
    shields = protected_cells(cells.keys, protected.masked, protected.primary)
    for cell in np.flatnonzero(protected.masked | _kept(part.comparison, len(cells.keys))).tolist():
        found = (*own.get(cell, ()), *breached.get(cells.keys[cell], ())) if protected.masked[cell] else ()
        found = found or breached.get(cells.keys[cell], ())
        yield cell, found or (_other(cells, cell, part, shields),)


def _other(cells: CellTable, cell: int, part: Shielded, shields: Mapping[int, int]) -> Reason:
    """Say why a cell is not shown that no guarantee refuses: for another's sake, or for what was published before."""
    before = part.comparison is not None and not cells.rows[cell]
    if part.protected.masked[cell] and not part.protected.primary[cell] and not before:
        protects = " · ".join(cells.keys[shields[cell]]) if cell in shields else ""
        return Reason(Cause.COMPLEMENTARY, {"protects": protects})
    return Reason(Cause.DIFFERENCING, {"rule": "before", "other": ""})


def _breached(comparison: Comparison | None) -> Mapping[Key, tuple[Reason, ...]]:
    """Return, by the key of a new cell, the earlier cell that it would say too much with."""
    found: dict[Key, tuple[Reason, ...]] = {}
    for breach in comparison.settled.breaches if comparison else ():
        for ours, other in _sides(breach):
            facts = {"rule": breach.rule.value, "other": _named(other)}
            found.setdefault(ours.key, (Reason(Cause.DIFFERENCING, facts),))
    return found


def _sides(breach: Breach) -> Iterator[tuple[Located, Located]]:
    for ours, other in ((breach.coarser, breach.finer), (breach.finer, breach.coarser)):
        if ours.version == TO_COME:
            yield ours, other


def _named(cell: Located) -> str:
    return " · ".join(part for part in (cell.dataset, cell.version, cell.period, *cell.key) if part)


def _lost(cells: CellTable, masked: Booleans, units: tuple[str, ...]) -> tuple[Lost, ...]:
    """Return the share of units, of rows and of each indicator's sum that the finest cells do not show."""
    finest = ~cells.margins
    counted = [(what, numbers, 0) for what, numbers in (*zip(units, cells.units, strict=True), (ROWS, cells.rows))]
    summed = [(one.name, values, one.decimals) for one, values in zip(cells.indicators, cells.values, strict=True)]
    return tuple(
        Lost(what, int(numbers[finest & masked].sum()), int(numbers[finest].sum()), decimals)
        for what, numbers, decimals in (*counted, *summed)
    )
