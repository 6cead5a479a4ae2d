"""The plain-French notice of a policy, for a resident: made from the policy, never written beside it.

What leaves, what never leaves, under which conditions, for how long, which rights, who answers. Every column of the
policy is accounted for once, as what leaves or as what never does.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import assert_never, final

from charter.export import Voted
from charter.model import Policy
from charter.notice_columns import leaving, staying
from charter.promises import promises
from charter.screening import screening_of
from charter.vocabulary import ArchiveVisa, DpiaDecision, Operation, Shape, YesNo
from eclor.sentences.doors import PROMISES, UNITS
from eclor.sentences.notice import BASES, FREQUENCIES, HEADINGS, LICENCES, MONTHS, NOTICE


@final
@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its sentences; those that go by columns are `listed`."""

    heading: str
    sentences: tuple[str, ...]
    listed: tuple[str, ...] = ()


@final
@dataclass(frozen=True, slots=True)
class Notice:
    """The notice of one version of a policy, ready to be written as text or as a page."""

    title: str
    sections: tuple[Section, ...]

    def text(self) -> str:
        """Return the notice as plain text: a title, sections, one sentence a line."""
        lines = [self.title, ""]
        for section in self.sections:
            lines += [section.heading.upper(), *section.sentences, *(f"- {line}" for line in section.listed), ""]
        return "\n".join(lines)


def notice_of(policy: Policy, voted: Voted) -> Notice:
    """Return the notice of a policy that compiles under this charter; one that does not is a bug of the caller."""
    sections = (
        Section(HEADINGS["purpose"], tuple(_purpose(policy))),
        Section(HEADINGS["leaves"], tuple(_publication(policy)), tuple(leaving(policy))),
        Section(HEADINGS["stays"], (), tuple(staying(policy))),
        Section(HEADINGS["conditions"], tuple(_conditions(policy, voted))),
        Section(HEADINGS["durations"], tuple(_durations(policy))),
        Section(HEADINGS["rights"], tuple(_rights(policy, voted))),
        Section(HEADINGS["people"], tuple(_people(policy, voted))),
        Section(HEADINGS["impact"], tuple(_impact(policy))),
    )
    return Notice(policy.title, tuple(section for section in sections if section.sentences or section.listed))


def _purpose(policy: Policy) -> Iterator[str]:
    record = policy.processing_record
    yield NOTICE["purpose"].format(purpose=_bare(record.purpose))
    yield NOTICE["basis"].format(basis=BASES[record.legal_basis.value], provision=_bare(record.legal_provision))
    if record.personal_data is YesNo.NO:
        yield NOTICE["nobody"]
    else:
        subjects = ", ".join(subject.replace("-", " ") for subject in record.data_subjects)
        yield NOTICE["somebody"].format(subjects=subjects)
    if record.minors is YesNo.YES:
        yield NOTICE["minors"]


def _publication(policy: Policy) -> Iterator[str]:
    publication = policy.publication
    frequency = FREQUENCIES[publication.frequency.value]
    match publication.shape:
        case Shape.TABLE:
            yield NOTICE["table"].format(frequency=frequency)
        case Shape.ROWS:
            yield NOTICE["rows-reviewed" if _is_reviewed(policy) else "rows"].format(frequency=frequency)
        case _:
            assert_never(publication.shape)
    yield NOTICE["licence"].format(licence=LICENCES[publication.licence.value])


def _conditions(policy: Policy, voted: Voted) -> Iterator[str]:
    counts = policy.guarantees.minimum_counts or ()
    for count in counts:
        yield NOTICE["never-under"].format(k=count.k, units=UNITS[count.unit.value])
    if not counts and policy.publication.shape is Shape.TABLE:
        yield NOTICE["no-count"]
    for derogation in policy.derogations:
        yield NOTICE["derogation"].format(
            resolution=derogation.resolution,
            k=derogation.k,
            units=UNITS[derogation.unit.value],
            floor=voted.charter.floor(derogation.unit).k,
            start=_day(derogation.start),
            end=_day(derogation.end),
            reason=_bare(derogation.reason),
        )
    said = {PROMISES["minimum-count"].format(k=count.k, units=UNITS[count.unit.value]) for count in counts}
    if _is_reviewed(policy):
        said.add(PROMISES["no-person"])  # a text may name someone until it is read
    yield from (sentence for sentence in promises(policy) if sentence not in said)
    yield NOTICE["nothing-held"]


def _durations(policy: Policy) -> Iterator[str]:
    kept = policy.retention
    yield NOTICE["raw"].format(duration=kept.raw_store)
    if kept.pseudonym_key is not None:
        yield NOTICE["key"].format(duration=kept.pseudonym_key)
    yield NOTICE["versions"].format(duration=kept.published_versions)
    yield NOTICE["deletion"]
    match kept.archives.visa:
        case ArchiveVisa.REQUIRED:
            yield NOTICE["archives-requis"]
        case ArchiveVisa.OBTAINED:
            yield NOTICE["archives-obtenu"].format(reference=kept.archives.reference)
        case ArchiveVisa.NOT_APPLICABLE:
            pass
        case _:
            assert_never(kept.archives.visa)


def _rights(policy: Policy, voted: Voted) -> Iterator[str]:
    kept, controller = policy.retention, voted.charter.controller
    yield NOTICE["information"].format(information=_bare(policy.processing_record.privacy_notice))
    yield NOTICE["erasure"].format(procedure=_bare(kept.erasure.procedure), delay=kept.erasure.delay)
    sentence = NOTICE["objection" if kept.objection.applicable is YesNo.YES else "no-objection"]
    yield sentence.format(procedure=_bare(kept.objection.procedure))
    if policy.publication.shape is Shape.TABLE:
        yield NOTICE["published-stays"]
    yield NOTICE["contact"].format(contact=_bare(controller.dpo_contact), authority=_bare(controller.authority))


def _people(policy: Policy, voted: Voted) -> Iterator[str]:
    governance = policy.governance
    yield NOTICE["controller"].format(controller=_bare(voted.charter.controller.name))
    for role, identifier in (("author", governance.author), ("dpo", governance.dpo), ("garant", governance.garant)):
        person = voted.roles.person(identifier)
        yield NOTICE[role].format(person=person.name if person else identifier)
    yield NOTICE["three"]
    yield NOTICE["validity"].format(start=_day(governance.validity.start), end=_day(governance.validity.end))
    yield NOTICE["withdrawal"].format(delay=governance.withdrawal_delay)


def _impact(policy: Policy) -> Iterator[str]:
    dpia = policy.processing_record.dpia
    present = ", ".join(criterion.words for criterion in screening_of(policy).met)
    yield NOTICE["criteria"].format(criteria=present) if present else NOTICE["criteria-none"]
    match dpia.decision:
        case DpiaDecision.NOT_REQUIRED | DpiaDecision.REQUIRED:
            yield NOTICE[dpia.decision.value]
        case DpiaDecision.DONE:
            yield NOTICE["realisee"].format(reference=dpia.reference)
        case _:
            assert_never(dpia.decision)


def _is_reviewed(policy: Policy) -> bool:
    return any(field.treatment.operation is Operation.MASK for field in policy.fields)


def _day(text: str) -> str:
    day = date.fromisoformat(text)
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number} {MONTHS[day.month - 1]} {day.year}"


def _bare(text: str) -> str:
    """Return a text that a sentence ends for itself."""
    return text.strip().removesuffix(".")
