"""A release by cells: the new periods of the step that holds, beside those published before, in key order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from anonymizers.cells import Indicator
from anonymizers.times import Grain, grain_of
from charter.dimensions import dimensions_at, time_dimension
from charter.due import delivery_due, grain_of_periods, next_close
from charter.former import carried_rows, rows_of_others, time_labels, told_apart
from charter.grains import step_levels
from charter.held import FormerRelease, NothingToPublish
from charter.labels import stands_nowhere
from charter.ladder import NothingHolds, Taken, climb
from charter.ledger.group import is_compared
from charter.protection import Shielded, rules_of
from charter.published_cells import MASKED, STATUS, published_rows
from charter.revision import Redone, own_periods, redone
from charter.run import Run
from charter.stored_days import stored_days
from eclor.errors import GuaranteeBroken
from eclor.names import Period, Slug


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a release by cells, all its periods, the step of the newest ones, and those published again."""

    rows: pa.Table
    periods: tuple[Period, ...]
    taken: Taken | Redone
    again: tuple[Redone, ...]

    @property
    def time_level(self) -> str:
        """Return the level of its time; empty without time, or where its periods stand at several levels."""
        time = time_dimension(self.taken.dimensions)
        if time is None or time.level is None:
            return ""
        grains = {grain_of(label) for label in time_labels(self.rows, time.name)}
        return time.level.value if grains <= {time.grain} else ""

    @property
    def masked(self) -> int:
        """Return how many of its rows are masked."""
        return int(pc.sum(pc.equal(self.rows[STATUS], MASKED)).as_py() or 0)

    @property
    def made(self) -> tuple[Shielded, ...]:
        """Return every period that was computed, new or again."""
        new = self.taken.parts if isinstance(self.taken, Taken) else ()
        return (*new, *(part for redone in self.again for part in redone.parts))

    @property
    def rows_in(self) -> int:
        """Return how many rows those periods hold."""
        return sum(int(part.true.rows[~part.true.margins].sum()) for part in self.made)

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """Return the indicators, the same in every period."""
        return self.made[0].cells.indicators


def write_table(run: Run, path: Path) -> Table:
    """Write the rows of all periods as one Parquet file, former ones as they were published or published again.

    Raises `NothingToPublish` when nothing is due; refuses (`GuaranteeBroken`) when nothing of it can be shown.
    """
    taken = climb(run)
    again = tuple(one for one in redone(run, taken.parts if taken else ()) if one.parts)
    steps: list[Taken | Redone] = [*([taken] if taken else []), *again]
    if not steps:
        raise NothingToPublish(Slug(run.plan.policy.dataset), _next_close(run))
    table = _assembled(run, steps, again)
    if table.masked == table.rows.num_rows:
        raise _nothing_shown(run.plan.policy.dataset, steps[0])
    pq.write_table(table.rows, path, compression="zstd")
    return table


def _assembled(run: Run, steps: Sequence[Taken | Redone], again: tuple[Redone, ...]) -> Table:
    policy, former = run.plan.policy, run.held.former
    made = [one for step in steps for one in _published(run, step)]
    if not any(rows.num_rows for _, rows in made):
        raise _nothing_shown(policy.dataset, steps[0])
    time = time_dimension(steps[0].dimensions)
    if time is None:
        return Table(_delivery(run, _in_order(made[0][1], policy.publication.dimensions or ())), (), steps[0], again)
    periods = {*(former.periods if former else ()), *(period for period, _ in made)}
    kept = _carried(former, made[0][1].schema, time.name, {period for period, _ in made}, grain_of_periods(run))
    if len(periods) > 1:
        made = [(period, told_apart(rows, time.name, period)) for period, rows in made]
        kept = [told_apart(rows, time.name, former.periods[0]) for rows in kept] if former else []
    rows = _in_order(pa.concat_tables([*kept, *(rows for _, rows in made)]), policy.publication.dimensions or ())
    _refuse_the_same(run, rows)
    return Table(rows, tuple(sorted(periods)), steps[0], again)


def _nothing_shown(dataset: str, step: Taken | Redone) -> NothingHolds:
    refusal = NothingHolds("release.nothing-shown", dataset=dataset)
    if isinstance(step, Taken):
        refusal.trials, refusal.nearest = step.trials, step
    return refusal


def _published(run: Run, step: Taken | Redone) -> list[tuple[Period, pa.Table]]:
    guarantees = run.plan.policy.guarantees
    unsaid = partial(stands_nowhere, frames=step.frames, empty=guarantees.empty_cells)
    rounding = rules_of(guarantees).rounding
    return [(Period(part.period), published_rows(part, unsaid, rounding=rounding)) for part in step.parts]


def _delivery(run: Run, rows: pa.Table) -> pa.Table:
    """Return the rows of a table without time, whose deliveries were compared with one another.

    Refuses (`GuaranteeBroken`) to publish beside a delivery of which the ledger says nothing.
    """
    _refuse_the_same(run, rows)
    if run.held.former is not None and is_compared(run.plan.policy, run.held.catalogue) and not own_periods(run):
        raise GuaranteeBroken("release.not-in-ledger", dataset=run.plan.policy.dataset)
    return rows


def _refuse_the_same(run: Run, rows: pa.Table) -> None:
    former = run.held.former
    if former is not None and carried_rows(former, rows.schema).equals(rows):
        raise NothingToPublish(Slug(run.plan.policy.dataset), _next_close(run))


def _carried(
    former: FormerRelease | None, schema: pa.Schema, time: str, again: set[Period], frequency: Grain
) -> list[pa.Table]:
    """Return the former rows but those of the periods that are published again.

    Where they are of several periods their margins already say of which.
    """
    if former is None or not former.periods:
        return []
    rows = carried_rows(former, schema)
    return [rows_of_others(rows, time, former.periods, again, frequency)] if again & {*former.periods} else [rows]


def _in_order(rows: pa.Table, dimensions: Sequence[str]) -> pa.Table:
    """Sort by the UTF-8 bytes of the key, as texts are compared."""
    return rows.sort_by([(name, "ascending") for name in dimensions]).combine_chunks()


def _next_close(run: Run) -> datetime | None:
    time = time_dimension(dimensions_at(run.plan.policy, step_levels(run.plan.policy)[0]))
    if time is not None:
        return next_close(run, time, stored_days(run, time))
    return delivery_due(run) if delivery_due(run) > run.world.clock.now() else None
