"""Where the CKAN surface's catalogue comes from: in production, from what is served or announced, and nowhere else."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Protocol

from api.ckan.model import About, Package
from api.ckan.packages import group, organization, package
from api.ckan.site import Holdings
from api.links import Links
from api.parts import Parts
from catalog.views import DatasetView


class Source(Protocol):
    """Gives what is held now; the same object as long as nothing changed."""

    async def held(self) -> Holdings:
        """Return what is held."""
        ...


@dataclass(slots=True)
class Served:
    """The datasets that are served, and those not collected, as the shelf has them: a second old at most."""

    parts: Parts
    links: Links
    _marks: "count[int]" = field(default_factory=count)
    _read: Mapping[str, DatasetView] | None = None
    _held: Holdings | None = None

    async def held(self) -> Holdings:
        """Return what is served now; made again when the shelf read something new."""
        views = await self.parts.shelf.datasets()
        if self._held is None or views is not self._read:
            self._held, self._read = self._made(views), views
        return self._held

    def _made(self, views: Mapping[str, DatasetView]) -> Holdings:
        identity, settings = self.parts.identity, self.parts.settings
        listed = {slug: view for slug, view in sorted(views.items()) if view.served or not view.collected}
        return Holdings(
            mark=next(self._marks),
            about=About(identity.name, identity.promise, identity.contact.email, settings.origin),
            packages={slug: self._package(view) for slug, view in listed.items()},
            organizations=(organization(identity),),
            groups=tuple(group(theme) for theme in sorted({view.theme for view in listed.values()})),
            withdrawn={slug: view for slug, view in views.items() if view.state == "withdrawn"},
        )

    def _package(self, view: DatasetView) -> Package:
        """Return a dataset as it was made before, unless something of it changed."""
        former = self._held.packages.get(view.slug) if self._held is not None else None
        if former is not None and former.view == view:
            return former
        return package(view, self.parts.identity, self.links)
