"""Where readers of a CKAN portal look for its pages: `/dataset`, `/organization`, `/group`. They are led to ours."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from api.ckan.licences import LICENCE_IDS
from api.ckan.model import Party
from api.ckan.packages import group, organization
from api.leading import lead_to
from api.links import query_text
from api.parts import Parts
from api.search_grammar import PARAMETERS
from catalog.finding.themes import THEMES
from eclor.errors import RequestRefused

_FACETS: Final[Mapping[str, str]] = {"groups": "theme", "res_format": "format"}
_WORDS: Final = ("q", "tags")
"""Our search looks for a keyword among the words."""
_LICENCES: Final[Mapping[str, str]] = {theirs: ours for ours, theirs in LICENCE_IDS.items()}


def routes(parts: Parts) -> list[BaseRoute]:
    """Return the routes of a portal's pages; CKAN writes lists with a slash at the end."""
    portal = _Portal(parts.settings.origin, organization(parts.identity))
    lists = {"/dataset": portal.datasets, "/organization": portal.organizations, "/group": portal.groups}
    return [
        *(Route(path + end, led) for path, led in lists.items() for end in ("", "/")),
        Route("/organization/{name}", portal.organization),
        Route("/group/{name}", portal.group),
    ]


@dataclass(frozen=True, slots=True)
class _Portal:
    origin: str
    territory: Party

    async def datasets(self, request: Request) -> Response:
        """Lead to the search, with what was looked for."""
        return self._search(_asked(request))

    async def organizations(self, _request: Request) -> Response:
        """Lead to the page that presents the territory: there is no other organisation."""
        return lead_to(f"{self.origin}/")

    async def organization(self, request: Request) -> Response:
        """Lead to the territory's datasets. Refuses any other organisation (404)."""
        _known_name(request, [self.territory])
        return self._search(_asked(request))

    async def groups(self, _request: Request) -> Response:
        """Lead to the themes."""
        return lead_to(f"{self.origin}/#themes")

    async def group(self, request: Request) -> Response:
        """Lead to the datasets of a theme. Refuses what is none (404)."""
        theme = _known_name(request, [group(theme) for theme in THEMES])
        return self._search([("theme", theme), *_asked(request)])

    def _search(self, asked: Sequence[tuple[str, str]]) -> Response:
        query = f"?{query_text(asked)}" if asked else ""
        return lead_to(f"{self.origin}/search{query}")


def _asked(request: Request) -> list[tuple[str, str]]:
    """Return what a portal's page was asked, as our search is; what it has no word for (`sort`, `page`) is left out."""
    given = [(name, value) for name, value in request.query_params.multi_items() if value]
    words = " ".join(value for name, value in given if name in _WORDS)
    told = [_named(name, value) for name, value in given if name not in _WORDS]
    return [*([("q", words)] if words else []), *(pair for pair in told if pair[0] in PARAMETERS)]


def _named(name: str, value: str) -> tuple[str, str]:
    """Return one of a portal's parameters under our name."""
    if name == "license_id":
        return "licence", _LICENCES.get(value, value)
    return _FACETS.get(name, name), value


def _known_name(request: Request, known: Iterable[Party]) -> str:
    """Return the name of the party that an address names, by name or identifier. Refuses one that is not known."""
    asked = request.path_params["name"]
    for party in known:
        if asked in {party.named["name"], party.named["id"]}:
            return str(party.named["name"])
    raise RequestRefused("api.no-page")
