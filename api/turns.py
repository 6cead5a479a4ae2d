"""Whose turn it is to compute: few at once, a short line, and no more than its share of it for one client."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from api.rates import household
from api.refusals import WithHeaders

AT_ONCE: Final = 2
MOST_IN_LINE: Final = 64
MOST_OF_ONE: Final = 4
"""What one client may have in line, running included: a hostile one slows itself."""
_RETRY_AFTER_S: Final = "2"


class Turns:
    """The line of one worker."""

    def __init__(self, at_once: int = AT_ONCE, most: int = MOST_IN_LINE, of_one: int = MOST_OF_ONE) -> None:
        self._free = asyncio.Semaphore(at_once)
        self._most, self._of_one = most, of_one
        self._line: Counter[str] = Counter()

    @asynccontextmanager
    async def taken(self, client: str) -> AsyncIterator[None]:
        """Wait for a turn and hold it. Refuses (503) a client that has its share of the line, and a line too long.

        `client` is an address; those of one household share.
        """
        client = household(client)
        if self._line.total() >= self._most or (client and self._line[client] >= self._of_one):
            raise WithHeaders("rows.too-busy", {"Retry-After": _RETRY_AFTER_S})
        self._line[client] += 1
        try:
            async with self._free:
                yield
        finally:
            self._line[client] -= 1
            if not self._line[client]:
                del self._line[client]
