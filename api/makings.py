"""What is made beside a version when it is first asked for: by a process that may be stopped, one at a time."""

import asyncio
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import Final

import structlog

log = structlog.get_logger()
MOST_S: Final = 600
"""What one thing may take to be made."""
_MOST_IN_LINE: Final = 16
_REST_S: Final = 60.0
"""How long what could not be made is not tried again."""
_MOST_RESTING: Final = 256


@dataclass(frozen=True, slots=True)
class Making:
    """The module that makes a thing, and its order as it reads it."""

    module: str
    order: str


class Makings:
    """What one worker makes so; nobody waits for it."""

    def __init__(self, ticks: Callable[[], float] = monotonic) -> None:
        self._ticks = ticks
        self._turn = asyncio.Semaphore(1)
        self._under_way: dict[Making, asyncio.Task[int]] = {}
        self._resting: OrderedDict[Making, float] = OrderedDict()

    def begin(self, making: Making, then: Callable[[], None]) -> None:
        """Begin to make a thing, unless it is under way, too many wait, or it failed a moment ago; then do the rest."""
        resting = self._resting.get(making, 0.0) > self._ticks()
        if making in self._under_way or len(self._under_way) >= _MOST_IN_LINE or resting:
            return
        task = asyncio.create_task(self._made(making))
        self._under_way[making] = task
        task.add_done_callback(lambda done: self._ended(making, done, then))

    async def close(self) -> None:
        """Stop what is under way."""
        under_way = [*self._under_way.values()]
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)

    async def _made(self, making: Making) -> int:
        async with self._turn:
            return await run(making)

    def _ended(self, making: Making, task: "asyncio.Task[int]", then: Callable[[], None]) -> None:
        del self._under_way[making]
        if task.cancelled():
            return
        if task.exception() is not None or task.result():
            log.warning("making.failed", module=making.module)
            self._resting[making] = self._ticks() + _REST_S
            if len(self._resting) > _MOST_RESTING:
                self._resting.popitem(last=False)
        then()


async def run(making: Making) -> int:
    """Run what makes a thing, and return how it ended; it is stopped after `MOST_S`, and with us."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", making.module, stdin=PIPE, stdout=DEVNULL, stderr=DEVNULL
    )
    try:
        await asyncio.wait_for(process.communicate(making.order.encode()), MOST_S)
    except TimeoutError:
        log.warning("making.stopped", module=making.module, seconds=MOST_S)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return process.returncode or 0
