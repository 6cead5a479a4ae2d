"""Rows on the wire as they are found: begun once the first are, cut short if their version is withdrawn meanwhile."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import structlog
from starlette.types import Receive, Scope, Send

from api.answers import RawHeaders
from api.streaming import Ready
from api.turns import Turns
from eclor.errors import EclorError

if TYPE_CHECKING:
    import pyarrow as pa

    from api.row_formats import Writer

log = structlog.get_logger()
PATIENCE_S: Final = 30.0
"""How long a reader may take to read what was sent before it is dropped."""
STREAMS: Final = 8
STREAMS_OF_ONE: Final = 2


@dataclass(frozen=True, slots=True)
class Flow:
    """What is sent: batches, how they are written, what refuses (`EclorError`) once they may no longer leave."""

    batches: "AsyncIterator[pa.RecordBatch]"
    writer: "Writer"
    allowed: Callable[[], Awaitable[object]]


class RowStream(Ready):
    """An answer without a length. A reader that stalls is dropped; a connection that breaks ends the work."""

    def __init__(self, headers: RawHeaders, flow: Callable[[], Awaitable[Flow]], turns: Turns, client: str) -> None:
        super().__init__(200, headers)
        self._flow, self._turns, self._client = flow, turns, client

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the status once the first rows are found, then the rows. Refuses (503) one stream too many."""
        if scope["method"] == "HEAD":
            await super().__call__(scope, receive, send)
            return
        async with self._turns.taken(self._client):
            flow = await self._flow()
            first = await anext(flow.batches, None)
            await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
            gone = asyncio.ensure_future(_gone(receive))
            try:
                await _sent(flow, first, send, gone)
            except (EclorError, TimeoutError) as cut:
                log.info("rows.cut", code=cut.code if isinstance(cut, EclorError) else "stalled")
            finally:
                gone.cancel()


async def _sent(flow: Flow, first: "pa.RecordBatch | None", send: Send, gone: "asyncio.Future[None]") -> None:
    """Send the body; left unfinished, it is seen to be."""
    body = bytes(flow.writer.opening(None if first is None else first.schema))
    await _patiently(send, body if first is None else body + flow.writer.lines(first))
    async for batch in flow.batches:
        if gone.done():
            return
        await flow.allowed()
        await _patiently(send, flow.writer.lines(batch))
    await send({"type": "http.response.body", "body": bytes(flow.writer.closing())})


async def _patiently(send: Send, body: "bytes | memoryview") -> None:
    if len(body):
        message = {"type": "http.response.body", "body": body, "more_body": True}
        await asyncio.wait_for(send(message), PATIENCE_S)


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        continue
