"""The parameters of a treatment: those it wants, no other, and fit for the field (M304 to M307, M310 to M312, M314)."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from charter.checks.case import Case
from charter.matrix import SUMMED
from charter.model import PolicyField
from charter.vocabulary import RESERVED_LABELS, Category, FieldType, Operation, Role, french_key
from eclor.errors import PolicyRefused
from eclor.sentences.variants import variant

_COARSENINGS: Final = ("levels", "bins", "grouping")
_WANTED: Final[dict[Operation, tuple[str, ...]]] = {
    Operation.DROP: (),
    Operation.KEEP: (),
    Operation.PSEUDONYMISE: (),
    Operation.COUNT_UNITS: (),
    Operation.GENERALISE: _COARSENINGS,
    Operation.AGGREGATE: (),
    Operation.ROUND: ("round_to",),
    Operation.CAP: ("ceiling",),
    Operation.MASK: ("review",),
}
_PARAMETERS: Final = (*_COARSENINGS, "round_to", "ceiling", "review")
_NUMBERS: Final = (FieldType.INTEGER, FieldType.DECIMAL)
_CODES: Final = (FieldType.TEXT, FieldType.CODE, FieldType.BOOLEAN)


def parameters(case: Case, rank: int, field: PolicyField) -> Iterator[PolicyRefused]:
    """Yield what is wrong with the parameters of one field's treatment; levels have their own check."""
    treatment = field.treatment
    given = [name for name in _PARAMETERS if getattr(treatment, name) is not None]
    wanted = _WANTED[treatment.operation]
    place = ("fields", rank, "treatment")
    facts = {"operation": treatment.operation, "column": field.name}
    useful = [name for name in given if name in wanted]
    for name in given:
        if name not in wanted:
            yield case.refuse("M305", *place, name, parameter=french_key(name), **facts)
    if wanted and not useful:
        yield case.refuse("M304", *place, example=_example(field), **facts)
    if len(useful) > 1:
        yield case.refuse("M306", *place, useful[1], given=", ".join(map(french_key, useful)), **facts)
    yield from _fitness(case, rank, field)
    yield from _bins(case, rank, field)
    yield from _groups(case, rank, field)


def _example(field: PolicyField) -> str:
    """Return a parameter that fits a field whose treatment lacks one, as it is written."""
    match field.treatment.operation:
        case Operation.ROUND:
            return "base: 10"
        case Operation.CAP:
            return "plafond: 100"
        case Operation.MASK:
            return "relecture: dpo"
        case _:
            return _coarsening_of(field)


def _coarsening_of(field: PolicyField) -> str:
    """Return a way to make a field coarser, as it is written."""
    if field.category in {Category.TIME, Category.PLACE}:
        return "niveaux: [mois]" if field.category is Category.TIME else "niveaux: [commune]"
    return "tranches: [0, 10, 20]" if field.type in _NUMBERS else "regroupement: [{valeur: …, depuis: […]}]"


def _fitness(case: Case, rank: int, field: PolicyField) -> Iterator[PolicyRefused]:
    treatment = field.treatment
    place = ("fields", rank, "treatment")
    if field.category in {Category.PLACE, Category.TIME} and _escapes_levels(field):
        given = "bins" if treatment.bins is not None else "grouping"
        facts = {"given": french_key(given), "category": field.category, "admitted": french_key("levels")}
        yield case.refuse("M307", *place, given, column=field.name, **facts)
    for given, types in (("bins", _NUMBERS), ("grouping", _CODES)):
        if getattr(treatment, given) is not None and field.type not in types:
            yield _unfit(case, rank, field, given=french_key(given), types=types)
    is_summed = field.category is Category.MEASURE and treatment.operation in SUMMED
    if is_summed and field.type not in _NUMBERS:
        yield _unfit(case, rank, field, given=treatment.operation, types=_NUMBERS)


def _escapes_levels(field: PolicyField) -> bool:
    """Tell whether a time or a place would be coarsened without a level that the charter's floors can judge."""
    return field.treatment.bins is not None or (
        field.treatment.grouping is not None and (field.category is Category.TIME or field.role is not Role.TECHNICAL)
    )


def _unfit(case: Case, rank: int, field: PolicyField, *, given: str, types: tuple[FieldType, ...]) -> PolicyRefused:
    facts = {"type": field.type, "given": given, "admitted": ", ".join(types)}
    return case.refuse("M310", "fields", rank, "type", column=field.name, **facts)


def _bins(case: Case, rank: int, field: PolicyField) -> Iterator[PolicyRefused]:
    bins = field.treatment.bins or ()
    place = ("fields", rank, "treatment", "bins")
    widths = [after - before for before, after in pairwise(bins)]
    if any(width <= 0 for width in widths):
        yield case.refuse("M311", *place, column=field.name)
    elif widths and min(widths) < (floor := case.charter.finest.bin_width_min):
        facts = variant("P404", "bins", column=field.name, asked=min(widths), floor=floor)
        yield case.refuse("P404", *place, **facts)


def _groups(case: Case, rank: int, field: PolicyField) -> Iterator[PolicyRefused]:
    labels: set[str] = set()
    sources: set[str] = set()
    for order, group in enumerate(field.treatment.grouping or ()):
        place = ("fields", rank, "treatment", "grouping", order)
        if group.value in labels:
            yield case.refuse("M312", *place, "value", value=group.value, column=field.name)
        labels.add(group.value)
        if group.value in RESERVED_LABELS:
            yield case.refuse("M314", *place, "value", value=group.value, column=field.name)
        for source in group.sources:
            if source in sources:
                yield case.refuse("M312", *place, "sources", value=source, column=field.name)
            sources.add(source)
