"""The charter that a policy names (P401), then its columns against the catalogue's (J801 to J804)."""

from collections.abc import Iterator
from difflib import get_close_matches

from charter.checks.case import Case
from eclor.errors import PolicyRefused
from eclor.sentences.variants import variant


def charter_named(case: Case) -> Iterator[PolicyRefused]:
    """Yield P401 where the policy was written for another charter than the one in force."""
    for name in ("identifier", "version"):
        asked, held = getattr(case.policy.charter, name), getattr(case.charter, name)
        if asked != held:
            yield case.refuse("P401", "charter", name, asked=asked, held=held)


def columns(case: Case) -> Iterator[PolicyRefused]:
    """Yield J801, or J802 to J804 so that each column of the catalogue is declared once, and no other is."""
    if case.entry is None:
        datasets = [entry.dataset for entry in case.territory.catalogue.datasets]
        near = next(iter(get_close_matches(case.policy.dataset, datasets, n=1)), "")
        facts = variant("J801", "near" if near else "unknown", dataset=case.policy.dataset, near=near)
        yield case.refuse("J801", "dataset", **facts)
        return
    known = [column.name for column in case.entry.columns]
    declared: dict[str, int] = {}
    for rank, field in enumerate(case.policy.fields):
        if field.name not in known:
            yield case.refuse("J803", "fields", rank, "name", column=field.name, known=", ".join(known))
        if field.name in declared:
            line = case.document.at("fields", declared[field.name], "name").line
            yield case.refuse("J804", "fields", rank, "name", column=field.name, line=line)
        declared.setdefault(field.name, rank)
    for name in known:
        if name not in declared:
            yield case.refuse("J802", "fields", column=name)
