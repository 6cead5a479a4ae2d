"""The ladder: steps are tried in order, and the first that holds is taken for the whole release.

Source: LANGUAGE.md section 9, "Ladder". A step does not hold when too much of it would be masked, when no pattern of
masks protects it or none is found in the work that a table may take, or when its weeks would lie across a period
already published at another level.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

import structlog

from anonymizers.cells import CellTable, Indicator, Rules
from anonymizers.places import Zones
from charter.cell_tables import cell_table, read_answer
from charter.comparison import comparer
from charter.dimensions import Dimension, dimensions_at, time_dimension
from charter.due import Due, DuePeriod, due_delivery, due_periods, grain_of_periods
from charter.durations import Duration
from charter.expressions import PlanStep
from charter.former import published_days
from charter.labels import Frame, frame_of
from charter.ledger.group import is_compared
from charter.located import held_dimensions, know
from charter.masked_before import masked_before
from charter.model import Policy
from charter.negative import refuse_negative
from charter.periods import local_date, overlaps, rotation_of
from charter.populations import pooled_codes, pooled_labels, small_zones
from charter.protection import Shielded, compared, loss_percent, refused_alone, rules_of, shielded
from charter.raw_table import read_columns, read_fields, stored_schema
from charter.run import Run
from charter.shown_again import may_stand_again
from charter.stored_days import stored_days
from charter.unit_rows import Layout, layout_of
from charter.vocabulary import Level
from eclor.errors import GuaranteeBroken
from eclor.world import Secret

TOO_TIED: Final = "too-tied"
UNPROTECTABLE: Final = {"protection.no-pattern": "unprotectable", "protection.too-tied": TOO_TIED}
"""What the protection says of a table that it cannot protect, and what is said of the step: the next one is tried."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Trial:
    """What one step gave: internal, never public."""

    levels: tuple[tuple[str, str], ...]
    outcome: str
    loss_percent: float | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """The step that holds, the cells of its periods, protected, and all trials."""

    dimensions: tuple[Dimension, ...]
    frames: tuple[Frame | None, ...]
    due: Due
    parts: tuple[Shielded, ...]
    trials: tuple[Trial, ...]

    @property
    def rows_in(self) -> int:
        """Return how many rows the new periods hold."""
        return sum(int(part.cells.rows[~part.cells.margins].sum()) for part in self.parts)

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """Return the indicators, the same in every period."""
        return self.parts[0].cells.indicators


class NothingHolds(GuaranteeBroken):
    """Nothing may be shown at any step. What each gave, and the cells that came nearest, are internal: for the DPO."""

    trials: tuple[Trial, ...] = ()
    nearest: Taken | None = None


def climb(run: Run) -> Taken | None:
    """Try the steps in order and return the first that holds; none if nothing is due at any step.

    Refuses (`NothingHolds`) when something is due and no step holds: `release.too-tied` where one was left because
    protecting it would have taken too much work, else `release.no-step`.
    """
    days = _days(run)
    trials: list[Trial] = []
    nearest: Taken | None = None
    for step in run.plan.steps:
        attempt = _attempt(run, step, days)
        if isinstance(attempt, Taken):
            trials.append(Trial(step.levels, "taken", loss_percent(attempt.parts)))
            return Taken(attempt.dimensions, attempt.frames, attempt.due, attempt.parts, tuple(trials))
        trials.append(attempt.trial)
        nearest = attempt.cells or nearest
        outcome = attempt.trial.outcome
        _log.info("release.step_left", dataset=run.plan.policy.dataset, outcome=outcome, levels=step.levels)
    if all(trial.outcome == "nothing-due" for trial in trials):
        return None
    raise _refusal(run, trials, nearest)


def _refusal(run: Run, trials: Sequence[Trial], nearest: Taken | None) -> NothingHolds:
    """Name the steps that were too tied if any was, since that is what can be cured first; else all of them."""
    tied = [trial for trial in trials if trial.outcome == TOO_TIED]
    code = "release.too-tied" if tied else "release.no-step"
    refusal = NothingHolds(code, dataset=run.plan.policy.dataset, steps=_named(tied or trials))
    refusal.trials, refusal.nearest = tuple(trials), nearest
    return refusal


def _days(run: Run) -> tuple[date, ...]:
    time = time_dimension(dimensions_at(run.plan.policy, {}))
    return stored_days(run, time) if time else ()


def _named(trials: Sequence[Trial]) -> str:
    """Name the steps as the policy does, without any figure."""
    return " ; ".join(", ".join(f"{name} {level}" for name, level in trial.levels) or "—" for trial in trials)


@dataclass(frozen=True, slots=True)
class _Left:
    """A step that does not hold, and its cells where they were protected, at too high a loss."""

    trial: Trial
    cells: Taken | None = None


def _attempt(run: Run, step: PlanStep, days: tuple[date, ...]) -> Taken | _Left:
    dimensions = dimensions_at(run.plan.policy, {name: Level(level) for name, level in step.levels})
    time = time_dimension(dimensions)
    due = due_periods(run, time, days) if time else due_delivery(run)
    if not due.spans:
        return _Left(Trial(step.levels, "nothing-due"))
    if time and overlaps(due.days, published_days(run.held.former, time.name, grain_of_periods(run))):
        return _Left(Trial(step.levels, "overlap"))
    frames = frames_of(run, dimensions)
    counted = _counted(run, step, due, frames)
    lost = _lost_already(run, step, counted)
    try:
        parts = lost or _protected(run, step, due, counted, ())
        return _judged(run, step, Taken(dimensions, frames, due, parts, ()))
    except GuaranteeBroken as refusal:
        if refusal.code not in UNPROTECTABLE:
            raise
        return _Left(Trial(step.levels, UNPROTECTABLE[refusal.code]))


def _judged(run: Run, step: PlanStep, taken: Taken) -> Taken | _Left:
    """Return the step if it holds a row and loses no more than the policy allows."""
    loss, allowed = loss_percent(taken.parts), run.plan.policy.guarantees.max_loss_percent
    if not taken.parts:
        return _Left(Trial(step.levels, "nothing-due"))
    return _Left(Trial(step.levels, "loss", loss), taken) if allowed is not None and loss > allowed else taken


def frames_of(run: Run, dimensions: tuple[Dimension, ...]) -> tuple[Frame | None, ...]:
    """Return the frame of each dimension."""
    return tuple(_frame(run, dimension) for dimension in dimensions)


def _frame(run: Run, dimension: Dimension) -> Frame | None:
    """Return the frame of a dimension, none for time, whose labels follow the calendar."""
    if dimension.pools:
        return Frame(pooled_labels(run.plan.policy, dimension, run.held.listed_zones), closed=True)
    return None if dimension.is_time else frame_of(dimension, run.plan.entry, run.held.listed_zones)


def rules_at(policy: Policy, dimensions: tuple[Dimension, ...], zones: Zones) -> Rules:
    """Return what a policy asks of a table of these dimensions, its small zones known."""
    return replace(rules_of(policy.guarantees), small_zones=small_zones(policy, dimensions, zones))


def protected_periods(
    run: Run, step: PlanStep, due: Due, frames: tuple[Frame | None, ...], beside: Sequence[Shielded] = ()
) -> tuple[Shielded, ...]:
    """Return the periods of `due` that hold rows, at one step, protected and compared with what was published.

    They are published together, and beside others: each is compared with those before it as with former ones.
    """
    return _protected(run, step, due, _counted(run, step, due, frames), beside)


@dataclass(frozen=True, slots=True)
class _Counted:
    """The cells of the periods that hold rows, not protected yet, and what is asked of them."""

    layout: Layout
    rules: Rules
    held: tuple[tuple[DuePeriod, CellTable], ...]
    is_compared: bool


def _counted(run: Run, step: PlanStep, due: Due, frames: tuple[Frame | None, ...]) -> _Counted:
    layout = layout_of(run.plan.policy, {name: Level(level) for name, level in step.levels})
    _prepare(run, due, layout.dimensions)
    refuse_negative(run, layout, due.ranges)
    answer = read_answer(run.session.arrow(step.expression.value), layout, frames)
    tables = (
        (one, cell_table(answer, layout, frames, period=one.first, span=due.spans[one.first])) for one in due.periods
    )
    return _Counted(
        layout=layout,
        rules=rules_at(run.plan.policy, layout.dimensions, run.held.listed_zones),
        held=tuple((one, cells) for one, cells in tables if cells.rows.any()),
        is_compared=is_compared(run.plan.policy, run.held.catalogue),
    )


def _lost_already(run: Run, step: PlanStep, counted: _Counted) -> tuple[Shielded, ...]:
    """Return the periods with what is refused for itself masked, if that alone loses more than the policy allows.

    More is only ever masked to protect it, so that the step is left whatever that would be: it is not worked out. Not
    asked where cells are compared with what was published, since kept ones may show what the new rows would not.
    """
    allowed = run.plan.policy.guarantees.max_loss_percent
    if allowed is None or counted.is_compared:
        return ()
    parts = tuple(
        replace(refused_alone(one.label, cells, counted.rules), levels=step.levels) for one, cells in counted.held
    )
    return parts if loss_percent(parts) > allowed else ()


def _protected(
    run: Run, step: PlanStep, due: Due, counted: _Counted, beside: Sequence[Shielded]
) -> tuple[Shielded, ...]:
    layout, rules, policy = counted.layout, counted.rules, run.plan.policy
    asked = comparer(run, layout, due.ranges) if counted.held and counted.is_compared else None
    time, parts = time_dimension(layout.dimensions), list[Shielded]()
    for one, cells in counted.held:
        together = (*beside, *parts)
        if asked:
            part = compared(asked, one, cells, rules, together)
            if _keeps_what_is_gone(run, part, cells, rules):
                _log.warning("release.period_gone", dataset=policy.dataset, period=one.label)
                continue
        else:
            before = masked_before(cells, one.label, time.name, former=run.held.former, beside=parts) if time else None
            part = shielded(one.label, cells, rules, before)
        parts.append(replace(part, levels=step.levels))
    return tuple(parts)


def _keeps_what_is_gone(run: Run, part: Shielded, cells: CellTable, rules: Rules) -> bool:
    """Tell whether a period would show again what only a version that is no longer served may have shown."""
    gone = run.held.memory.gone if run.held.memory else frozenset()
    return part.comparison is not None and not may_stand_again(part.comparison, cells, rules, gone=gone)


def _prepare(run: Run, due: Due, dimensions: tuple[Dimension, ...]) -> None:
    """Show the session the stored rows of the periods due, and what its functions need to know."""
    policy, session = run.plan.policy, run.session
    session.bind(read_columns(policy), due.ranges, schema=stored_schema(read_fields(policy)))
    instants = [bound for span in due.ranges for bound in (span.low, span.high) if isinstance(bound, datetime)]
    if instants:
        session.know_local_time(min(instants), max(instants))
    zones = run.held.listed_zones
    session.hold_zones({**zones.epci_by_commune, **pooled_codes(policy, dimensions, zones)})
    know(run, held_dimensions(run, dimensions))
    if policy.pseudonyms is not None:
        session.hold_keys(_keys(run, due, Duration.parse(policy.pseudonyms.rotation)))
        session.know_periods(due.beginnings)


def _keys(run: Run, due: Due, rotation: Duration) -> dict[date, Secret]:
    """Return the key of each period due: that of the rotation that holds its first day."""
    received = local_date(run.held.raw.received_at)
    begun = {first: span.first if span else received for first, span in due.spans.items()}
    ring, dataset = run.world.keys, run.held.raw.dataset
    return {first: ring.pseudonym_key(dataset, rotation_of(day, rotation).label) for first, day in begun.items()}
