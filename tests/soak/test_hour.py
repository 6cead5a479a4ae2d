"""The main job for an hour: its processes do not grow, no message is lost, and it stops as it should."""

import json
import os
from collections import Counter
from pathlib import Path
from threading import Event
from time import monotonic

import pytest

from eclor.world import FileKeyRing, SystemClock, SystemRandomness, World
from harvesters.raw_store import RawStore
from tests.e2e.harvest.mosquitto import available, free_port
from tests.e2e.main_job.conftest import LIGHTING, versions_of
from tests.e2e.main_job.running import processes_of, running
from tests.e2e.simulators.witness import Reading, Witness, readings_of
from tests.harvesting import rows_of
from tests.soak.watching import Memory

MINUTES = float(os.environ.get("ECLOR_SOAK_MINUTES", "60"))
LOOK_S = 15
GROWTH_MIB = 60
"""What the second half of an hour may add to a process: caches that settle, not a leak."""

pytestmark = [
    pytest.mark.soak,
    pytest.mark.broker,
    pytest.mark.timeout(int(MINUTES * 60 + 900)),
    pytest.mark.skipif(not available, reason="no mosquitto on this machine"),
]


def test_an_hour_of_work_loses_nothing_and_does_not_grow(tmp_path: Path) -> None:
    home, memory = tmp_path / "home", Memory()
    with running(home, free_port()) as run:
        run.wait_for("ready: ", 150)
        run.wait_for(f"● {LIGHTING}: published", 240)
        begun = monotonic()
        with Witness.of(json.loads((home / "endpoints.json").read_text("utf-8"))) as witness:
            while monotonic() - begun < MINUTES * 60:
                Event().wait(LOOK_S)
                assert run.process.poll() is None, run.text
                memory.look(home, monotonic() - begun)
        Event().wait(10)  # what was said last is written
        assert run.interrupt() == 0
        walks = run.walks()
    assert processes_of(home) == {}
    assert len(witness.said) > MINUTES * 60 * 4
    held = _held(home, tmp_path / "work")
    assert witness.readings <= set(held)
    assert set(held.values()) == {1}, "no message is held twice"
    assert [walk for walk in walks if walk["outcome"] == "failed"] == []
    assert len(versions_of(home)["dechetteries-attente"]) <= 2 + MINUTES / 5, (
        "a live state changes every 5 minutes at most"
    )
    growth = {name: memory.growth_mib(name) for name in memory.seen}
    assert all(grown < GROWTH_MIB for grown in growth.values()), growth


def _held(home: Path, work: Path) -> Counter[Reading]:
    world = World(SystemClock(), SystemRandomness(), FileKeyRing(home / "keys"))
    store = RawStore(home / "raw", world)
    raw = store.held(LIGHTING, "eclairage-plateforme")
    return readings_of(rows_of(raw, store, work))
