"""The internal report of a run, for the DPO: what it was made of, what each step gave, how wide masked cells stay.

Never public. Source of what it says: LANGUAGE.md section 9, step 11. Whoever publishes adds the digests of what came
out (`charter.release_parts.Figures.report`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from hashlib import sha256

from anonymizers.cells import CellTable
from anonymizers.differencing.past import Breach, Located
from anonymizers.disclosure.intervals import Intervals
from charter.comparison import Comparison
from charter.ladder import Taken
from charter.protection import Shielded
from charter.reviewed import Reading, said_of
from charter.revision import rows_come_late
from charter.run import Run
from charter.table_release import Table


def report_of_rows(run: Run, read: tuple[Reading, ...]) -> Mapping[str, object]:
    """Return what is said of a release by rows; the lines that wait for a review included."""
    said = _made_of(run)
    return {**said, "reviews": said_of(read)} if read else said


def report_of_table(run: Run, table: Table, told: Sequence[Intervals]) -> Mapping[str, object]:
    """Return what is said of a release by cells: rows left aside, trials of the ladder, causes and bounds by period.

    `told` are what a reader can compute of each period of `table.made`.

    And, next to what was published before: late rows, cells kept, changed and newly shown, breaches by name.
    """
    trials = table.taken.trials if isinstance(table.taken, Taken) else ()
    return {
        **_made_of(run),
        "rows_in": table.rows_in,
        "rows_late": dict(rows_come_late(run)),
        "trials": [{**asdict(trial), "levels": dict(trial.levels)} for trial in trials],
        "periods": [_period(part, own) for part, own in zip(table.made, told, strict=True)],
        "revisions": [_revision(part, part.comparison) for part in table.made if part.comparison],
    }


def _made_of(run: Run) -> dict[str, object]:
    """Return what ties a release to its policy and rows, by digests (SHA-256, hexadecimal), and what intake left aside.

    The input is what the partitions are named and the digests of their sealed bytes: nothing is read again for it.
    """
    named = "\n".join(f"{one.identifier} {one.sealed}" for one in run.held.raw.partitions)
    return {
        "plan": list(run.plan.operations),
        "digests": {
            "policy": run.plan.policy_digest,
            "plan": run.plan.digest,
            "input": sha256(named.encode()).hexdigest(),
        },
        "intake": {**asdict(run.held.raw.counts), "reasons": dict(run.held.raw.counts.reasons)},
        "rows_held": run.held.raw.rows,
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


def _period(part: Shielded, told: Intervals) -> dict[str, object]:
    """Say what a period is; each indicator of each masked cell is in `bounds`, or in `bounds_missing`."""
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
                **_number(cells, bound.cell, bound.indicator),
                "refused": bool(protected.primary[bound.cell]),
                "true": bound.true,
                "low": bound.low,
                "high": bound.high,
            }
            for bound in told.told
        ],
        "bounds_missing": [_number(cells, cell, indicator) for cell, indicator in told.missing],
    }


def _number(cells: CellTable, cell: int, indicator: int) -> dict[str, object]:
    return {"key": list(cells.keys[cell]), "indicator": cells.indicators[indicator].name}
