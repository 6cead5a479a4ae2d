"""The dimensions of a table at one step of the ladder: how a column's value becomes a part of a cell's key."""

from collections.abc import Mapping
from dataclasses import dataclass

from anonymizers.columns import Column
from anonymizers.times import Grain
from anonymizers.treatments import treated
from charter.grains import GRAINS, ZONE_GRAINS
from charter.model import Policy, PolicyField
from charter.raw_table import AMBIGUOUS, Table
from charter.vocabulary import Category, FieldType, Level, SmallPopulationAction


@dataclass(frozen=True, slots=True)
class Dimension:
    """One dimension at one step: its field, and its level where it is generalised by levels.

    `pools` says whether its small zones are counted under their parent's code.
    """

    field: PolicyField
    level: Level | None
    pools: bool

    @property
    def name(self) -> str:
        """Return the column's name."""
        return self.field.name

    @property
    def is_time(self) -> bool:
        """Tell whether this is the dimension that the calendar follows."""
        return self.field.category is Category.TIME

    @property
    def grain(self) -> Grain:
        """Return the level of a dimension of time."""
        assert self.level is not None
        return GRAINS[self.level]

    def key(self, raw: Table) -> Column:
        """Return the column's part of a cell's key: a text, or for time the bucket of `time_grain`."""
        column = raw[self.name]
        treatment = self.field.treatment
        if self.is_time:
            return treated("time_grain", column, grain=self.grain, ambiguous=ambiguity(self.field, raw))
        if self.level is not None:
            name = "zone_of_position" if self.field.type is FieldType.POSITION else "zone_grain"
            zone = treated(name, column, grain=ZONE_GRAINS[self.level])
            return treated("pooled_zone", zone) if self.pools else zone
        if treatment.bins is not None:
            return treated("bins", column, bounds=treatment.bins)
        if treatment.grouping is not None:
            groups = [(group.value, group.sources) for group in treatment.grouping]
            return treated("grouping", column, groups=groups)
        return treated("aggregate", column)


def ambiguity(field: PolicyField, raw: Table) -> Column | None:
    """Return which instants were local times without offset in the doubled hour; none for a day or a year."""
    return raw[f"{field.name}{AMBIGUOUS}"] if field.type is FieldType.DATETIME else None


def dimensions_at(policy: Policy, levels: Mapping[str, Level]) -> tuple[Dimension, ...]:
    """Return the dimensions of a table at one step, in the policy's order."""
    names = policy.publication.dimensions or ()
    small = policy.guarantees.small_populations
    merges = small is not None and small.action is SmallPopulationAction.MERGE
    return tuple(
        Dimension(policy.field(name), level, pools=merges and level in ZONE_GRAINS)
        for name, level in ((name, levels.get(name)) for name in names)
    )


def time_dimension(dimensions: tuple[Dimension, ...]) -> Dimension | None:
    """Return the one dimension of time, if there is one."""
    return next((dimension for dimension in dimensions if dimension.is_time), None)
