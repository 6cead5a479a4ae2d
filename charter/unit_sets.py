"""The unit sets of the finest cells: which units stand in each, as marks, with their rows and sums.

What the ledger keeps and comparison needs (LANGUAGE.md section 9, "Ledger"). A margin's set is the union of its
cells'. Columns of the expression, one row for each (minimum count, period, cell, unit):

- `entry`, `period`, `d0`, `d1`…: as in `charter.cells_expression`;
- `mark`: the unit, the same number wherever its comparison group is counted; null for rows without a unit, together;
- `n`, `s0`…: its rows and the sums of its measures in the cell; the last sum, of a layout that is `dated`, adds up
  numbers that stand for the days of its rows, so that rows of different days are told apart.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import reduce

import ibis

from anonymizers.columns import Column
from anonymizers.treatments import treated
from anonymizers.unit_marks import unit_mark, unit_text
from charter.raw_table import Table, raw_table
from charter.unit_rows import Counted, Layout, by_cell_and_units, by_row, units_of


def unit_sets_expression(layout: Layout) -> Table:
    """Return the unit sets of the finest cells of one step (see the module)."""
    return _by_entry(layout, by_cell_and_units, _marked)


def unit_contents_expression(layout: Layout) -> Table:
    """Return the same with, instead of `mark`, the text `content` that it is made of (`anonymizers.marking`).

    A unit of a cell may have several rows, to be added up by whoever reads them: they are put in order there anyway.
    """
    return _by_entry(layout, by_row, _told)


def _by_entry(layout: Layout, rows: Callable[[Layout], Table], said: Callable[[Layout, Table, int], Table]) -> Table:
    bare = replace(layout, counts=tuple(replace(counted, hashed=False) for counted in layout.counts))
    totals = rows(bare)
    parts = [said(bare, units_of(bare, totals, counted), entry) for entry, counted in enumerate(bare.counts)]
    return parts[0] if len(parts) == 1 else ibis.union(*parts, distinct=False)


def _marked(layout: Layout, units: Table, entry: int) -> Table:
    """Replace the values of units by their marks: each value is hashed once, then joined back."""
    marks = _marks(layout, layout.counts[entry])
    joined = units.left_join(marks, units["unit"] == marks["content"])
    return _columns(layout, joined, entry, mark=marks["mark"])


def _told(layout: Layout, units: Table, entry: int) -> Table:
    return _columns(layout, units, entry, content=unit_text(units["unit"], unit=_kind(layout.counts[entry])))


def _kind(counted: Counted) -> str:
    return counted.entry.unit.value


def _columns(layout: Layout, units: Table, entry: int, **unit: Column) -> Table:
    return units.select(
        entry=ibis.literal(entry, "int8"),
        period=layout.period(units),
        **{key: units[key] for key in layout.keys},
        **unit,
        **{name: units[name].cast("decimal(38, 0)") for name in ("n", *layout.sums)},
    )


def _marks(layout: Layout, counted: Counted) -> Table:
    raw = raw_table(layout.policy)
    each = [raw.select(content=treated("count_units", raw[name])) for name in counted.entry.fields]
    contents = reduce(lambda one, other: one.union(other), each).distinct()
    contents = contents.filter(contents["content"].notnull())
    return contents.select("content", mark=unit_mark(contents["content"], unit=_kind(counted)))
