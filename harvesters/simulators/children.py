"""Child processes: kept running while they should, and gone when they should not."""

import asyncio
import os
import signal
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import structlog

_log = structlog.get_logger()
_PATIENCE_S = 8
_PAUSE_S = 1


async def keep(command: Sequence[str], *, log: Path, stopping: asyncio.Event) -> None:
    """Run a command in its own process group, again when it ends by itself, until stopping; then end it.

    Its stdin ends with us, however we end. What it says is appended to `log`.
    """
    while not stopping.is_set():
        with log.open("ab") as said:
            child = await asyncio.create_subprocess_exec(
                *command, stdin=asyncio.subprocess.PIPE, stdout=said, stderr=said, start_new_session=True
            )
        if await _either(child, stopping):
            await _end(child)
            return
        _log.warning("simulator.child_ended", command=command[:3], status=child.returncode)
        with suppress(TimeoutError):
            await asyncio.wait_for(stopping.wait(), _PAUSE_S)


async def _either(child: asyncio.subprocess.Process, stopping: asyncio.Event) -> bool:
    """Wait for the child's end or for stopping; say whether it is stopping."""
    waits = [asyncio.create_task(child.wait()), asyncio.create_task(stopping.wait())]
    await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    for wait in waits:
        wait.cancel()
    return stopping.is_set()


async def _end(child: asyncio.subprocess.Process) -> None:
    if child.stdin is not None:
        child.stdin.close()
    try:
        await asyncio.wait_for(child.wait(), _PATIENCE_S)
    except TimeoutError:
        os.killpg(child.pid, signal.SIGKILL)
        await child.wait()
