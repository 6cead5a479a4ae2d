"""A home with published versions, made through the last door, and a real server on it."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from socket import socket
from threading import Event

from catalog.declaration import DatasetDeclaration
from eclor.readiness import wait_until_ready
from tests.unit.catalog.publish.released import DECLARED_PASSAGES, Home, Made, passages, places

SERIES = "dechetteries-passages"
POINTS = "points-de-collecte"
ROWS = tuple(
    ("AUD" if day % 2 else "VIL", f"2026-10-{day:02d}", 20 + day, 15 + day, "publie")
    if day % 5
    else ("AUD" if day % 2 else "VIL", f"2026-10-{day:02d}", None, None, "masque")
    for day in range(1, 31)
)
IN_ORDER = tuple(sorted(ROWS))
"""Thirty rows of two sites, in key order; every fifth day is masked."""


def fill(home: Home) -> Home:
    """Publish two versions of the series, the second of thirty rows, and one of the points."""
    home.published(passages(home))
    home.clock.move(days=1)
    home.published(places(home))
    home.published(passages(home, IN_ORDER))
    return home


def live(home: Home, rows: tuple[tuple[object, ...], ...]) -> Made:
    """The series, declared as a live dataset."""
    declared = DatasetDeclaration.model_validate(DECLARED_PASSAGES | {"nature": "direct"})
    return passages(home, rows, periods=()).of(declaration=declared)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def server(home: Path, *, under: Sequence[str] = ()) -> Iterator[str]:
    """Run `eclor serve` on a home until the block ends; give its address. It must stop by itself when asked.

    `under` are the words before the command of a program that starts it.
    """
    port = free_port()
    environment = {**os.environ, "ECLOR_HOME": str(home), "PORT": str(port)}
    command = [*under, sys.executable, "-m", "eclor.cli", "serve"]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE) as process:
        try:
            status = wait_until_ready(port, until=Event(), ended=process.poll)
            assert status is None, process.communicate()[1].decode()
            yield f"http://127.0.0.1:{port}"
        finally:
            process.send_signal(signal.SIGINT)
            _, said = process.communicate(timeout=20)
    assert b"Traceback" not in said, said.decode()
