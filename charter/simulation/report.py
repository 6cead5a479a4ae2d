"""The report of a simulation: one frozen value, that a terminal shows in French and a file keeps as JSON.

It holds exact small figures: it is for the DPO and the service, never public, and says so first.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final

import pyarrow.parquet as pq

from charter.compile import Plan
from charter.dimensions import dimensions_at, time_dimension
from charter.notice import notice_of
from charter.simulation.attempt import Attempt, Verdict
from charter.simulation.cells import PeriodFound, periods_found
from charter.simulation.changes import Change
from charter.territory import Territory
from charter.vocabulary import Shape
from eclor.sentences.simulation import INTERNAL

FORMAT: Final = "eclor-simulation-1"
NOTHING_HELD: Final = "nothing-held"
"""What stands for the rows where the dataset has none yet."""


@dataclass(frozen=True, slots=True)
class Text:
    """What was simulated: the policy, and the digests of all that it is compiled from."""

    dataset: str
    title: str
    version: int
    policy_digest: str
    charter_digest: str
    roles_digest: str
    catalogue_digest: str


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows that it was tried on. `taken` are those of the periods that were computed."""

    origin: str
    held: int
    taken: int
    refused: int
    left_out: int
    """By the source's own choice (`garder`, `cadre`)."""
    no_such_hour: int
    reasons: tuple[tuple[str, int], ...]
    without_time: int
    read_by: str
    """By what a file was read, in French; nothing where no file was."""
    hint: str
    """What would help, in French, where rows of a file did not read."""
    odd: tuple[str, ...]
    """What is odd in a file and cost no row, in French, with its place."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the ladder that was tried."""

    levels: tuple[tuple[str, str], ...]
    outcome: str
    loss_percent: float | None


@dataclass(frozen=True, slots=True)
class Precision:
    """The level that a dimension is shown at, and the finest one that the policy asks for first."""

    dimension: str
    taken: str
    finest: str


@dataclass(frozen=True, slots=True)
class Ending:
    """How it ends, and why; `blank` says that nothing published before was counted."""

    verdict: Verdict
    reason: str
    blank: bool
    published_rows: int


@dataclass(frozen=True, slots=True)
class Report:
    """All that a simulation says."""

    internal: str
    format: str
    simulated_at: str
    text: Text
    rows: Rows
    ending: Ending
    steps: tuple[Step, ...]
    periods: tuple[PeriodFound, ...]
    precision: tuple[Precision, ...]
    notice: tuple[tuple[str, tuple[str, ...]], ...]
    """The notice of the policy: each heading and its lines."""
    change: Change | None
    no_change: str
    """Why there is nothing to compare with, where there is nothing."""

    @property
    def is_refused(self) -> bool:
        """Tell whether the guarantees leave nothing to show."""
        return self.ending.verdict is Verdict.REFUSED

    def as_json(self) -> bytes:
        """Return the report as JSON, one object, UTF-8."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1).encode() + b"\n"


@dataclass(frozen=True, slots=True)
class Circumstances:
    """When and on what a simulation was made: `origin` names where the rows come from, `blank` is as in `Ending`.

    `read_by`, `hint` and `odd` are as in `Rows`, the hint whether or not rows read.
    """

    territory: Territory
    at: datetime
    origin: str
    blank: bool = False
    read_by: str = ""
    hint: str = ""
    odd: tuple[str, ...] = ()


def report_of(
    attempt: Attempt, around: Circumstances, *, waiting: str, change: Change | None, no_change: str
) -> Report:
    """Return the report of a dry run; `waiting` is what is said where nothing is due."""
    policy = attempt.plan.policy
    reason = attempt.refusal.french() if attempt.refusal else waiting if attempt.verdict is Verdict.WAITS else ""
    steps = tuple(Step(trial.levels, trial.outcome, _rounded(trial.loss_percent)) for trial in attempt.trials)
    is_table = policy.publication.shape is Shape.TABLE
    count = attempt.rows.num_rows if attempt.rows is not None else 0
    return Report(
        internal=INTERNAL,
        format=FORMAT,
        simulated_at=around.at.isoformat(),
        text=text_of(attempt.plan),
        rows=_rows(attempt, around),
        ending=Ending(attempt.verdict, reason, around.blank, count),
        steps=steps,
        periods=periods_found(attempt) if is_table else (),
        precision=tuple(_precision(attempt)),
        notice=_notice(attempt.plan, around.territory),
        change=change,
        no_change=no_change,
    )


def report_of_nothing(plan: Plan, around: Circumstances, *, reason: str) -> Report:
    """Return the report on a dataset of which no row is held yet."""
    return Report(
        internal=INTERNAL,
        format=FORMAT,
        simulated_at=around.at.isoformat(),
        text=text_of(plan),
        rows=Rows(NOTHING_HELD, 0, 0, 0, 0, 0, (), 0, "", "", ()),
        ending=Ending(Verdict.WAITS, reason, blank=True, published_rows=0),
        steps=(),
        periods=(),
        precision=(),
        notice=_notice(plan, around.territory),
        change=None,
        no_change="",
    )


def text_of(plan: Plan) -> Text:
    """Return what a plan was compiled from."""
    policy = plan.policy
    return Text(
        dataset=policy.dataset,
        title=policy.title,
        version=policy.version,
        policy_digest=plan.policy_digest,
        charter_digest=plan.charter_digest,
        roles_digest=plan.roles_digest,
        catalogue_digest=plan.catalogue_digest,
    )


def _rows(attempt: Attempt, around: Circumstances) -> Rows:
    raw = attempt.held.raw
    is_table = attempt.plan.policy.publication.shape is Shape.TABLE
    taken = sum(int(part.true.rows[~part.true.margins].sum()) for part in attempt.parts) if is_table else raw.rows
    counts = raw.counts
    return Rows(
        origin=around.origin,
        held=raw.rows,
        taken=taken,
        refused=counts.refused,
        left_out=counts.left_out,
        no_such_hour=counts.quarantined,
        reasons=counts.reasons,
        without_time=_without_time(attempt),
        read_by=around.read_by,
        hint=around.hint if counts.refused + counts.quarantined else "",
        odd=around.odd,
    )


def _without_time(attempt: Attempt) -> int:
    """Count the rows that no period can hold."""
    time = time_dimension(dimensions_at(attempt.plan.policy, {}))
    if time is None:
        return 0
    return sum(int(pq.read_table(file, columns=[time.name])[time.name].null_count) for file in attempt.held.files)


def _precision(attempt: Attempt) -> list[Precision]:
    taken = dict(attempt.parts[0].levels) if attempt.parts else {}
    finest = dict(attempt.plan.steps[0].levels) if attempt.plan.steps else {}
    return [Precision(name, level, finest.get(name, level)) for name, level in taken.items()]


def _notice(plan: Plan, territory: Territory) -> tuple[tuple[str, tuple[str, ...]], ...]:
    sections = notice_of(plan.policy, territory).sections
    return tuple((section.heading, (*section.sentences, *section.listed)) for section in sections)


def _rounded(loss: float | None) -> float | None:
    return None if loss is None else round(loss, 1)


def read_text(content: bytes) -> Mapping[str, object]:
    """Return what a report says that it is about; nothing where the bytes are no report of a simulation."""
    try:
        said = json.loads(content)
        text = said["text"] if said["format"] == FORMAT else {}
    except (ValueError, KeyError, TypeError, RecursionError):
        return {}
    return text if isinstance(text, dict) else {}
