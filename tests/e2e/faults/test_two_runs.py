"""Two processes on one home: a second run says so at once; whoever is told waits while a walk reads what is held."""

import os
import subprocess
import time
from pathlib import Path

import pytest

from eclor.readiness import free
from harvesters.locks import if_free
from harvesters.receiving import READ_LOCK
from tests.e2e.faults.town import BENCHES, NOON, VISITS, Town, benches, put, visits
from tests.e2e.main_job.running import ECLOR, ROOT
from tests.serving import free_port
from tests.unit.harvesters.transport.conftest import Scripted, answer

pytestmark = pytest.mark.xdist_group("faults")  # one set of warm gates for all


@pytest.mark.timeout(300)
def test_two_runs_at_once_do_the_work_once(territory: Path, server: Scripted, tmp_path: Path) -> None:
    server.says(answer(benches(40)))
    put(tmp_path / "passages", "2026-09-01.csv", visits(NOON.replace(month=9, day=1)), at=NOON.replace(month=9))
    home = tmp_path / "home"
    environment = {**os.environ, "ECLOR_HOME": str(home), "ECLOR_TERRITORY": str(territory), "COLUMNS": "200"}
    runs = [
        subprocess.Popen(
            [ECLOR, "run", "--once"], cwd=ROOT, env=environment, text=True, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )
        for _ in range(2)
    ]  # fmt: skip
    said = [run.communicate(timeout=240)[0] for run in runs]
    assert sorted(run.returncode for run in runs) == [0, 1], said
    done, busy = said if runs[0].returncode == 0 else reversed(said)
    assert "[catalog.busy] Une autre" in busy
    for slug in (BENCHES, VISITS):
        assert f"● {slug}: published, version 1" in done
        assert [folder.name for folder in (home / "published" / slug / "versions").iterdir()] == ["1"]
    assert len(server.heads) == 1, "the source was asked once"


@pytest.mark.timeout(300)
def test_a_run_that_was_killed_leaves_nobody_on_its_port(territory: Path, server: Scripted, tmp_path: Path) -> None:
    server.says(answer(benches(40)))
    port = free_port()
    held = {"ECLOR_HOME": str(tmp_path / "home"), "ECLOR_TERRITORY": str(territory), "PORT": str(port)}
    with subprocess.Popen(
        [ECLOR, "run"], cwd=ROOT, env={**os.environ, **held}, text=True, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    ) as run:  # fmt: skip
        assert run.stdout is not None
        assert any(line.startswith("ready:") for line in run.stdout)
        assert not free(port)
        run.kill()
    until = time.monotonic() + 30
    while not free(port) and time.monotonic() < until:
        time.sleep(0.1)
    assert free(port), "the next run needs it"


def test_what_is_held_is_kept_as_it_is_until_a_version_of_it_is_named_and_no_longer(
    town: Town, server: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.says(answer(benches(50)))
    source = town.house.flows(BENCHES)[0]
    lock, free = town.house.store.place(source.dataset, source.name) / READ_LOCK, {}

    def look(at: str) -> None:
        with if_free(lock) as unread:
            free[at] = unread

    monkeypatch.setattr("catalog.publish.failpoint", look)
    done = town.walked(BENCHES, minutes=10)
    assert (done.outcome, done.version) == ("published", 2), done.message_fr
    assert free == {"publish.written": False, "publish.journaled": True}
