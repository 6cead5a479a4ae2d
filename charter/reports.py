"""The internal report of a run, for the DPO: what each step gave and how wide each masked cell stays. Never public."""

from collections.abc import Mapping
from dataclasses import asdict

from anonymizers.differencing.past import Breach, Located
from charter.comparison import Comparison
from charter.ladder import Taken
from charter.protection import Shielded
from charter.reviewed import Reading, said_of
from charter.revision import rows_come_late
from charter.run import Run
from charter.table_release import Table


def report_of_rows(run: Run, read: tuple[Reading, ...]) -> Mapping[str, object]:
    """Return what is said of a release by rows, the lines that wait for a review included."""
    said = {"plan": list(run.plan.operations), "rows_held": run.held.raw.rows}
    return {**said, "reviews": said_of(read)} if read else said


def report_of_table(run: Run, table: Table) -> Mapping[str, object]:
    """Return what is said of a release by cells: rows left aside, trials of the ladder, causes and bounds by period.

    And, next to what was published before: late rows, cells kept, changed and newly shown, breaches by name.
    """
    trials = table.taken.trials if isinstance(table.taken, Taken) else ()
    return {
        "plan": list(run.plan.operations),
        "rows_held": run.held.raw.rows,
        "rows_in": table.rows_in,
        "rows_late": dict(rows_come_late(run)),
        "trials": [{**asdict(trial), "levels": dict(trial.levels)} for trial in trials],
        "periods": [_period(part) for part in table.made],
        "revisions": [_revision(part, part.comparison) for part in table.made if part.comparison],
    }


def _revision(part: Shielded, comparison: Comparison) -> dict[str, object]:
    settled = comparison.settled
    return {
        "period": part.period,
        "kept": comparison.kept,
        "changed": comparison.changed,
        "newly_shown": comparison.newly_shown,
        "rows_late_not_shown": settled.late_rows,
        "breaches": [_breach(breach) for breach in settled.breaches],
    }


def _breach(breach: Breach) -> dict[str, object]:
    return {
        "rule": breach.rule.value,
        "finer": _located(breach.finer),
        "coarser": _located(breach.coarser),
        "others": [_located(other) for other in breach.others],
    }


def _located(cell: Located) -> dict[str, object]:
    return {"dataset": cell.dataset, "version": cell.version, "period": cell.period, "key": list(cell.key)}


def _period(part: Shielded) -> dict[str, object]:
    cells, protected = part.true, part.protected
    return {
        "period": part.period,
        "rows": int(cells.rows[~cells.margins].sum()),
        "cells": len(cells.keys),
        "masked": int(protected.masked.sum()),
        "primary": int(protected.primary.sum()),
        "causes": dict(protected.causes),
        "bounds": [
            {
                "key": list(cells.keys[bound.cell]),
                "indicator": cells.indicators[bound.indicator].name,
                "true": bound.true,
                "low": bound.low,
                "high": bound.high,
            }
            for bound in protected.bounds
        ],
    }
