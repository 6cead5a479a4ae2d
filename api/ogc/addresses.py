"""Absolute addresses of the OGC API under the territory's origin, and the links that its documents give."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlencode

ROOT: Final = "/ogc"
JSON: Final = "application/json"
GEOJSON: Final = "application/geo+json"
SCHEMA: Final = "application/schema+json"
OPENAPI: Final = "application/vnd.oai.openapi+json;version=3.0"
HTML: Final = "text/html"
QUERYABLES: Final = "http://www.opengis.net/def/rel/ogc/1.0/queryables"
Link = Mapping[str, str]
Pairs = Iterable[tuple[str, str]]


def link(href: str, rel: str, media_type: str, title: str = "") -> Link:
    """Return a link of a document."""
    made = {"href": href, "rel": rel, "type": media_type}
    return {**made, "title": title} if title else made


@dataclass(frozen=True, slots=True)
class Addresses:
    """Addresses under one origin."""

    origin: str

    @property
    def landing(self) -> str:
        """Return where the API begins."""
        return self.origin + ROOT

    def under(self, *parts: str, query: Pairs = ()) -> str:
        """Return the address of something below, with its query if any."""
        path = "/".join((self.landing, *(quote(part, safe="") for part in parts)))
        asked = urlencode([*query])
        return f"{path}?{asked}" if asked else path

    def collection(self, name: str) -> str:
        """Return where a collection is described."""
        return self.under("collections", name)

    def items(self, name: str, query: Pairs = ()) -> str:
        """Return where the items of a collection are."""
        return self.under("collections", name, "items", query=query)

    def item(self, name: str, identifier: str) -> str:
        """Return where one item is."""
        return self.under("collections", name, "items", identifier)

    def both(self, address: str, media_type: str) -> list[Link]:
        """Return a document's links to itself and to its page."""
        mark = "&" if "?" in address else "?"
        return [
            link(address, "self", media_type),
            link(f"{address}{mark}f=html", "alternate", HTML),
        ]
