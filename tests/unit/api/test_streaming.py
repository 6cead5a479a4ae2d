"""A file on its way: whole for who stays, no further for who left, cut once it may no longer leave."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from starlette.types import Message

from api.conditional import Validators
from api.dating import UNDATED
from api.sending import send_file
from api.streaming import CHUNK, Allowed, Stored
from eclor.errors import RequestRefused

CHUNKS = 5
SCOPE: dict[str, Any] = {"type": "http", "method": "GET", "headers": []}


async def _yes() -> None:
    pass


async def _withdrawn() -> None:
    raise RequestRefused("api.no-version", dataset="d")


def sent(folder: Path, *, allowed: Allowed, leaves_after: int) -> int:
    """Ask for a file of some chunks; return how many were sent before its reader left, was cut, or had it all."""
    path = folder / "data.csv"
    path.write_bytes(bytes(CHUNK * CHUNKS))
    stored = Stored(path, "text/csv", Validators('"t"', CHUNK * CHUNKS, UNDATED), {}, allowed)

    async def asked() -> int:
        left, bodies = asyncio.Event(), []

        async def receive() -> Message:
            await left.wait()
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            bodies.append(message.get("body", b""))
            if len(list(filter(None, bodies))) == leaves_after:
                left.set()

        await send_file(SCOPE, stored)(SCOPE, receive, send)
        return len(list(filter(None, bodies)))

    return asyncio.run(asked())


@pytest.mark.parametrize(
    ("allowed", "leaves_after", "least", "most"),
    [(_yes, CHUNKS, CHUNKS, CHUNKS), (_withdrawn, CHUNKS, 1, 1), (_yes, 1, 1, 2)],
)
def test_no_more_is_sent_than_someone_may_take(
    tmp_path: Path, allowed: Allowed, leaves_after: int, least: int, most: int
) -> None:
    assert least <= sent(tmp_path, allowed=allowed, leaves_after=leaves_after) <= most
