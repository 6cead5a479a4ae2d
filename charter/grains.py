"""The levels of the language as the rooms below know them, and the level of each field at each step of the ladder."""

from typing import Final

from anonymizers.places import ZoneGrain
from anonymizers.times import Grain
from charter.model import Policy
from charter.vocabulary import Frequency, Level

GRAINS: Final[dict[Level, Grain]] = {
    Level.HOUR: Grain.HOUR,
    Level.DAY: Grain.DAY,
    Level.WEEK: Grain.WEEK,
    Level.MONTH: Grain.MONTH,
    Level.QUARTER: Grain.QUARTER,
    Level.YEAR: Grain.YEAR,
}
ZONE_GRAINS: Final[dict[Level, ZoneGrain]] = {
    Level.IRIS: ZoneGrain.IRIS,
    Level.COMMUNE: ZoneGrain.COMMUNE,
    Level.EPCI: ZoneGrain.EPCI,
    Level.GRID_200M: ZoneGrain.GRID_200M,
    Level.GRID_1KM: ZoneGrain.GRID_1KM,
}
PERIOD_GRAINS: Final[dict[Frequency, Grain]] = {
    Frequency.DAY: Grain.DAY,
    Frequency.WEEK: Grain.WEEK,
    Frequency.MONTH: Grain.MONTH,
    Frequency.QUARTER: Grain.QUARTER,
    Frequency.YEAR: Grain.YEAR,
}
"""The calendar frequencies; a delivery and a live state have no period."""


def step_levels(policy: Policy) -> tuple[dict[str, Level], ...]:
    """Return the level of each levelled field at each step of the ladder; one step where there is no ladder.

    A field that a step does not name stands at its finest level.
    """
    finest = {field.name: field.treatment.levels[0] for field in policy.fields if field.treatment.levels}
    if policy.guarantees.ladder is None:
        return (finest,)
    return tuple({**finest, **{level.field: level.level for level in step.step}} for step in policy.guarantees.ladder)
