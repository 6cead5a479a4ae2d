"""How an action is answered, whatever the way it came: CKAN's envelope, statuses and headers."""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from html import escape
from types import MappingProxyType
from typing import Final

import structlog
from orjson import dumps
from sqlalchemy.exc import SQLAlchemyError
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from api.answers import Question, answer
from api.ckan.actions import ACTIONS, LATER
from api.ckan.asking import Asked
from api.ckan.callers import TOKENS, Callers, given_token
from api.ckan.given import Given, query_of, read_given
from api.ckan.model import ANONYMOUS, Caller
from api.ckan.site import Site
from api.ckan.source import Source
from api.ckan.wire import JSONP_TYPE, MEDIA_TYPE, ActionRefused, BadRequest, escaped, invalid, refused, succeeded
from api.ckan.writing import ASKED_ANY_WAY, WRITES, Writing
from api.cors import CORS, preflight
from api.dating import UNDATED, Dated
from api.links import Links
from api.parts import Parts
from api.sending import send_answer
from eclor.errors import EclorError

log = structlog.get_logger()
_VARY: Final = "Authorization, X-CKAN-API-Key"
_OPEN: Final[Mapping[str, str]] = {"Cache-Control": "public, max-age=0, must-revalidate", "Vary": _VARY}
_OWN: Final[Mapping[str, str]] = {"Cache-Control": "private, no-store", "Vary": _VARY}
_UNKNOWN_TOKEN: Final[Mapping[str, str]] = {**_OWN, "WWW-Authenticate": 'Bearer error="invalid_token"'}
_POST_ALONE: Final = "JSON Error: Invalid request. Please use POST method for your request"
_NOT_SO: Final = b"<!doctype html><title>405</title><p>Method Not Allowed: GET or POST.</p>"
_METHODS: Final = "GET, HEAD, OPTIONS, POST"
_NAME: Final = 60
_SQL: Final = "datastore_search_sql"
_CALLBACK: Final = re.compile(r"[\w.$<>\[\]-]{1,100}")
"""A name: whatever calls or assigns would make a script of our own say what somebody else wrote."""
Read = Callable[[], Awaitable[Given]]


@dataclass(frozen=True, slots=True)
class _Call:
    """An action called: its name, the way that its address began, who calls, what goes with every answer."""

    name: str
    address: str
    posted: bool
    caller: Caller = ANONYMOUS
    headers: Mapping[str, str] = field(default_factory=lambda: _OPEN)
    asker: str = ""

    def dated(self, parts: Parts, query: bytes) -> Dated:
        """Return what dates the result: nothing, of what is one caller's own or may tell the time that it is."""
        tells_time = b"NOW" in query or self.name == _SQL
        return UNDATED if self.posted or self.headers is not _OPEN or tells_time else parts.shelf.dates.every

    def refusal(self, refusal: ActionRefused) -> Response:
        """Return a refusal in CKAN's envelope."""
        return self.plain(refused(self.address, self.name, refusal), refusal.status)

    def plain(self, body: bytes, status: int) -> Response:
        """Return bytes that no cache keeps."""
        headers = {**CORS, **self.headers, "Cache-Control": "no-store"}
        return Response(escaped(body), status, headers=headers, media_type=MEDIA_TYPE)


@dataclass(frozen=True, slots=True)
class Answering:
    """Answers actions out of a source of datasets."""

    parts: Parts
    source: Source
    links: Links
    callers: Callers
    writing: Writing

    async def get(self, scope: Scope, path: Mapping[str, str]) -> Response:
        """Answer a GET or a HEAD; what reads the catalogue for anyone is kept until the catalogue changes."""
        name, query = path["action"], scope["query_string"]

        async def given() -> Given:
            return query_of(scope)

        call = await self._call(scope, path, posted=False)
        if call.headers is not _OPEN or name not in ACTIONS or b"NOW" in query:
            return await self._answer(scope, call, given)
        question = ("ckan", id(self.source), (await self.source.held()).mark, call.address, name, query)
        kept = self.parts.answers.get(question)
        return send_answer(scope, kept) if kept is not None else await self._answer(scope, call, given, keep=question)

    async def post(self, request: Request) -> Response:
        """Answer any other method; those that no action takes as CKAN does, by a page."""
        call = await self._call(request.scope, request.path_params, posted=True)
        match request.method:
            case "POST":
                return await self._answer(request.scope, call, lambda: read_given(request))
            case "OPTIONS":
                headers = {**CORS, **preflight(_METHODS), "Content-Type": "text/html; charset=utf-8"}
                return Response(b"", headers=headers)
            case _:
                headers = {**CORS, **_OPEN, "Allow": _METHODS, "Cache-Control": "no-store"}
                return Response(_NOT_SO, 405, headers=headers, media_type="text/html")

    async def site(self, scope: Scope) -> Site:
        """Return the catalogue as the caller of a request may see it."""
        call = await self._call(scope, MappingProxyType({"action": ""}), posted=False)
        return await self._site(call)

    async def _call(self, scope: Scope, path: Mapping[str, str], *, posted: bool) -> _Call:
        language = path.get("language")
        address = self.parts.settings.origin + (f"/{language}" if language else "")
        asker = (scope.get("client") or ("",))[0]
        call = _Call(path["action"], address, posted, asker=asker)
        token = given_token(Headers(scope=scope)) if any(name in TOKENS for name, _ in scope["headers"]) else None
        if token is None:
            return call
        caller = await self.callers.caller(token)
        headers = _UNKNOWN_TOKEN if caller is None else _OWN
        return _Call(call.name, address, posted, caller or ANONYMOUS, headers, asker)

    async def _answer(self, scope: Scope, call: _Call, read: Read, keep: Question | None = None) -> Response:
        """Answer a call; whatever fails, an action's path answers JSON."""
        modified = call.dated(self.parts, scope["query_string"])
        try:
            given = await read()
            callback = "" if call.posted else given.text("callback")
            if callback and not _CALLBACK.fullmatch(callback):
                raise invalid(callback=["A callback is the name of a function"])
            if callback:
                call = _Call(call.name, call.address, call.posted, asker=call.asker)
            body = succeeded(call.address, call.name, await self._result(call, given.without("callback")))
        except BadRequest as wrong:
            return call.plain(dumps(f"Bad request: {wrong}"), 400)
        except ActionRefused as refusal:
            return call.refusal(refusal)
        except EclorError as refusal:
            return call.refusal(_translated(refusal))
        except SQLAlchemyError as error:
            log.error("request.unavailable", path=scope["path"], cause=type(error).__name__)  # noqa: TRY400 - no text of it
            return call.refusal(ActionRefused(503, "Internal Server Error", {"message": "Internal Server Error"}))
        kind = MEDIA_TYPE
        body = body if call.name.startswith("datastore") else escaped(body)
        if callback:
            body, kind = b"%b(%b);" % (escape(callback).encode(), body), JSONP_TYPE
        made = answer(body, kind, call.headers, modified=modified)
        return send_answer(scope, made if keep is None else self.parts.answers.keep(keep, made))

    async def _result(self, call: _Call, given: Given) -> object:
        if call.name in WRITES or call.name in ASKED_ANY_WAY:
            if not call.posted and call.name in WRITES:
                raise BadRequest(_POST_ALONE)
            return await self.writing.write(call.name, Asked(given, await self._site(call), self.parts))
        if call.name not in ACTIONS and call.name not in LATER:
            raise BadRequest(f"Action name not known: {call.name[:_NAME]}")
        asked = Asked(given, await self._site(call), self.parts, call.asker)
        return ACTIONS[call.name](asked) if call.name in ACTIONS else await LATER[call.name](asked)

    async def _site(self, call: _Call) -> Site:
        held = await self.source.held()
        if call.caller.known:
            held = held.beside(await self.writing.kept(held))
        return Site(held, self.links, call.caller)


def _translated(refusal: EclorError) -> ActionRefused:
    kind = "Not Found Error" if refusal.status in {404, 410} else "Validation Error"
    status = 409 if refusal.status == 400 else refusal.status  # noqa: PLR2004 - CKAN refuses parameters so
    return ActionRefused(status, kind, {"message": f"{refusal.french()} / {refusal.english()}"})
