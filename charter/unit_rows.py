"""From rows to (cell, unit): the one reading of all rows that a table is derived from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import Final

import ibis

from anonymizers.columns import Column
from anonymizers.instants import period_of, period_told
from anonymizers.times import Grain
from anonymizers.treatments import treated
from anonymizers.unit_marks import day_mark
from charter.dimensions import Dimension, dimensions_at, time_dimension
from charter.grains import PERIOD_GRAINS
from charter.guarantees import MinimumCount
from charter.model import Policy, PolicyField
from charter.raw_table import Table, raw_table
from charter.vocabulary import FieldType, Level, Operation, Statistic

DELIVERY: Final = date(1970, 1, 1)
"""Stands for the period of a table without time: the delivery itself."""

_BY_INSTANT: Final = frozenset({FieldType.DATETIME, FieldType.DATE})
"""The types of time that are compared as instants, a day being its midnight; years are not."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A minimum count and the names of its unit columns in the expression."""

    entry: MinimumCount
    columns: tuple[str, ...]
    hashed: bool
    """One pseudonymised column makes the whole union pseudonymous: values must meet."""


@dataclass(frozen=True, slots=True)
class Layout:
    """What the expression of one step is made of."""

    policy: Policy
    dimensions: tuple[Dimension, ...]
    counts: tuple[Counted, ...]
    measured: tuple[str, ...]
    """The fields that are summed, once each, in the order of the indicators."""
    dated: bool = False
    """Whether one more sum tells the days of the rows (`charter.unit_sets`)."""

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the names of the key's parts, `d0` and on."""
        return tuple(f"d{index}" for index in range(len(self.dimensions)))

    @property
    def sums(self) -> tuple[str, ...]:
        """Return the names of the sums, `s0` and on; that of the days comes last."""
        return tuple(f"s{index}" for index in range(len(self.measured) + self.dated))

    @property
    def weights(self) -> tuple[str, ...]:
        """Return the names of the counts of rows with a value, `c0` and on."""
        return tuple(f"c{index}" for index in range(len(self.measured)))

    @property
    def counts_one_column(self) -> bool:
        """Tell whether one column alone holds all the units: then one grouping gives everything."""
        return len(self.counts) == 1 and len(self.counts[0].columns) == 1

    @property
    def contributors(self) -> int:
        """Return how many contributors dominance takes together."""
        dominance = self.policy.guarantees.dominance
        return (dominance.contributors or 1) if dominance else 1

    def period(self, source: Table) -> Column:
        """Return the release period of a row or a cell, from the bucket of its time in `source`."""
        for key, dimension in zip(self.keys, self.dimensions, strict=True):
            if dimension.is_time:
                return self.period_of(source[key], dimension)
        return ibis.literal(DELIVERY)

    def period_of(self, bucket: Column, dimension: Dimension) -> Column:
        """Return the release period of a bucket of time."""
        frequency = PERIOD_GRAINS[self.policy.publication.frequency]
        return period_of(bucket, grain=dimension.grain, frequency=frequency)

    def opens_time(self, kept: tuple[str, ...]) -> bool:
        """Tell whether a margin that keeps these keys opens the dimension of time."""
        return any(d.is_time and key not in kept for key, d in zip(self.keys, self.dimensions, strict=True))


def layout_of(policy: Policy, levels: Mapping[str, Level]) -> Layout:
    """Return the parts of the expression of one step."""
    return Layout(
        policy=policy,
        dimensions=dimensions_at(policy, levels),
        counts=tuple(_counted(policy, *each) for each in enumerate(policy.guarantees.minimum_counts or ())),
        measured=measured_fields(policy),
    )


def measured_fields(policy: Policy) -> tuple[str, ...]:
    """Return the fields that are summed, once each, in the order of the indicators."""
    summed = {Statistic.SUM, Statistic.MEAN}
    names = [measure.field for measure in policy.publication.measures or () if measure.statistic in summed]
    return tuple(dict.fromkeys(name for name in names if name))


def _counted(policy: Policy, index: int, entry: MinimumCount) -> Counted:
    operations = {policy.field(name).treatment.operation for name in entry.fields}
    columns = tuple(f"e{index}_{position}" for position in range(len(entry.fields)))
    return Counted(entry, columns, hashed=Operation.PSEUDONYMISE in operations)


def by_cell_and_units(layout: Layout) -> Table:
    """Return, for each cell and combination of units, its rows `n`, sums `s…` and rows with a value `c…`.

    An absent unit is null. A pseudonym stands as its rank among those of the run, a number that says nothing.
    """
    raw, hashed = raw_table(layout.policy), [counted for counted in layout.counts if counted.hashed]
    at_period = {"at_period": _period_of_row(layout, raw)} if hashed else {}
    shaped = raw.select(**_shaped(layout, raw), **at_period)
    for counted in hashed:
        shaped = _pseudonymised(layout, shaped, counted)
    units = [column for counted in layout.counts for column in counted.columns]
    return shaped.group_by(*layout.keys, *units).aggregate(
        n=shaped.count(),
        **{name: shaped[f"m{index}"].sum() for index, name in enumerate(layout.sums)},
        **{name: shaped[f"m{index}"].count() for index, name in enumerate(layout.weights)},
    )


def by_row(layout: Layout) -> Table:
    """Return the same row by row, nothing added up nor hashed and without `c…`: `n` is one of each.

    Nearly every row of a fine table is another unit of another cell: grouping them is then most of an answer's cost.
    """
    raw = raw_table(layout.policy)
    shaped = raw.select(**_shaped(layout, raw))
    units = [column for counted in layout.counts for column in counted.columns]
    sums = {name: shaped[f"m{index}"] for index, name in enumerate(layout.sums)}
    return shaped.select(*layout.keys, *units, n=ibis.literal(1, "int64"), **sums)


def _shaped(layout: Layout, raw: Table) -> dict[str, Column]:
    columns = {key: dimension.key(raw) for key, dimension in zip(layout.keys, layout.dimensions, strict=True)}
    for counted in layout.counts:
        named = zip(counted.columns, counted.entry.fields, strict=True)
        columns |= {column: treated("count_units", raw[name]) for column, name in named}
    columns |= {f"m{index}": _measure(layout.policy.field(name), raw) for index, name in enumerate(layout.measured)}
    dimension = time_dimension(layout.dimensions)
    if layout.dated and dimension is not None:
        columns[f"m{len(layout.measured)}"] = day_mark(raw[dimension.name])
    return columns


def least_contributions(layout: Layout) -> Table:
    """Return one row: the least that a row contributes to each measure, as a whole number, null without a value."""
    raw = raw_table(layout.policy)
    shaped = raw.select(**{name: _measure(layout.policy.field(name), raw) for name in layout.measured})
    return shaped.aggregate(**{name: shaped[name].min() for name in layout.measured})


def _measure(field: PolicyField, raw: Table) -> Column:
    """Return a measure as a whole number, scaled by its decimals, treated row by row."""
    scale = 10 ** (field.decimals or 0)
    value = (raw[field.name] * scale).cast("int64") if field.decimals else raw[field.name]
    treatment = field.treatment
    if treatment.operation is Operation.ROUND and treatment.round_to is not None:
        return treated("round_to", value, base=treatment.round_to * scale)
    if treatment.operation is Operation.CAP and treatment.ceiling is not None:
        return treated("cap", value, ceiling=treatment.ceiling * scale)
    return value


def _pseudonymised(layout: Layout, shaped: Table, counted: Counted) -> Table:
    """Replace an entry's identifiers by the ranks of their pseudonyms: each is hashed once a period, then joined back.

    Hashing distinct values costs a third of hashing every row.
    """
    ranked = _ranked(layout, counted)
    for column in counted.columns:
        known = ranked.view()
        joined = shaped.left_join(known, [shaped[column] == known.content, shaped.at_period == known.at_period])
        shaped = joined.select(*(shaped[name] for name in shaped.columns if name != column), **{column: known.rank})
    return shaped


def _ranked(layout: Layout, counted: Counted) -> Table:
    raw = raw_table(layout.policy)
    at = _period_of_row(layout, raw)
    each = [raw.select(content=treated("count_units", raw[name]), at_period=at) for name in counted.entry.fields]
    contents = reduce(lambda one, other: one.union(other), each).distinct()
    contents = contents.filter(contents.content.notnull())
    first, period = counted.entry.fields[0], contents.at_period
    hashed = treated("pseudonymise", contents.content, dataset=layout.policy.dataset, name=first, period=period)
    return contents.select("content", "at_period", rank=ibis.dense_rank().over(order_by=hashed))


def _period_of_row(layout: Layout, raw: Table) -> Column:
    """Return the release period of a stored row, without its bucket where the instant alone says it."""
    dimension = time_dimension(layout.dimensions)
    if dimension is None:
        return ibis.literal(DELIVERY)
    stored, kind = raw[dimension.name], dimension.field.type
    says_it = kind is FieldType.DATETIME and dimension.grain is not Grain.WEEK
    period = layout.period_of(stored if says_it else dimension.key(raw), dimension)
    return period_told(stored, period) if kind in _BY_INSTANT else period


def units_of(layout: Layout, totals: Table, counted: Counted) -> Table:
    """Return rows and sums by cell and `unit` of one minimum count.

    A row that holds two units counts for both, once each; rows without any are together one null unit.
    """
    if layout.counts_one_column:
        return totals.rename(unit=counted.columns[0])
    parts = [
        _holding(layout, totals, column, counted.columns[:position]) for position, column in enumerate(counted.columns)
    ]
    without = totals.filter(*(totals[column].isnull() for column in counted.columns))
    parts.append(_as_unit(layout, without, counted.columns[0]))
    return by_unit(layout, ibis.union(*parts, distinct=False), layout.keys)


def _holding(layout: Layout, totals: Table, column: str, former: tuple[str, ...]) -> Table:
    held = totals[column].notnull()
    for other in former:
        held &= totals[other].isnull() | (totals[other] != totals[column])
    return _as_unit(layout, totals.filter(held), column)


def _as_unit(layout: Layout, rows: Table, column: str) -> Table:
    return rows.select(*layout.keys, unit=rows[column], **{name: rows[name] for name in ("n", *layout.sums)})


def by_unit(layout: Layout, units: Table, kept: tuple[str, ...]) -> Table:
    """Sum rows and measures by the kept keys and unit."""
    summed = [name for name in ("n", *layout.sums, *layout.weights) if name in units.columns]
    return units.group_by(*kept, "unit").aggregate(**{name: units[name].sum() for name in summed})
