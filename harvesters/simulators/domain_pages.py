"""The pages of the domains' systems over HTTP: each made when it is asked for, with validators of its own bytes.

Made in a thread: tens of thousands of rows take most of a second, and the other systems answer meanwhile.
"""

import asyncio
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from harvesters.simulators.conditional import is_unchanged, validators
from harvesters.simulators.domains import load
from harvesters.simulators.parameters import Block
from harvesters.simulators.shelf import etag_of
from harvesters.simulators.stage import Given, Stage
from harvesters.simulators.systems import Systems

_OK = 200
_NOT_MODIFIED = 304


def domain_routes(systems: Systems) -> list[Route]:
    """Return a route for each page of each domain that the territory simulates."""
    return [
        Route(path, _answering(systems, page, parameters))
        for name, parameters in systems.domains.items()
        for path, page in load(name).pages.items()
    ]


def _answering(
    systems: Systems, page: Callable[..., Given], parameters: Block
) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        stage = Stage(
            town=systems.parameters.town,
            communes=systems.communes,
            seed=systems.seed,
            now=systems.clock.now(),
            query={**request.query_params, **request.path_params},
            origin=str(request.base_url).rstrip("/"),
        )
        return _sent(request, await asyncio.to_thread(page, parameters, stage))

    return answer


def _sent(request: Request, given: Given) -> Response:
    etag = etag_of(given.content)
    headers = {**validators(etag, given.modified), **given.headers}
    if given.status == _OK and is_unchanged(request.headers, etag=etag, modified=given.modified):
        return Response(status_code=_NOT_MODIFIED, headers=headers)
    return Response(given.content, given.status, headers=headers, media_type=given.media_type)
