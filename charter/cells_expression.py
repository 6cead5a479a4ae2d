"""The expression of a table: cells and margins with their rows, distinct units, sums and largest contributions.

Every row is read once: rows are summed by (cell, unit), and cells, margins, unit counts and contributions are all
derived from that. Columns of the result:

- `margin`: 0 for the finest cells, 1, 2… for the policy's margins in order, then for the groups that diversity judges,
  which are never published;
- `entry`: the minimum count whose units the row counts; `TOTALS` for a row that counts none;
- `period`: first day of the release period, `DELIVERY` where the table has no time;
- `d0`, `d1`…: the parts of the key, null when missing, and null when the margin opens them;
- `n`, `s0`…, `c0`…: rows, sum and rows with a value of each measured field; beside several minimum counts only a row
  of `TOTALS` holds them;
- `units`; `top_n`, `top_s0`…: units, the n largest contributions to rows and sums together;
- `x0`…: distinct values of the columns of `single_columns`.

What a row does not hold is null.
"""

from collections.abc import Mapping
from typing import Final

import ibis

from anonymizers.columns import Column
from charter.model import Policy
from charter.raw_table import Table
from charter.unit_rows import Layout, by_cell_and_units, by_unit, layout_of, units_of
from charter.vocabulary import Level, Statistic, YesNo

TOTALS: Final = -1


def cells_expression(policy: Policy, levels: Mapping[str, Level]) -> Table:
    """Return the cells and margins of one step of the ladder (see the module)."""
    layout = layout_of(policy, levels)
    totals = by_cell_and_units(layout)
    units = tuple(units_of(layout, totals, counted) for counted in layout.counts)
    parts = [
        _finished(layout, part, totals, margin=margin)
        for margin, kept in enumerate(groupings(layout))
        for part in _grouped(layout, totals, units, kept=kept)
    ]
    return parts[0] if len(parts) == 1 else ibis.union(*parts, distinct=False)


def groupings(layout: Layout) -> tuple[tuple[str, ...], ...]:
    """Return the keys that cells, then each margin, then each kind of group under diversity, keep."""
    return (layout.keys, *margins_kept(layout), *groups_kept(layout))


def groups_kept(layout: Layout) -> tuple[tuple[str, ...], ...]:
    """Return the keys that groups under diversity keep: those of the cells and margins, the sensitive one opened."""
    rule = layout.policy.guarantees.diversity
    if rule is None or rule.active is not YesNo.YES:
        return ()
    named = zip(layout.keys, layout.dimensions, strict=True)
    sensitive = next(key for key, dimension in named if dimension.name == rule.field)
    judged = (kept for kept in (layout.keys, *margins_kept(layout)) if sensitive in kept)
    return tuple(dict.fromkeys(tuple(key for key in kept if key != sensitive) for kept in judged))


def margins_kept(layout: Layout) -> tuple[tuple[str, ...], ...]:
    """Return the keys that each of the policy's margins keeps, in order."""
    margins = layout.policy.publication.margins
    if margins is None or isinstance(margins, str):
        return ()
    named = list(zip(layout.keys, layout.dimensions, strict=True))
    return tuple(tuple(key for key, dimension in named if dimension.name in margin.by) for margin in margins)


def single_columns(policy: Policy) -> tuple[str, ...]:
    """Return the columns that are counted alone though their minimum count unites several, once each."""
    entries = policy.guarantees.minimum_counts or ()
    united = {name for entry in entries if len(entry.fields) > 1 for name in entry.fields}
    counted = [m.field for m in policy.publication.measures or () if m.statistic is Statistic.DISTINCT_COUNT]
    return tuple(dict.fromkeys(name for name in counted if name in united))


def _grouped(layout: Layout, totals: Table, units: tuple[Table, ...], *, kept: tuple[str, ...]) -> list[Table]:
    """Return the rows of one grouping: of the only unit, or of the totals and of each minimum count."""
    if layout.counts_one_column:
        rows = _at(layout, units[0], kept)
        return [_aggregated(layout, rows, kept, {**_totals(layout, rows), **_counts(layout, rows)}, entry=0)]
    rows = _dated(layout, totals, kept)
    results = [_aggregated(layout, rows, kept, {**_totals(layout, rows), **_alone(layout, rows)}, entry=TOTALS)]
    for entry, table in enumerate(units):
        each = _at(layout, table, kept)
        results.append(_aggregated(layout, each, kept, _counts(layout, each), entry=entry))
    return results


def _dated(layout: Layout, rows: Table, kept: tuple[str, ...]) -> Table:
    """Give rows their period while they still have the key that says it."""
    return rows.mutate(period=layout.period(rows)) if layout.opens_time(kept) else rows


def _at(layout: Layout, units: Table, kept: tuple[str, ...]) -> Table:
    """Bring rows by (cell, unit) to a grouping: where keys are opened, a unit of several cells counts once."""
    if kept == layout.keys:
        return _ranked(layout, units, kept)
    return _ranked(layout, by_unit(layout, _dated(layout, units, kept), _by(layout, kept)), kept)


def _by(layout: Layout, kept: tuple[str, ...]) -> tuple[str, ...]:
    return (*kept, "period") if layout.opens_time(kept) else kept


def _ranked(layout: Layout, units: Table, kept: tuple[str, ...]) -> Table:
    """Rank contributions within a cell where several count together; the only largest is a maximum, without a sort."""
    if layout.contributors == 1:
        return units
    by = list(_by(layout, kept))
    ranks = {
        f"rank_{name}": ibis.row_number().over(group_by=by, order_by=units[name].fill_null(0).desc())
        for name in ("n", *layout.sums)
    }
    return units.mutate(**ranks)


def _totals(layout: Layout, rows: Table) -> dict[str, Column]:
    return {name: rows[name].sum() for name in ("n", *layout.sums, *layout.weights)}


def _counts(layout: Layout, rows: Table) -> dict[str, Column]:
    tops = {f"top_{name}": _largest(layout, rows, name) for name in ("n", *layout.sums)}
    return {"units": rows["unit"].count(), **tops}


def _largest(layout: Layout, rows: Table, name: str) -> Column:
    if layout.contributors == 1:
        return rows[name].max()
    return rows[name].sum(where=rows[f"rank_{name}"] < layout.contributors)


def _alone(layout: Layout, rows: Table) -> dict[str, Column]:
    columns = {
        name: column
        for counted in layout.counts
        for column, name in zip(counted.columns, counted.entry.fields, strict=True)
    }
    return {f"x{index}": rows[columns[name]].nunique() for index, name in enumerate(single_columns(layout.policy))}


def _aggregated(
    layout: Layout, rows: Table, kept: tuple[str, ...], numbers: Mapping[str, Column], *, entry: int
) -> Table:
    by = _by(layout, kept)
    grouped = rows.group_by(*by).aggregate(**numbers) if by else rows.aggregate(**numbers)
    period = grouped["period"] if "period" in by else layout.period(grouped)
    return grouped.mutate(entry=ibis.literal(entry, "int8"), period=period)


def _finished(layout: Layout, part: Table, totals: Table, *, margin: int) -> Table:
    """Give every part the same columns of the same types, in the same order."""
    numbers = (*_totals_names(layout), *_counts_names(layout))
    alone = tuple(f"x{index}" for index in range(len(single_columns(layout.policy))))
    keys = {key: part[key] if key in part.columns else ibis.null(totals[key].type()) for key in layout.keys}
    return part.select(
        margin=ibis.literal(margin, "int8"),
        entry=part["entry"],
        period=part["period"],
        **keys,
        **{name: _whole(part, name) for name in (*numbers, *alone)},
    )


def _totals_names(layout: Layout) -> tuple[str, ...]:
    return ("n", *layout.sums, *layout.weights)


def _counts_names(layout: Layout) -> tuple[str, ...]:
    if not layout.counts:
        return ()
    return ("units", *(f"top_{name}" for name in ("n", *layout.sums)))


def _whole(part: Table, name: str) -> Column:
    return part[name].cast("decimal(38, 0)") if name in part.columns else ibis.null("decimal(38, 0)")
