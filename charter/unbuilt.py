"""What the language allows and this version does not execute: said at once, never skipped.

Each refusal is `GuaranteeBroken` with the code of the part that is missing (docs/limits.md).
"""

from collections.abc import Iterator
from typing import Final

from charter.model import Policy, PolicyField
from charter.vocabulary import Operation, Shape, Statistic
from eclor.errors import GuaranteeBroken

_IN_ROWS: Final = frozenset({Operation.KEEP, Operation.GENERALISE, Operation.DROP})


def refuse_unbuilt(policy: Policy) -> None:
    """Refuse a policy that asks for what this version does not execute; the first missing part is named."""
    for refusal in _missing(policy):
        raise refusal


def _missing(policy: Policy) -> Iterator[GuaranteeBroken]:
    for field in policy.fields:
        yield from _missing_of_field(policy, field)
    yield from _missing_of_indicators(policy)


def _missing_of_field(policy: Policy, field: PolicyField) -> Iterator[GuaranteeBroken]:
    operation = field.treatment.operation
    if operation is Operation.MASK:
        yield GuaranteeBroken("release.no-review", dataset=policy.dataset, column=field.name)
    elif policy.publication.shape is Shape.ROWS and operation not in _IN_ROWS:
        yield GuaranteeBroken("release.not-in-rows", dataset=policy.dataset, column=field.name)


def _missing_of_indicators(policy: Policy) -> Iterator[GuaranteeBroken]:
    united = {name for entry in policy.guarantees.minimum_counts or () for name in entry.fields}
    for measure in policy.publication.measures or ():
        if measure.statistic is Statistic.DISTINCT_COUNT and measure.field not in united:
            yield GuaranteeBroken("release.no-distinct", dataset=policy.dataset, column=measure.field)
