"""A server that was trusted and turns hostile: a clear refusal, the former version untouched, under 300 MB of memory.

All cases run in one child, whose peak counts for all of them.
"""

import json
import os
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Thread

import pytest

from eclor.sentences import SENTENCES
from tests.unit.harvesters.transport import hostile
from tests.unit.harvesters.transport.conftest import Scripted
from tests.unit.harvesters.transport.hostile_cases import CASES, OK, Case

MOST_MIB = 300
pytestmark = pytest.mark.timeout(1_200)
"""Three quarters of a minute of work, which a machine that does much else is given longer for."""


@dataclass(slots=True)
class Turncoat:
    """Answers each path well the first time."""

    seen: Counter[str] = field(default_factory=Counter)

    def __call__(self, connection: socket.socket, head: bytes) -> None:
        name = head.split(b" ")[1].decode().strip("/")
        self.seen[name] += 1
        case = next(case for case in CASES if case.name == name)
        headers, pieces = (case.headers, case.pieces()) if self.seen[name] > 1 else (b"", iter([case.good]))
        connection.sendall(OK + headers + b"\r\n")
        for piece in pieces:  # until the reader had enough
            connection.sendall(piece)


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, tuple[str, int, int]]:
    """What each case gave: code, rows held, peak of the child so far in MiB."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = Thread(target=Scripted(listening, [Turncoat()]).serve, daemon=True)
        thread.start()
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        folder, roads = tmp_path_factory.mktemp("hostile"), os.pathsep.join(sys.path)
        told = json.dumps([[case.name, case.protocol, dict(case.options)] for case in CASES])
        done = subprocess.run(
            [sys.executable, hostile.__file__, url, str(folder)],
            input=told, check=False, capture_output=True, text=True, timeout=1_000,
            env={**os.environ, "PYTHONPATH": roads},
        )  # fmt: skip
        listening.shutdown(socket.SHUT_RDWR)
    thread.join(5)
    lines = [line for line in done.stderr.splitlines() if line.startswith("[")]
    assert done.returncode == 0, done.stderr[-3000:]
    return {name: (code, rows, peak) for name, code, rows, peak in map(json.loads, lines)}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_each_lie_is_refused_and_the_former_version_stays(
    outcomes: Mapping[str, tuple[str, int, int]], case: Case
) -> None:
    code, rows, _ = outcomes[case.name]
    assert (code, rows) == (case.code, 2)
    assert SENTENCES[code].fr
    assert SENTENCES[code].cure_fr


def test_no_lie_fills_the_memory(outcomes: Mapping[str, tuple[str, int, int]]) -> None:
    peaks = {name: peak for name, (_, _, peak) in outcomes.items()}
    assert max(peaks.values()) < MOST_MIB, peaks
