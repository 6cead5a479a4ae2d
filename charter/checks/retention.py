"""Keys and retention (D601 to D613; LANGUAGE.md section 9, RGPD art. 5(1)(e), 17 and 21)."""

from collections.abc import Iterator
from itertools import count

from charter.checks.case import Case
from charter.durations import Duration, period_length
from charter.vocabulary import NO_DELAY, ArchiveVisa, LegalBasis, Operation, YesNo
from eclor.errors import PolicyRefused
from eclor.sentences.variants import variant

_OBJECTION_DUE = frozenset({LegalBasis.PUBLIC_TASK, LegalBasis.LEGITIMATE_INTEREST})
_MARGIN_OF_RAW = Duration(1, 0)


def keys(case: Case) -> Iterator[PolicyRefused]:
    """Yield what is wrong with the pseudonym key: its presence, its rotation, its life."""
    pseudonymised = [f for f in case.policy.fields if f.treatment.operation is Operation.PSEUDONYMISE]
    pseudonyms, kept = case.policy.pseudonyms, case.policy.retention.pseudonym_key
    if pseudonymised and pseudonyms is None:
        field = pseudonymised[0]
        yield case.refuse("D601", "fields", case.rank(field), "treatment", column=field.name)
    if pseudonyms is not None and not pseudonymised:
        yield case.refuse("D602", "pseudonyms")
    if pseudonyms is not None and pseudonymised and kept is None:
        yield case.refuse("D603", "pseudonyms", **variant("D603", "no-life"))
    if pseudonyms is None and not pseudonymised and kept is not None:
        yield case.refuse("D603", "retention", "pseudonym_key", **variant("D603", "no-key"))
    if pseudonyms is not None:
        yield from _rotation(case, pseudonyms.rotation)
    if kept is not None:
        yield from _life_of_key(case, kept)


def _rotation(case: Case, rotation: str) -> Iterator[PolicyRefused]:
    length = period_length(case.policy.publication.frequency)
    if length and not length.fits_in(Duration.parse(rotation)):
        facts = {"asked": rotation, "frequency": case.policy.publication.frequency}
        yield case.refuse("D604", "pseudonyms", "rotation", **facts)
    yield from _longest(
        case, "D605", ("pseudonyms", "rotation"), asked=rotation, floor=case.charter.pseudonyms.rotation_max
    )


def _life_of_key(case: Case, kept: str) -> Iterator[PolicyRefused]:
    place = ("retention", "pseudonym_key")
    yield from _longest(case, "D607", place, asked=kept, floor=case.charter.retention.pseudonym_key_max)
    delay = case.policy.guarantees.publication_delay
    if delay != NO_DELAY and not Duration.parse(delay).fits_in(Duration.parse(kept)):
        yield case.refuse("D613", *place, asked=kept, delay=delay)


def retention(case: Case) -> Iterator[PolicyRefused]:
    """Yield what is kept too long, or not long enough, and what is owed to the people concerned."""
    kept, floors = case.policy.retention, case.charter.retention
    yield from _longest(case, "D606", ("retention", "raw_store"), asked=kept.raw_store, floor=floors.raw_store_max)
    yield from _raw_suffices(case)
    versions, erasure = ("retention", "published_versions"), ("retention", "erasure", "delay")
    yield from _longest(case, "D609", versions, asked=kept.published_versions, floor=floors.published_versions_max)
    yield from _longest(case, "D610", erasure, asked=kept.erasure.delay, floor=floors.erasure_delay_max)
    record = case.policy.processing_record
    is_owed = record.personal_data is YesNo.YES and record.legal_basis in _OBJECTION_DUE
    if is_owed and kept.objection.applicable is YesNo.NO:
        yield case.refuse("D611", "retention", "objection", "applicable", basis=record.legal_basis)
    if kept.archives.visa is ArchiveVisa.OBTAINED and kept.archives.reference is None:
        yield case.refuse("D612", "retention", "archives")


def _raw_suffices(case: Case) -> Iterator[PolicyRefused]:
    """Yield D608 where rows would be gone before their period, its delay and a month have passed."""
    length = period_length(case.policy.publication.frequency)
    delay = case.policy.guarantees.publication_delay
    if length is None or delay == NO_DELAY or (case.entry and case.entry.delivery is not None):
        return
    raw, longest = case.policy.retention.raw_store, case.charter.retention.raw_store_max
    needed = length + Duration.parse(delay) + _MARGIN_OF_RAW
    if not needed.fits_in(Duration.parse(raw)):
        least = next(months for months in count(1) if needed.fits_in(Duration(months, 0)))
        wording = "longer" if Duration(least, 0).fits_in(Duration.parse(longest)) else "beyond"
        facts = variant("D608", wording, asked=raw, least=least, floor=longest)
        yield case.refuse("D608", "retention", "raw_store", **facts)


def _longest(case: Case, code: str, place: tuple[str, ...], *, asked: str, floor: str) -> Iterator[PolicyRefused]:
    if not Duration.parse(asked).fits_in(Duration.parse(floor)):
        yield case.refuse(code, *place, asked=asked, floor=floor)
