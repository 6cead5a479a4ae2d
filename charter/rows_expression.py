"""The expression of a release by rows: the kept technical columns, one row a row, in key order.

Key order is that of the UTF-8 bytes of all columns as they are read, numbers by value, missing values first. Each
column is sorted by something that orders alike and costs less than its text: a label by its place among all labels, a
day as a day, an instant by its local time. Only what is kept, generalised or reviewed may stand in rows, anything
else is a missing text, so that nothing leaves by here; a line with a masked text that was not let through is left out.
"""

from collections.abc import Callable
from dataclasses import dataclass

import ibis

from anonymizers.columns import Column, as_text, band_labels, sortable
from anonymizers.instants import instant_keys, instant_text, label_of_bucket
from anonymizers.times import Grain
from anonymizers.treatments import treated
from charter.dimensions import ambiguity
from charter.grains import GRAINS, ZONE_GRAINS
from charter.model import Policy, PolicyField
from charter.raw_table import Table, raw_table
from charter.vocabulary import FieldType, Operation


@dataclass(frozen=True, slots=True)
class Shown:
    """A published column: what it is sorted by, and how its text is made of that."""

    keys: tuple[Column, ...]
    text: Callable[[tuple[Column, ...]], Column]


def rows_expression(policy: Policy) -> Table:
    """Return the published columns in the policy's order; a row that is delivered twice stands twice."""
    names = policy.publication.columns or ()
    raw = _let_through(policy, raw_table(policy))
    shown = {name: _shown(policy.field(name), raw) for name in names}
    keyed = raw.select(
        **{f"{name}_{place}": key for name, column in shown.items() for place, key in enumerate(column.keys)}
    )
    ordered = keyed.order_by([ibis.asc(keyed[name], nulls_first=True) for name in keyed.columns])
    inside = ordered.view()  # texts are made after the sort, not sorted
    texts = {
        name: column.text(tuple(inside[f"{name}_{place}"] for place in range(len(column.keys))))
        for name, column in shown.items()
    }
    return inside.select(**texts)


def _let_through(policy: Policy, raw: Table) -> Table:
    """Keep the rows of which every masked text is missing or was confirmed."""
    fields = (policy.field(name) for name in policy.publication.columns or ())
    for field in fields:
        if field.treatment.operation is Operation.MASK:
            text = as_text(raw[field.name]).nullif("")
            raw = raw.filter(text.isnull() | treated("mask", raw[field.name], name=field.name).notnull())
    return raw


def sorted_texts(policy: Policy) -> tuple[str, ...]:
    """Return the stored texts that rows are sorted by as they are."""
    fields = (policy.field(name) for name in policy.publication.columns or ())
    kept = (field for field in fields if field.treatment.operation is Operation.KEEP)
    return tuple(field.name for field in kept if field.type in {FieldType.TEXT, FieldType.CODE})


def labels_of_rows(policy: Policy) -> tuple[str, ...]:
    """Return the labels of all bands and groups, which are known before any row."""
    treatments = [policy.field(name).treatment for name in policy.publication.columns or ()]
    banded = [band_labels(treatment.bins) for treatment in treatments if treatment.bins]
    grouped = [tuple(group.value for group in treatment.grouping) for treatment in treatments if treatment.grouping]
    return tuple(sorted({label for labels in (*banded, *grouped) for label in labels}))


def unsorted_text(field: PolicyField, raw: Table) -> Column:
    """Return the label of a group or a zone, `OUTSIDE` included."""
    if field.treatment.grouping is not None:
        groups = [(group.value, group.sources) for group in field.treatment.grouping]
        return treated("grouping", raw[field.name], groups=groups)
    return _first(_generalised(field, raw).keys)


def _shown(field: PolicyField, raw: Table) -> Shown:
    column = raw[field.name]
    if field.treatment.operation is Operation.KEEP:
        return _kept(field, raw)
    if field.treatment.operation is Operation.GENERALISE:
        return _generalised(field, raw)
    if field.treatment.operation is Operation.MASK:
        return Shown((treated("mask", column, name=field.name),), _first)
    return Shown((ibis.null("string"),), _first)


def _first(keys: tuple[Column, ...]) -> Column:
    return keys[0]


def _kept(field: PolicyField, raw: Table) -> Shown:
    column = raw[field.name]
    if field.type is FieldType.DATETIME:
        return Shown(instant_keys(column, ambiguous=ambiguity(field, raw)), instant_text)
    if field.type is FieldType.DATE:
        return Shown((column,), lambda keys: keys[0].cast("string"))
    return Shown((treated("keep", column),), _first)


def _generalised(field: PolicyField, raw: Table) -> Shown:
    column, treatment = raw[field.name], field.treatment
    if treatment.bins is not None:
        return Shown((treated("bins", column, bounds=treatment.bins, written=sortable),), _first)
    if treatment.grouping is not None:
        groups = [(group.value, group.sources) for group in treatment.grouping]
        return Shown((treated("grouping", column, groups=groups, written=sortable),), _first)
    assert treatment.levels is not None
    level = treatment.levels[0]
    if level in GRAINS:
        return _in_time(field, raw, GRAINS[level])
    name = "zone_of_position" if field.type is FieldType.POSITION else "zone_grain"
    return Shown((treated(name, column, grain=ZONE_GRAINS[level]),), _first)


def _in_time(field: PolicyField, raw: Table, grain: Grain) -> Shown:
    bucket = treated("time_grain", raw[field.name], grain=grain, ambiguous=ambiguity(field, raw))
    if grain is not Grain.HOUR:
        return Shown((bucket,), lambda keys: label_of_bucket(keys[0], grain=grain))
    hour = bucket.truncate("s")
    return Shown(instant_keys(hour, ambiguous=bucket != hour), instant_text)
