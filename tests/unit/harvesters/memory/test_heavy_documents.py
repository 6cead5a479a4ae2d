"""JSON whose values take many times its bytes: whatever the protocol, it is read or refused under 300 MB.

Each document is harvested in a process of its own, after a large table.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from harvesters import protocols
from tests.unit.harvesters.memory import heavy, heavy_server

MOST_BYTES = 300_000_000
CASES = tuple(heavy.worst())
_NOT_JSON = {"cap", "csv", "gtfs", "gtfs-rt", "icalendar", "irve", "netex", "xlsx"}

pytestmark = pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="peaks are counted as Linux does")


def outcome(case: heavy.Heavy, folder: Path) -> tuple[str, int]:
    """Return what a document gave in a process that harvested a large table before, and its peak in bytes."""
    done = subprocess.run(
        [sys.executable, heavy_server.__file__, str(folder), "table"],
        input=json.dumps([case.protocol, case.shape, case.share]), check=False, capture_output=True, text=True,
        timeout=280, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    (line,) = (json.loads(line) for line in done.stderr.splitlines() if line.startswith('["'))
    _, code, peak, _ = line
    return code, peak


def test_every_protocol_that_reads_json_is_among_them() -> None:
    assert {case.protocol for case in CASES} - {"linked"} == set(protocols.PROTOCOLS) - _NOT_JSON


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_heavy_document_never_takes_more_than_was_promised(case: heavy.Heavy, tmp_path: Path) -> None:
    code, peak = outcome(case, tmp_path)
    assert 0 < peak < MOST_BYTES, (code, peak)
    assert (code == "payload.too-heavy") == (case.share > 1)
