"""Which time the rows of a version tell of: that of its periods, and of the years before where each sums several."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final

from anonymizers.times import Span, span_holding, span_labelled
from catalog.notes import PARIS
from catalog.views import DatasetView
from charter.durations import Duration
from eclor.names import Period

_DAY: Final = timedelta(days=1)


def window_of(view: DatasetView) -> Duration | None:
    """Return the `fenetre` of a dataset's declaration, if its rows count a longer time than the period they name."""
    declared = view.declared.get("fenetre")
    return Duration.parse(str(declared)) if declared else None


def told(periods: Iterable[Period], window: Duration | None) -> tuple[Span, Span] | None:
    """Return the first and the last span that periods tell of; None where none is a label of time.

    With a window, a period is the last of those that its rows count together: `2025` with three years is 2023 to 2025.
    """
    spans = [span for period in periods if (span := span_labelled(period)) is not None]
    if not spans:
        return None
    first, last = min(spans, key=lambda span: span.first), max(spans, key=lambda span: span.after)
    if window is not None:
        first = span_holding(first.grain, window.before_day(first.after))
    return first, last


def days_told(periods: Iterable[Period], window: Duration | None, published_at: datetime) -> tuple[date, date]:
    """Return the first and the last day that rows tell of; of a delivery or a state, the day it was published."""
    spans = told(periods, window)
    if spans is None:
        day = published_at.astimezone(PARIS).date()
        return day, day
    return spans[0].first, spans[1].after - _DAY
