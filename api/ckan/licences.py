"""The licences out, as `license_list` shows them: booleans are texts there."""

from typing import Final

from api.ckan.site import LICENCE_IDS
from catalog.licences import LICENCES as TERMS
from charter.vocabulary import Licence


def _shown(identifier: str, licence: Licence) -> dict[str, str]:
    return {
        "domain_content": "False",
        "id": identifier,
        "domain_data": "True",
        "domain_software": "False",
        "family": "",
        "is_generic": "False",
        "od_conformance": "approved",
        "osd_conformance": "not reviewed",
        "maintainer": "",
        "status": "active",
        "url": TERMS[licence].url,
        "title": TERMS[licence].title,
    }


LICENCES: Final = tuple(_shown(identifier, Licence(name)) for name, identifier in LICENCE_IDS.items())
