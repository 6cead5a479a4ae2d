"""JSON whose values take many times its bytes: whatever the protocol, it is read or refused under 300 MB.

Each document is harvested in a process of its own, once after a large table. `heavy_server.py` measures each shape in
each protocol.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from harvesters import protocols
from tests.unit.harvesters.memory import heavy, heavy_server

MOST_BYTES = 300_000_000
CASES = tuple(heavy.worst())
_NOT_JSON = {"cap", "csv", "gtfs", "gtfs-rt", "icalendar", "irve", "netex", "xlsx"}

pytestmark = pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="peaks are counted as Linux does")


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, tuple[str, int]]:
    """What each document gave, and the peak of its process in bytes."""
    told = "".join(json.dumps([case.protocol, case.shape, case.share]) + "\n" for case in CASES)
    done = subprocess.run(
        [sys.executable, heavy_server.__file__, str(tmp_path_factory.mktemp("heavy")), "table"],
        input=told, check=False, capture_output=True, text=True, timeout=1200,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    lines = [json.loads(line) for line in done.stderr.splitlines() if line.startswith('["')]
    return {name: (code, peak) for name, code, peak, _ in lines}


def test_every_protocol_that_reads_json_is_among_them() -> None:
    assert {case.protocol for case in CASES} - {"linked"} == set(protocols.PROTOCOLS) - _NOT_JSON


@pytest.mark.timeout(1200)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_heavy_document_never_takes_more_than_was_promised(
    outcomes: Mapping[str, tuple[str, int]], case: heavy.Heavy
) -> None:
    code, peak = outcomes[case.name]
    assert 0 < peak < MOST_BYTES, (code, peak)
    assert (code == "payload.too-heavy") == (case.share > 1)
