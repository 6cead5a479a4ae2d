"""One publisher at a time, and the other is told who it is."""

import os
import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest

from catalog.locks import alone
from eclor.errors import Busy
from tests.unit.catalog.publish.released import Home, places

HOLDER = """
import sys
from pathlib import Path
from tests.unit.catalog.publish.released import Home
home = Home(Path(sys.argv[1]))
with home.catalog.publishing(home.world):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_publisher_is_told_who_publishes_and_a_killed_one_frees_the_place(home: Home) -> None:
    command = [sys.executable, "-c", HOLDER, str(home.folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(Busy) as refused, home.catalog.publishing(home.world, patience_s=0):
            pass
        assert refused.value.facts == {"process": str(holder.pid), "since": "2026-11-24T05:12:07+00:00"}
        assert f"processus {holder.pid}" in refused.value.french()
        holder.kill()
    assert home.published(places(home)).version == "1"


def test_two_threads_wait_for_each_other(home: Home, tmp_path: Path) -> None:
    seen: list[str] = []

    def hold(name: str) -> None:
        with alone(tmp_path / "lock", world=home.world, patience_s=10):
            seen.extend([f"{name} in", f"{name} out"])

    threads = [Thread(target=hold, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(seen[place].replace("in", "out") == seen[place + 1] for place in range(0, 8, 2))


def test_the_lock_names_its_holder(home: Home, tmp_path: Path) -> None:
    with alone(tmp_path / "lock", world=home.world, patience_s=0):
        assert (tmp_path / "lock").read_text() == f"{os.getpid()} 2026-11-24T05:12:07+00:00"
