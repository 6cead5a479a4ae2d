"""Processes that a run starts and stops with itself: simulated sources, listeners, the server."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import IO, Final

from eclor.errors import SettingsRefused

_PATIENCE_S: Final = 15
_START_S: Final = 120
_CHUNK: Final = 65536


@contextmanager
def child(arguments: list[str], *, log: Path, environment: Mapping[str, str]) -> Iterator["subprocess.Popen[bytes]"]:
    """Run this Python with `arguments` in a process group of its own, its output in `log`; stop it at the end.

    Its standard input is a lifeline: it closes when we die, however we die.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and modules
            [sys.executable, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE if "harvesters.simulators" in arguments else output,
            stderr=output,
            start_new_session=True,
            env=dict(environment),
        )
        try:
            yield process
        finally:
            stop(process)


def when_stdin_ends(act: Callable[[], None]) -> None:
    """Do something, in another thread, once who started us is dead: the lifeline's other end is closed then."""

    def wait() -> None:
        while os.read(0, _CHUNK):
            pass
        act()

    Thread(target=wait, daemon=True).start()


def stop(process: "subprocess.Popen[bytes]") -> None:
    """Ask a child and all that it started to end; kill what does not."""
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            stream.close()
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
    try:
        process.wait(_PATIENCE_S)
    except subprocess.TimeoutExpired:
        _kill_group(process)
    process.wait()


def announced(process: "subprocess.Popen[bytes]", *, log: Path) -> dict[str, str]:
    """Return the endpoints that the simulated sources announce in one JSON line when all of them are ready.

    Refuses (`SettingsRefused`) when they end or say something else.
    """
    stream: IO[bytes] | None = process.stdout
    line = stream.readline() if stream is not None else b""
    try:
        endpoints = json.loads(line)
    except ValueError:
        reason = f"exit {process.wait(_START_S)}" if not line else "unreadable announcement"
        raise SettingsRefused("run.sources-not-started", reason=reason, log=str(log)) from None
    return {str(name): str(address) for name, address in dict(endpoints).items()}


def _kill_group(process: "subprocess.Popen[bytes]") -> None:
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
