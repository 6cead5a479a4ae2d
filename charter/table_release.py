"""A release by cells: the new periods of the step that holds, beside those published before, in key order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from anonymizers.times import grain_of
from charter.dimensions import dimensions_at, time_dimension
from charter.due import delivery_due, next_close, stored_days
from charter.former import carried_rows, time_labels, told_apart
from charter.grains import step_levels
from charter.held import FormerRelease, NothingToPublish
from charter.ladder import Taken, climb
from charter.protection import rules_of
from charter.published_cells import MASKED, STATUS, published_rows
from charter.run import Run
from eclor.errors import GuaranteeBroken
from eclor.names import Period, Slug


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a release by cells, all its periods, and the step that was taken for the new ones."""

    rows: pa.Table
    periods: tuple[Period, ...]
    taken: Taken

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


def write_table(run: Run, path: Path) -> Table:
    """Write the rows of all periods as one Parquet file, former ones as they were published.

    Raises `NothingToPublish` when nothing is due; refuses (`GuaranteeBroken`) when nothing of it can be shown.
    """
    taken = climb(run)
    if taken is None:
        raise NothingToPublish(Slug(run.plan.policy.dataset), _next_close(run))
    table = _assembled(run, taken)
    pq.write_table(table.rows, path, compression="zstd")
    return table


def _assembled(run: Run, taken: Taken) -> Table:
    policy, former = run.plan.policy, run.held.former
    opened = [frame is not None and not frame.closed for frame in taken.frames]
    rounding = rules_of(policy.guarantees).rounding
    new = [(Period(part.period), published_rows(part, opened, rounding=rounding)) for part in taken.parts]
    if not any(rows.num_rows for _, rows in new):
        raise GuaranteeBroken("release.nothing-shown", dataset=policy.dataset)
    time = time_dimension(taken.dimensions)
    if time is None:
        return Table(_delivery(run, _in_order(new[0][1], policy.publication.dimensions or ())), (), taken)
    held = [*_carried(former, new[0][1].schema), *new]
    if len({*(former.periods if former else ()), *(period for period, _ in new)}) > 1:
        held = [(period, told_apart(rows, time.name, period)) for period, rows in held]
    rows = _in_order(pa.concat_tables([rows for _, rows in held]), policy.publication.dimensions or ())
    periods = {*(former.periods if former else ()), *(period for period, _ in new)}
    return Table(rows, tuple(sorted(periods)), taken)


def _delivery(run: Run, rows: pa.Table) -> pa.Table:
    """Return the rows of a table without time; refuse those that a reader could compare with another delivery's."""
    former, dataset = run.held.former, Slug(run.plan.policy.dataset)
    if former is None:
        return rows
    if carried_rows(former, rows.schema).equals(rows):
        raise NothingToPublish(dataset, None)
    raise GuaranteeBroken("release.no-comparison", dataset=dataset)


def _carried(former: FormerRelease | None, schema: pa.Schema) -> list[tuple[Period, pa.Table]]:
    """Return the former rows; where they are of several periods their margins already say of which."""
    return [(former.periods[0], carried_rows(former, schema))] if former and former.periods else []


def _in_order(rows: pa.Table, dimensions: Sequence[str]) -> pa.Table:
    """Sort by the UTF-8 bytes of the key, as texts are compared."""
    return rows.sort_by([(name, "ascending") for name in dimensions]).combine_chunks()


def _next_close(run: Run) -> datetime | None:
    time = time_dimension(dimensions_at(run.plan.policy, step_levels(run.plan.policy)[0]))
    if time is not None:
        return next_close(run, time, stored_days(run, time))
    return delivery_due(run) if delivery_due(run) > run.world.clock.now() else None
