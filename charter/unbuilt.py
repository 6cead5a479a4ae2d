"""What the language allows and this version does not execute: said at once, never skipped.

Each refusal is `GuaranteeBroken` with the code of the part that is missing (docs/limits.md).
"""

from collections.abc import Iterator
from typing import Final

from charter.model import Catalogue, Differencing, Policy, PolicyField
from charter.vocabulary import Category, FieldType, LateRows, Level, Operation, Shape, Statistic, Unit
from eclor.errors import GuaranteeBroken

_SQUARES: Final = frozenset({Level.GRID_200M, Level.GRID_1KM})
_IN_ROWS: Final = frozenset({Operation.KEEP, Operation.GENERALISE, Operation.DROP})
_UNITS: Final = frozenset(Category(unit.value) for unit in Unit)


def refuse_unbuilt(policy: Policy, catalogue: Catalogue) -> None:
    """Refuse a policy that asks for what this version does not execute; the first missing part is named."""
    for refusal in _missing(policy, catalogue):
        raise refusal


def _missing(policy: Policy, catalogue: Catalogue) -> Iterator[GuaranteeBroken]:
    for field in policy.fields:
        yield from _missing_of_field(policy, field)
    yield from _missing_of_indicators(policy)
    guarantees = policy.guarantees
    if guarantees.differencing is not None:
        yield from _missing_of_comparison(policy, guarantees.differencing, catalogue)


def _missing_of_field(policy: Policy, field: PolicyField) -> Iterator[GuaranteeBroken]:
    operation = field.treatment.operation
    if operation is Operation.MASK:
        yield GuaranteeBroken("release.no-review", dataset=policy.dataset, column=field.name)
    elif policy.publication.shape is Shape.ROWS and operation not in _IN_ROWS:
        yield GuaranteeBroken("release.not-in-rows", dataset=policy.dataset, column=field.name)
    levels = frozenset(field.treatment.levels or ())
    if levels and (field.type is FieldType.POSITION or levels & _SQUARES):
        yield GuaranteeBroken("release.no-map", dataset=policy.dataset, column=field.name)


def _missing_of_indicators(policy: Policy) -> Iterator[GuaranteeBroken]:
    united = {name for entry in policy.guarantees.minimum_counts or () for name in entry.fields}
    for measure in policy.publication.measures or ():
        if measure.statistic is Statistic.DISTINCT_COUNT and measure.field not in united:
            yield GuaranteeBroken("release.no-distinct", dataset=policy.dataset, column=measure.field)


def _missing_of_comparison(
    policy: Policy, differencing: Differencing, catalogue: Catalogue
) -> Iterator[GuaranteeBroken]:
    if differencing.late_rows is LateRows.REVISE:
        yield GuaranteeBroken("release.no-revision", dataset=policy.dataset)
    for sister in differencing.compared_with:
        if sister != policy.dataset and _counts_units(sister, catalogue):
            yield GuaranteeBroken("release.no-sister", dataset=policy.dataset, sister=sister)


def _counts_units(sister: str, catalogue: Catalogue) -> bool:
    """Tell whether a dataset's cells could hold units of ours; one without any unit nests nothing (G501, G514).

    A dataset that the catalogue does not know could hold anything.
    """
    entry = catalogue.entry(sister)
    return entry is None or any(column.category in _UNITS for column in entry.columns)
