"""The exports of a policy: reviewed once, the same to the byte, true to their vocabularies, silent on nothing."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from charter.export import Subject, digests_in
from charter.exports import EXPORTS, export
from charter.public_terms import CONTRACT_STATUS, DPIA_NECESSITY, LEGAL_BASES, LICENCE_TEXTS, PREFIXES
from charter.reader import read
from charter.territory import load
from charter.vocabulary import DpiaDecision, LegalBasis, Licence, State
from tests.policies import NAMES, SHARED, changed, text_of
from tests.unit.charter.exports.subjects import ORIGIN, named, subject, subject_of_document

GOLDEN = Path(__file__).parent / "golden"
LINKED = ("dcat-rights", "dpv", "odrl")
REQUIRED_OF_CONTRACTS = {"apiVersion", "kind", "id", "version", "status"}
"""What the JSON schema of ODCS 3.1.0 requires at the root."""
COMPACT = re.compile(r"[a-z][a-z-]*:[A-Za-z]")


def made(name: str, of: Subject) -> str:
    return export(name).text(of)


def plain(name: str, of: Subject) -> dict[str, object]:
    read_back: dict[str, object] = json.loads(made(name, of))
    return read_back


@pytest.mark.parametrize("name", EXPORTS)
def test_an_export_is_the_one_that_was_reviewed(name: str, rewrite: bool) -> None:
    golden, text = GOLDEN / f"passages-{export(name).file_name}", made(name, named("passages"))
    if rewrite:
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("policy", NAMES)
@pytest.mark.parametrize("name", EXPORTS)
def test_an_export_holds_the_digest_of_its_policy_and_no_other(name: str, policy: str) -> None:
    of = named(policy)
    assert digests_in(made(name, of)) == {of.digest}
    assert made(name, of) == made(name, named(policy))


@pytest.mark.captures
def test_every_published_policy_has_each_export() -> None:
    if not SHARED.exists():
        pytest.skip("the folder named by ECLOR_SHARED is missing")
    held = load(SHARED / "charter")
    for file in sorted((SHARED / "charter" / "politiques").glob("*.yaml")):
        of = subject_of_document(read(file), held)
        for name in EXPORTS:
            assert digests_in(made(name, of)) == {of.digest}


def test_a_changed_policy_makes_every_export_stale() -> None:
    before, after = named("passages"), subject(changed(text_of("passages"), ("k: 11}", "k: 12}")))
    for name in EXPORTS:
        assert digests_in(made(name, before)).isdisjoint(digests_in(made(name, after)))


@pytest.mark.parametrize("policy", NAMES)
@pytest.mark.parametrize("name", LINKED)
def test_a_prefix_is_declared_if_and_only_if_it_is_used(name: str, policy: str) -> None:
    document = plain(name, named(policy))
    context = document.pop("@context")
    assert isinstance(context, dict)
    assert context.items() <= PREFIXES.items()
    assert {iri.partition(":")[0] for iri in compact_iris(document)} == context.keys()


def test_no_text_is_lost_between_the_policy_and_linked_data() -> None:
    text = made("dpv", named("passages"))
    record = named("passages").policy.processing_record
    for said in (record.purpose, record.legal_provision, record.privacy_notice, *record.data_categories):
        assert said in text
    for said in (*record.safeguards, *record.recipients):
        assert said in text


def compact_iris(value: object) -> Iterator[str]:
    """Keys, types and references of a document; not its texts."""
    if isinstance(value, list):
        for one in value:
            yield from compact_iris(one)
    if not isinstance(value, dict):
        return
    types = value.get("@type", [])
    for iri in (*value, value.get("@id", ""), *([types] if isinstance(types, str) else types)):
        if isinstance(iri, str) and not iri.startswith(("@", "http")) and COMPACT.match(iri):
            yield iri
    for key, one in value.items():
        if key not in {"@type", "@id", "@value"}:
            yield from compact_iris(one)


def test_the_table_of_terms_has_a_word_for_each_of_ours() -> None:
    assert LEGAL_BASES.keys() == set(LegalBasis)
    assert DPIA_NECESSITY.keys() == set(DpiaDecision)
    assert LICENCE_TEXTS.keys() == set(Licence)
    assert CONTRACT_STATUS.keys() == set(State)


def test_a_licence_asks_what_its_text_asks_and_forbids_nothing() -> None:
    text = text_of("passages")
    for licence, duties in (
        ("licence-ouverte-2.0", {"odrl:attribute"}),
        ("odbl-1.0", {"odrl:attribute", "cc:Notice", "cc:ShareAlike"}),
    ):
        offer = plain("odrl", subject(changed(text, ("licence: licence-ouverte-2.0", f"licence: {licence}"))))
        permissions = offer["odrl:permission"]
        assert isinstance(permissions, list)
        asked = {duty["odrl:action"]["@id"] for one in permissions for duty in one.get("odrl:duty", [])}
        assert asked == duties
        assert "odrl:prohibition" not in offer


@pytest.mark.parametrize(
    ("state", "access"), [(State.IN_FORCE, "PUBLIC"), (State.DRAFT, "NON_PUBLIC"), (State.REVOKED, "NON_PUBLIC")]
)
def test_access_follows_the_state_of_the_policy(state: State, access: str) -> None:
    rights = plain("dcat-rights", subject(text_of("passages"), state=state))["dct:accessRights"]
    assert isinstance(rights, dict)
    assert rights["@id"] == f"http://publications.europa.eu/resource/authority/access-right/{access}"


def test_nothing_published_is_called_anonymised() -> None:
    for policy in NAMES:
        assert "Anonymis" not in made("dpv", named(policy))


def test_a_policy_without_people_says_no_legal_basis_of_the_regulation() -> None:
    text = made("dpv", named("air"))
    assert '"dpv:NonPersonalDataProcess"' in text
    assert "eu-gdpr:A6" not in text
    assert "dpv:PersonalData" not in text


@pytest.mark.parametrize("policy", NAMES)
def test_a_contract_has_what_its_standard_requires_and_each_published_column(policy: str) -> None:
    of = named(policy)
    contract, publication = plain("odcs", of), of.policy.publication
    assert contract.keys() >= REQUIRED_OF_CONTRACTS
    assert (contract["apiVersion"], contract["kind"]) == ("v3.1.0", "DataContract")
    assert "price" not in contract
    schema = contract["schema"]
    assert isinstance(schema, list)
    names = [column["name"] for column in schema[0]["properties"]]
    expected = [*(publication.columns or ()), *(publication.dimensions or ())]
    expected += [measure.name for measure in publication.measures or ()]
    assert [name for name in names if name != "statut"] == expected
    assert str(contract["id"]).startswith(ORIGIN)


def test_a_contract_says_durations_in_the_largest_unit_that_holds_them() -> None:
    text = changed(text_of("passages"), ("versions_publiees: 5 ans", "versions_publiees: 18 mois"))
    service = plain("odcs", subject(text))["slaProperties"]
    assert isinstance(service, list)
    said = {one["property"]: (one["value"], one.get("unit")) for one in service}
    assert said["retention"] == (18, "month")
    assert said["latency"] == (7, "day")
    assert said["withdrawalDelay"] == (15, "minute")


def test_a_screening_counts_the_criteria_that_are_met() -> None:
    text = changed(text_of("passages"), ("usage_innovant: non", "usage_innovant: oui"))
    before, after = plain("aipd", named("passages")), plain("aipd", subject(text))
    assert (before["presents"], after["presents"], after["sur"]) == (1, 2, 9)
    criteria = after["criteres"]
    assert isinstance(criteria, list)
    assert [one["critere"] for one in criteria if one["present"] == "oui"] == [
        "surveillance_systematique",
        "usage_innovant",
    ]
