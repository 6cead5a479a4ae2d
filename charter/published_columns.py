"""The columns of a release, as its reader sees them."""

from collections.abc import Sequence

from anonymizers.cells import Indicator, Kind
from charter.dimensions import Dimension
from charter.model import Measure, Policy, PolicyField
from charter.published_cells import STATUS, decimals_shown
from charter.release_parts import ReleaseColumn
from charter.vocabulary import FieldType, Operation


def columns_of_rows(policy: Policy) -> tuple[ReleaseColumn, ...]:
    """Return the columns of a release by rows, in the policy's order; a band or a group is a text."""
    return tuple(_technical(policy.field(name)) for name in policy.publication.columns or ())


def _technical(field: PolicyField) -> ReleaseColumn:
    level = field.treatment.levels[0].value if field.treatment.levels else ""
    coarser = field.treatment.operation is Operation.GENERALISE
    return ReleaseColumn(
        name=field.name,
        type=(FieldType.TEXT if coarser else field.type).value,
        kind="technical",
        description=field.description or "",
        level=level,
        decimals=0 if coarser else field.decimals or 0,
    )


def columns_of_table(
    policy: Policy, dimensions: Sequence[Dimension], indicators: Sequence[Indicator], *, time_level: str
) -> tuple[ReleaseColumn, ...]:
    """Return the columns of a release by cells: dimensions, indicators, `statut`.

    `time_level` is the level of all labels of time, empty where periods were published at several.
    """
    keys = [
        ReleaseColumn(
            name=dimension.name,
            type=FieldType.TEXT.value,
            kind="dimension",
            description=dimension.field.description or "",
            level=time_level if dimension.is_time else (dimension.level.value if dimension.level else ""),
        )
        for dimension in dimensions
    ]
    shown = zip(policy.publication.measures or (), indicators, strict=True)
    measures = [_measure(policy, measure, indicator) for measure, indicator in shown]
    return (*keys, *measures, ReleaseColumn(STATUS, FieldType.CODE.value, "status"))


def _measure(policy: Policy, measure: Measure, indicator: Indicator) -> ReleaseColumn:
    decimals = decimals_shown(indicator)
    summed = indicator.kind in {Kind.SUM, Kind.MEAN} and measure.field
    return ReleaseColumn(
        name=measure.name,
        type=(FieldType.DECIMAL if decimals else FieldType.INTEGER).value,
        kind="measure",
        description=(policy.field(measure.field).description or "") if summed and measure.field else "",
        decimals=decimals,
    )
