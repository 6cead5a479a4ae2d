"""More listeners than the open files that a system gives a process at first."""

import resource
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from socket import create_connection, socket
from urllib.parse import urlsplit

import pytest

from tests.serving import ROWS, SERIES, live, server
from tests.unit.catalog.publish.released import Home

FILES = 256
LISTENERS = 300
FEW = ("sh", "-c", f'ulimit -Sn {FILES} && exec "$@"', "sh")
ASK = f"GET /api/v1/live/{SERIES} HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n".encode()


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    made = Home(tmp_path)
    made.published(live(made, ROWS))
    yield tmp_path
    made.catalog.engine.dispose()


@contextmanager
def listener(address: str) -> Iterator[socket]:
    """One who was answered, and goes on listening."""
    parts = urlsplit(address)
    with create_connection((parts.hostname or "", parts.port or 0), timeout=20) as connection:
        connection.sendall(ASK)
        assert connection.recv(64).startswith(b"HTTP/1.1 200 ")
        yield connection


def test_a_server_has_more_listeners_than_the_files_it_was_first_given(home: Path) -> None:
    assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] > LISTENERS + 100, "this test opens as many itself"
    with server(home, under=FEW) as address, ExitStack() as open_ones:
        listeners = [open_ones.enter_context(listener(address)) for _ in range(LISTENERS)]
    assert len(listeners) == LISTENERS
