"""Published periods that late rows may change, recomputed at the step they were published with (`reviser`).

Source: LANGUAGE.md section 9, "Ledger" and "Ladder". Only the periods whose rows came since their release are read
again. A period of which a version's unit sets are destroyed is frozen.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from anonymizers.times import Grain, Span, span_labelled
from charter.comparison import past_periods
from charter.dimensions import Dimension, dimensions_at, time_dimension
from charter.due import due_spans, grain_of_periods
from charter.expressions import PlanStep
from charter.labels import Frame
from charter.ladder import frames_of, protected_periods
from charter.lateness import late_rows
from charter.ledger.group import comparison_group, is_compared
from charter.ledger.records import Days, PastPeriod, PastVersion, Seen
from charter.periods import days_of
from charter.protection import Shielded
from charter.run import Run
from charter.vocabulary import Delivery, LateRows, Level
from eclor.names import Period

Versions = list[tuple[PastVersion, PastPeriod]]

_NOTHING: Final[Mapping[Period, int]] = {}


@dataclass(frozen=True, slots=True)
class Redone:
    """The periods of one step that are published again."""

    dimensions: tuple[Dimension, ...]
    frames: tuple[Frame | None, ...]
    parts: tuple[Shielded, ...]


def redone(run: Run, beside: tuple[Shielded, ...]) -> tuple[Redone, ...]:
    """Return the published periods that received rows since their release, compared with what was said of them.

    `beside` are the new periods of the same release.
    None where late rows are frozen, and none between two releases.
    """
    memory, differencing = run.held.memory, run.plan.policy.guarantees.differencing
    if (
        memory is None
        or not memory.revises
        or differencing is None
        or not is_compared(run.plan.policy, run.held.catalogue)
    ):
        return ()
    if differencing.late_rows is not LateRows.REVISE:
        return ()
    by_levels: dict[tuple[tuple[str, str], ...], list[Span]] = {}
    for period, levels in _late_periods(run).items():
        span = span_labelled(period)
        if span is not None:
            by_levels.setdefault(levels, []).append(span)
    steps = {step.levels: step for step in run.plan.steps}
    found: list[Redone] = []
    for levels, spans in by_levels.items():
        if levels in steps:
            found.append(_redone(run, steps[levels], spans, beside))
            beside = (*beside, *found[-1].parts)
    return tuple(found)


def _late_periods(run: Run) -> dict[Period, tuple[tuple[str, str], ...]]:
    """Return the step of each published period that received rows since its release and may still change.

    One that the version before does not have is no revision: it is due again (`charter.ladder`).
    """
    time = time_dimension(dimensions_at(run.plan.policy, {}))
    published = run.held.former.periods if run.held.former else ()
    own = own_periods(run).items()
    revisable = {period: found for period, found in own if period in published and _lives(run, found)}
    newest = {one.days: version.seen for found in revisable.values() for version, one in found[-1:] if one.days}
    late = late_rows(run, time, newest) if time else {}
    return {period: found[-1][1].levels for period, found in revisable.items() if found[-1][1].days in late}


def own_periods(run: Run) -> dict[Period, Versions]:
    """Return, by period, all that the ledger says of the versions of this dataset, oldest first."""
    found: dict[Period, Versions] = {}
    for version, one in past_periods(run.held.memory) if run.held.memory else ():
        if version.dataset == run.plan.policy.dataset:
            found.setdefault(one.period, []).append((version, one))
    return found


def _lives(run: Run, versions: Versions) -> bool:
    memory, group = run.held.memory, comparison_group(run.held.catalogue, run.plan.policy.dataset)
    return memory is not None and all(memory.halves.lives(version, one, group=group) for version, one in versions)


def _redone(run: Run, step: PlanStep, spans: list[Span], beside: tuple[Shielded, ...]) -> Redone:
    dimensions = dimensions_at(run.plan.policy, {name: Level(level) for name, level in step.levels})
    time = time_dimension(dimensions)
    assert time is not None, "only periods of the calendar are published again"
    frames = frames_of(run, dimensions)
    due = due_spans(time, sorted(spans, key=lambda span: span.first))
    return Redone(dimensions, frames, protected_periods(run, step, due, frames, beside))


def rows_come_late(run: Run) -> Mapping[Period, int]:
    """Return how many rows came for each published period after its release: internal, never published.

    A source that is whole at each delivery sends every row again: nothing tells which are late.
    """
    former, time = run.held.former, time_dimension(dimensions_at(run.plan.policy, {}))
    if former is None or former.released_at is None or time is None or run.plan.entry.delivery is Delivery.COMPLETE:
        return _NOTHING
    ledger = own_periods(run)
    released: dict[Days, Seen] = {}
    for period in former.periods:
        days = _days(run, period)
        seen = ledger[period][-1][0].seen if period in ledger else Seen(former.released_at, ())
        released |= {days: seen} if days else {}
    late = late_rows(run, time, released)
    return {period: late[days] for period in former.periods if (days := _days(run, period)) in late and days}


def _days(run: Run, period: Period) -> Days | None:
    span = span_labelled(period)
    return days_of(span, Grain.DAY) if span and span.grain is grain_of_periods(run) else None
