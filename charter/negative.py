"""A measure with a negative contribution refuses the delivery, row by row (LANGUAGE.md section 9, "Dominance").

Asked of rows, before they are summed: a person's refund beside a larger payment would not be seen in their sum, and
whether they fall in one cell depends on the step of the ladder. What Parquet says of its own columns settles it for
nearly all files without reading a row.
"""

from collections.abc import Sequence
from pathlib import Path

from charter.run import Run
from charter.unit_rows import Layout, least_contributions
from eclor.engine.limits import Range
from eclor.engine.statistics import extremes
from eclor.errors import GuaranteeBroken


def refuse_negative(run: Run, layout: Layout, ranges: tuple[Range, ...]) -> None:
    """Refuse (`GuaranteeBroken`) a measure of which a row of `ranges`, those that the session shows, is negative.

    Nothing is asked where nobody is counted: there are no contributions to protect. Nor are rows that a former step of
    the ladder asked of: a measure is the same number at each step.
    """
    if ranges in run.not_negative:
        return
    run.not_negative.add(ranges)
    if not layout.counts or not any(_may_be_negative(run.held.files, name) for name in layout.measured):
        return
    (least,) = run.session.arrow(least_contributions(layout)).to_pylist()
    for name, value in zip(layout.measured, least.values(), strict=True):
        if value is not None and value < 0:
            raise GuaranteeBroken("release.negative", dataset=run.plan.policy.dataset, column=name)


def _may_be_negative(files: Sequence[Path], column: str) -> bool:
    """Tell whether the statistics of stored files admit a negative number; what they do not say they admit."""
    proven = extremes(files, column)
    return proven is None or any(least < 0 for least, _ in proven)
