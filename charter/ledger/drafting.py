"""What a release gives to the ledger: the periods that were compared, as the next release will need them."""

from collections.abc import Sequence

from charter.dimensions import dimensions_at, time_dimension
from charter.lateness import destroyed_on, seen_now
from charter.ledger.group import comparison_group
from charter.ledger.records import Draft, DraftPeriod, Kept
from charter.protection import Shielded
from charter.run import Run
from eclor.names import Period, Slug


def draft_of(run: Run, parts: Sequence[Shielded]) -> Draft | None:
    """Return what the ledger keeps of the periods made by a run; none where nothing was compared.

    A period that was shown again as it was, although who was in it is no longer known, has nothing to be kept.
    """
    time = time_dimension(dimensions_at(run.plan.policy, {}))
    periods = tuple(
        DraftPeriod(
            period=Period(part.period),
            days=part.days,
            levels=part.levels,
            destroyed_on=destroyed_on(run, time, part.days),
            kept=Kept(part.comparison.release, part.comparison.settled.marks, part.comparison.dated),
        )
        for part in parts
        if part.comparison is not None and part.comparison.release.memberships
    )
    if not periods:
        return None
    dataset = run.plan.policy.dataset
    group = comparison_group(run.held.catalogue, dataset)
    marks = {part.comparison.key_mark for part in parts if part.comparison}
    mark = marks.pop() if len(marks) == 1 else ""  # a key that died in between: no ledger takes that
    return Draft(Slug(dataset), group, mark, run.plan.policy_digest, seen_now(run), periods)
