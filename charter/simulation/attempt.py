"""One dry run of a plan: what `charter.apply` would make, kept with the cells behind it, or why nothing would be made.

The same code executes both: a simulation and a release can only say the same.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import pyarrow as pa
import pyarrow.parquet as pq

from anonymizers.disclosure.intervals import Intervals
from charter.compile import Plan
from charter.execution import Made, execute
from charter.held import Held, NothingToPublish
from charter.labels import Frame
from charter.ladder import NothingHolds, Taken, Trial
from charter.protection import Shielded
from charter.release_parts import ReleaseColumn
from eclor.engine.limits import Limits
from eclor.errors import GuaranteeBroken
from eclor.world import World


class Verdict(StrEnum):
    """How a dry run ends."""

    PUBLISHES = "publishes"
    WAITS = "waits"
    """Nothing is due yet, or nothing new."""
    REFUSED = "refused"
    """Nothing of what is due could be shown."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """What a plan gives on what is held. `rows` and `columns` are those of the release, none if there would be none."""

    plan: Plan
    held: Held
    verdict: Verdict
    rows: pa.Table | None = None
    columns: tuple[ReleaseColumn, ...] = ()
    parts: tuple[Shielded, ...] = ()
    """The periods that were computed; where nothing holds, those of the step that came nearest."""
    intervals: tuple[Intervals, ...] = ()
    """What a reader could compute of each of them; none where nothing would be published."""
    frames: tuple[Frame | None, ...] = ()
    trials: tuple[Trial, ...] = ()
    refusal: GuaranteeBroken | None = None
    next_close: datetime | None = None


def attempted(plan: Plan, held: Held, *, world: World, limits: Limits) -> Attempt:
    """Execute a plan and keep what it found, as a release or as the reason why there is none.

    Writes in `limits.folder` alone. Refuses (`GuaranteeBroken`) what `charter.apply.apply` refuses before any cell is
    judged: columns, types, values outside their list, a part of the language that is not built.
    """
    try:
        made = execute(plan, held, world=world, limits=limits)
    except NothingToPublish as waiting:
        return Attempt(plan, held, Verdict.WAITS, next_close=waiting.next_close)
    except NothingHolds as refusal:
        nearest = refusal.nearest
        parts, frames = (nearest.parts, nearest.frames) if nearest else ((), ())
        return Attempt(plan, held, Verdict.REFUSED, parts=parts, frames=frames, trials=refusal.trials, refusal=refusal)
    return _made(plan, held, made)


def _made(plan: Plan, held: Held, made: Made) -> Attempt:
    rows, table = pq.read_table(made.rows.path), made.table
    return Attempt(
        plan,
        held,
        Verdict.PUBLISHES,
        rows=rows,
        columns=made.columns,
        parts=table.made if table else (),
        intervals=made.intervals,
        frames=table.taken.frames if table else (),
        trials=table.taken.trials if table and isinstance(table.taken, Taken) else (),
    )
