"""Bars of a dataset's page: the greatest published values, each with its figure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from api.pages.names import Names, Row, is_total
from api.pages.words import number

MOST_BARS: Final = 20


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its words, its figure, its length in percent of the longest."""

    label: str
    figure: str
    share: float


@dataclass(frozen=True, slots=True)
class Bars:
    """The longest bars; `by` names what tells them apart, `more` counts the published values that have none."""

    lines: tuple[Bar, ...]
    by: tuple[str, ...]
    more: int


def bars(rows: Sequence[Row], names: Names) -> Bars | None:
    """Return the bars of the declared view, longest first; totals and masked values have none. None if none has."""
    view = names.declaration.view
    if not (view.rows and view.value and names.has(view.rows, view.value)):
        return None
    said = [name for name in (view.rows, view.columns) if name is not None and names.has(name)]
    keys = dict.fromkeys((*said, *filter(names.has, names.declaration.key)))
    drawn = [row for row in rows if row[view.value] is not None and not any(is_total(row[name]) for name in keys)]
    by = [name for name in keys if name in said or len({row[name] for row in drawn}) > 1]
    return _longest(drawn, by, view.value, names)


def _longest(drawn: Sequence[Row], by: Sequence[str], value: str, names: Names) -> Bars | None:
    values = [(float(str(row[value])), " · ".join(names.value(name, row[name]) for name in by)) for row in drawn]
    chosen = sorted(values, key=lambda pair: (-pair[0], pair[1]))[:MOST_BARS]
    longest = chosen[0][0] if chosen else 0.0
    if longest <= 0:
        return None
    lines = tuple(Bar(label, number(one), max(round(100 * one / longest, 1), 0.0)) for one, label in chosen)
    return Bars(lines, tuple(map(names.title, by)), len(values) - len(lines))
