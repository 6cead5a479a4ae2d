"""The one table between the charter language and the public vocabularies: DPV 2, ODRL 2.2, DCAT-AP 3, EU authorities.

Every term here stands in the vocabulary that its prefix names; what none has a word for is said in words, never by a
term of our own.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from charter.vocabulary import DpiaDecision, LegalBasis, Licence, State

PREFIXES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "cc": "http://creativecommons.org/ns#",
        "dcat": "http://www.w3.org/ns/dcat#",
        "dct": "http://purl.org/dc/terms/",
        "dpv": "https://w3id.org/dpv#",
        "eu-gdpr": "https://w3id.org/dpv/legal/eu/gdpr#",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "odrl": "http://www.w3.org/ns/odrl/2/",
        "prov": "http://www.w3.org/ns/prov#",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "spdx": "http://spdx.org/rdf/terms#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    }
)

_AUTHORITY: Final = "http://publications.europa.eu/resource/authority"

LEGAL_BASES: Final[Mapping[LegalBasis, str]] = MappingProxyType(
    {
        LegalBasis.CONSENT: "eu-gdpr:A6-1-a",
        LegalBasis.CONTRACT: "eu-gdpr:A6-1-b",
        LegalBasis.LEGAL_OBLIGATION: "eu-gdpr:A6-1-c",
        LegalBasis.VITAL_INTERESTS: "eu-gdpr:A6-1-d",
        LegalBasis.PUBLIC_TASK: "eu-gdpr:A6-1-e",
        LegalBasis.LEGITIMATE_INTEREST: "eu-gdpr:A6-1-f",
    }
)
"""GDPR article 6(1), letter by letter."""

DPIA_NECESSITY: Final[Mapping[DpiaDecision, str]] = MappingProxyType(
    {
        DpiaDecision.NOT_REQUIRED: "eu-gdpr:DPIANotRequired",
        DpiaDecision.REQUIRED: "eu-gdpr:DPIARequired",
        DpiaDecision.DONE: "eu-gdpr:DPIARequired",
    }
)
"""Whether an impact assessment is needed; one that was done was."""

LICENCE_TEXTS: Final[Mapping[Licence, str]] = MappingProxyType(
    {
        Licence.LICENCE_OUVERTE: f"{_AUTHORITY}/licence/ETALAB_2_0",
        Licence.ODBL: f"{_AUTHORITY}/licence/ODC_BL",
        Licence.CC_BY: f"{_AUTHORITY}/licence/CC_BY_4_0",
        Licence.CC0: f"{_AUTHORITY}/licence/CC0",
    }
)

PUBLIC: Final = f"{_AUTHORITY}/access-right/PUBLIC"
NON_PUBLIC: Final = f"{_AUTHORITY}/access-right/NON_PUBLIC"

CONTRACT_STATUS: Final[Mapping[State, str]] = MappingProxyType(
    {
        State.DRAFT: "draft",
        State.SIMULATED: "proposed",
        State.ENDORSED: "proposed",
        State.SIGNED: "proposed",
        State.IN_FORCE: "active",
        State.STOPPED: "deprecated",
        State.SUPERSEDED: "deprecated",
        State.REVOKED: "retired",
        State.EXPIRED: "retired",
    }
)
"""State → the `status` of a data contract (ODCS 3.1)."""
