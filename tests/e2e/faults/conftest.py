"""A server that is told how to misbehave, and the town."""

import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Thread

import pytest

from catalog.gates.runner import GateRunner
from tests.e2e.faults.town import BENCHES, NOON, VISITS, Town, benches, opened, put, settle, visits
from tests.unit.harvesters.transport.conftest import Scripted, answer


@pytest.fixture
def server() -> Iterator[Scripted]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        scripted = Scripted(listening)
        thread = Thread(target=scripted.serve, daemon=True)
        thread.start()
        yield scripted
        scripted.released.set()
        with suppress(OSError):  # a test may have taken it down
            listening.shutdown(socket.SHUT_RDWR)
    thread.join(5)


@pytest.fixture
def territory(tmp_path: Path, server: Scripted) -> Path:
    (tmp_path / "passages").mkdir()
    return settle(tmp_path, serveur=server.url, passages=str(tmp_path / "passages"))


@pytest.fixture
def town(tmp_path: Path, territory: Path, server: Scripted, gates: GateRunner) -> Iterator[Town]:
    """A town with version 1 of its benches and of its visits."""
    server.says(answer(benches(40)))
    put(tmp_path / "passages", "2026-11-21.csv", visits(NOON.replace(day=21)), at=NOON)
    with opened(territory, tmp_path / "home", gates=gates) as one:
        for slug in (BENCHES, VISITS):
            done = one.walked(slug, minutes=1)
            assert (done.outcome, done.version) == ("published", 1), done.message_fr
        yield one
