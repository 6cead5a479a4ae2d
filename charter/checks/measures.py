"""The measures of a table: what each may compute, and a name of its own (G502, G504, G521)."""

from collections.abc import Iterator
from typing import Final

from charter.checks.case import Case
from charter.matrix import COUNTING, SUMMED
from charter.model import Measure, PolicyField
from charter.vocabulary import STATUS, Category, Statistic
from eclor.errors import PolicyRefused
from eclor.sentences.variants import variant

_WANTED: Final = {
    Statistic.ROW_COUNT: ("rows", ()),
    Statistic.DISTINCT_COUNT: ("distinct", COUNTING),
    Statistic.SUM: ("measure", SUMMED),
    Statistic.MEAN: ("measure", SUMMED),
}
"""The wording that says what a statistic computes, and the treatments that it admits."""


def measures(case: Case) -> Iterator[PolicyRefused]:
    """Yield what is wrong with the measures, and with the names that a table publishes."""
    taken = {STATUS}
    for rank, name in enumerate(case.policy.publication.dimensions or ()):
        if name in taken:
            yield case.refuse("G521", "publication", "dimensions", rank, column=name)
        taken.add(name)
    for rank, measure in enumerate(case.policy.publication.measures or ()):
        place = ("publication", "measures", rank)
        if measure.name in taken:
            yield case.refuse("G521", *place, "name", column=measure.name)
        taken.add(measure.name)
        yield from _statistic(case, measure, place=place)


def _statistic(case: Case, measure: Measure, *, place: tuple[str | int, ...]) -> Iterator[PolicyRefused]:
    field = case.field(measure.field) if measure.field else None
    if measure.field and field is None:
        yield case.refuse("G502", *place, "field", **case.unkept(measure.field))
    elif not _computes(measure.statistic, field):
        wording, treatments = _WANTED[measure.statistic]
        facts = {"measure": measure.name, "statistic": measure.statistic, "admitted": ", ".join(sorted(treatments))}
        facts["fit"] = ", ".join(one.name for one in case.kept() if _computes(measure.statistic, one)) or "–"
        yield case.refuse("G504", *place, "statistic", **variant("G504", wording, **facts))


def _computes(statistic: Statistic, field: PolicyField | None) -> bool:
    match statistic:
        case Statistic.ROW_COUNT:
            return field is None
        case Statistic.DISTINCT_COUNT:
            return field is not None and field.treatment.operation in COUNTING
        case Statistic.SUM | Statistic.MEAN:
            return field is not None and field.category is Category.MEASURE and field.treatment.operation in SUMMED
