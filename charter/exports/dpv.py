"""The processing in the W3C Data Privacy Vocabulary, version 2, as JSON-LD.

What is published is never called anonymised: DPV keeps that word for what nobody can reverse, and a threshold does not
prove it. The measures are named, and their figures said in words.
"""

from collections.abc import Iterator

from charter.export import Export, Subject
from charter.linked_data import Node, derived_from, duration, french, linked, term, typed
from charter.model import Policy
from charter.promises import promises
from charter.public_terms import DPIA_NECESSITY, LEGAL_BASES
from charter.screening import screening_of
from charter.vocabulary import Operation, Shape, YesNo
from eclor.sentences.register import KEPT, REGISTER


def text(subject: Subject) -> str:
    """Return the processing: why, on what ground, of whom, who receives, how protected, how long, which rights."""
    policy, record = subject.policy, subject.policy.processing_record
    concerned = record.personal_data is YesNo.YES
    node = {
        "@id": f"{subject.address}#traitement",
        "@type": "dpv:PersonalDataProcess" if concerned else "dpv:NonPersonalDataProcess",
        "dct:identifier": policy.dataset,
        "dct:title": french(policy.title),
        "dpv:hasPurpose": typed("dpv:Purpose", text=record.purpose),
        "dpv:hasLegalBasis": _basis(subject),
        **(_people(policy) if concerned else {"dpv:hasData": list(_data(policy, "dpv:NonPersonalData"))}),
        "dpv:hasProcessing": [term(name) for name in _operations(policy)],
        "dpv:hasRecipient": [typed("dpv:Recipient", title=name) for name in record.recipients],
        "dpv:hasTechnicalMeasure": list(_technical(policy)),
        "dpv:hasTechnicalOrganisationalMeasure": [
            typed("dpv:TechnicalOrganisationalMeasure", text=safeguard) for safeguard in record.safeguards
        ],
        "dpv:hasStorageCondition": list(_storage(subject)),
        "dpv:hasNotice": {
            **typed("dpv:PrivacyNotice", text=record.privacy_notice),
            "foaf:page": term(f"{subject.address}/notice"),
        },
        "dpv:hasAssessment": _assessment(policy),
        "dpv:hasDataController": _controller(subject),
        "dpv:hasAuthority": typed("dpv:DataProtectionAuthority", title=subject.charter.controller.authority),
        "prov:wasDerivedFrom": derived_from(subject),
    }
    return linked(node)


def _basis(subject: Subject) -> Node:
    """Article 6 is the ground of a processing of personal data; without any, only the provision is said."""
    record = subject.policy.processing_record
    named = [LEGAL_BASES[record.legal_basis]] if record.personal_data is YesNo.YES else []
    return typed(["dpv:LegalBasis", *named], text=record.legal_provision)


def _people(policy: Policy) -> Node:
    record = policy.processing_record
    subjects = [typed("dpv:DataSubject", title=name.replace("-", " ")) for name in record.data_subjects]
    if record.minors is YesNo.YES:
        subjects.append(typed(["dpv:DataSubject", "dpv:Child"], title=REGISTER["minors"]))
    if record.dpia.criteria.vulnerable_people is YesNo.YES:
        subjects.append(typed(["dpv:DataSubject", "dpv:VulnerableDataSubject"], title=REGISTER["vulnerable"]))
    codes = [field.name for field in policy.fields if field.treatment.operation is Operation.PSEUDONYMISE]
    hashed = [typed("dpv:PseudonymisedData", title=REGISTER["codes"].format(column=name)) for name in codes]
    rights = ["eu-gdpr:A15", "eu-gdpr:A17", "eu-gdpr:A77"]
    if policy.retention.objection.applicable is YesNo.YES:
        rights.append("eu-gdpr:A21")
    return {
        "dpv:hasDataSubject": subjects,
        "dpv:hasPersonalData": [*_data(policy, "dpv:PersonalData"), *hashed],
        "dpv:hasRight": [term(name) for name in sorted(rights)],
    }


def _data(policy: Policy, kind: str) -> Iterator[Node]:
    for category in policy.processing_record.data_categories:
        yield typed(kind, title=category)


def _operations(policy: Policy) -> Iterator[str]:
    yield "dpv:Collect"
    yield "dpv:Store"
    if policy.pseudonyms is not None:
        yield "dpv:Pseudonymise"
    if policy.publication.shape is Shape.TABLE:
        yield "dpv:Aggregate"
    yield "dpv:MakeAvailable"
    yield "dpv:Erase"


def _technical(policy: Policy) -> Iterator[Node]:
    yield typed("dpv:EncryptionAtRest", text=REGISTER["encrypted"])
    if policy.pseudonyms is not None:
        kinds = ["dpv:DeterministicPseudonymisation", "dpv:HashMessageAuthenticationCode"]
        yield typed(kinds, text=REGISTER["pseudonyms"].format(rotation=policy.pseudonyms.rotation))
    if policy.retention.pseudonym_key is not None:
        text = REGISTER["key"].format(duration=policy.retention.pseudonym_key)
        yield typed("dpv:CryptographicKeyManagement", text=text)
    for field in policy.fields:
        if field.treatment.operation is Operation.MASK:
            yield typed("dpv:DataRedaction", text=REGISTER["redacted"].format(column=field.name))
    kind = "dpv:Deidentification" if policy.publication.shape is Shape.TABLE else "dpv:TechnicalMeasure"
    for sentence in promises(policy):
        yield typed(kind, text=sentence)


def _storage(subject: Subject) -> Iterator[Node]:
    kept = subject.policy.retention
    terms = {"raw": kept.raw_store, "key": kept.pseudonym_key, "versions": kept.published_versions}
    for name, length in terms.items():
        if length is not None:
            lasting = {"@type": "dpv:TemporalDuration", "rdf:value": duration(length)}
            yield {**typed("dpv:StorageDuration", title=KEPT[name]), "dpv:hasDuration": lasting}
    yield typed("dpv:StorageDeletion", text=REGISTER["deletion"])
    controller = subject.charter.controller
    yield typed("dpv:StorageLocation", text=f"{REGISTER[controller.hosting]}, {REGISTER['no-transfer']}")


def _assessment(policy: Policy) -> Node:
    screening = screening_of(policy)
    said = [f"{one.words} : {'oui' if one.met else 'non'}" for one in screening.criteria]
    reference = {"dct:identifier": screening.reference} if screening.reference else {}
    return {
        **typed("eu-gdpr:DPIANecessityAssessment", title=screening.decision_words, text=" ; ".join(said)),
        "dpv:hasStatus": term(DPIA_NECESSITY[policy.processing_record.dpia.decision]),
        **reference,
    }


def _controller(subject: Subject) -> Node:
    controller = subject.charter.controller
    return {
        "@id": subject.controller,
        "@type": "dpv:DataController",
        "dpv:hasName": controller.name,
        "dpv:hasDataProtectionOfficer": {
            "@type": "dpv:DataProtectionOfficer",
            "dpv:hasName": subject.person(subject.policy.governance.dpo),
            "dpv:hasContact": controller.dpo_contact,
        },
    }


EXPORT = Export("dpv.jsonld", "application/ld+json", text)
