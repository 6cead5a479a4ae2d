"""What a killed `eclor apply` left beside its result, plain rows among them, goes with the next one."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from eclor.leftovers import LOCK, sweep
from eclor.offline.bundle import PRIVATE, bundle

DIES = """
import os, signal, sys
from pathlib import Path
from eclor.offline.bundle import PRIVATE, bundle

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

setattr(Path, sys.argv[2], die)
with bundle(Path(sys.argv[1])) as folder:
    (folder / PRIVATE / "raw.parquet").write_text("Durand")
    Path.home()
"""


@pytest.mark.parametrize("dies_at", ["home", "rename"], ids=["at work", "before its name"])
def test_what_a_killed_run_left_goes_with_the_next_one(tmp_path: Path, dies_at: str) -> None:
    died = subprocess.run([sys.executable, "-c", DIES, str(tmp_path / "one"), dies_at], check=False)
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


def test_a_folder_that_was_just_made_is_left_and_one_that_holds_rows_goes(tmp_path: Path) -> None:
    made, left = tmp_path / ".run-made", tmp_path / ".run-left"
    for folder in (made, left):
        folder.mkdir()
        (folder / LOCK).touch()
    (left / "raw.parquet").write_text("Durand")
    sweep(tmp_path, ".run-")
    assert list(tmp_path.iterdir()) == [made]


def test_a_folder_is_removed_with_its_lock_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left = tmp_path / ".run-left"
    left.mkdir()
    for name in (LOCK, "a", "z"):
        (left / name).touch()
    locked = []
    monkeypatch.setattr("eclor.leftovers.shutil.rmtree", lambda *_, **__: locked.append(sorted(left.iterdir())))
    sweep(tmp_path, ".run-")
    assert locked == [[left / LOCK]]
