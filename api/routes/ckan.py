"""The CKAN paths: `/api/3/action/*`, `/api/action/*`, `/api/3`, downloads, `/datastore/dump/{resource}`."""

from dataclasses import dataclass
from typing import Final

from orjson import dumps
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route, request_response
from starlette.types import Receive, Scope, Send

from api.answers import answer
from api.ckan import words
from api.ckan.answering import Answering
from api.ckan.asking import Asked
from api.ckan.callers import Tokens
from api.ckan.draft_room import Room
from api.ckan.drafting import Drafting
from api.ckan.dump import dump
from api.ckan.given import Given
from api.ckan.packages import organization
from api.ckan.parties import organization_autocomplete
from api.ckan.source import Served, Source
from api.ckan.wire import MEDIA_TYPE, ActionRefused, Withdrawn, escaped
from api.ckan.writing import Writing
from api.cors import CORS
from api.dating import UNDATED
from api.hot import HotRoute
from api.links import Links
from api.parts import Parts
from api.sending import send_answer
from eclor.errors import RequestRefused
from eclor.world import FileKeyRing, SystemRandomness, World

_ACTION: Final = r"action/(?P<action>[a-zA-Z0-9_]+)/?"
_LANGUAGE: Final = r"/(?P<language>[a-z]{2}(?:_[A-Z]{2})?)"
_FRESH: Final = {"Cache-Control": "no-cache"}
_OWN: Final = {"Cache-Control": "private, no-store"}
_OTHERS: Final = ("POST", "OPTIONS")


def routes(parts: Parts) -> list[BaseRoute]:
    """Return CKAN's routes over what is served."""
    owner = organization(parts.identity).named["id"]
    tokens = Tokens(parts.shelf.engine, frozenset({str(owner)}))
    return routes_over(parts, Served(parts, Links(parts.settings.origin)), tokens, drafting(parts))


def drafting(parts: Parts) -> Drafting:
    """Return what tokens may do in a home."""
    keys = FileKeyRing(parts.settings.home / "keys")
    return Drafting(Room(parts.shelf.engine, World(parts.shelf.clock, SystemRandomness(), keys)))


def routes_over(parts: Parts, source: Source, tokens: Tokens, writing: Writing) -> list[BaseRoute]:
    """Return CKAN's routes over a source of datasets."""
    answering = Answering(parts, source, Links(parts.settings.origin), tokens, writing)
    family = _Ckan(parts, answering)
    return [
        _ActionRoute("/api/3/action/{action}", f"/api/3/{_ACTION}", answering),
        _ActionRoute("/api/action/{action}", f"/api/{_ACTION}", answering),
        _ActionRoute("/{language}/api/3/action/{action}", f"{_LANGUAGE}/api/(?:3/)?{_ACTION}", answering),
        Route("/api/3", family.version),
        Route("/api", family.version),
        Route("/api/2/util/dataset/autocomplete", family.datasets),
        Route("/api/2/util/tag/autocomplete", family.tags),
        Route("/api/2/util/organization/autocomplete", family.organizations),
        Route("/dataset/{package}/resource/{resource}/download/{name}", family.download),
        Route("/datastore/dump/{resource}", family.dump),
    ]


class _ActionRoute(HotRoute):
    """An action's address: GET and HEAD are tried before the framework's own stack, all others go through it."""

    def __init__(self, path: str, pattern: str, answering: Answering) -> None:
        super().__init__(path, pattern, answering.get)
        self.methods = {"GET", "HEAD", *_OTHERS}
        hot, others = self.app, request_response(answering.post)

        async def by_method(scope: Scope, receive: Receive, send: Send) -> None:
            await (hot if scope["method"] in {"GET", "HEAD"} else others)(scope, receive, send)

        self.app = by_method

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer all methods, those too that the address does not list."""
        await self.app(scope, receive, send)


@dataclass(frozen=True, slots=True)
class _Ckan:
    parts: Parts
    answering: Answering

    async def version(self, request: Request) -> Response:
        """Say which version of the API this is."""
        made = answer(b'{"version": 3}', MEDIA_TYPE, _FRESH, modified=self.parts.shelf.dates.started)
        return send_answer(request.scope, made)

    async def datasets(self, request: Request) -> Response:
        """Complete the name of a dataset, as pages of CKAN ask."""
        asked = await self._asked(request, "incomplete")
        found = words.package_autocomplete(asked) if asked else []
        return self._sent(request, asked, {"ResultSet": {"Result": found}})

    async def tags(self, request: Request) -> Response:
        """Complete a tag, as pages of CKAN ask."""
        asked = await self._asked(request, "incomplete")
        names = words.tag_autocomplete(asked) if asked else []
        return self._sent(request, asked, {"ResultSet": {"Result": [{"Name": name} for name in names]}})

    async def organizations(self, request: Request) -> Response:
        """Complete the name of an organisation, as pages of CKAN ask."""
        asked = await self._asked(request, "q")
        return self._sent(request, asked, organization_autocomplete(asked) if asked else [])

    def _sent(self, request: Request, asked: Asked | None, found: object) -> Response:
        """Send names, dated as the catalogue is; those that one caller alone sees are kept by no cache."""
        own = asked is not None and asked.site.caller.known
        modified = UNDATED if own else self.parts.shelf.dates.every
        return send_answer(
            request.scope, answer(escaped(dumps(found)), MEDIA_TYPE, _OWN if own else _FRESH, modified=modified)
        )

    async def _asked(self, request: Request, name: str) -> Asked | None:
        text = request.query_params.get(name, "")
        site = await self.answering.site(request.scope)
        return Asked(Given({"q": text}), site, self.parts) if text else None

    async def download(self, request: Request) -> Response:
        """Send on to where a resource is; one that may not be read is as one that does not exist."""
        try:
            _, shown = (await self.answering.site(request.scope)).find_resource(request.path_params["resource"])
        except Withdrawn as withdrawn:
            raise withdrawn.refusal from withdrawn
        except ActionRefused as refused:
            raise RequestRefused("api.no-page") from refused
        return RedirectResponse(str(shown["url"]), 302, {**CORS, "Content-Type": "text/html; charset=utf-8"})

    async def dump(self, request: Request) -> Response:
        """Send a resource's rows as a file."""
        given = Given(dict(request.query_params))
        return await dump(request, given, await self.answering.site(request.scope), self.parts)
