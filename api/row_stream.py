"""Rows on the wire as they are found: begun once the first are, cut short if their version is withdrawn meanwhile."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import structlog
from starlette.types import Receive, Scope, Send

from api.answers import RawHeaders
from api.streaming import Ready, reader_left
from api.turns import Turns
from eclor.errors import EclorError

if TYPE_CHECKING:
    import pyarrow as pa

    from api.row_formats import Writer

Piece = bytes | memoryview
log = structlog.get_logger()
PATIENCE_S: Final = 30.0
"""How long a reader may take to read what was sent before it is dropped."""
STREAMS: Final = 8
STREAMS_OF_ONE: Final = 2


@dataclass(frozen=True, slots=True)
class Flow:
    """What is sent, piece by piece, and what refuses (`EclorError`) once it may no longer leave."""

    pieces: AsyncIterator[Piece]
    allowed: Callable[[], Awaitable[object]]


class RowStream(Ready):
    """An answer without a length. A reader that stalls is dropped; a connection that breaks ends the work."""

    def __init__(self, headers: RawHeaders, flow: Callable[[], Awaitable[Flow]], turns: Turns, client: str) -> None:
        super().__init__(200, headers)
        self._flow, self._turns, self._client = flow, turns, client

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the status once the first rows are found, then the rows. Refuses (503) one stream too many.

        What is withdrawn before the first rows are found is refused too (410).
        """
        if scope["method"] == "HEAD":
            await super().__call__(scope, receive, send)
            return
        async with self._turns.taken(self._client):
            flow = await self._flow()
            first = await anext(flow.pieces, b"")
            await flow.allowed()
            await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
            left = asyncio.ensure_future(reader_left(receive))
            try:
                await _sent(flow, first, send, left)
            except (EclorError, TimeoutError) as cut:
                log.info("rows.cut", code=cut.code if isinstance(cut, EclorError) else "stalled")
            finally:
                left.cancel()


async def _sent(flow: Flow, first: Piece, send: Send, left: "asyncio.Future[None]") -> None:
    """Send the body; left unfinished, it is seen to be."""
    await _patiently(send, first)
    async for piece in flow.pieces:
        if left.done():
            return
        await flow.allowed()
        await _patiently(send, piece)
    await send({"type": "http.response.body", "body": b""})


async def written(batches: "AsyncIterator[pa.RecordBatch]", writer: "Writer") -> AsyncIterator[Piece]:
    """Write batches as they come; the first piece holds the first of them."""
    first = await anext(batches, None)
    opening = bytes(writer.opening(None if first is None else first.schema))
    yield opening if first is None else opening + writer.lines(first)
    async for batch in batches:
        yield writer.lines(batch)
    yield writer.closing()


async def _patiently(send: Send, body: Piece) -> None:
    if len(body):
        message = {"type": "http.response.body", "body": body, "more_body": True}
        await asyncio.wait_for(send(message), PATIENCE_S)
