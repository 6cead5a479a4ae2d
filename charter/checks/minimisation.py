"""Nothing is kept that does not serve (G518; RGPD art. 5(1)(c))."""

from collections.abc import Iterator

from charter.checks.case import Case
from charter.matrix import COUNTING
from eclor.errors import PolicyRefused


def minimisation(case: Case) -> Iterator[PolicyRefused]:
    """Yield G518 for each field that is kept and stands in no dimension, column, measure or count.

    Not for one that could stand in none (G522 says so, with the same cure), nor one that a table is to count (G508).
    """
    publication, guarantees = case.policy.publication, case.policy.guarantees
    serving = {*(publication.dimensions or ()), *(publication.columns or ())}
    serving |= {measure.field for measure in publication.measures or () if measure.field}
    serving |= {name for count in guarantees.minimum_counts or () for name in count.fields}
    for field in case.kept():
        is_to_count = case.is_table and field.treatment.operation in COUNTING
        is_said = is_to_count or case.unfit(field) is not None
        if field.name not in serving and not is_said:
            facts = {"column": field.name, "operation": field.treatment.operation}
            yield case.refuse("G518", "fields", case.rank(field), "treatment", **facts)
