"""The licences that CKAN knows, and the names under which its sites know ours; booleans are texts there."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from catalog.licences import LICENCES as TERMS
from charter.vocabulary import Licence

LICENCE_IDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        Licence.LICENCE_OUVERTE.value: "fr-lo",
        Licence.ODBL.value: "odc-odbl",
        Licence.CC_BY.value: "cc-by",
        Licence.CC0.value: "cc-zero",
    }
)
"""The names under which CKAN sites and their harvesters know our licences."""
_DEFINED: Final = "http://www.opendefinition.org/licenses/"


@dataclass(frozen=True, slots=True)
class CkanLicence:
    """A licence of CKAN's own list."""

    id: str
    title: str
    url: str = ""
    content: bool = False
    data: bool = False
    generic: bool = False
    reviewed: bool = True

    @property
    def is_open(self) -> bool:
        """Say whether it conforms to the Open Definition: a dataset under it is `isopen`."""
        return self.reviewed

    def shown(self) -> Mapping[str, str]:
        """Return it as `license_list` does."""
        return {
            "domain_content": str(self.content),
            "id": self.id,
            "domain_data": str(self.data),
            "domain_software": "False",
            "family": "",
            "is_generic": str(self.generic),
            "od_conformance": "approved" if self.reviewed else "not reviewed",
            "osd_conformance": "not reviewed",
            "maintainer": "",
            "status": "active",
            "url": self.url,
            "title": self.title,
        }


def _defined(identifier: str, title: str, *, content: bool = False, data: bool = False) -> CkanLicence:
    return CkanLicence(identifier, title, f"{_DEFINED}{identifier}", content=content, data=data)


_OPEN: Final = Licence.LICENCE_OUVERTE
LICENCES: Final[Mapping[str, CkanLicence]] = MappingProxyType(
    {
        one.id: one
        for one in (
            CkanLicence("notspecified", "License not specified", generic=True, reviewed=False),
            _defined("odc-pddl", "Open Data Commons Public Domain Dedication and License (PDDL)", data=True),
            _defined("odc-odbl", "Open Data Commons Open Database License (ODbL)", data=True),
            _defined("odc-by", "Open Data Commons Attribution License", data=True),
            _defined("cc-zero", "Creative Commons CCZero", content=True, data=True),
            _defined("cc-by", "Creative Commons Attribution"),
            _defined("cc-by-sa", "Creative Commons Attribution Share-Alike", content=True),
            _defined("gfdl", "GNU Free Documentation License", content=True),
            CkanLicence("other-open", "Other (Open)", content=True, generic=True),
            CkanLicence("other-pd", "Other (Public Domain)", content=True, generic=True),
            CkanLicence("other-at", "Other (Attribution)", content=True, generic=True),
            CkanLicence(
                "uk-ogl",
                "UK Open Government Licence (OGL)",
                "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
                content=True,
            ),
            CkanLicence(
                "cc-nc",
                "Creative Commons Non-Commercial (Any)",
                "http://creativecommons.org/licenses/by-nc/2.0/",
                reviewed=False,
            ),
            CkanLicence("other-nc", "Other (Non-Commercial)", generic=True, reviewed=False),
            CkanLicence("other-closed", "Other (Not Open)", generic=True, reviewed=False),
            CkanLicence(LICENCE_IDS[_OPEN.value], TERMS[_OPEN].title, TERMS[_OPEN].url, data=True),
        )
    }
)
"""CKAN's list, then the French state's open licence."""


def licence_of(identifier: object) -> dict[str, object]:
    """Return what a dataset says of a licence; an unknown one is its own title, and says nothing of being open."""
    found = LICENCES.get(str(identifier)) if identifier else None
    title = found.title if found else (identifier or None)
    named: dict[str, object] = {
        "isopen": bool(found and found.is_open),
        "license_id": identifier or None,
        "license_title": title,
    }
    return {**named, "license_url": found.url} if found and found.url else named
