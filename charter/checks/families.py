"""All the judges of a policy, in the order of LANGUAGE.md section 8: steps 3 to 13, then 14 between policies."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from charter.checks.case import Case
from charter.checks.columns import charter_named, columns
from charter.checks.counts import counts
from charter.checks.derogations import count_floors, derogations
from charter.checks.differencing import differencing
from charter.checks.fields import fields
from charter.checks.governance import governance
from charter.checks.guarantees import diversity, dominance, empty_cells, rounding, suppression
from charter.checks.ladder import ladder
from charter.checks.minimisation import minimisation
from charter.checks.period import delay, period, small_populations
from charter.checks.publication import publication
from charter.checks.register import register
from charter.checks.retention import keys, retention
from charter.document import Document
from charter.scalars import shown
from charter.vocabulary import french_key
from eclor.errors import PolicyRefused

FAMILIES: Final[tuple[Callable[[Case], Iterator[PolicyRefused]], ...]] = (
    charter_named,
    columns,
    fields,
    register,
    publication,
    derogations,
    count_floors,
    counts,
    dominance,
    diversity,
    suppression,
    empty_cells,
    differencing,
    ladder,
    period,
    small_populations,
    rounding,
    minimisation,
    delay,
    keys,
    retention,
    governance,
)


def judged(case: Case) -> list[PolicyRefused]:
    """Return every refusal of one policy, first fault first."""
    return [refusal for family in FAMILIES for refusal in family(case)]


def rivals(documents: Mapping[int, Document]) -> dict[int, PolicyRefused]:
    """Return J805, by rank, for each policy whose dataset another policy before it already has (step 14)."""
    key = french_key("dataset")
    first: dict[str, Document] = {}
    refusals = {}
    for rank, document in documents.items():
        dataset = document.plain.get(key)
        if isinstance(dataset, str) and (other := first.setdefault(dataset, document)) is not document:
            facts = {"dataset": shown(dataset), "other": other.file}
            refusals[rank] = PolicyRefused("J805", place=document.key(key), **facts)
    return refusals
