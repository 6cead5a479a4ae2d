"""Server-sent events as one answer that does not end: events, heartbeats between them, and its end.

Two tasks a reader: one sends, one waits for the reader to leave. Bytes are made once for all readers.
"""

from asyncio import create_task, timeout
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, suppress
from typing import Final

import structlog
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from api.answers import raw
from api.connections import connection_of
from api.cors import CORS
from api.live import Listener
from api.streaming import reader_left
from eclor.errors import EclorError

log = structlog.get_logger()
HEARTBEAT_S: Final = 15
"""Seconds of silence after which a heartbeat is sent (HTML standard, section 9.2.7: about every 15)."""
SEND_S: Final = 20
"""Seconds that a reader may leave what was sent unread before it is let go."""
HEARTBEAT: Final = b": \n\n"
_HEADERS: Final = raw(
    {
        "Content-Type": "text/event-stream; charset=utf-8",
        "Cache-Control": "no-cache",
        "X-Accel-Buffering": "no",
        **CORS,
    }
)


class EventStream(Response):
    """The stream of one reader: `listening` may refuse before anything is sent; `events` gives whole events."""

    def __init__(
        self,
        listening: AbstractAsyncContextManager[Listener],
        events: Callable[[Listener], AsyncIterator[bytes | None]],
    ) -> None:
        self.status_code, self.raw_headers, self.background = 200, [*_HEADERS], None
        self._listening, self._events = listening, events

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send until the reader leaves, lags, or is let go; to HEAD, the headers alone."""
        start = {"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers}
        if scope["method"] == "HEAD":
            await send(start)
            await send({"type": "http.response.body", "body": b""})
            return
        async with self._listening as listener:
            connection = connection_of(scope)
            if connection is not None:
                connection.leaving, listener.cut = listener.end, connection.cut
            leaving = create_task(_end_with_reader(receive, listener))
            try:
                await send(start)
                await self._send_events(listener, send)
            finally:
                leaving.cancel()
                if connection is not None:
                    connection.leaving = None

    async def _send_events(self, listener: Listener, send: Send) -> None:
        try:
            async for event in self._events(listener):
                async with timeout(SEND_S):
                    await send(_part(HEARTBEAT if event is None else event))
        except TimeoutError:
            log.info("live.reader_cut", dataset=listener.slug)
            listener.drop()
            return
        except EclorError as refusal:
            log.warning("live.stream_ended", dataset=listener.slug, code=refusal.code)
        with suppress(TimeoutError):
            async with timeout(SEND_S):
                await send({"type": "http.response.body", "body": b""})
            return
        listener.drop()


def _part(body: bytes) -> dict[str, object]:
    return {"type": "http.response.body", "body": body, "more_body": True}


async def _end_with_reader(receive: Receive, listener: Listener) -> None:
    await reader_left(receive)
    listener.end()
