"""Is the server there (`/healthz`), can it serve (`/readyz`), what is its API (`/openapi.json`)."""

from dataclasses import dataclass
from itertools import islice
from typing import Final

from orjson import dumps
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from api.answers import answer
from api.openapi import MOST_EXAMPLES, openapi
from api.parts import Parts
from api.sending import send_answer

_FRESH: Final = {"Cache-Control": "no-cache"}


def routes(parts: Parts) -> list[BaseRoute]:
    """Return the routes of operations and of the API's description."""
    family = _Health(parts)
    return [
        Route("/healthz", family.alive),
        Route("/readyz", family.ready),
        Route("/openapi.json", family.described),
    ]


@dataclass(frozen=True, slots=True)
class _Health:
    parts: Parts

    async def alive(self, _request: Request) -> Response:
        """Answer, which is all that is asked."""
        return _plain("ok")

    async def ready(self, _request: Request) -> Response:
        """Read the metadata; what cannot be read is refused by the wall (503)."""
        await self.parts.shelf.datasets()
        return _plain("ready")

    async def described(self, request: Request) -> Response:
        """Send the OpenAPI description; its examples are datasets that are served now."""
        views, modified = (await self.parts.shelf.datasets()).values(), self.parts.shelf.dates.every
        examples = tuple(islice((view.slug for view in views if view.served), MOST_EXAMPLES))
        question = ("openapi", examples, modified.at)
        made = self.parts.answers.get(question)
        if made is None:
            described = dumps(openapi(self.parts.settings.origin, examples))
            made = self.parts.answers.keep(question, answer(described, "application/json", _FRESH, modified=modified))
        return send_answer(request.scope, made)


def _plain(word: str) -> Response:
    return Response(f"{word}\n", media_type="text/plain", headers={"Cache-Control": "no-store"})
