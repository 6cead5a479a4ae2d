"""`/ogc`: OGC API Features and Records, as JSON for programs and as pages for people."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from orjson import dumps
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from api.answers import answer
from api.dating import Modified
from api.negotiation import choose
from api.ogc import pages
from api.ogc.addresses import GEOJSON, HTML, JSON, OPENAPI, ROOT, SCHEMA, Addresses
from api.ogc.conformance import conformance, landing
from api.ogc.crs import CRS84, SYSTEMS, Crs
from api.ogc.description import openapi
from api.ogc.pages import Shown
from api.ogc.parameters import read_parameters
from api.ogc.serving import Document, One, Serving, Subject, Walk, read_cursor
from api.pages.site import Site
from api.parts import Parts
from api.refusals import bad_parameter
from api.sending import send_answer
from eclor.errors import RequestRefused

_HEADERS: Final[Mapping[str, str]] = MappingProxyType({"Cache-Control": "no-cache", "Vary": "Accept"})
_FORM: Final = ("f",)
_FORMS: Final = ("json", "html")
_ITEMS: Final = (GEOJSON, JSON)
"""Both are sent as the first."""
Show = Callable[[], Shown]


def routes(parts: Parts) -> list[BaseRoute]:
    """Return the routes of the OGC API."""
    family = _Ogc(parts, Site(parts.identity, parts.settings.origin, parts.moments))
    one = f"{ROOT}/collections/{{name}}"
    return [
        Route(ROOT, family.landing),
        Route(f"{ROOT}/", family.landing),
        Route(f"{ROOT}/conformance", family.conformance),
        Route(f"{ROOT}/api", family.api),
        Route(f"{ROOT}/collections", family.collections),
        Route(one, family.collection),
        Route(f"{one}/queryables", family.queryables),
        Route(f"{one}/items", family.items),
        Route(f"{one}/items/{{identifier:path}}", family.item),
    ]


@dataclass(frozen=True, slots=True)
class _Made:
    """A document, its media types in the order of preference, how a page shows it, what dates it, its own headers."""

    document: Document
    media_types: Sequence[str]
    show: Show
    modified: Modified
    headers: Mapping[str, str] = field(default_factory=lambda: _HEADERS)


class _Ogc:
    def __init__(self, parts: Parts, site: Site) -> None:
        self._site = site
        self._answers = parts.answers
        self._dates = parts.shelf.dates
        self._description = parts.identity.presentation
        self._origin = parts.settings.origin
        self._addresses = Addresses(parts.settings.origin)
        self._serving = Serving(parts, self._addresses)

    async def landing(self, request: Request) -> Response:
        """Say where everything is."""
        form = _form(request)
        document = landing(self._addresses, self._serving.title, self._description)
        shown = lambda: pages.landing_page(document, self._addresses)  # noqa: E731
        return await self._sent(request, form, _Made(document, (JSON,), shown, self._dates.started))

    async def conformance(self, request: Request) -> Response:
        """Say which conformance classes hold."""
        form = _form(request)
        shown = lambda: pages.conformance_page(self._addresses)  # noqa: E731
        return await self._sent(request, form, _Made(conformance(), (JSON,), shown, self._dates.started))

    async def api(self, request: Request) -> Response:
        """Describe the API in OpenAPI 3.0."""
        form = _form(request)
        names, modified = await self._serving.names(), self._dates.every
        document = openapi(self._origin, self._serving.title, self._description, names)
        shown = lambda: pages.description_page(document, self._addresses)  # noqa: E731
        return await self._sent(request, form, _Made(document, (OPENAPI, JSON), shown, modified))

    async def collections(self, request: Request) -> Response:
        """List the collections."""
        form = _form(request)
        modified = self._dates.every
        document = await self._serving.collections()
        shown = lambda: pages.collections_page(document, self._addresses)  # noqa: E731
        return await self._sent(request, form, _Made(document, (JSON,), shown, modified))

    async def collection(self, request: Request) -> Response:
        """Describe one collection."""
        form = _form(request)
        subject = await self._serving.subject(request.path_params["name"])
        document = self._serving.collection(subject)
        shown = lambda: pages.collection_page(document, self._addresses)  # noqa: E731
        return await self._sent(request, form, _Made(document, (JSON,), shown, self._dating(subject)))

    async def queryables(self, request: Request) -> Response:
        """Say what can be filtered of a collection."""
        form = _form(request)
        subject = await self._serving.subject(request.path_params["name"])
        document = self._serving.queryables(subject)
        shown = lambda: pages.queryables_page(document, subject, self._addresses)  # noqa: E731
        return await self._sent(request, form, _Made(document, (SCHEMA, JSON), shown, self._dating(subject)))

    async def items(self, request: Request) -> Response:
        """Give a page of items of the newest version, or of the version that the cursor began with."""
        name, query = request.path_params["name"], request.scope["query_string"]
        subject = await self._serving.subject(name)
        given = read_parameters(query, subject.parameters)
        cursor = read_cursor(given.get("cursor"), name)
        if cursor is not None:
            subject = await self._serving.subject(name, cursor.version)
        chosen = _chosen(request, given.get("f"), _ITEMS)
        known = None if subject.kept is None else (ROOT, subject.kept.version.id, query)
        if chosen != HTML and known is not None and (kept := self._answers.get(known)) is not None:
            return send_answer(request.scope, kept)
        modified = self._dating(subject)
        document = await self._serving.items(subject, Walk(given, cursor, _client(request)))
        if chosen == HTML:
            return await self._page(request, pages.items_page(document, subject, self._addresses))
        numbered = {} if subject.kept is None else {"Eclor-Version": str(subject.kept.version.number)}
        headers = {**_HEADERS, **_said(SYSTEMS[given.get("crs", CRS84.uri)]), **numbered}
        made = answer(dumps(document), GEOJSON, headers, modified=modified)
        return send_answer(request.scope, made if known is None else self._answers.keep(known, made))

    async def item(self, request: Request) -> Response:
        """Give one item."""
        given = read_parameters(request.scope["query_string"], ("f", "crs"))
        if (uri := given.get("crs", CRS84.uri)) not in SYSTEMS:
            raise bad_parameter("crs", ", ".join(SYSTEMS))
        subject = await self._serving.subject(request.path_params["name"])
        asked = One(request.path_params["identifier"], SYSTEMS[uri], _client(request))
        modified = self._dating(subject)
        document = await self._serving.item(subject, asked)
        shown = _Made(
            document,
            _ITEMS,
            lambda: pages.item_page(document, subject, self._addresses),
            modified,
            {**_HEADERS, **_said(SYSTEMS[uri])},
        )
        return await self._sent(request, given.get("f"), shown)

    def _dating(self, subject: Subject) -> Modified:
        """Return what dates what is said of a collection, as of when it was looked up."""
        return self._dates.every if subject.kept is None else subject.kept.modified

    async def _sent(self, request: Request, form: str | None, made: _Made) -> Response:
        """Send the form that is asked for by name, or else the one that is preferred."""
        chosen = _chosen(request, form, made.media_types)
        if chosen == HTML:
            return await self._page(request, made.show())
        media_type = GEOJSON if GEOJSON in made.media_types else chosen
        return send_answer(
            request.scope, answer(dumps(made.document), media_type, made.headers, modified=made.modified)
        )

    async def _page(self, request: Request, shown: Shown) -> Response:
        return await self._site.shown(request, "ogc.html", page=shown)


def _chosen(request: Request, form: str | None, media_types: Sequence[str]) -> str:
    """Return the media type to send. Refuses a form that is not known (400), and where none is acceptable (406)."""
    if form is not None:
        if form not in _FORMS:
            raise bad_parameter("f", ", ".join(_FORMS))
        return HTML if form == "html" else media_types[0]
    offers = (*media_types, HTML)
    chosen = choose(request.headers.get("accept", ""), offers)
    if chosen is None:
        raise RequestRefused("api.not-acceptable", formats=", ".join(offers))
    return chosen


def _client(request: Request) -> str:
    """Return who asks, by its address."""
    return request.client.host if request.client else ""


def _said(crs: Crs) -> dict[str, str]:
    """Return the header that names the system of an answer's coordinates (18-058r1, section 6.3)."""
    return {"Content-Crs": f"<{crs.uri}>"}


def _form(request: Request) -> str | None:
    """Return the form that is asked for by name. Refuses (400) any other parameter."""
    return read_parameters(request.scope["query_string"], _FORM).get("f")
