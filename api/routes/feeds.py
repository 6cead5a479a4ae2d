"""`/withdrawals.atom`: what no longer leaves and what leaves again, newest first (RFC 4287)."""

import asyncio
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from api.answers import answer
from api.links import Links
from api.parts import Parts
from api.sending import send_answer
from catalog import reading as catalogue
from catalog.database import reading
from catalog.views import DatasetView, ServingChange
from eclor.sentences.serving import TOLD

PATH: Final = "/withdrawals.atom"
MEDIA_TYPE: Final = "application/atom+xml"
MOST: Final = 100
"""Entries of the feed; the public journal has them all."""
_ATOM: Final = "http://www.w3.org/2005/Atom"
_NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)
_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_TERMS: Final[Mapping[str, str]] = MappingProxyType(
    {"withdrawn": "withdrawn", "closed": "withdrawn", "reopened": "returned"}
)
"""A change → its category, for programs."""


def routes(parts: Parts) -> list[BaseRoute]:
    """Return the routes of the feeds."""
    return [Route(PATH, _Feeds(parts, Links(parts.settings.origin)).withdrawals)]


@dataclass(frozen=True, slots=True)
class _Feeds:
    parts: Parts
    links: Links

    async def withdrawals(self, request: Request) -> Response:
        """Send the feed; it tells datasets, versions, reasons and instants, and nobody."""
        views = await self.parts.shelf.datasets()
        changes = await asyncio.to_thread(self._changes)
        made = answer(self._feed(changes, views), MEDIA_TYPE, {"Cache-Control": "no-cache"})
        return send_answer(request.scope, made)

    def _changes(self) -> Sequence[ServingChange]:
        shelf = self.parts.shelf
        with reading(shelf.engine) as session:
            return catalogue.serving_changes(session, MOST, now=shelf.clock.now())

    def _feed(self, changes: Sequence[ServingChange], views: Mapping[str, DatasetView]) -> bytes:
        name, address = self.parts.identity.name, self.links.origin + PATH
        feed = Element("feed", {"xmlns": _ATOM, "xml:lang": "fr"})
        _text(feed, "id", address)
        _text(feed, "title", f"Retraits · {name}")
        _text(feed, "updated", _instant(changes[0].told_at if changes else _NEVER))
        SubElement(feed, "link", {"rel": "self", "type": MEDIA_TYPE, "href": address})
        SubElement(
            feed, "link", {"rel": "alternate", "type": "text/html", "href": f"{self.links.origin}/charter/journal"}
        )
        _text(SubElement(feed, "author"), "name", name)
        for change in changes:
            self._entry(feed, change, views.get(change.dataset))
        body: bytes = tostring(feed, encoding="utf-8", xml_declaration=True)
        return body

    def _entry(self, feed: Element, change: ServingChange, view: DatasetView | None) -> None:
        entry, title = SubElement(feed, "entry"), view.title if view else change.dataset
        facts = {"title": title, "versions": change.versions}
        _text(entry, "id", f"{self.links.origin}{PATH}#{change.name}")
        _text(entry, "title", TOLD[change.change].format(**facts))
        _text(entry, "updated", _instant(change.told_at))
        _text(entry, "published", _instant(change.since))
        _text(entry, "summary", change.reason or TOLD[change.change].format(**facts))
        SubElement(entry, "category", {"term": _TERMS[change.change]})
        SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": self.links.dataset(change.dataset)})


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = _NOT_XML.sub("", text)


def _instant(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
