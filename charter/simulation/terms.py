"""What a policy asks that is neither more nor less by itself: its terms, in the language's words, each under its key.

Where one of them differs, only the data can tell what it does to people's protection. Source: LANGUAGE.md section 6.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from charter.model import Derogation, Margin, Policy, PolicyField, Treatment
from charter.vocabulary import RESERVED_LABELS, YesNo, french_key


def terms(policy: Policy) -> Mapping[str, str]:
    """Return the terms of a policy: French key -> text; what it does not say is absent."""
    return dict(chain(_of_fields(policy), _of_publication(policy), _of_guarantees(policy), _of_record(policy)))


def _of_fields(policy: Policy) -> Iterator[tuple[str, str]]:
    for field in policy.fields:
        yield f"champ {field.name}", _described(field)
        yield f"traitement de {field.name}", _treated(field.treatment)
    if policy.pseudonyms is not None:
        yield "pseudonymes, rotation", policy.pseudonyms.rotation


def _described(field: PolicyField) -> str:
    decimals = f"({field.decimals})" if field.decimals is not None else ""
    collected = "" if field.collected is YesNo.YES else f", {french_key('collected')} {field.collected.value}"
    return f"{field.type.value}{decimals}, {field.category.value}, {field.role.value}{collected}"


def _treated(treatment: Treatment) -> str:
    """Return an operation and its parameters, its levels apart: of them it is known which protect more."""
    found = {
        "bins": _listed(treatment.bins),
        "grouping": " ; ".join(f"{group.value} ({_listed(group.sources)})" for group in treatment.grouping or ()),
        "round_to": _listed((treatment.round_to,)),
        "ceiling": _listed((treatment.ceiling,)),
        "review": treatment.review or "",
    }
    said = [f"{french_key(name)} {text}" for name, text in found.items() if text]
    levels = [french_key("levels")] if treatment.levels else []
    return ", ".join([treatment.operation.value, *levels, *said])


def _of_publication(policy: Policy) -> Iterator[tuple[str, str]]:
    publication = policy.publication
    yield french_key("shape"), publication.shape.value
    for measure in publication.measures or ():
        yield f"indicateur {measure.name}", f"{measure.statistic.value} {measure.field or ''}".rstrip()
    if publication.margins is not None:
        margins = publication.margins
        said = margins if isinstance(margins, str) else " ; ".join(sorted(map(_kept, margins)))
        yield french_key("margins"), said


def _kept(margin: Margin) -> str:
    return f"{french_key('by')} {_listed(sorted(margin.by))}" if margin.by else RESERVED_LABELS[0]


def _of_guarantees(policy: Policy) -> Iterator[tuple[str, str]]:
    guarantees = policy.guarantees
    for entry in guarantees.minimum_counts or ():
        yield f"comptages, champs ({entry.unit.value})", _listed(sorted(entry.fields))
    diversity = guarantees.diversity
    if diversity is not None and diversity.active is YesNo.YES:
        yield "diversite, champ", diversity.field or ""
    steps = (", ".join(f"{one.field} {one.level.value}" for one in step.step) for step in guarantees.ladder or ())
    yield french_key("ladder"), " ; ".join(steps)


def _of_record(policy: Policy) -> Iterator[tuple[str, str]]:
    record = policy.processing_record
    yield french_key("personal_data"), record.personal_data.value
    yield french_key("minors"), record.minors.value
    yield "opposition", policy.retention.objection.applicable.value
    yield french_key("derogations"), " ; ".join(sorted(map(_granted, policy.derogations)))


def _granted(derogation: Derogation) -> str:
    dates = f"du {derogation.start} au {derogation.end}"
    return f"{derogation.unit.value} k {derogation.k} {dates} ({derogation.resolution})"


def _listed(values: Iterable[object] | None) -> str:
    return ", ".join(str(value) for value in values or () if value is not None)
