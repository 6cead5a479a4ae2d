"""The reader: what anyone knows of one indicator, and what must stay unknown to them."""

from dataclasses import dataclass, replace

import numpy as np

from anonymizers.cells import Booleans, EmptyCellRule, Integers, Kind, Rules
from anonymizers.disclosure.constraints import (
    UNBOUNDED,
    Constraints,
    Floats,
    additive,
    columnwise,
    distinct,
    selected,
)
from anonymizers.disclosure.table import Table
from anonymizers.rounding import nearest
from anonymizers.stretches import Occurrences, places_among

COUNTS = frozenset({Kind.ROW_COUNT, Kind.DISTINCT_COUNT})


@dataclass(frozen=True, slots=True)
class Needs:
    """How far a reader must be unable to exclude that each primary cell stands above and below its true value."""

    cells: Integers
    up: Integers
    down: Integers


@dataclass(frozen=True, slots=True)
class Reader:
    """One indicator as its readers see it, in deviations from the true values.

    A hidden cell may stand from `hidden_low` up without end, a shown one from `shown_low` to `shown_high` (0 and 0
    unless values are rounded).
    """

    indicator: int
    values: Integers
    constraints: Constraints
    hidden_low: Floats
    shown_low: Floats
    shown_high: Floats
    needs: Needs

    @property
    def loose(self) -> bool:
        """Say whether rounding leaves a shown cell some room."""
        return bool((self.shown_low < self.shown_high).any())

    def ranges(self, hidden: Booleans) -> tuple[Floats, Floats]:
        """Return from where to where each cell may stand when `hidden` cells are masked."""
        return np.where(hidden, self.hidden_low, self.shown_low), np.where(hidden, UNBOUNDED, self.shown_high)


class Parted:
    """Parts of one reader's cells: what ties them is put in order once, so that each part costs what it holds."""

    __slots__ = ("_by_column", "_reader", "_where")

    def __init__(self, reader: Reader) -> None:
        self._reader, self._where = reader, Occurrences(reader.needs.cells)
        self._by_column = columnwise(reader.constraints, len(reader.values))

    def part(self, cells: Integers) -> Reader:
        """Keep `cells` (ascending), renumbered in their order; the others are taken to stand still."""
        return self._kept(self._by_column.over(cells), cells)

    def alone(self, cells: Integers) -> Reader:
        """Keep `cells` (ascending), renumbered in their order, and the rows that tie no other cell. Reads them all."""
        rows = self._reader.constraints
        outside = rows.rows[places_among(cells, rows.columns) < 0]
        own = np.setdiff1d(np.arange(len(rows)), outside)
        return self._kept(selected(rows, rows=own, columns=cells), cells)

    def _kept(self, constraints: Constraints, cells: Integers) -> Reader:
        reader, kept = self._reader, self._where.of(cells)
        needs = reader.needs
        return Reader(
            indicator=reader.indicator,
            values=reader.values[cells],
            constraints=constraints,
            hidden_low=reader.hidden_low[cells],
            shown_low=reader.shown_low[cells],
            shown_high=reader.shown_high[cells],
            needs=Needs(np.searchsorted(cells, needs.cells[kept]), needs.up[kept], needs.down[kept]),
        )


def reader_of(table: Table, indicator: int, *, unknown: Booleans | None = None) -> Reader:
    """Say what a reader knows of one indicator of the table, and what LANGUAGE.md section 9 keeps from them.

    A mean enters as its sum, unrounded: what is published of it says no more. A known zero cannot move, unless what is
    shown does not let the reader know it (`unknown`).
    """
    values, usable = table.cells.values[indicator], ~table.known_zeros
    usable = usable if unknown is None else usable | unknown
    least = np.minimum(_least_value(table, indicator), values)
    shown_low, shown_high = _shown(table, indicator, least=least)
    return Reader(
        indicator=indicator,
        values=values,
        constraints=_constraints(table, indicator, usable=usable),
        hidden_low=(least - values).astype(np.float64),
        shown_low=np.where(usable, shown_low, 0.0),
        shown_high=np.where(usable, shown_high, 0.0),
        needs=_needs(table, indicator, least=least),
    )


def counted_from(point: Floats, reader: Reader) -> Reader:
    """Count deviations from a `point` that the reader takes for possible, by itself a deviation from the truth.

    A point is as near to its bounds as the solver left it: it is taken to lie within them.
    """
    constraints = reader.constraints
    weighted = constraints.coefficients * point[constraints.columns]
    sums = np.bincount(constraints.rows, weights=weighted, minlength=len(constraints))
    low, high = np.minimum(constraints.low - sums, 0.0), np.maximum(constraints.high - sums, 0.0)
    return replace(
        reader,
        constraints=replace(constraints, low=low, high=high),
        hidden_low=np.minimum(reader.hidden_low - point, 0.0),
        shown_low=np.minimum(reader.shown_low - point, 0.0),
        shown_high=np.maximum(reader.shown_high - point, 0.0),
    )


def _constraints(table: Table, indicator: int, *, usable: Booleans) -> Constraints:
    if table.cells.indicators[indicator].kind is Kind.DISTINCT_COUNT:
        return distinct(table.lines, table.cells.values[indicator], usable=usable)
    return additive(table.lines, usable=usable)


def _least_value(table: Table, indicator: int) -> int:
    """Return b: what a masked cell holds at least, 1 for a count where zeros are published."""
    counts = table.cells.indicators[indicator].kind in COUNTS
    return int(counts and table.rules.empty_cells is EmptyCellRule.KNOWN_ZERO)


def _shown(table: Table, indicator: int, *, least: Integers) -> tuple[Floats, Floats]:
    """Say how far a shown value may be from the truth: half a base around what rounding shows, and not under b."""
    values, described = table.cells.values[indicator], table.cells.indicators[indicator]
    if table.rules.rounding is None or described.kind is Kind.MEAN:
        return np.zeros(len(values)), np.zeros(len(values))
    base = table.rules.rounding * 10**described.decimals
    shown = nearest(values, base)
    return np.maximum(shown - base / 2, least) - values, shown + base / 2 - values


def _needs(table: Table, indicator: int, *, least: Integers) -> Needs:
    exposed = np.flatnonzero(table.primary.exposed[indicator])
    values = table.cells.values[indicator][exposed]
    margin = _margin(values, table.rules, decimals=table.cells.indicators[indicator].decimals)
    up = np.maximum(margin, table.primary.floors[indicator][exposed] - values)
    down = values - np.maximum(least[exposed], values - margin)
    return Needs(exposed, up, np.maximum(down, 0))


def _margin(values: Integers, rules: Rules, *, decimals: int) -> Integers:
    """Return x = max(minimum, ceil(v * percent / 100)), v and x in the indicator's own unit, scaled back."""
    if rules.protection is None:
        return np.zeros_like(values)
    scale: int = 10**decimals
    part = -(-values * rules.protection.percent // (100 * scale))
    return np.maximum(part, rules.protection.minimum) * scale
