"""The territory's catalogue in CKAN's words: one organisation, themes as groups, files as resources."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Final
from uuid import UUID, uuid5

from api.ckan.wire import invalid, not_found
from api.links import Links
from api.routes.files import DATA
from catalog.views import DatasetView, FileView
from charter.vocabulary import Licence
from eclor.identity import Identity

_NAMESPACE: Final = UUID("5f0c1c61-8b4e-5d0f-9d53-3c1f0d6a7be2")
CSV: Final = "data.csv"
LICENCE_IDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        Licence.LICENCE_OUVERTE.value: "fr-lo",
        Licence.ODBL.value: "odc-odbl",
        Licence.CC_BY.value: "cc-by",
        Licence.CC0.value: "cc-zero",
    }
)
"""The names under which CKAN sites and their harvesters know our licences."""


def stable_id(*parts: str) -> str:
    """Return the identifier that a name has for ever."""
    return str(uuid5(_NAMESPACE, "/".join(parts)))


def naive(instant: datetime) -> str:
    """Return an instant as CKAN writes it: UTC, six decimals, no offset."""
    return instant.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds")


@dataclass(frozen=True, slots=True)
class Site:
    """What is served now, by slug, and who serves it."""

    identity: Identity
    links: Links
    served: Mapping[str, DatasetView]

    def find(self, id_or_name: str) -> DatasetView:
        """Return a dataset by its identifier or its name (404)."""
        if not id_or_name:
            raise invalid(name_or_id=["Missing value"])
        found = self.served.get(id_or_name)
        if found is None:
            found = next((view for slug, view in self.served.items() if stable_id(slug) == id_or_name), None)
        if found is None:
            raise not_found()
        return found

    def resource(self, identifier: str) -> tuple[DatasetView, FileView]:
        """Return a resource's dataset and file (404)."""
        for slug, view in self.served.items():
            for file in data_files(view):
                if stable_id(slug, file.name) == identifier:
                    return view, file
        raise not_found()


def data_files(view: DatasetView) -> tuple[FileView, ...]:
    """Return the data files of a dataset's current version, the CSV first."""
    files = view.current.files if view.current else ()
    return tuple(sorted((file for file in files if file.name in DATA), key=lambda file: DATA.index(file.name)))
