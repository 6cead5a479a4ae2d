"""Every simulated system misbehaves in turn for an hour: no accepted row is lost or counted twice, no memory leaks."""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from time import monotonic

import pytest

from harvesters.simulators.misbehaviour import Misbehaviour
from tests.e2e.harvest.mosquitto import available
from tests.e2e.main_job.running import until
from tests.e2e.simulators.flows import place
from tests.e2e.simulators.running import ROOT, Running, running
from tests.e2e.simulators.witness import Witness, readings_of
from tests.harvesting import rows_of
from tests.soak.watching import Memory

MINUTES = float(os.environ.get("ECLOR_SOAK_MINUTES", "60"))
LOOK_S = 5
GROWTH_MIB = 60
PEAK_MIB = 400
"""Dozens of protocols, and a broker listened to, in one process: 170 to begin with, 240 once each flow was read, 350
once 8 MiB of a calendar without end waited for its window, which Python does not give back."""
READING_BACK = {"ARROW_DEFAULT_MEMORY_POOL": "system"}
"""What a trial reads back to compare, on Arrow's threads, is given back: its usual pool keeps ten times as much."""
WATCHED = (
    "tests.soak.harvester",
    "harvesters.simulators --territory",
    "harvesters.simulators.publisher",
    "mosquitto -c",
)

pytestmark = [
    pytest.mark.soak,
    pytest.mark.broker,
    pytest.mark.timeout(int(MINUTES * 60 + 900)),
    pytest.mark.skipif(not available, reason="no mosquitto on this machine"),
]


@dataclass
class Child:
    """The harvesting child, and what it said of its trials."""

    process: "subprocess.Popen[str]"
    trials: list[dict[str, object]] = field(default_factory=list)

    def listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.trials.append(json.loads(line))


@contextmanager
def harvesting(systems: Running, folder: Path) -> Iterator[Child]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.soak.harvester", str(systems.home), str(folder)],
        cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, **READING_BACK},
    )  # fmt: skip
    child = Child(process)
    assert process.stdin is not None
    process.stdin.write(json.dumps(systems.where) + "\n")
    process.stdin.flush()
    reader = Thread(target=child.listen)
    reader.start()
    try:
        yield child
    finally:
        process.stdin.close()
        process.wait(600)
        reader.join(10)


def test_an_hour_of_misbehaviour_loses_no_accepted_row_and_leaks_no_memory(tmp_path: Path) -> None:
    home, folder, memory = tmp_path / "systems", tmp_path / "harvest", Memory(WATCHED)
    with running(home, "--fast-lamps", "300") as systems:
        with harvesting(systems, folder) as child:
            until(lambda: bool(child.trials), 120, "a first trial")
            begun = monotonic()
            with Witness.of(systems.where) as witness:
                while monotonic() - begun < MINUTES * 60:
                    Event().wait(LOOK_S)
                    assert child.process.poll() is None
                    memory.look(tmp_path, monotonic() - begun)
            Event().wait(LOOK_S)  # what was said last is written
        store, _ = place(systems.where, folder)
    assert child.process.returncode == 0
    sys.stdout.write(_told(child, witness, memory))
    assert [trial for trial in child.trials if _is_bad(trial)] == []
    assert {trial["kind"] for trial in child.trials} == {kind.value for kind in Misbehaviour}
    rows = rows_of(store.held("eclairage-telemetrie", "eclairage-plateforme"), store, tmp_path / "work")
    held = readings_of(rows)
    assert len(witness.said) > MINUTES * 60
    assert witness.readings - set(held) == set(), "a reading is lost"
    assert set(held.values()) == {1}, "a reading is counted twice"
    growth = {name: memory.growth_mib(name) for name in memory.seen}
    assert all(grown < GROWTH_MIB for grown in growth.values()), growth
    assert memory.peak_mib(WATCHED[0]) < PEAK_MIB


def _is_bad(trial: dict[str, object]) -> bool:
    return any(value is False for value in trial.values())


def _told(child: Child, witness: Witness, memory: Memory) -> str:
    """Say what an hour was made of."""
    codes = Counter((trial["kind"], code or "taken") for trial in child.trials for code in trial["codes"])
    lines = [f"\n{len(child.trials)} trials; {len(witness.said)} readings, {witness.unsound} unsound messages"]
    lines += [f"bad: {trial}" for trial in child.trials if _is_bad(trial)]
    lines += [f"{kind:12} {code:26} {times}" for (kind, code), times in sorted(codes.items())]
    lines += [f"{name}: {memory.growth_mib(name):+.1f} MiB, peak {memory.peak_mib(name):.0f}" for name in memory.seen]
    return "\n".join(lines)
