"""Run a command that must not outlive whoever asked for it: `python -m harvesters.simulators.leash COMMAND…`.

The command gets a process group of its own. It is stopped on SIGTERM, on SIGINT, and when the leash's stdin ends:
that is how a killed parent lets go. The exit status is the command's.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from threading import Thread
from types import FrameType

_PATIENCE_S = 5
_CHUNK = 65536


def when_stdin_ends(act: Callable[[], None]) -> None:
    """Do something, in another thread, once nobody holds the other end of stdin any more."""

    def wait() -> None:
        while os.read(0, _CHUNK):
            pass
        act()

    Thread(target=wait, daemon=True).start()


def on_signals(act: Callable[[], None]) -> None:
    """Do something on SIGTERM and SIGINT instead of dying."""

    def handle(_signal: int, _frame: FrameType | None) -> None:
        act()

    signal.signal(signal.SIGTERM, handle)
    signal.signal(signal.SIGINT, handle)


def run(command: list[str]) -> int:
    """Run a command to its end, or to the end of stdin; return its exit status."""
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)  # noqa: S603 - our own children
    on_signals(child.terminate)
    when_stdin_ends(lambda: _stop(child))
    return child.wait()


def _stop(child: "subprocess.Popen[bytes]") -> None:
    child.terminate()
    try:
        child.wait(_PATIENCE_S)
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, signal.SIGKILL)


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
