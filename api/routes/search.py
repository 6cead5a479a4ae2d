"""`/api/v1/search`: datasets by words of four languages, facets, place and days, best first."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

from orjson import dumps
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from api.answers import answer
from api.links import Links, header
from api.pages import words
from api.parts import Parts
from api.search_grammar import language, read_asked
from api.sending import send_answer
from catalog.finding.asking import Asked, Found, find
from catalog.finding.themes import THEMES
from catalog.views import DatasetView

PATH: Final = "/api/v1/search"
_SERVED: Final = ("served",)


def routes(parts: Parts) -> list[BaseRoute]:
    """Return the route of the search."""
    return [Route(PATH, _Search(parts, Links(parts.settings.origin)).found)]


@dataclass(frozen=True, slots=True)
class _Search:
    parts: Parts
    links: Links

    async def found(self, request: Request) -> Response:
        """Find datasets; only what is served, unless `state` asks for the others."""
        given = request.query_params.multi_items()
        spoken = language(request.query_params.get("lang") or None)
        asked = read_asked(given, self.parts.finder.zones)
        if "state" not in asked.chosen:
            asked = replace(asked, chosen={**asked.chosen, "state": _SERVED})
        views, modified = await self.parts.shelf.datasets(), self.parts.shelf.dates.every
        index = await self.parts.finder.index(views)
        found = find(index, asked)
        following = self._following(given, asked, found)
        body = {
            "count": found.count,
            "did_you_mean": found.meant,
            "datasets": [self._told(view, score, spoken) for view, score in found.ranked],
            "facets": {name: _facet(name, counts, spoken) for name, counts in found.facets.items()},
            "next": following,
        }
        headers = {"Cache-Control": "no-cache"}
        if following is not None:
            headers["Link"] = header([(following, "next")])
        return send_answer(request.scope, answer(dumps(body), "application/json", headers, modified=modified))

    def _following(self, given: list[tuple[str, str]], asked: Asked, found: Found) -> str | None:
        after = asked.offset + len(found.ranked)
        if not found.ranked or after >= found.count:
            return None
        kept = [pair for pair in given if pair[0] != "offset"]
        return f"{self.links.origin}{PATH}?{urlencode([*kept, ('offset', after)])}"

    def _told(self, view: DatasetView, score: int, spoken: str) -> dict[str, object]:
        return {
            "slug": view.slug,
            "title": _in(spoken, view.declared.get("titre"), view.title),
            "description": _in(spoken, view.declared.get("description"), view.description),
            "theme": view.theme,
            "service": view.service,
            "kind": view.kind,
            "licence": view.licence,
            "state": view.state,
            "updated_at": view.updated_at.isoformat(),
            "version": view.current.number if view.served and view.current else None,
            "url": self.links.dataset(view.slug),
            "score": score,
        }


def _in(spoken: str, texts: object, french: str) -> str:
    """Return a text in a language, in French where nobody wrote it."""
    return str(texts.get(spoken, french)) if isinstance(texts, dict) else french


def _facet(name: str, counts: Mapping[str, int], spoken: str) -> list[dict[str, object]]:
    return [{"value": value, "label": _label(name, value, spoken), "count": count} for value, count in counts.items()]


def _label(name: str, value: str, spoken: str) -> str:
    """Return the words of a facet's value: themes in the language asked for, the rest in French."""
    if name == "theme" and value in THEMES:
        return THEMES[value][spoken]
    return words.facet_value(name, value)
