"""The territory's catalogue in CKAN's words: one organisation, themes as groups, files as resources."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Final
from uuid import UUID, uuid5

from api.ckan.wire import Withdrawn, invalid, not_found
from api.links import Links
from api.refusals import withdrawn
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
    """What is served now, by slug, what is withdrawn, and who serves it."""

    identity: Identity
    links: Links
    served: Mapping[str, DatasetView]
    withdrawn: Mapping[str, DatasetView]

    @classmethod
    def of(cls, identity: Identity, links: Links, views: Mapping[str, DatasetView]) -> "Site":
        """Sort datasets: those that are served, those that were."""
        served = {slug: view for slug, view in views.items() if view.served}
        return cls(identity, links, served, {slug: view for slug, view in views.items() if view.state == "withdrawn"})

    def find(self, id_or_name: str) -> DatasetView:
        """Return a dataset by its identifier or its name (404). Refuses a withdrawn one with its reason (410)."""
        if not id_or_name:
            raise invalid(name_or_id=["Missing value"])
        known = {**self.withdrawn, **self.served}
        found = known.get(id_or_name)
        if found is None:
            found = next((view for slug, view in known.items() if stable_id(slug) == id_or_name), None)
        if found is None:
            raise not_found()
        return _still_served(found)

    def resource(self, identifier: str) -> tuple[DatasetView, FileView]:
        """Return a resource's dataset and file (404). Refuses one of a withdrawn dataset with its reason (410)."""
        for views in (self.served, self.withdrawn):
            for slug, view in views.items():
                for file in data_files(view):
                    if stable_id(slug, file.name) == identifier:
                        return _still_served(view), file
        raise not_found()


def _still_served(view: DatasetView) -> DatasetView:
    if view.state == "withdrawn":
        raise Withdrawn(withdrawn(view, view.current.number if view.current else 0, view.state_reason))
    return view


def data_files(view: DatasetView) -> tuple[FileView, ...]:
    """Return the data files of a dataset's current version, the CSV first."""
    files = view.current.files if view.current else ()
    return tuple(sorted((file for file in files if file.name in DATA), key=lambda file: DATA.index(file.name)))
