"""The Article 30 register against the columns: personal data, impact screening, minors (G509 to G511, G520)."""

from collections.abc import Iterator
from typing import Final

from charter.checks.case import Case
from charter.matrix import UNIT_CATEGORIES
from charter.model import DpiaCriteria
from charter.vocabulary import Category, DpiaDecision, Operation, YesNo
from eclor.errors import PolicyRefused
from eclor.sentences.variants import variant

CRITERIA_THAT_REQUIRE: Final = 2
"""From this many criteria on, an impact assessment is due (WP248, LANGUAGE.md section 11)."""


def register(case: Case) -> Iterator[PolicyRefused]:
    """Yield what the register says against the columns, or against itself."""
    yield from _personal_data(case)
    yield from _impact(case)
    record = case.policy.processing_record
    if case.has_minors and record.dpia.criteria.vulnerable_people is YesNo.NO:
        yield case.refuse("G511", "processing_record", "dpia", "criteria", "vulnerable_people")


def _personal_data(case: Case) -> Iterator[PolicyRefused]:
    record = case.policy.processing_record
    if record.personal_data is YesNo.YES:
        if not record.data_subjects:
            yield case.refuse("G509", "processing_record", "data_subjects", **variant("G509", "nobody"))
        return
    if record.data_subjects:
        yield case.refuse("G509", "processing_record", "data_subjects", **variant("G509", "somebody"))
    for name, category in _personal_columns(case):
        facts = variant("G509", "column", column=name, category=category)
        yield case.refuse("G509", "processing_record", "personal_data", **facts)
        return


def _personal_columns(case: Case) -> Iterator[tuple[str, Category]]:
    """Yield the columns that speak of someone: units, special categories, and free text that is published reviewed."""
    for column in case.entry.columns if case.entry else ():
        if column.category in UNIT_CATEGORIES | {Category.SPECIAL_CATEGORY}:
            yield column.name, column.category
    for field in case.policy.fields:
        if field.category is Category.SPECIAL_CATEGORY or field.treatment.operation is Operation.MASK:
            yield field.name, field.category


def _impact(case: Case) -> Iterator[PolicyRefused]:
    dpia = case.policy.processing_record.dpia
    count = sum(getattr(dpia.criteria, name) is YesNo.YES for name in DpiaCriteria.model_fields)
    if count >= CRITERIA_THAT_REQUIRE and dpia.decision is DpiaDecision.NOT_REQUIRED:
        yield case.refuse("G510", "processing_record", "dpia", "decision", count=count)
    if dpia.decision is DpiaDecision.DONE and dpia.reference is None:
        yield case.refuse("G520", "processing_record", "dpia", "decision")
