"""What is new, as Atom: versions of all datasets, of one dataset, and what no longer leaves or leaves again."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from api.answers import answer
from api.atom import MEDIA_TYPE, Entry, Feed, Link, atom, lasting_name
from api.dating import Modified
from api.links import Links
from api.pages.words import counted
from api.parts import Parts
from api.sending import send_answer
from catalog import reading as catalogue
from catalog.database import reading
from catalog.licences import title_of
from catalog.views import DatasetView, ServingChange, VersionView, version_at
from eclor.sentences.serving import FEEDS, TOLD, numbered

PATH: Final = "/withdrawals.atom"
CATALOGUE: Final = "/feed.atom"
MOST: Final = 100
"""Entries of a feed; the public journal has them all."""
_HTML: Final = "text/html"
_CSV: Final = "data.csv"
_TERMS: Final[Mapping[str, str]] = MappingProxyType(
    {"withdrawn": "withdrawn", "closed": "withdrawn", "reopened": "returned"}
)
"""A change → its category, for programs."""


def routes(parts: Parts) -> list[BaseRoute]:
    """Return the routes of the feeds."""
    feeds = _Feeds(parts, Links(parts.settings.origin))
    return [
        Route(PATH, feeds.withdrawals),
        Route(CATALOGUE, feeds.catalogue),
        Route("/dataset/{slug}/feed.atom", feeds.dataset),
    ]


@dataclass(frozen=True, slots=True)
class _Feeds:
    parts: Parts
    links: Links

    async def withdrawals(self, request: Request) -> Response:
        """Send the feed; it tells datasets, versions, reasons and instants, and nobody."""
        views, modified = await self.parts.shelf.datasets(), self.parts.shelf.dates.every
        changes = await asyncio.to_thread(self._changes)
        name, address = self.parts.identity.name, self.links.origin + PATH
        feed = Feed(
            address,
            FEEDS["withdrawals"].format(name=name),
            name,
            (Link("self", address, MEDIA_TYPE), Link("alternate", f"{self.links.origin}/charter/journal", _HTML)),
            tuple(self._change(change, views.get(change.dataset)) for change in changes),
        )
        return _sent(request, feed, modified)

    async def catalogue(self, request: Request) -> Response:
        """Send the newest versions that may leave; of a live dataset only the state of now."""
        views, modified = await self.parts.shelf.datasets(), self.parts.shelf.dates.every
        name, origin = self.parts.identity.name, self.links.origin
        found, changes = await asyncio.to_thread(lambda: (self._newest(), self._changes()))
        feed = Feed(
            self._name("feed"),
            FEEDS["catalogue"].format(name=name),
            name,
            (Link("self", origin + CATALOGUE, MEDIA_TYPE), Link("alternate", f"{origin}/search", _HTML)),
            tuple(
                self._version(version, views[version.dataset])
                for version in found
                if version.withdrawn_at is None and version.dataset in views and views[version.dataset].served
            ),
            max((change.told_at for change in changes), default=None),
        )
        return _sent(request, feed, modified)

    async def dataset(self, request: Request) -> Response:
        """Send a dataset's versions, newest first, those that no longer leave with the reason; an unknown one is 404.

        It goes on once the dataset is withdrawn: who follows it learns so here.
        """
        view = await self.parts.shelf.dataset(request.path_params["slug"])
        modified = self.parts.shelf.dates.every  # the last hundred changes are those of all datasets
        found, changes = await asyncio.to_thread(lambda: (self._of_dataset(view.slug), self._changes()))
        address = self.links.file(view.slug, "feed.atom")
        feed = Feed(
            self._name("dataset", view.slug),
            FEEDS["dataset"].format(title=view.title),
            view.service,
            (Link("self", address, MEDIA_TYPE), Link("alternate", self.links.dataset(view.slug), _HTML)),
            tuple(self._version(version, view) for version in found),
            max((change.told_at for change in changes if change.dataset == view.slug), default=None),
        )
        return _sent(request, feed, modified)

    def _changes(self) -> Sequence[ServingChange]:
        shelf = self.parts.shelf
        with reading(shelf.engine) as session:
            return catalogue.serving_changes(session, MOST, now=shelf.clock.now())

    def _newest(self) -> Sequence[VersionView]:
        shelf = self.parts.shelf
        with reading(shelf.engine) as session:
            now = shelf.clock.now()
            return tuple(version_at(version, now) for version in catalogue.news(session, MOST))

    def _of_dataset(self, slug: str) -> Sequence[VersionView]:
        shelf = self.parts.shelf
        with reading(shelf.engine) as session:
            found = catalogue.newer_versions(session, 0, slug=slug, most=MOST)
            return tuple(version_at(version, shelf.clock.now()) for version in reversed(found))

    def _change(self, change: ServingChange, view: DatasetView | None) -> Entry:
        told = TOLD[change.change].format(
            title=view.title if view else change.dataset, versions=numbered(change.versions)
        )
        return Entry(
            identifier=f"{self.links.origin}{PATH}#{change.name}",
            title=told,
            updated=change.told_at,
            published=change.since,
            summary=change.reason or told,
            category=_TERMS[change.change],
            links=(Link("alternate", self.links.dataset(change.dataset), _HTML),),
        )

    def _version(self, version: VersionView, view: DatasetView) -> Entry:
        """Return a version's entry; one that no longer leaves keeps its identifier, and says since when and why."""
        gone = version.withdrawn_at or (view.withdrawn_since if view.state == "withdrawn" else None)
        facts = {
            "title": view.title,
            "version": version.number,
            "note": version.note,
            "rows": counted(version.rows, "ligne", "lignes"),
        }
        page = Link("alternate", self.links.version_page(view.slug, version.number), _HTML)
        named = self._name("dataset", view.slug, "versions", str(version.number))
        if gone is not None:
            reason = version.withdrawn_reason or view.state_reason
            return Entry(named, FEEDS["gone"].format(**facts), gone, version.published_at, reason, "withdrawn", (page,))
        return Entry(
            identifier=named,
            title=FEEDS["version"].format(**facts),
            updated=version.published_at,
            published=version.published_at,
            summary=FEEDS["summary"].format(**facts),
            category=view.theme,
            links=(page, *self._enclosed(version)),
            rights=title_of(view.licence),
        )

    def _enclosed(self, version: VersionView) -> tuple[Link, ...]:
        csv = version.file(_CSV)
        if csv is None:
            return ()
        address = self.links.version_file(version.dataset, version.number, csv.name)
        return (Link("enclosure", address, csv.media_type, csv.size_bytes),)

    def _name(self, *parts: str) -> str:
        return lasting_name(self.parts.identity.slug, *parts)


def _sent(request: Request, feed: Feed, modified: Modified) -> Response:
    made = answer(atom(feed), MEDIA_TYPE, {"Cache-Control": "no-cache"}, modified=modified)
    return send_answer(request.scope, made)
