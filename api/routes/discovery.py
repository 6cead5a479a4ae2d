"""How the catalogue is found: `/sitemap.xml`, `/robots.txt`, and `/opensearch.xml` for browsers' search boxes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from textwrap import shorten
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from api.answers import answer
from api.atom import xml_text
from api.dating import Modified
from api.links import Links
from api.parts import Parts
from api.routes.files import version_number
from api.sending import send_answer
from api.sitemap import MOST, Located, index, parts_of, urlset
from catalog.views import DatasetView
from eclor.errors import RequestRefused
from eclor.sentences.serving import SEARCH

SITEMAP: Final = "/sitemap.xml"
OPENSEARCH: Final = "/opensearch.xml"
PAGES: Final = ("/", "/search", "/charter", "/charter/registre", "/charter/journal", "/docs")
"""Pages that are no dataset's; when they last changed is not known."""
_CLOSED: Final = ("/api/v1/live/", "/search?", "/dataset/*?")
"""Streams that do not end, and pages that only show others again in another order."""
_OPENSEARCH: Final = "http://a9.com/-/spec/opensearch/1.1/"
_LONGEST_NAME, _LONGEST_TITLE = 16, 48
_TERMS: Final = "{searchTerms}"
_XML: Final = "application/xml"
_FRESH: Final[Mapping[str, str]] = {"Cache-Control": "no-cache"}


def routes(parts: Parts) -> list[BaseRoute]:
    """Return the routes of discovery."""
    found = _Discovery(parts, Links(parts.settings.origin), MOST)
    return [
        Route("/robots.txt", found.robots),
        Route(SITEMAP, found.sitemap),
        Route("/sitemap-{number}.xml", found.part),
        Route(OPENSEARCH, found.opensearch),
    ]


@dataclass(frozen=True, slots=True)
class _Discovery:
    parts: Parts
    links: Links
    most: int

    async def robots(self, request: Request) -> Response:
        """Let robots in, but where there is no end, and say where the sitemap is (RFC 9309)."""
        closed = "".join(f"Disallow: {path}\n" for path in _CLOSED)
        text = f"User-agent: *\n{closed}\nSitemap: {self.links.origin}{SITEMAP}\n"
        return self._sent(request, text.encode(), "text/plain; charset=utf-8", self.parts.shelf.dates.started)

    async def sitemap(self, request: Request) -> Response:
        """Send the pages, or the index of their files once there are too many for one."""
        pages, modified = await self._pages()
        files = parts_of(pages, self.most)
        if len(files) == 1:
            return self._sent(request, urlset(files[0]), _XML, modified)
        named = (self.links.origin + f"/sitemap-{number}.xml" for number in range(1, len(files) + 1))
        return self._sent(request, index(map(Located, named)), _XML, modified)

    async def part(self, request: Request) -> Response:
        """Send one file of the index. Refuses one that is not there (404)."""
        pages, modified = await self._pages()
        files, number = parts_of(pages, self.most), version_number(request.path_params["number"])
        if number is None or number > len(files):
            raise RequestRefused("api.no-page")
        return self._sent(request, urlset(files[number - 1]), _XML, modified)

    async def opensearch(self, request: Request) -> Response:
        """Describe the search, for browsers and programs (OpenSearch 1.1)."""
        kind = "application/opensearchdescription+xml; charset=utf-8"
        return self._sent(request, self._described(), kind, self.parts.shelf.dates.started)

    async def _pages(self) -> tuple[list[Located], Modified]:
        """Return the pages, and what dates their list."""
        views = (await self.parts.shelf.datasets()).values()
        pages = [*(Located(self.links.origin + path) for path in PAGES), *self._datasets(views)]
        return pages, self.parts.shelf.dates.every

    def _datasets(self, views: Iterable[DatasetView]) -> Iterable[Located]:
        """Give the pages of datasets; that of a withdrawn one answers 410, and is not among them."""
        for view in views:
            if view.served and view.current is not None:
                yield Located(self.links.dataset(view.slug), view.current.published_at)
            elif view.state != "withdrawn":
                yield Located(self.links.dataset(view.slug))

    def _sent(self, request: Request, body: bytes, media_type: str, modified: Modified) -> Response:
        return send_answer(request.scope, answer(body, media_type, _FRESH, modified=modified))

    def _described(self) -> bytes:
        identity, origin = self.parts.identity, self.links.origin
        root = Element("OpenSearchDescription", {"xmlns": _OPENSEARCH})
        said = (
            ("ShortName", shorten(identity.short_name, _LONGEST_NAME, placeholder="")),
            ("LongName", shorten(identity.name, _LONGEST_TITLE, placeholder="")),
            ("Description", SEARCH.format(name=identity.name)),
            ("Contact", identity.contact.email),
            ("Language", "fr"),
            ("InputEncoding", "UTF-8"),
            ("OutputEncoding", "UTF-8"),
        )
        for name, text in said:
            SubElement(root, name).text = xml_text(text)
        for media_type, path in (("text/html", "/search"), ("application/json", "/api/v1/search")):
            SubElement(root, "Url", {"type": media_type, "template": f"{origin}{path}?q={_TERMS}"})
        itself = {"type": "application/opensearchdescription+xml", "rel": "self", "template": origin + OPENSEARCH}
        SubElement(root, "Url", itself)
        body: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
        return body
