"""The internal report of a run, for the DPO: what each step gave and how wide each masked cell stays. Never public."""

from collections.abc import Mapping
from dataclasses import asdict

from charter.ladder import Taken
from charter.protection import Shielded
from charter.run import Run


def report_of_rows(run: Run) -> Mapping[str, object]:
    """Return what is said of a release by rows."""
    return {"plan": list(run.plan.operations), "rows_held": run.held.raw.rows}


def report_of_table(run: Run, taken: Taken) -> Mapping[str, object]:
    """Return what is said of a release by cells: rows left aside, trials of the ladder, causes and bounds by period."""
    return {
        "plan": list(run.plan.operations),
        "rows_held": run.held.raw.rows,
        "rows_in": taken.rows_in,
        "trials": [{**asdict(trial), "levels": dict(trial.levels)} for trial in taken.trials],
        "periods": [_period(part) for part in taken.parts],
    }


def _period(part: Shielded) -> dict[str, object]:
    cells, protected = part.cells, part.protected
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
