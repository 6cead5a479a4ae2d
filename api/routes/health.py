"""Is the server there (`/healthz`), can it serve (`/readyz`), what is its API (`/openapi.json`)."""

from dataclasses import dataclass

from orjson import dumps
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from api.answers import Answer, answer
from api.openapi import openapi
from api.parts import Parts
from api.sending import send_answer


def routes(parts: Parts) -> list[BaseRoute]:
    """Return the routes of operations and of the API's description."""
    description = answer(dumps(openapi(parts.settings.origin)), "application/json", {"Cache-Control": "no-cache"})
    family = _Health(parts, description)
    return [
        Route("/healthz", family.alive),
        Route("/readyz", family.ready),
        Route("/openapi.json", family.described),
    ]


@dataclass(frozen=True, slots=True)
class _Health:
    parts: Parts
    description: Answer

    async def alive(self, _request: Request) -> Response:
        """Answer, which is all that is asked."""
        return _plain("ok")

    async def ready(self, _request: Request) -> Response:
        """Read the metadata; what cannot be read is refused by the wall (503)."""
        await self.parts.shelf.datasets()
        return _plain("ready")

    async def described(self, request: Request) -> Response:
        """Send the OpenAPI description."""
        return send_answer(request.scope, self.description)


def _plain(word: str) -> Response:
    return Response(f"{word}\n", media_type="text/plain", headers={"Cache-Control": "no-store"})
