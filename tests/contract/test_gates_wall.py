"""The wall: whatever a gate does, the release it was asked about is refused in bounded time, and only that one."""

import json
import os
import select
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from time import monotonic

import pytest

from catalog.gates import GATES, gates
from catalog.gates.runner import GateRunner, Limits
from catalog.gates.subject import Verdict
from eclor.errors import GateRefused, GuaranteeBroken
from tests.gated import GOOD_VISITS, VISITS, Row
from tests.rogue_gates import gate

LIMITS = Limits(start_s=60, judge_s=2, memory_bytes=256 << 20)
MARKED: tuple[Row, ...] = (("nord", "MARQUE-9f3", 13, 12, "publie"),)


def run(runner: GateRunner, name: str, folder: Path, rows: tuple[Row, ...] = GOOD_VISITS) -> Verdict:
    return runner.run(name, VISITS.of(rows, folder))


@pytest.mark.parametrize(
    ("rogue", "code"),
    [
        ("Dies", "gates.crashed"),
        ("Hangs", "gates.late"),
        ("HalfAnswers", "gates.late"),
        ("Grows", "gates.memory"),
        ("Raises", "gates.crashed"),
        ("Leaves", "gates.crashed"),
        ("SaysNothing", "gates.crashed"),
        ("SpeaksItsOwn", "gates.crashed"),
        ("SaysTooLittle", "gates.crashed"),
        ("SpeaksForOthers", "gates.crashed"),
        ("CallsHome", "gates.crashed"),
        ("Resolves", "gates.crashed"),
    ],
)
def test_a_gate_that_misbehaves_refuses_in_bounded_time_and_the_next_dataset_passes(
    rogue: str, code: str, tmp_path: Path
) -> None:
    with GateRunner(tmp_path, limits=LIMITS, gates={"rogue": gate(rogue), "good": gate("Good")}) as runner:
        runner.run("good", VISITS.of(GOOD_VISITS, tmp_path))
        began = monotonic()
        verdict = run(runner, "rogue", tmp_path)
        assert monotonic() - began < 10
        assert [fault.code for fault in verdict.faults] == [code]
        assert verdict.faults[0].facts["gate"] == "rogue"
        assert run(runner, "good", tmp_path).faults == ()


def test_a_process_that_takes_no_question_is_given_up_and_the_next_dataset_passes(tmp_path: Path) -> None:
    large = replace(VISITS.of(GOOD_VISITS, tmp_path), schema={"description": "x" * (8 << 20)})
    with GateRunner(tmp_path, limits=LIMITS, gates={"good": gate("Good")}) as runner:
        pid = int(str(runner.run("good", large).internal["pid"]))
        os.kill(pid, signal.SIGSTOP)
        began = monotonic()
        (fault,) = runner.run("good", large).faults
        assert monotonic() - began < 10
        assert fault.code == "gates.late"
        assert run(runner, "good", tmp_path).faults == ()


@pytest.mark.parametrize("rogue", ["CallsHome", "Resolves"])
def test_the_network_is_refused_by_the_wall_itself(rogue: str, tmp_path: Path) -> None:
    with GateRunner(tmp_path, limits=LIMITS, gates={"rogue": gate(rogue)}) as runner:
        assert "PermissionError" in str(run(runner, "rogue", tmp_path).faults[0].facts["error"])


def test_a_gate_that_raises_leaves_the_process_warm(tmp_path: Path) -> None:
    with GateRunner(tmp_path, limits=LIMITS, gates={"rogue": gate("Raises"), "good": gate("Good")}) as runner:
        before = run(runner, "good", tmp_path).internal["pid"]
        run(runner, "rogue", tmp_path)
        assert run(runner, "good", tmp_path).internal["pid"] == before


def test_what_a_gate_raises_is_told_without_what_it_read(tmp_path: Path) -> None:
    with GateRunner(tmp_path, limits=LIMITS, gates={"rogue": gate("Raises")}) as runner:
        verdict = run(runner, "rogue", tmp_path, MARKED)
    assert "ValueError rogue_gates.py:" in str(verdict.faults[0].facts["error"])
    assert "MARQUE" not in repr(verdict)


def test_what_a_gate_writes_reaches_no_terminal(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with GateRunner(tmp_path, limits=LIMITS, gates={"rogue": gate("Shouts")}) as runner:
        assert run(runner, "rogue", tmp_path).faults == ()
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("rogue", ["CannotStart", "StartsForEver"])
def test_a_gate_that_cannot_start_refuses_every_release(rogue: str, tmp_path: Path) -> None:
    limits = Limits(start_s=3, judge_s=2)
    with GateRunner(tmp_path, limits=limits, gates={"good": gate("Good"), "rogue": gate(rogue)}) as runner:
        codes = {run(runner, "good", tmp_path).faults[0].code for _ in range(2)}
    assert codes <= {"gates.unavailable", "gates.late"}


def test_no_judgement_sees_the_scratch_of_another(tmp_path: Path) -> None:
    with GateRunner(tmp_path, limits=LIMITS, gates={"good": gate("Good")}) as runner:
        assert [run(runner, "good", tmp_path).internal["found"] for _ in range(2)] == [[], []]


def test_a_gate_of_the_table_that_does_not_exist_refuses(tmp_path: Path) -> None:
    with GateRunner(tmp_path, limits=LIMITS, gates={"absent": "tests.rogue_gates:Absent"}) as runner:
        assert run(runner, "absent", tmp_path).faults[0].code == "gates.unavailable"


def test_the_process_is_given_no_credential(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ECLOR_SECRET_COURTIER", "MARQUE")
    with GateRunner(tmp_path, limits=LIMITS, gates={"good": gate("Good")}) as runner:
        seen = json.dumps(run(runner, "good", tmp_path).internal)
    assert "ECLOR" not in seen


def test_leaving_ends_the_process_and_leaves_nothing_behind(tmp_path: Path) -> None:
    with GateRunner(tmp_path, limits=LIMITS, gates={"good": gate("Good")}) as runner:
        pid = int(str(run(runner, "good", tmp_path).internal["pid"]))
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert [path.name for path in tmp_path.iterdir()] == ["release.parquet"]


def test_a_runner_starts_again_after_it_was_stopped(tmp_path: Path) -> None:
    with GateRunner(tmp_path, limits=LIMITS, gates={"good": gate("Good")}) as runner:
        runner.start()
        runner.stop()
        assert run(runner, "good", tmp_path).faults == ()


ORPHAN = """
import os, sys
from pathlib import Path
from catalog.gates.runner import GateRunner
from tests.gated import GOOD_VISITS, VISITS
from tests.rogue_gates import gate
folder = Path(sys.argv[1])
runner = GateRunner(folder, gates={"good": gate("Good"), "hangs": gate("SaysSoAndHangs")})
pid = runner.run("good", VISITS.of(GOOD_VISITS, folder)).internal["pid"]
os.write(1, f"{pid}\\n".encode())
runner.run("hangs", VISITS.of(GOOD_VISITS, folder))
"""


def test_the_process_dies_with_its_parent_even_in_the_middle_of_a_judgement(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "began")
    command = [sys.executable, "-c", ORPHAN, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env={"PYTHONPATH": str(Path.cwd())}) as parent:
        assert parent.stdout is not None
        watched = os.pidfd_open(int(parent.stdout.readline()))
        assert (tmp_path / "began").read_text() == "x"
        parent.kill()
    watch = select.poll()
    watch.register(watched, select.POLLIN)
    ended = watch.poll(20_000)
    os.close(watched)
    assert [descriptor for descriptor, _ in ended] == [watched]


SIZE = """from catalog.gates.subject import Fault, Verdict


class Size:
    def warm(self):
        pass

    def judge(self, subject, *, scratch):
        return Verdict("acme-size", 1, (Fault("gates.refused", facts={"reason": "trop de lignes"}),), {})
"""


def test_an_installed_gate_judges_every_release_after_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    info = tmp_path / "acme_size-1.0.dist-info"
    info.mkdir()
    (tmp_path / "acme_size.py").write_text(SIZE)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: acme-size\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[eclor.gates]\nsize = acme_size:Size\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    found = gates()
    assert list(found) == [*GATES, "size"]
    with GateRunner(tmp_path, limits=LIMITS, gates={"size": found["size"]}) as runner:
        (fault,) = run(runner, "size", tmp_path).faults
    assert "« size »" in GateRefused(fault.code, **fault.facts).french()


def test_an_installed_gate_takes_no_name_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    info = tmp_path / "acme-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: acme\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[eclor.gates]\nschema = acme:Nothing\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(GuaranteeBroken, match="schema"):
        gates()
