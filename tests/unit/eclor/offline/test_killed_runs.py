"""What a killed `eclor apply` left beside its result, plain rows among them, goes with the next one."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from eclor.offline.bundle import PRIVATE, bundle

DIES = """
import os, signal, sys
from pathlib import Path
from eclor.offline.bundle import PRIVATE, bundle

with bundle(Path(sys.argv[1])) as folder:
    (folder / PRIVATE / "raw.parquet").write_text("Durand")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_a_killed_run_left_goes_with_the_next_one(tmp_path: Path) -> None:
    died = subprocess.run([sys.executable, "-c", DIES, str(tmp_path / "one")], check=False)
    assert died.returncode == -signal.SIGKILL
    (left,) = tmp_path.iterdir()
    assert (left / PRIVATE / "raw.parquet").exists()
    with bundle(tmp_path / "two") as folder:
        assert sorted(path.name for path in tmp_path.iterdir()) == [folder.name]
    assert [path.name for path in tmp_path.iterdir()] == ["two"]
    assert [path.name for path in (tmp_path / "two").iterdir()] == [PRIVATE]


def test_a_run_that_lives_is_left_alone_and_one_that_fails_leaves_nothing(tmp_path: Path) -> None:
    with bundle(tmp_path / "one") as living, bundle(tmp_path / "two"):
        assert living.exists()
    with pytest.raises(ZeroDivisionError), bundle(tmp_path / "three"):
        raise ZeroDivisionError
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one", "two"]
