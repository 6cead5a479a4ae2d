"""What the engine takes of the machine: no more than the run was given, what its allocator keeps beside included."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from eclor.engine.limits import Limits
from eclor.engine.session import opened_session

GIVEN = 250
_ROWS = 3_000_000


def _held_bytes(line: str) -> int:
    status = Path("/proc/self/status").read_text("utf-8").splitlines()
    return next(int(said.split()[1]) * 1024 for said in status if said.startswith(f"{line}:"))


def _taken(folder: Path) -> int:
    """Group far more than fits; return the most bytes that were taken of the machine."""
    with opened_session((), Limits(folder, memory=f"{GIVEN}MB")) as session:
        connection: Any = session._connection  # type: ignore[attr-defined]
        before = _held_bytes("VmRSS")
        Path("/proc/self/clear_refs").write_text("5", "ascii")
        connection.execute(
            f"CREATE TEMP TABLE grouped AS SELECT md5(CAST(i AS VARCHAR)) AS one, count(*) FROM range({_ROWS}) t(i) "
            "GROUP BY ALL"
        )
        return _held_bytes("VmHWM") - before


@pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="peaks are counted as Linux does")
def test_the_engine_takes_no_more_than_it_was_given(tmp_path: Path) -> None:
    """In a process of its own, where nothing that others freed is taken again."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as process:
        taken = process.submit(_taken, tmp_path).result()
    assert 0.8 < taken / (GIVEN * 1_000_000) < 1
