"""The catalogue as one caller may see it, in CKAN's words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from api.ckan.model import ANONYMOUS, About, Caller, Package, Party, Shown, naive, stable_id
from api.ckan.table import Table
from api.ckan.wire import Withdrawn, denied, invalid, not_found
from api.links import Links
from api.refusals import withdrawn
from api.routes.files import DATA
from catalog.views import DatasetView, FileView

__all__ = ["CSV", "Holdings", "Site", "data_files", "naive", "stable_id"]
CSV: Final = "data.csv"


@dataclass(frozen=True, slots=True, eq=False)
class Holdings:
    """All that is held, private datasets too: what a `Site` shows each caller their part of.

    `mark` changes whenever any of it does.
    """

    mark: int
    about: About
    packages: Mapping[str, Package]
    organizations: tuple[Party, ...]
    groups: tuple[Party, ...] = ()
    vocabularies: tuple[Shown, ...] = ()
    users: tuple[Shown, ...] = ()
    withdrawn: Mapping[str, DatasetView] = field(default_factory=dict)
    tables: Mapping[str, Table] = field(default_factory=dict)
    """Tables beside those of versions that are served, by identifier and by alias."""
    by_id: Mapping[str, Package] = field(init=False)
    by_resource: Mapping[str, tuple[Package, Shown]] = field(init=False)

    def __post_init__(self) -> None:
        """Make the ways in by identifier."""
        packages = self.packages.values()
        by_resource = {str(shown["id"]): (one, shown) for one in packages for shown in one.resources}
        object.__setattr__(self, "by_id", {one.id: one for one in packages})
        object.__setattr__(self, "by_resource", by_resource)

    def beside(self, others: Iterable[Package]) -> "Holdings":
        """Return these with other datasets beside; what is held already keeps its name."""
        added = {one.name: one for one in others if one.name not in self.packages}
        return replace(self, packages={**self.packages, **added}) if added else self


@dataclass(frozen=True, slots=True)
class Site:
    """What is held, seen by one caller."""

    held: Holdings
    links: Links
    caller: Caller = ANONYMOUS

    @property
    def served(self) -> Mapping[str, DatasetView]:
        """Return the datasets of which a version is served, by name."""
        packages = self.held.packages.items()
        return {name: one.view for name, one in packages if one.view is not None and one.view.collected}

    def listed(self) -> list[Package]:
        """Return the datasets that stand in lists: open ones alone, even to those who may read more."""
        return [one for one in self.held.packages.values() if one.open]

    def find(self, id_or_name: str) -> Package:
        """Return a dataset by its identifier or its name (404). Refuses a withdrawn one with its reason (410)."""
        if not id_or_name:
            raise invalid(name_or_id=["Missing value"])
        found = self.held.packages.get(id_or_name) or self.held.by_id.get(id_or_name)
        if found is None:
            self._refuse_withdrawn(id_or_name)
            raise not_found()
        if not found.readable(self.caller):
            raise denied(f"Access denied: User {self.caller.name} not authorized to read package {found.id}")
        return found

    def find_resource(self, identifier: str) -> tuple[Package, Shown]:
        """Return a resource with its dataset (404). Refuses a private one (403) and a withdrawn one (410)."""
        found = self.held.by_resource.get(identifier)
        if found is None:
            self._refuse_withdrawn_resource(identifier)
            raise not_found()
        if not found[0].readable(self.caller):
            raise denied(f"Access denied: User {self.caller.name} not authorized to read resource {identifier}")
        return found

    def resource(self, identifier: str) -> tuple[DatasetView, FileView]:
        """Return the dataset and the file that a resource is (404, 403, 410 as `find_resource`)."""
        package, _ = self.find_resource(identifier)
        view = package.view
        files = data_files(view) if view is not None else ()
        file = next((one for one in files if stable_id(package.name, one.name) == identifier), None)
        if view is None or file is None:
            raise not_found()
        return view, file

    def _refuse_withdrawn(self, id_or_name: str) -> None:
        for slug, view in self.held.withdrawn.items():
            if id_or_name in {slug, stable_id(slug)}:
                raise _withdrawn(view)

    def _refuse_withdrawn_resource(self, identifier: str) -> None:
        for slug, view in self.held.withdrawn.items():
            if any(stable_id(slug, file.name) == identifier for file in data_files(view)):
                raise _withdrawn(view)


def _withdrawn(view: DatasetView) -> Withdrawn:
    return Withdrawn(withdrawn(view, view.current.number if view.current else 0, view.state_reason))


def data_files(view: DatasetView) -> tuple[FileView, ...]:
    """Return the data files of a dataset's current version, the CSV first."""
    files = view.current.files if view.current else ()
    return tuple(sorted((file for file in files if file.name in DATA), key=lambda file: DATA.index(file.name)))
