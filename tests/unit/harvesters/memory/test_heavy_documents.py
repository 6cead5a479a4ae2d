"""JSON whose values take many times its bytes: whatever the protocol, it is read or refused under 300 MB.

Some of them at a time are harvested in a process of their own, after a large table; then all of them in one.
"""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from harvesters import protocols
from tests.unit.harvesters.memory import heavy, heavy_server

MOST_BYTES = 300_000_000
CASES = tuple(heavy.worst())
_AT_A_TIME = 9
"""To start a process and read its table costs five times what reading a document costs."""
_NOT_JSON = {"cap", "csv", "gtfs", "gtfs-rt", "icalendar", "irve", "netex", "xlsx", "xml"}

pytestmark = pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="peaks are counted as Linux does")


def outcomes(cases: Sequence[heavy.Heavy], folder: Path, *, within_s: int = 280) -> list[tuple[str, str, int]]:
    """Return what each gave in one process that harvested a large table before: name, code, peak in bytes."""
    done = subprocess.run(
        [sys.executable, heavy_server.__file__, str(folder), "table"],
        input="\n".join(json.dumps([case.protocol, case.shape, case.share]) for case in cases), check=False,
        capture_output=True, text=True, timeout=within_s, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    lines = [json.loads(line) for line in done.stderr.splitlines() if line.startswith('["')]
    assert len(lines) == len(cases)
    return [(name, code, peak) for name, code, peak, _ in lines]


def test_every_protocol_that_reads_json_is_among_them() -> None:
    assert {case.protocol for case in CASES} - {"linked"} == set(protocols.PROTOCOLS) - _NOT_JSON


@pytest.mark.parametrize("first", range(0, len(CASES), _AT_A_TIME))
def test_a_heavy_document_never_takes_more_than_was_promised(first: int, tmp_path: Path) -> None:
    cases = CASES[first : first + _AT_A_TIME]
    told = outcomes(cases, tmp_path)
    assert not [said for said in told if not 0 < said[2] < MOST_BYTES]
    assert [name for name, code, _ in told if code == "payload.too-heavy"] == [
        case.name for case in cases if case.share > 1
    ]


@pytest.mark.soak
@pytest.mark.timeout(1200)
def test_nor_do_forty_of_them_one_after_the_other(tmp_path: Path) -> None:
    """Each leaves something among its own, so those come last that stand in blocks of another kind or size.

    Left out is what takes seconds for its rows, which are many, not large.
    """
    slow, last = ("readings", "stations", "nothing", "prices"), ("deep", "brackets", "pairs", "series", "strings")
    cases = sorted((case for case in CASES if case.shape not in slow), key=lambda case: case.shape in last)
    assert len(cases) > 40
    over = [said for said in outcomes(cases, tmp_path, within_s=1100) if said[2] >= MOST_BYTES]
    assert not over
