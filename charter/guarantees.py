"""What holds for every release of a dataset (LANGUAGE.md section 6), as frozen typed values."""

from typing import Annotated, Final

from pydantic import Field

from charter.vocabulary import EmptyCells, LateRows, Level, SmallPopulationAction, Unit, YesNo
from charter.words import Block, ColumnText, Count, DelayText, NoRepeat, SlugText


class MinimumCount(Block):
    """At least k distinct units, the union over `fields`."""

    unit: Unit
    fields: Annotated[tuple[ColumnText, ...], Field(min_length=1, max_length=4), NoRepeat]
    k: Count


class Dominance(Block):
    """The first `contributors` may not hold more than `percent` of a total."""

    active: YesNo
    contributors: Annotated[int, Field(strict=True, ge=1, le=3)] | None = None
    percent: Annotated[int, Field(strict=True, ge=10, le=99)] | None = None


class Diversity(Block):
    """At least l sensitive values a group."""

    active: YesNo
    field: ColumnText | None = None
    l: Annotated[int, Field(strict=True, ge=2, le=100)] | None = None  # noqa: E741 - the field's standard name
    max_share_percent: Annotated[int, Field(strict=True, ge=10, le=99)] | None = None


class ComplementarySuppression(Block):
    """What keeps a masked cell from being computed back from totals."""

    active: YesNo
    protection_percent: Annotated[int, Field(strict=True, ge=1, le=100)] | None = None
    protection_min: Annotated[int, Field(strict=True, ge=1, le=1_000_000)] | None = None


class Rounding(Block):
    """Published values are multiples of the base."""

    active: YesNo
    round_to: Annotated[int, Field(strict=True, ge=2, le=1000)] | None = None


class Differencing(Block):
    """Which datasets a release is compared with, and what late rows do."""

    compared_with: Annotated[tuple[SlugText, ...], Field(min_length=1), NoRepeat]
    late_rows: LateRows


class LadderLevel(Block):
    """One dimension's level in a step of the ladder."""

    field: ColumnText
    level: Level


class LadderStep(Block):
    """One step of the ladder."""

    step: Annotated[tuple[LadderLevel, ...], Field(min_length=1)]


class SmallPopulations(Block):
    """A zone with fewer inhabitants than the threshold is masked or merged into its parent."""

    threshold: Annotated[int, Field(strict=True, ge=1, le=1_000_000)]
    action: SmallPopulationAction


GUARANTEES_OF_A_TABLE: Final = (
    "minimum_counts",
    "dominance",
    "diversity",
    "complementary_suppression",
    "empty_cells",
    "rounding",
    "differencing",
)
GUARANTEES_OF_ROWS: Final = ("publication_delay",)


class Guarantees(Block):
    """What holds for every release; `tableau` says all of `GUARANTEES_OF_A_TABLE`, `lignes` only those of rows."""

    minimum_counts: Annotated[tuple[MinimumCount, ...], Field(max_length=4)] | None = None
    dominance: Dominance | None = None
    diversity: Diversity | None = None
    complementary_suppression: ComplementarySuppression | None = None
    empty_cells: EmptyCells | None = None
    rounding: Rounding | None = None
    differencing: Differencing | None = None
    publication_delay: DelayText
    ladder: Annotated[tuple[LadderStep, ...], Field(min_length=1, max_length=8)] | None = None
    max_loss_percent: Annotated[int, Field(strict=True, ge=0, le=100)] | None = None
    small_populations: SmallPopulations | None = None
