"""The units that are counted: each identifying column in the entry of its own category (G508)."""

from collections.abc import Iterator

from charter.checks.case import Case
from charter.matrix import COUNTING, UNIT_CATEGORIES
from eclor.errors import PolicyRefused
from eclor.sentences.variants import variant


def counts(case: Case) -> Iterator[PolicyRefused]:
    """Yield G508 where an entry counts what is not its unit, or a unit is counted in no entry of its own."""
    entries = case.policy.guarantees.minimum_counts or ()
    seen: set[str] = set()
    for rank, count in enumerate(entries):
        place = ("guarantees", "minimum_counts", rank)
        if count.unit in seen:
            yield case.refuse("G508", *place, "unit", **variant("G508", "twice", unit=count.unit))
        seen.add(count.unit)
        for order, name in enumerate(count.fields):
            field = case.field(name)
            if field is None or field.treatment.operation not in COUNTING or field.category.value != count.unit.value:
                category = field.category if field and field.treatment.operation in COUNTING else ""
                wording = "another-unit" if category else "stranger"
                facts = variant("G508", wording, column=name, unit=count.unit, category=category)
                yield case.refuse("G508", *place, "fields", order, **facts)
    yield from _uncounted(case)


def _uncounted(case: Case) -> Iterator[PolicyRefused]:
    entries = case.policy.guarantees.minimum_counts or ()
    counted = {(name, count.unit.value) for count in entries for name in count.fields}
    for field in case.kept():
        if field.treatment.operation in COUNTING and (field.name, field.category.value) not in counted:
            facts = {"column": field.name, "unit": field.category, "operation": field.treatment.operation}
            wording = "uncounted" if field.category in UNIT_CATEGORIES else "no-unit"
            yield case.refuse("G508", "fields", case.rank(field), "treatment", **variant("G508", wording, **facts))
    units = [column for column in case.entry.columns if column.category in UNIT_CATEGORIES] if case.entry else []
    if case.is_table and not entries and units:
        facts = {"column": units[0].name, "unit": units[0].category}
        yield case.refuse("G508", "guarantees", "minimum_counts", **variant("G508", "nobody", **facts))
