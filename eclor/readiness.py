"""Whether a port is free, and whether the server that should be there answers."""

import socket
from collections.abc import Callable
from threading import Event

import httpx

_STEP_S = 0.1


def free(port: int) -> bool:
    """Tell whether this port of the loopback can be listened on."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def wait_until_ready(port: int, *, until: Event, ended: Callable[[], int | None]) -> int | None:
    """Return None when the server of this port says that it is ready, or when the event is set.

    `ended` tells the exit status of the server's process, none while it lives; a server that ended will never answer,
    so its status is returned at once.
    """
    while not until.is_set():
        if (status := ended()) is not None:
            return status
        try:
            if httpx.get(f"http://127.0.0.1:{port}/readyz", timeout=5).is_success:
                return None
        except httpx.HTTPError:
            until.wait(_STEP_S)
    return None
