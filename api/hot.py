"""The hot routes: tried before the framework's own stack, which answers whatever they do not.

A hot route prepares its answer from the scope alone. If it fails, nothing has been sent: the request goes on to the
same route behind the wall, where it fails of the same, not computed twice, and the wall says so.
"""

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from fastapi import FastAPI
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from api.guard import Guard
from eclor.errors import EclorError

Prepare = Callable[[Scope, Mapping[str, str]], Awaitable[Response]]
"""Makes the answer to a GET or a HEAD from its scope and the named parts of its path."""
_METHODS: Final = ("GET", "HEAD")
_FAILED: Final = "eclor.failed"


class _Served:
    """The same, as the ASGI application of an ordinary route."""

    def __init__(self, prepare: Prepare) -> None:
        self._prepare = prepare

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Prepare the answer, then send it; fail of what it failed of in front."""
        if _FAILED in scope:
            raise scope[_FAILED]
        response = await self._prepare(scope, scope["path_params"])
        await response(scope, receive, send)


class HotRoute(Route):
    """A route by a pattern of its own, so that other families may have other names beside."""

    def __init__(self, path: str, pattern: str, prepare: Prepare) -> None:
        super().__init__(path, _Served(prepare), methods=_METHODS)
        self.path_regex = re.compile(f"^{pattern}$")
        self.prepare = prepare


class HotApplication(FastAPI):
    """FastAPI with the guard and the hot routes in front."""

    guard: Guard
    hot: tuple[HotRoute, ...] = ()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer what the guard lets through."""
        if scope["type"] == "http":
            await self.guard(scope, receive, send, self._answer)
        else:
            await super().__call__(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer by a hot route, or else by the framework."""
        response = await self._hot(scope) if scope["method"] in _METHODS else None
        if response is not None:
            try:
                await response(scope, receive, send)
            except EclorError as refusal:  # raised only before a status is sent: a file or rows that cannot be read
                scope[_FAILED] = refusal
            else:
                return
        await super().__call__(scope, receive, send)

    async def _hot(self, scope: Scope) -> Response | None:
        path = scope["path"]
        for route in self.hot:
            if (found := route.path_regex.match(path)) is not None:
                try:
                    prepared: Response = await route.prepare(scope, found.groupdict())
                except Exception as failure:  # noqa: BLE001 - nothing is swallowed: the wall behind meets it and answers
                    scope[_FAILED] = failure
                    return None
                return prepared
        return None
