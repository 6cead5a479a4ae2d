"""Bars of a dataset's page: the greatest published values, each with its figure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from api.pages.names import TOTAL, Names, Row
from api.pages.words import number

MOST_BARS: Final = 20


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its words, its figure, its length in percent of the longest."""

    label: str
    figure: str
    share: float


def bars(rows: Sequence[Row], names: Names) -> tuple[Bar, ...]:
    """Return the bars of the declared view, longest first; totals and masked values have none."""
    view = names.declaration.view
    if not (view.rows and view.value and names.has(view.rows, view.value)):
        return ()
    shown = [name for name in (view.rows, view.columns) if name is not None and names.has(name)]
    values = [
        (float(value), " · ".join(names.value(name, row[name]) for name in shown))
        for row in rows
        if isinstance(value := row[view.value], int | float) and TOTAL not in {row[name] for name in shown}
    ]
    longest = max((value for value, _ in values), default=0.0)
    if longest <= 0:
        return ()
    chosen = sorted(values, key=lambda pair: (-pair[0], pair[1]))[:MOST_BARS]
    return tuple(Bar(label, number(value), round(100 * value / longest, 1)) for value, label in chosen)
