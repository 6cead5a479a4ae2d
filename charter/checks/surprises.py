"""What the language admits and a hand has hardly meant: warnings, nothing is refused (J812, J813, G529, G530)."""

from collections.abc import Iterator
from typing import Final

from charter.document import Document
from charter.model import Policy
from charter.territory import Territory
from charter.vocabulary import Statistic, YesNo
from eclor.errors import PolicyRefused

_COUNTS: Final = (Statistic.ROW_COUNT, Statistic.DISTINCT_COUNT)


def surprises(document: Document, policy: Policy, territory: Territory) -> Iterator[PolicyRefused]:
    """Yield J812, J813 where groups do not share out the catalogue's list, G529 where the least count rounds to 0.

    And G530 for a level that no step of the ladder takes: the language asks of the steps that they be declared and
    rise (section 6), not that every level be taken; nothing ever appears at that one.
    """
    yield from _groups(document, policy, territory)
    yield from _rounded_away(document, policy)
    yield from _never_taken(document, policy)


def _groups(document: Document, policy: Policy, territory: Territory) -> Iterator[PolicyRefused]:
    entry = territory.entry(policy.dataset)
    for rank, field in enumerate(policy.fields):
        column = entry.column(field.name) if entry else None
        groups, listed = field.treatment.grouping, column.values if column else None
        if groups is None or listed is None:
            continue
        place = document.at("fields", rank, "treatment", "grouping")
        grouped = [source for group in groups for source in group.sources]
        if strangers := [value for value in grouped if value not in listed]:
            yield PolicyRefused("J812", place=place, column=field.name, values=", ".join(strangers))
        if left := [value for value in listed if value not in grouped]:
            yield PolicyRefused("J813", place=place, column=field.name, values=", ".join(left))


def _rounded_away(document: Document, policy: Policy) -> Iterator[PolicyRefused]:
    rule, entries = policy.guarantees.rounding, policy.guarantees.minimum_counts
    counts = [measure for measure in policy.publication.measures or () if measure.statistic in _COUNTS]
    if rule is None or rule.active is not YesNo.YES or rule.round_to is None or not entries or not counts:
        return
    least = min(count.k for count in entries)
    if 2 * least < rule.round_to:
        facts = {"base": rule.round_to, "least": least, "measure": counts[0].name, "most": 2 * least}
        yield PolicyRefused("G529", place=document.at("guarantees", "rounding", "round_to"), **facts)


def _never_taken(document: Document, policy: Policy) -> Iterator[PolicyRefused]:
    for rank, field in enumerate(policy.fields):
        taken = policy.levels_taken(field)
        for order, level in enumerate(field.treatment.levels or ()):
            if level not in taken:
                place = document.at("fields", rank, "treatment", "levels", order)
                yield PolicyRefused("G530", place=place, column=field.name, level=level.value)
