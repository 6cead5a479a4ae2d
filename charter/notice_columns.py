"""What the notice says of each column: as what it leaves, or why it never does."""

from collections.abc import Iterator
from typing import Final, assert_never

from charter.matrix import COUNTING
from charter.model import Measure, Policy, PolicyField
from charter.vocabulary import Operation, Shape, Statistic, YesNo
from eclor.sentences.doors import UNITS
from eclor.sentences.notice import LEVELS, NOTICE

_LAST: Final = " ou "


def leaving(policy: Policy) -> Iterator[str]:
    """Yield a sentence for each column and each total of what is published, in the order of the policy."""
    publication = policy.publication
    for name in (*(publication.dimensions or ()), *(publication.columns or ())):
        yield _as_it_leaves(policy, policy.field(name))
    for measure in publication.measures or ():
        yield _measure(policy, measure)
    if publication.shape is Shape.TABLE:
        yield from _margins(policy)


def staying(policy: Policy) -> Iterator[str]:
    """Yield a sentence for each column of the source whose values never leave, in the order of the policy."""
    publication = policy.publication
    leaves = {*(publication.dimensions or ()), *(publication.columns or ())}
    for field in policy.fields:
        if field.name not in leaves:
            yield _why_it_stays(field)


def _why_it_stays(field: PolicyField) -> str:
    operation = field.treatment.operation
    if operation is Operation.DROP:
        return NOTICE["dropped" if field.collected is YesNo.YES else "not-collected"].format(column=_named(field))
    if operation in COUNTING:
        sentence = NOTICE["hashed" if operation is Operation.PSEUDONYMISE else "counted"]
        return sentence.format(column=_named(field), units=_units(field))
    return NOTICE["summed-only"].format(column=_named(field))


def _as_it_leaves(policy: Policy, field: PolicyField) -> str:
    treatment, column = field.treatment, _named(field)
    if treatment.operation is Operation.MASK:
        return NOTICE["reviewed"].format(column=column)
    if treatment.levels is not None:
        levels = [LEVELS[level.value] for level in policy.levels_taken(field)]
        return NOTICE["by-levels" if len(levels) > 1 else "by-level"].format(column=column, levels=_listed(levels))
    if treatment.bins is not None:
        from anonymizers.columns import band_labels  # noqa: PLC0415 - loads ibis, which few notices need

        return NOTICE["by-bins"].format(column=column, bins=", ".join(band_labels(treatment.bins)))
    if treatment.grouping is not None:
        return NOTICE["by-groups"].format(column=column, groups=", ".join(group.value for group in treatment.grouping))
    return NOTICE["as-is"].format(column=column)


def _measure(policy: Policy, measure: Measure) -> str:
    field = policy.field(measure.field) if measure.field else None
    sentence = NOTICE[measure.statistic.value]
    match measure.statistic:
        case Statistic.ROW_COUNT:
            return sentence.format(measure=_quoted(measure.name))
        case Statistic.DISTINCT_COUNT:
            units = _units(field) if field else ""
            return sentence.format(measure=_quoted(measure.name), units=units, column=_quoted(measure.field or ""))
        case Statistic.SUM | Statistic.MEAN:
            before = _before_summing(field) if field else ""
            return sentence.format(measure=_quoted(measure.name), column=_quoted(measure.field or ""), before=before)
        case _:
            assert_never(measure.statistic)


def _before_summing(field: PolicyField) -> str:
    if field.treatment.ceiling is not None:
        return NOTICE["capped"].format(ceiling=field.treatment.ceiling)
    if field.treatment.round_to is not None:
        return NOTICE["rounded"].format(base=field.treatment.round_to)
    return ""


def _margins(policy: Policy) -> Iterator[str]:
    margins = policy.publication.margins
    if margins is None or isinstance(margins, str):
        yield NOTICE["no-margin"]
        return
    for margin in margins:
        dimensions = " et ".join(map(_quoted, margin.by))
        yield NOTICE["margin"].format(dimensions=dimensions) if margin.by else NOTICE["grand-total"]


def _units(field: PolicyField) -> str:
    return UNITS.get(field.category.value, field.category.value)


def _named(field: PolicyField) -> str:
    return f"{_quoted(field.name)} ({field.description})" if field.description else _quoted(field.name)


def _quoted(name: str) -> str:
    return f"« {name} »"


def _listed(words: list[str]) -> str:
    return ", ".join(words) if len(words) == 1 else ", ".join(words[:-1]) + _LAST + words[-1]
