"""Door 4: a plan and a raw dataset become a `Release`, here and nowhere else (LANGUAGE.md section 9)."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, final

from charter.compile import Plan
from charter.held import FormerRelease, Held, NothingToPublish
from charter.release_parts import Figures, ReleaseColumn, Rows
from eclor.engine.limits import Limits
from eclor.names import Period, Sha256, Slug
from eclor.world import World

if TYPE_CHECKING:
    from charter.ledger.records import Draft

__all__ = ["Figures", "FormerRelease", "Held", "NothingToPublish", "Release", "ReleaseColumn", "Rows", "apply"]


@final
@dataclass(frozen=True, slots=True)
class Release:
    """Rows that may leave, computed once. Holds no pseudonym and no direct identifier."""

    dataset: Slug
    rows: Rows
    columns: tuple[ReleaseColumn, ...]
    periods: tuple[Period, ...]
    """All the closed periods that the rows cover, former ones included; empty for deliveries and live states."""
    figures: Figures
    plan_digest: Sha256
    applied_at: datetime
    ledger: "Draft | None"
    """What the ledger must hold before the version is pointed at; private. None where nothing was compared."""


def apply(plan: Plan, held: Held, *, world: World, limits: Limits) -> Release:
    """Execute a plan on what is held and return the release.

    The rows are one Parquet file in `limits.folder`, a private folder of this run alone. Periods: those closed at the
    world's clock that hold rows, and those of the former release, unchanged or revised next to the ledger. Cost: one
    scan of the stored rows a step of the ladder that is tried, and one of the column of time where the files do not say
    which periods hold rows; where the table is compared (`charter.comparison`) one more, of the rows that came since
    where a period is revised.

    Refuses (`GuaranteeBroken`) a policy that ended since it was compiled, or a derogation of it, columns that are not
    those declared, a value outside the lists, a table that no step of the ladder protects, a part of the language that
    is not built yet, an engine that fails: nothing is then made.
    Raises `NothingToPublish`, which is no refusal, while nothing is due.
    """
    from charter.execution import execute  # noqa: PLC0415 - the engine loads with it; who reads a release needs none

    made = execute(plan, held, world=world, limits=limits)
    return Release(
        dataset=Slug(plan.policy.dataset),
        rows=made.rows,
        columns=made.columns,
        periods=made.periods,
        figures=made.figures,
        plan_digest=plan.digest,
        applied_at=world.clock.now(),
        ledger=made.ledger,
    )
