"""Child processes: kept running while they should, and gone when they should not."""

import asyncio
import os
import signal
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import structlog

_log = structlog.get_logger()
_PATIENCE_S = 8
_PAUSE_S = 1


@dataclass(frozen=True, slots=True)
class Command:
    """What to run, and the file to which what it says is appended."""

    words: tuple[str, ...]
    log: Path


async def started(command: Command) -> asyncio.subprocess.Process:
    """Run a command in its own process group; its stdin ends with us, however we end."""
    with command.log.open("ab") as said:
        return await asyncio.create_subprocess_exec(
            *command.words, stdin=asyncio.subprocess.PIPE, stdout=said, stderr=said, start_new_session=True
        )


async def kept(child: asyncio.subprocess.Process, command: Command, *, stopping: asyncio.Event) -> None:
    """Run a started command again each time it ends by itself, until stopping; then end it."""
    while not await _either(child, stopping):
        _log.warning("simulator.child_ended", log=str(command.log), status=child.returncode)
        with suppress(TimeoutError):
            await asyncio.wait_for(stopping.wait(), _PAUSE_S)
            return
        child = await started(command)
    await _end(child)


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
