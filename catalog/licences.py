"""The licences out, as descriptors name them."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from charter.vocabulary import Licence


@dataclass(frozen=True, slots=True)
class LicenceTerms:
    """A licence: its SPDX identifier, its title, the address of its text."""

    spdx: str
    title: str
    url: str

    @property
    def spdx_url(self) -> str:
        """Return its address in the SPDX list, by which programs know it."""
        return f"https://spdx.org/licenses/{self.spdx}"


LICENCES: Final[Mapping[Licence, LicenceTerms]] = MappingProxyType(
    {
        Licence.LICENCE_OUVERTE: LicenceTerms(
            "etalab-2.0",
            "Licence Ouverte / Open Licence version 2.0",
            "https://www.etalab.gouv.fr/wp-content/uploads/2017/04/ETALAB-Licence-Ouverte-v2.0.pdf",
        ),
        Licence.ODBL: LicenceTerms(
            "ODbL-1.0",
            "Open Data Commons Open Database License 1.0",
            "https://opendatacommons.org/licenses/odbl/1-0/",
        ),
        Licence.CC_BY: LicenceTerms(
            "CC-BY-4.0",
            "Creative Commons Attribution 4.0 International",
            "https://creativecommons.org/licenses/by/4.0/",
        ),
        Licence.CC0: LicenceTerms(
            "CC0-1.0",
            "Creative Commons Zero 1.0 Universal",
            "https://creativecommons.org/publicdomain/zero/1.0/",
        ),
    }
)
"""Total over the language's licences; a test holds it."""


def title_of(licence: str) -> str:
    """Return the title of a licence by its name in the language; nothing for a dataset whose policy names none yet."""
    return LICENCES[Licence(licence)].title if licence in {known.value for known in LICENCES} else ""
