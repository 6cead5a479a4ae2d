"""`/api/v1/datasets`: the list, one dataset, its rows by pages. Answers are bytes, kept by version and question."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import parse_qsl, urlencode

from orjson import dumps
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import Scope

from api.answers import Answer, answer
from api.cursor import Cursor, check, fingerprint, read_cursor
from api.descriptions import described
from api.grammar import Columns, read_question
from api.hot import HotRoute
from api.json_pages import fits, json_page
from api.links import Links, header, licence_link
from api.negotiation import choose
from api.parts import Parts
from api.refusals import bad_parameter
from api.rendering import csv_lines, ndjson, records
from api.row_files import Record
from api.rows import After, Question, page, place_of
from api.sending import send_answer
from api.shelf import Kept
from charter.release_parts import ReleaseColumn
from eclor.errors import RequestRefused

FORMATS: Final = {"json": "application/json", "csv": "text/csv", "ndjson": "application/x-ndjson"}
STATES: Final = ("served", "waiting", "refused", "withdrawn")
_MOST_QUERY: Final = 8000
_MOST_FIELDS: Final = 60
_PATH: Final = "/api/v1/datasets"
_FRESH: Final = {"Cache-Control": "no-cache"}


def routes(parts: Parts) -> list[BaseRoute]:
    """Return the routes of the versioned API."""
    links = Links(parts.settings.origin)
    family = _Records(parts, links)
    return [
        HotRoute(f"{_PATH}/{{slug}}/records", rf"{_PATH}/(?P<slug>[^/]+)/records", _Rows(parts, links).prepare),
        Route(f"{_PATH}/{{slug}}", family.one),
        Route(_PATH, family.all),
    ]


@dataclass(frozen=True, slots=True)
class _Records:
    parts: Parts
    links: Links

    async def all(self, request: Request) -> Response:
        """List the datasets by slug; `state` keeps those that stand there."""
        wanted = request.query_params.get("state")
        if wanted is not None and wanted not in STATES:
            raise bad_parameter("state", ", ".join(STATES))
        shown = [
            described(view, self.links)
            for view in (await self.parts.shelf.datasets()).values()
            if wanted in {None, view.state}
        ]
        body = dumps({"count": len(shown), "datasets": shown})
        return send_answer(request.scope, answer(body, FORMATS["json"], _FRESH))

    async def one(self, request: Request) -> Response:
        """Describe one dataset, whatever its state."""
        view = await self.parts.shelf.dataset(request.path_params["slug"])
        return send_answer(request.scope, answer(dumps(described(view, self.links)), FORMATS["json"], _FRESH))


@dataclass(frozen=True, slots=True)
class _Asked:
    """A page that was asked for: of which version, in which form, and the parameters that its next page keeps."""

    kept: Kept
    question: Question
    kind: str
    parameters: list[tuple[str, str]]

    @property
    def columns(self) -> tuple[ReleaseColumn, ...]:
        """Return the columns shown."""
        by_name = {column.name: column for column in self.kept.version.columns}
        return tuple(by_name[name] for name in self.question.columns)

    def following(self, after: After, links: Links) -> str:
        """Return the address of the next page."""
        cursor = Cursor(self.kept.version.number, fingerprint(self.question), after).text()
        return f"{links.records(self.kept.dataset.slug)}?{urlencode([*self.parameters, ('cursor', cursor)])}"


@dataclass(frozen=True, slots=True)
class _Rows:
    """The hot route: an answer already made costs a look at its version."""

    parts: Parts
    links: Links

    async def prepare(self, scope: Scope, named: Mapping[str, str]) -> Response:
        """Give a page of rows of the newest version, or of the version that the cursor began with."""
        query: bytes = scope["query_string"]
        accept = next((value for name, value in scope["headers"] if name == b"accept"), b"")
        kept = await self._kept(named["slug"], query)
        question = (kept.version.id, query, accept)
        made = self.parts.answers.get(question)
        if made is None:
            made = self.parts.answers.keep(question, await self._made(kept, query, accept.decode("latin-1")))
        return send_answer(scope, made)

    async def _kept(self, slug: str, query: bytes) -> Kept:
        text = dict(_parameters(query)).get("cursor") if b"cursor=" in query else None
        if text is None:
            return await self.parts.shelf.latest(slug)
        return await self.parts.shelf.version(slug, read_cursor(text).version)

    async def _made(self, kept: Kept, query: bytes, accept: str) -> Answer:
        parameters = _parameters(query)
        single = dict(parameters)
        kind = _format(single.get("format"), accept)
        question = read_question(parameters, Columns.of(kept.version))
        if "cursor" in single:
            question = replace(question, after=check(read_cursor(single["cursor"]), question))
        asked = _Asked(kept, question, kind, [pair for pair in parameters if pair[0] != "cursor"])
        if kind == "json" and fits(question, columns := asked.columns):
            return self._sought(asked, columns)
        rows = await self._rows(kept, question)
        following = None
        if len(rows) > question.limit:
            rows = rows[: question.limit]
            following = asked.following(place_of(question, rows[-1]), self.links)
        return _answer(asked, rows, following=following, links=self.links)

    def _sought(self, asked: _Asked, columns: tuple[ReleaseColumn, ...]) -> Answer:
        """Make a page by its key: places have no hole, so the last one tells whether there is a next page."""
        ((lines, place),) = self.parts.rows.quickly(asked.kept.version, json_page(asked.question, columns))
        following = None
        if isinstance(place, int) and place < asked.kept.version.rows:
            following = asked.following(After((), place), self.links)
        body = _json_page(asked.kept, str(lines or "").encode(), following)
        return answer(body, FORMATS["json"], _headers(asked.kept, following, self.links))

    async def _rows(self, kept: Kept, question: Question) -> list[Record]:
        """Ask for one row more than the page, which says whether there is a next one."""
        statement = page(question, beyond=1)
        if question.by_key_alone:
            return self.parts.rows.quickly(kept.version, statement)
        return (await self.parts.rows.patiently(kept.version, [statement]))[0]


def _parameters(query: bytes) -> list[tuple[str, str]]:
    if len(query) > _MOST_QUERY:
        raise bad_parameter("query", f"<= {_MOST_QUERY} octets")
    try:
        return parse_qsl(query.decode("ascii"), keep_blank_values=True, max_num_fields=_MOST_FIELDS, errors="strict")
    except (UnicodeDecodeError, ValueError) as error:
        raise bad_parameter("query", "UTF-8, a=b&c=d") from error


def _format(asked: str | None, accept: str) -> str:
    if asked is not None:
        if asked not in FORMATS:
            raise bad_parameter("format", ", ".join(FORMATS))
        return asked
    chosen = choose(accept, tuple(FORMATS.values()))
    if chosen is None:
        raise RequestRefused("api.not-acceptable", formats=", ".join(FORMATS.values()))
    return next(name for name, media_type in FORMATS.items() if media_type == chosen)


def _answer(asked: _Asked, rows: list[Record], *, following: str | None, links: Links) -> Answer:
    headers = _headers(asked.kept, following, links)
    match asked.kind:
        case "csv":
            lines = ",".join(asked.question.columns) + "\n" + csv_lines(rows, asked.columns)
            return answer(lines.encode(), FORMATS["csv"] + "; charset=utf-8", headers)
        case "ndjson":
            return answer(ndjson(records(rows, asked.columns)), FORMATS["ndjson"], headers)
        case _:
            lines_of_json = b",".join(map(dumps, records(rows, asked.columns)))
            return answer(_json_page(asked.kept, lines_of_json, following), FORMATS["json"], headers)


def _json_page(kept: Kept, lines: bytes, following: str | None) -> bytes:
    head = dumps({"dataset": kept.dataset.slug, "version": kept.version.number})[:-1]
    return b"".join((head, b',"records":[', lines, b'],"next":', dumps(following), b"}"))


def _headers(kept: Kept, following: str | None, links: Links) -> dict[str, str]:
    targets = [] if following is None else [(following, "next")]
    schema = links.version_file(kept.dataset.slug, kept.version.number, "schema.json")
    return {
        "Cache-Control": "no-cache",
        "Vary": "Accept",
        "Link": header([*targets, (schema, "describedby"), *licence_link(kept.dataset.licence)]),
        "Eclor-Version": str(kept.version.number),
    }
