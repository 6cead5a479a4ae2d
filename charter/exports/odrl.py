"""What the licence lets anyone do, in ODRL 2.2, as JSON-LD.

The licence's own text is the law; this only says it to machines. It adds no rule: none of these licences forbids to
look for a person in the data, so there is no prohibition here. That this would be a processing of personal data is law
without the licence, and is said as a notice.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from charter.export import Export, Subject
from charter.linked_data import Node, derived_from, french, linked, term, typed
from charter.public_terms import LICENCE_TEXTS
from charter.vocabulary import Licence
from eclor.sentences.notice import LICENCES
from eclor.sentences.register import DUTIES, REGISTER

_USES: Final = ("odrl:reproduce", "odrl:distribute")
_DERIVED: Final = "odrl:derive"
_ATTRIBUTE: Final = "odrl:attribute"
_NOTICE: Final = "cc:Notice"
_DUTIES: Final[Mapping[Licence, tuple[str, ...]]] = MappingProxyType(
    {
        Licence.LICENCE_OUVERTE: (_ATTRIBUTE,),
        Licence.ODBL: (_ATTRIBUTE, _NOTICE),
        Licence.CC_BY: (_ATTRIBUTE, _NOTICE),
        Licence.CC0: (),
    }
)
"""What each licence asks of whoever reuses."""
_DUTIES_OF_DERIVED: Final[Mapping[Licence, tuple[str, ...]]] = MappingProxyType(
    {Licence.LICENCE_OUVERTE: (), Licence.ODBL: ("cc:ShareAlike",), Licence.CC_BY: (), Licence.CC0: ()}
)
"""What each licence asks besides of whoever publishes something made of the data."""


def text(subject: Subject) -> str:
    """Return the offer: who licenses what, what one may do, under which duties."""
    licence = subject.policy.publication.licence
    duties, derived = _DUTIES[licence], _DUTIES_OF_DERIVED[licence]
    identifier, controller = f"{subject.address}#licence", subject.charter.controller
    return linked(
        {
            "@id": identifier,
            "@type": ["odrl:Policy", "odrl:Offer"],
            "odrl:uid": term(identifier),
            "dct:title": french(f"« {subject.policy.title} » sous {LICENCES[licence.value]}"),
            "dct:license": term(LICENCE_TEXTS[licence]),
            "dct:description": [french(REGISTER["licence-rules"]), french(REGISTER["no-person-sought"])],
            "odrl:assigner": {"@id": subject.controller, "@type": "odrl:Party", "foaf:name": controller.name},
            "odrl:permission": [
                *(_permission(subject, action, duties) for action in _USES),
                _permission(subject, _DERIVED, (*duties, *derived)),
            ],
            "prov:wasDerivedFrom": derived_from(subject),
        }
    )


def _permission(subject: Subject, action: str, duties: tuple[str, ...]) -> Node:
    asked = [{**typed("odrl:Duty", text=DUTIES[duty]), "odrl:action": term(duty)} for duty in duties]
    permission = {"@type": "odrl:Permission", "odrl:target": term(subject.address), "odrl:action": term(action)}
    return {**permission, "odrl:duty": asked} if asked else permission


EXPORT = Export("odrl.jsonld", "application/ld+json", text)
