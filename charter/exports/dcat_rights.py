"""The rights of a dataset as DCAT-AP 3 says them: who may have it, under which licence, with which reserve."""

from typing import Final

from charter.export import Export, Subject
from charter.linked_data import derived_from, french, linked
from charter.public_terms import LICENCE_TEXTS, NON_PUBLIC, PUBLIC
from charter.vocabulary import State, YesNo
from eclor.sentences.register import REGISTER

_OPEN: Final = frozenset({State.IN_FORCE, State.SUPERSEDED})
"""States under which what was made is given out: a version stays when the next policy comes into force."""


def text(subject: Subject) -> str:
    """Return the dataset with its rights alone; public, unless its policy is not open."""
    policy = subject.policy
    concerned = policy.processing_record.personal_data is YesNo.YES
    said = ["licence-rules", *(["protected", "no-person-sought"] if concerned else ["nobody"])]
    access = PUBLIC if subject.state in _OPEN else NON_PUBLIC
    return linked(
        {
            "@id": subject.address,
            "@type": "dcat:Dataset",
            "dct:identifier": policy.dataset,
            "dct:title": french(policy.title),
            "dct:accessRights": {"@id": access, "@type": "dct:RightsStatement"},
            "dct:license": {"@id": LICENCE_TEXTS[policy.publication.licence], "@type": "dct:LicenseDocument"},
            "dct:rights": {
                "@id": f"{subject.address}/notice",
                "@type": "dct:RightsStatement",
                "rdfs:label": [french(REGISTER[name]) for name in said],
            },
            "odrl:hasPolicy": {"@id": f"{subject.address}#licence", "@type": "odrl:Policy"},
            "prov:wasDerivedFrom": derived_from(subject),
        }
    )


EXPORT = Export("dcat-rights.jsonld", "application/ld+json", text)
