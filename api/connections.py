"""One connection of the server: uvicorn's own, which an answer that never ends may also cut, or hear that it must end.

Uvicorn closes a connection once all was sent: a reader that never reads would keep it, and what waits for it, for ever.
"""

from collections.abc import Callable
from typing import Final, cast

from starlette.types import Scope
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

EXTENSION: Final = "eclor.connection"
_ITSELF: Final = "itself"


class Connection(HttpToolsProtocol):
    """A connection that its answers can reach, by their scope."""

    leaving: Callable[[], None] | None = None
    """Called once the server is asked to stop."""

    def on_message_begin(self) -> None:
        """Begin a request, and say whose it is."""
        super().on_message_begin()
        self.scope["extensions"] = {EXTENSION: {_ITSELF: self}}

    def shutdown(self) -> None:
        """Begin to stop: what never ends by itself is told."""
        super().shutdown()
        if self.leaving is not None:
            self.leaving()

    def cut(self) -> None:
        """End at once; what was not read is thrown away."""
        self.transport.abort()


def connection_of(scope: Scope) -> Connection | None:
    """Return the connection of a request; None under another server."""
    found = scope.get("extensions", {}).get(EXTENSION, {}).get(_ITSELF)
    return cast("Connection | None", found)
