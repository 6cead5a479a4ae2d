"""What a release promises to anyone: one sentence a guarantee that holds, with no figure but those of the policy."""

from collections.abc import Iterator
from typing import assert_never

from charter.guarantees import Guarantees
from charter.model import Policy
from charter.vocabulary import NO_DELAY, Category, EmptyCells, LateRows, Operation, Shape, SmallPopulationAction, YesNo
from eclor.sentences.doors import PROMISES, UNITS


def promises(policy: Policy) -> tuple[str, ...]:
    """Return the guarantees of a release that was made, in French, in the order of the pipeline."""
    match policy.publication.shape:
        case Shape.ROWS:
            return tuple(_of_rows(policy))
        case Shape.TABLE:
            return tuple(_of_table(policy))
        case _:
            assert_never(policy.publication.shape)


def _of_rows(policy: Policy) -> Iterator[str]:
    reviewed = [name for name in policy.publication.columns or () if _is_masked(policy, name)]
    yield PROMISES["no-person-but-reviewed" if reviewed else "no-person"]
    for name in reviewed:
        yield PROMISES["reviewed"].format(column=name)
    for name in policy.publication.columns or ():
        if policy.field(name).treatment.bins is not None:
            yield PROMISES["bins"].format(column=name)
    yield from _of_delay(policy)


def _is_masked(policy: Policy, name: str) -> bool:
    return policy.field(name).treatment.operation is Operation.MASK


def _of_table(policy: Policy) -> Iterator[str]:
    guarantees = policy.guarantees
    for entry in guarantees.minimum_counts or ():
        yield PROMISES["minimum-count"].format(k=entry.k, units=UNITS[entry.unit.value])
    dominance, suppression, rounding = guarantees.dominance, guarantees.complementary_suppression, guarantees.rounding
    if dominance is not None and dominance.active is YesNo.YES:
        number = dominance.contributors or 1
        sentence = PROMISES["dominance-of-one" if number == 1 else "dominance-of-several"]
        yield sentence.format(percent=dominance.percent, contributors=number)
    yield from _of_groups(guarantees)
    if suppression is not None and suppression.active is YesNo.YES:
        yield PROMISES["complementary"].format(percent=suppression.protection_percent)
    if rounding is not None and rounding.active is YesNo.YES:
        yield PROMISES["rounding"].format(base=rounding.round_to)
    if guarantees.empty_cells is EmptyCells.MASK:
        yield PROMISES["empty-masked"]
    yield from _of_delay(policy)
    if guarantees.differencing is not None:
        yield PROMISES["frozen" if guarantees.differencing.late_rows is LateRows.FREEZE else "revised"]


def _of_groups(guarantees: Guarantees) -> Iterator[str]:
    diversity, small = guarantees.diversity, guarantees.small_populations
    if diversity is not None and diversity.active is YesNo.YES:
        facts = {"column": diversity.field, "least": diversity.l, "percent": diversity.max_share_percent}
        yield PROMISES["diversity"].format(**facts)
    if small is not None:
        merges = small.action is SmallPopulationAction.MERGE
        sentence = PROMISES["populations-merged" if merges else "populations-masked"]
        yield sentence.format(threshold=small.threshold)


def _of_delay(policy: Policy) -> Iterator[str]:
    """Say what is waited for: the end of a period where a dimension tells it, else what was received."""
    delay = policy.guarantees.publication_delay
    if delay != NO_DELAY:
        dimensions = policy.publication.dimensions or ()
        has_periods = any(policy.field(name).category is Category.TIME for name in dimensions)
        yield PROMISES["closed-periods" if has_periods else "delivery-waits"].format(delay=delay)
