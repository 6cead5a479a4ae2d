"""The pipeline of a plan, step after step; each reads only what the one before gave (LANGUAGE.md section 9)."""

from dataclasses import dataclass
from typing import Final, assert_never

from anonymizers.disclosure.intervals import Intervals
from charter.allow_list import refuse_other_columns
from charter.compile import Plan
from charter.course import refuse_ended
from charter.held import Held
from charter.intervals import intervals_of
from charter.labels import refuse_without_zones
from charter.ledger.drafting import draft_of
from charter.ledger.records import Draft
from charter.located import refuse_without_outlines
from charter.operations import refuse_other_operations
from charter.populations import refuse_without_populations
from charter.promises import promises
from charter.published_columns import columns_of_rows, columns_of_table
from charter.release_parts import Figures, ReleaseColumn, Rows
from charter.reports import report_of_rows, report_of_table
from charter.rows_release import write_rows
from charter.run import Run
from charter.table_release import Table, write_table
from charter.vocabulary import Shape
from eclor.engine.limits import Limits
from eclor.engine.session import opened_session
from eclor.names import Period
from eclor.world import World

ROWS_FILE: Final = "release.parquet"
"""The release's file, in the run's work folder."""


@dataclass(frozen=True, slots=True)
class Made:
    """All that a release is made of."""

    rows: Rows
    columns: tuple[ReleaseColumn, ...]
    periods: tuple[Period, ...]
    figures: Figures
    ledger: Draft | None = None
    table: Table | None = None
    """The cells behind a release by cells: internal, for the report of a simulation."""
    intervals: tuple[Intervals, ...] = ()
    """What a reader can compute of the masked cells of each of its periods (`table.made`): as internal."""


def execute(plan: Plan, held: Held, *, world: World, limits: Limits) -> Made:
    """Execute a plan; see `charter.apply.apply`, which alone makes a release of it."""
    refuse_ended(plan.policy, world.clock.now())
    refuse_other_operations(plan.policy, plan.operations)
    refuse_other_columns(plan.policy, held.raw)
    refuse_without_zones(plan.policy, held.zones)
    refuse_without_outlines(plan.policy, held.zones)
    refuse_without_populations(plan.policy, held.listed_zones)
    limits.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with opened_session(held.files, limits) as session:
        run = Run(plan, held, session, world)
        match plan.policy.publication.shape:
            case Shape.ROWS:
                return _by_rows(run, limits)
            case Shape.TABLE:
                return _by_cells(run, limits)
            case _:
                assert_never(plan.policy.publication.shape)


def _by_rows(run: Run, limits: Limits) -> Made:
    policy, path = run.plan.policy, limits.folder / ROWS_FILE
    written = write_rows(run, path)
    figures = Figures(
        cells=written.rows,
        masked=0,
        rows_in=run.held.raw.rows,
        guarantees=promises(policy),
        internal=report_of_rows(run, written.read),
    )
    return Made(Rows(path, written.rows), columns_of_rows(policy), (), figures)


def _by_cells(run: Run, limits: Limits) -> Made:
    policy, path = run.plan.policy, limits.folder / ROWS_FILE
    table = write_table(run, path)
    told = tuple(intervals_of(part, policy.guarantees) for part in table.made)
    figures = Figures(
        cells=table.rows.num_rows,
        masked=table.masked,
        rows_in=table.rows_in,
        guarantees=promises(policy),
        internal=report_of_table(run, table, told),
    )
    columns = columns_of_table(policy, table.taken.dimensions, table.indicators, time_level=table.time_level)
    ledger = draft_of(run, table.made)
    return Made(Rows(path, table.rows.num_rows), columns, table.periods, figures, ledger, table, told)
