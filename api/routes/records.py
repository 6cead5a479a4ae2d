"""`/api/v1/datasets`: the list, one dataset, its rows by pages. Answers are bytes, kept by version and question."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final
from urllib.parse import parse_qsl

from orjson import dumps
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import Scope

from api.answers import answer
from api.costs import afford
from api.cursor import check, read_cursor_of
from api.descriptions import described
from api.grammar import MOST_ROWS, Columns
from api.hot import HotRoute
from api.links import Links
from api.negotiation import choose
from api.parts import Parts
from api.record_pages import FORMATS, Asked, Pages
from api.record_streams import Streams
from api.refusals import bad_parameter, refuse_others
from api.row_stream import STREAMS, STREAMS_OF_ONE
from api.rows import NO_LIMIT
from api.sending import send_answer
from api.shelf import Kept
from api.turns import Turns
from api.wider_grammar import EVERY_ROW, read_asked
from catalog.export import place_column
from catalog.freshness import Tried
from eclor.errors import RequestRefused

STATES: Final = ("served", "waiting", "refused", "withdrawn", "not_collected")
_MOST_QUERY: Final = 8000
_MOST_FIELDS: Final = 60
_PATH: Final = "/api/v1/datasets"
_FRESH: Final = {"Cache-Control": "no-cache"}
_KEPT: Final = 64
"""Queries and headers read lately: a page's are read for its version, then for its rows."""


def routes(parts: Parts) -> list[BaseRoute]:
    """Return the routes of the versioned API."""
    links = Links(parts.settings.origin)
    family = _Records(parts, links)
    streams = Streams(parts, links, Turns(STREAMS, STREAMS, STREAMS_OF_ONE))
    rows = _Rows(parts, Pages(parts, links), streams)
    return [
        HotRoute(f"{_PATH}/{{slug}}/records", rf"{_PATH}/(?P<slug>[^/]+)/records", rows.prepare),
        Route(f"{_PATH}/{{slug}}", family.one),
        Route(_PATH, family.all),
    ]


@dataclass(frozen=True, slots=True)
class _Records:
    parts: Parts
    links: Links

    async def all(self, request: Request) -> Response:
        """List the datasets by slug; `state` keeps those that stand there. Refuses any other parameter (400)."""
        refuse_others(request.query_params, ("state",))
        wanted = request.query_params.get("state")
        if wanted is not None and wanted not in STATES:
            raise bad_parameter("state", ", ".join(STATES))
        views, tried = await self.parts.shelf.datasets(), await self.parts.shelf.tried()
        moment = await self.parts.moments.begun()
        shown = [
            described(view, tried.get(slug, Tried()), self.links, moment.now)
            for slug, view in views.items()
            if wanted in {None, view.state}
        ]
        body = dumps({"count": len(shown), "datasets": shown})
        return send_answer(request.scope, answer(body, FORMATS["json"], _FRESH, modified=moment.modified))

    async def one(self, request: Request) -> Response:
        """Describe one dataset, whatever its state."""
        view = await self.parts.shelf.dataset(request.path_params["slug"])
        tried = (await self.parts.shelf.tried()).get(view.slug, Tried())
        moment = await self.parts.moments.begun()
        body = dumps(described(view, tried, self.links, moment.now))
        return send_answer(request.scope, answer(body, FORMATS["json"], _FRESH, modified=moment.modified))


@dataclass(frozen=True, slots=True)
class _Rows:
    """The hot route: an answer already made costs a look at its version."""

    parts: Parts
    pages: Pages
    streams: Streams

    async def prepare(self, scope: Scope, named: Mapping[str, str]) -> Response:
        """Give rows of the newest version, or of the version that the cursor began with."""
        slug, query = named["slug"], scope["query_string"]
        accept = _accept(scope)
        kept = await (self._begun(slug, query) if b"cursor=" in query else self.parts.shelf.latest(slug))
        question = (kept.version.id, query, accept)
        made = self.parts.answers.get(question)
        if made is None:
            asked = _read(kept, query, accept.decode("latin-1"), client=(scope.get("client") or ("",))[0])
            asked = await self.pages.placed(asked)
            if asked.question.limit == NO_LIMIT:
                return self.streams.made(scope, asked)
            made = await self.pages.made(asked)
            await self.parts.shelf.version(slug, kept.version.number)  # it may have been withdrawn meanwhile
            self.parts.answers.keep(question, made)
        return send_answer(scope, made)

    async def _begun(self, slug: str, query: bytes) -> Kept:
        text = dict(_parameters(query)).get("cursor")
        if text is None:
            return await self.parts.shelf.latest(slug)
        await self.parts.shelf.dataset(slug)  # an unknown dataset is 404, whatever else is asked
        return await self.parts.shelf.version(slug, read_cursor_of(slug, text).version)


def _accept(scope: Scope) -> bytes:
    for name, value in scope["headers"]:
        if name == b"accept":
            return bytes(value)
    return b""


def _read(kept: Kept, query: bytes, accept: str, *, client: str) -> Asked:
    """Return what is asked. Refuses (400) what the grammar does not have, (422) what is expected to be too dear."""
    parameters = _parameters(query)
    single = dict(parameters)
    kind = _format(single.get("format"), accept)
    question = read_asked(parameters, Columns.of(kept.version))
    if "cursor" in single:
        question = replace(question, after=check(read_cursor_of(kept.version.dataset, single["cursor"]), question))
    if question.limit == NO_LIMIT and kind == "json":
        raise bad_parameter("limit", f"1..{MOST_ROWS}; {EVERY_ROW}: {', '.join(list(FORMATS)[1:])}")
    asked = Asked(kept, question, kind, [pair for pair in parameters if pair[0] != "cursor"], client)
    if kind == "geojson" and place_column(asked.columns) is None:
        raise RequestRefused("rows.no-place", dataset=kept.dataset.slug)
    afford(question, kept.version)
    return asked


@lru_cache(maxsize=_KEPT)
def _parameters(query: bytes) -> tuple[tuple[str, str], ...]:
    if len(query) > _MOST_QUERY:
        raise bad_parameter("query", f"<= {_MOST_QUERY} octets")
    try:
        text = query.decode("ascii")
        return tuple(parse_qsl(text, keep_blank_values=True, max_num_fields=_MOST_FIELDS, errors="strict"))
    except (UnicodeDecodeError, ValueError) as error:
        raise bad_parameter("query", "UTF-8, a=b&c=d") from error


@lru_cache(maxsize=_KEPT)
def _format(asked: str | None, accept: str) -> str:
    if asked is not None:
        if asked not in FORMATS:
            raise bad_parameter("format", ", ".join(FORMATS))
        return asked
    chosen = choose(accept, tuple(FORMATS.values()))
    if chosen is None:
        raise RequestRefused("api.not-acceptable", formats=", ".join(FORMATS.values()))
    return next(name for name, media_type in FORMATS.items() if media_type == chosen)
