"""Between a context broker and its subscribers: each notification as it should be, or as it was ordered to be told."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import Final

import httpx

from harvesters.simulators.misbehaviour import NOTIFICATIONS, Misbehaviour, Orders, Turn, cut, damaged
from harvesters.simulators.telling import told

HUGE_BYTES: Final = 1 << 20
"""Spaces before a notification that is sound otherwise."""
PAUSE_S: Final = 0.2
PIECES: Final = 4


@dataclass(slots=True)
class MisbehavingNotifications:
    """What brokers tell, behind its orders. A late notification comes after the next one of its subscriber."""

    orders: Orders
    _late: dict[str, list[bytes]] = field(default_factory=dict)

    async def tell(self, callback: str, headers: Mapping[str, str], content: bytes) -> bool:
        """Tell as ordered; say whether the broker believes that it was told."""
        turn = self.orders.next_turn(NOTIFICATIONS)
        if turn and turn.kind is Misbehaviour.LATE:
            self._late.setdefault(callback, []).append(content)
            return True
        well = await (_badly(callback, headers, content, turn) if turn else told(callback, headers, content))
        for former in self._late.pop(callback, ()):
            await told(callback, headers, former)
        return well


async def _badly(callback: str, headers: Mapping[str, str], content: bytes, turn: Turn) -> bool:
    match turn.kind:
        case Misbehaviour.DUPLICATE:
            await told(callback, headers, content)
            return await told(callback, headers, content)
        case Misbehaviour.MALFORMED:
            return await told(callback, headers, damaged(content, turn.draws))
        case Misbehaviour.HUGE:
            return await told(callback, headers, b" " * HUGE_BYTES + content)
        case Misbehaviour.TRUNCATED:
            whole = {**headers, "Content-Length": str(len(content))}
            return await told(callback, whole, _cut_off(cut(content, turn.draws)))
        case Misbehaviour.SLOW:
            return await told(callback, headers, _slowly(content))
        case Misbehaviour.LATE | Misbehaviour.RATE_LIMITED | Misbehaviour.REDIRECTED:
            return await told(callback, headers, content)  # these are of answers, and nobody asked


async def _cut_off(content: bytes) -> AsyncIterator[bytes]:
    """Yield the beginning of something, then hang up."""
    yield content
    raise httpx.WriteError("cut")


async def _slowly(content: bytes) -> AsyncIterator[bytes]:
    """Yield some bytes in pieces, with silences between them."""
    step = max(1, -(-len(content) // PIECES))
    for at in range(0, len(content), step):
        yield content[at : at + step]
        await asyncio.sleep(PAUSE_S)
