"""Refusals as `application/problem+json` (RFC 9457), French first; a page for browsers. No exception's text leaves."""

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from types import MappingProxyType
from typing import Any, Final

import structlog
from orjson import dumps
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from api.leading import lead_to
from api.negotiation import prefers_html
from api.parts import Parts
from api.problem import Problem
from api.refusals import WithHeaders
from eclor.errors import EclorError, RequestRefused

log = structlog.get_logger()
Handler = Callable[[Request, Exception], Coroutine[Any, Any, Response]]
MEDIA_TYPE: Final = "application/problem+json"
_NONE: Final[Mapping[str, str]] = MappingProxyType({})
_CODES: Final[Mapping[int, str]] = MappingProxyType({404: "api.no-page", 405: "api.method"})
_FAILED: Final = "api.failed"
_NO_BODY: Final = frozenset({"HEAD"})
_READ: Final = frozenset({"GET", "HEAD"})


def problem_of(refusal: EclorError, headers: Mapping[str, str] = _NONE) -> Problem:
    """Return what a refusal says to its reader."""
    return Problem(refusal.status, refusal.code, refusal.french(), refusal.english(), headers)


def problem_of_status(status: int, headers: Mapping[str, str] = _NONE) -> Problem:
    """Return what a bare status says."""
    refusal = RequestRefused(_CODES.get(status, "api.other" if status < HTTPStatus.INTERNAL_SERVER_ERROR else _FAILED))
    return Problem(status, refusal.code, refusal.french(), refusal.english(), headers)


def problem_json(problem: Problem, parts: Parts) -> bytes:
    """Return the RFC 9457 body: `detail` in French, `detail_en` in English, `type` where the code is explained."""
    return dumps(
        {
            "type": f"{parts.settings.origin}/docs#{problem.code}",
            "title": problem.title,
            "status": problem.status,
            "detail": problem.french,
            "detail_en": problem.english,
            "code": problem.code,
        }
    )


def respond(request: Request, problem: Problem, parts: Parts) -> Response:
    """Return the problem as a page to a browser, as JSON to a program; never kept by a cache."""
    headers = {"Cache-Control": "no-store", "Access-Control-Allow-Origin": "*", "Vary": "Accept", **problem.headers}
    if parts.error_page is not None and prefers_html(request.headers.get("accept", "")):
        page = parts.error_page(request, problem)
        page.headers.update(headers)
        return page
    body = problem_json(problem, parts)
    headers["Content-Length"] = str(len(body))
    sent = b"" if request.method in _NO_BODY else body
    return Response(sent, problem.status, headers=headers, media_type=MEDIA_TYPE)


@dataclass(frozen=True, slots=True)
class Wall:
    """The last place where an exception is seen: it refuses, it logs, it shows nothing of it."""

    parts: Parts

    async def refused(self, request: Request, refusal: Exception) -> Response:
        """Answer a refusal that its reader can cure."""
        assert isinstance(refusal, EclorError)
        headers = refusal.headers if isinstance(refusal, WithHeaders) else _NONE
        return respond(request, problem_of(refusal, headers), self.parts)

    async def bare(self, request: Request, error: Exception) -> Response:
        """Answer what the router or the framework refuses; where a slash is too many, lead to what was meant."""
        assert isinstance(error, HTTPException)
        if error.status_code == HTTPStatus.NOT_FOUND and (address := self._without_slash(request)):
            return lead_to(address)
        return respond(request, problem_of_status(error.status_code, error.headers or _NONE), self.parts)

    def _without_slash(self, request: Request) -> str | None:
        """Return an address of ours without its last slash, if it has one: a path that begins by two names no host."""
        path = request.scope["raw_path"].decode("latin-1")
        if not path.endswith("/") or request.method not in _READ:
            return None
        query = f"?{request.url.query}" if request.url.query else ""
        return f"{self.parts.settings.origin}{path.rstrip('/')}{query}"

    async def database(self, request: Request, error: Exception) -> Response:
        """Answer while the metadata cannot be read."""
        log.error("request.unavailable", path=request.url.path, cause=type(error).__name__)
        refusal = RequestRefused("api.unavailable")
        return respond(request, problem_of(refusal, {"Retry-After": "60"}), self.parts)

    async def failed(self, request: Request, error: Exception) -> Response:
        """Answer a bug of ours."""
        log.error("request.failed", path=request.url.path, cause=type(error).__name__)
        return respond(request, problem_of(RequestRefused(_FAILED)), self.parts)

    def handlers(self) -> dict[int | type[Exception], Handler]:
        """Return what answers each kind of exception."""
        return {
            EclorError: self.refused,
            HTTPException: self.bare,
            SQLAlchemyError: self.database,
            Exception: self.failed,
        }
