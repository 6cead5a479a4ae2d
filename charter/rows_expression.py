"""The expression of a release by rows: the kept technical columns, one row a row, as they will be read.

Only what is kept or generalised may stand in rows; anything else is a missing text, so that nothing leaves by here.
"""

from anonymizers.columns import Column
from anonymizers.treatments import bins, grouping, keep, mask, time_grain, zone_grain
from charter.dimensions import ambiguity
from charter.grains import GRAINS, ZONE_GRAINS
from charter.model import Policy, PolicyField
from charter.raw_table import Table, raw_table
from charter.vocabulary import FieldType, Operation


def rows_expression(policy: Policy) -> Table:
    """Return the published columns in the policy's order; a row that is delivered twice stands twice."""
    raw = raw_table(policy)
    names = policy.publication.columns or ()
    return raw.select(**{name: _published(policy.field(name), raw) for name in names})


def _published(field: PolicyField, raw: Table) -> Column:
    if field.treatment.operation is Operation.KEEP:
        return _kept(field, raw)
    if field.treatment.operation is Operation.GENERALISE:
        return _generalised(field, raw)
    return mask.treat(raw[field.name])


def _kept(field: PolicyField, raw: Table) -> Column:
    column = raw[field.name]
    if field.type is FieldType.DATETIME:
        ambiguous = ambiguity(field, raw)
        return time_grain.instant_label(column, ambiguous=ambiguous)
    if field.type is FieldType.DATE:
        return column.cast("string")
    return keep.treat(column)


def _generalised(field: PolicyField, raw: Table) -> Column:
    column, treatment = raw[field.name], field.treatment
    if treatment.bins is not None:
        return bins.treat(column, bounds=treatment.bins)
    if treatment.grouping is not None:
        return grouping.treat(column, groups=[(group.value, group.sources) for group in treatment.grouping])
    assert treatment.levels is not None
    level = treatment.levels[0]
    if level in GRAINS:
        bucket = time_grain.treat(column, grain=GRAINS[level], ambiguous=ambiguity(field, raw))
        return time_grain.label(bucket, grain=GRAINS[level])
    if field.type is FieldType.POSITION:
        return zone_grain.treat_position(column, grain=ZONE_GRAINS[level])
    return zone_grain.treat(column, grain=ZONE_GRAINS[level])
