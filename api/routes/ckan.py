"""The CKAN paths: `/api/3/action/*`, `/api/action/*`, `/api/3`, `/datastore/dump/{resource}`."""

from dataclasses import dataclass
from typing import Final

import structlog
from orjson import dumps
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from api.answers import answer
from api.ckan.actions import ACTIONS, LATER, WRITES, Asked
from api.ckan.dump import dump
from api.ckan.given import Given, read_given
from api.ckan.site import Site
from api.ckan.wire import MEDIA_TYPE, ActionRefused, BadRequest, denied, refused, succeeded
from api.cors import CORS
from api.links import Links
from api.parts import Parts
from api.sending import send_answer
from eclor.errors import EclorError

log = structlog.get_logger()
_CACHED: Final = {"Cache-Control": "public, max-age=0, must-revalidate", "Vary": "Accept-Encoding"}
_NAME: Final = 60


def routes(parts: Parts) -> list[BaseRoute]:
    """Return CKAN's routes."""
    family = _Ckan(parts, Links(parts.settings.origin))
    both = ["GET", "POST"]
    return [
        Route("/api/3/action/{action}", family.act, methods=both),
        Route("/api/action/{action}", family.act, methods=both),
        Route("/api/3", family.version),
        Route("/api", family.version),
        Route("/datastore/dump/{resource}", family.dump),
    ]


@dataclass(frozen=True, slots=True)
class _Ckan:
    parts: Parts
    links: Links

    async def act(self, request: Request) -> Response:
        """Answer an action in CKAN's envelope; whatever fails, an action's path answers JSON."""
        name, origin = request.path_params["action"], self.parts.settings.origin
        try:
            body = succeeded(origin, name, await self._result(request, name))
        except BadRequest as wrong:
            return _bare(str(wrong))
        except ActionRefused as refusal:
            return _refusal(origin, name, refusal)
        except EclorError as refusal:
            kind = "Not Found Error" if refusal.status in {404, 410} else "Validation Error"
            said = {"message": f"{refusal.french()} / {refusal.english()}"}
            return _refusal(origin, name, ActionRefused(_ckan_status(refusal.status), kind, said))
        except SQLAlchemyError as error:
            log.error("request.unavailable", path=request.url.path, cause=type(error).__name__)  # noqa: TRY400 - no text of it
            return _failure(origin, name, 503)
        return send_answer(request.scope, answer(body, MEDIA_TYPE, _CACHED))

    async def _result(self, request: Request, name: str) -> object:
        if name in WRITES:
            if request.method != "POST":
                raise BadRequest("JSON Error: Invalid request. Please use POST method for your request")
            raise denied("Access denied: datasets change by their policy alone")
        if name not in ACTIONS and name not in LATER:
            raise BadRequest(f"Action name not known: {name[:_NAME]}")
        asked = Asked(await read_given(request), await self._site(), self.parts)
        return ACTIONS[name](asked) if name in ACTIONS else await LATER[name](asked)

    async def _site(self) -> Site:
        return Site.of(self.parts.identity, self.links, await self.parts.shelf.datasets())

    async def version(self, _request: Request) -> Response:
        """Say which version of the API this is."""
        return Response(b'{"version": 3}', headers=CORS, media_type=MEDIA_TYPE)

    async def dump(self, request: Request) -> Response:
        """Send a resource's rows as a file."""
        given = Given(dict(request.query_params))
        return await dump(request, given, await self._site(), self.parts)


def _ckan_status(status: int) -> int:
    return {400: 409}.get(status, status)


def _bare(message: str) -> Response:
    return Response(dumps(f"Bad request: {message}"), 400, headers=CORS, media_type=MEDIA_TYPE)


def _refusal(origin: str, name: str, refusal: ActionRefused) -> Response:
    return Response(refused(origin, name, refusal), refusal.status, headers=CORS, media_type=MEDIA_TYPE)


def _failure(origin: str, name: str, status: int) -> Response:
    said = {"message": "Internal Server Error"}
    return _refusal(origin, name, ActionRefused(status, "Internal Server Error", said))
