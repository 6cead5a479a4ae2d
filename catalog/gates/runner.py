"""The wall between a gate and the rest: a process apart, bounded in time and memory, that may die alone.

A gate that crashes, hangs, grows without end or cannot be made refuses the release it was asked about, and only that
one: the next question starts a new process.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Final, Self

from pydantic import ValidationError

from catalog.gates import GATES
from catalog.gates.subject import SUBJECTS, VERDICTS, Fault, Subject, Verdict
from eclor.errors import GateRefused

_STOP_S: Final = 2.0
_READ: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class Limits:
    """How long and how large a gate may be. `start_s` is for its imports and models, on a busy machine."""

    start_s: float = 300.0
    judge_s: float = 120.0
    rows_per_s: float = 2_000.0
    """Beyond `judge_s`, a gate has the time that so slow a reading of all rows takes."""
    memory_bytes: int = 3 << 30
    """What a judgement may take over what the warm process holds (Linux: of address space)."""

    def deadline_s(self, rows: int) -> float:
        """Return the seconds that a gate may take over so many rows."""
        return self.judge_s + rows / self.rows_per_s


LIMITS: Final = Limits()


class WorkerLost(Exception):
    """The process of the gates gave no verdict; `fault` says why, without a word of what it read."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.code)
        self.fault = fault


@dataclass(slots=True)
class _Worker:
    """One living process of the gates."""

    process: "subprocess.Popen[bytes]"
    connection: socket.socket
    lifeline: int
    warm: bool = False

    def asked(self, question: Mapping[str, object] | None, seconds: float) -> dict[str, object]:
        """Hand over a question, if any, and return the next answer; raises `WorkerLost` when all is not done in time.

        Either may be larger than what a pipe holds, and a process that hangs takes no more of it: no call waits longer.
        """
        until = monotonic() + seconds
        try:
            if question is not None:
                self._wait(until)
                self.connection.sendall(json.dumps(question).encode() + b"\n")
            answer: dict[str, object] = json.loads(self._line(until))
        except TimeoutError:
            raise WorkerLost(Fault("gates.late", facts={"seconds": round(seconds)})) from None
        except (OSError, ValueError):
            raise WorkerLost(Fault("gates.crashed", facts={"error": "exit"})) from None
        return answer

    def _line(self, until: float) -> bytes:
        line = bytearray()
        while not line.endswith(b"\n"):
            self._wait(until)
            if not (part := self.connection.recv(_READ)):
                return b""  # it ended: nothing that it began to say holds
            line += part
        return bytes(line)

    def _wait(self, until: float) -> None:
        """Let the next call on the pipe wait until then, and no longer."""
        if (left := until - monotonic()) <= 0:
            raise TimeoutError
        self.connection.settimeout(left)

    def end(self) -> None:
        """End the process and all that it started, and let go of its pipes."""
        self.connection.close()
        os.close(self.lifeline)
        try:
            self.process.wait(_STOP_S if self.warm else 0)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


class GateRunner:
    """Runs gates, one at a time, in one process that stays warm. A context manager: leaving it ends the process.

    `work` is a private folder; the process keeps its scratch there. Safe to share between threads.
    """

    def __init__(self, work: Path, *, limits: Limits = LIMITS, gates: Mapping[str, str] = GATES) -> None:
        self.gates = gates
        self._work = work
        self._limits = limits
        self._worker: _Worker | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._lock = Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Start the process without waiting for it, so that it warms up while other work is done."""
        with self._lock:
            self._started()

    def stop(self) -> None:
        """End the process, if any, and remove its scratch."""
        with self._lock:
            self._discard()

    def run(self, gate: str, subject: Subject) -> Verdict:
        """Return the gate's verdict on a release; a gate that gives none refuses, with the reason as its fault."""
        with self._lock:
            try:
                return self._asked(self._ready(), gate, subject)
            except WorkerLost as lost:
                self._discard()
                return _no_verdict(gate, lost.fault)

    def _asked(self, worker: _Worker, gate: str, subject: Subject) -> Verdict:
        question = {"gate": gate, "subject": SUBJECTS.dump_python(subject, mode="json")}
        answer = worker.asked(question, self._limits.deadline_s(subject.count))
        if "memory" in answer:
            raise WorkerLost(Fault("gates.memory", facts={"megabytes": self._limits.memory_bytes >> 20}))
        try:
            verdict = VERDICTS.validate_python(answer["verdict"])
        except (KeyError, ValidationError):
            return _no_verdict(gate, Fault("gates.crashed", facts={"error": _told(answer)}))
        return _said(gate, verdict)

    def _ready(self) -> _Worker:
        worker = self._started()
        if not worker.warm:
            answer = worker.asked(None, self._limits.start_s)
            if "ready" not in answer:
                raise WorkerLost(Fault("gates.unavailable", facts={"error": _told(answer)}))
            worker.warm = True
        return worker

    def _started(self) -> _Worker:
        if self._worker is None:
            self._folder = tempfile.TemporaryDirectory(prefix="gates-", dir=self._work)
            orders = {"gates": dict(self.gates), "memory_bytes": self._limits.memory_bytes}
            self._worker = _spawned(self._folder.name, json.dumps(orders))
        return self._worker

    def _discard(self) -> None:
        if self._worker is not None:
            self._worker.end()
        if self._folder is not None:
            self._folder.cleanup()
        self._worker, self._folder = None, None


def _spawned(folder: str, orders: str) -> _Worker:
    """Start a process of the gates in `folder`, with an environment of its own: no credential goes in."""
    ours, theirs = socket.socketpair()
    lifeline_theirs, lifeline_ours = os.pipe()
    descriptors = (theirs.fileno(), lifeline_theirs)
    process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
        [sys.executable, "-m", "catalog.gates.worker", *map(str, descriptors), orders],
        cwd=folder,
        env=_environment(folder),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=descriptors,
        start_new_session=True,
    )
    theirs.close()
    os.close(lifeline_theirs)
    return _Worker(process, ours, lifeline_ours)


def _environment(folder: str) -> dict[str, str]:
    return {
        "PATH": os.defpath,
        "PYTHONPATH": os.pathsep.join(str(Path(path).resolve()) for path in sys.path if path),
        "LANG": "C.UTF-8",
        "HOME": folder,
        "TMPDIR": folder,
        "MALLOC_ARENA_MAX": "2",  # or each thread reserves address space, which is what is bounded
        "OMP_NUM_THREADS": "1",
        "GX_ANALYTICS_ENABLED": "false",
        "TQDM_DISABLE": "1",
    }


def _said(gate: str, verdict: Verdict) -> Verdict:
    """Return a verdict whose every fault has a sentence and the gate's name; what cannot be said is no verdict."""
    faults = tuple(replace(fault, facts={**fault.facts, "gate": gate}) for fault in verdict.faults)
    if not all(map(_can_be_said, faults)):
        return _no_verdict(gate, Fault("gates.crashed", facts={"error": "no such code, or other facts than it has"}))
    return replace(verdict, faults=faults)


def _can_be_said(fault: Fault) -> bool:
    """Say whether a fault's sentence exists and finds all that it says among the facts, which take no other's name."""
    facts = {"dataset": "", "row": fault.row, "column": fault.column, **fault.facts}
    try:
        GateRefused(fault.code, place=None, **facts).told()
    except (KeyError, TypeError):
        return False
    return True


def _no_verdict(gate: str, fault: Fault) -> Verdict:
    told = Fault(fault.code, facts={"gate": gate, **fault.facts})
    return Verdict(executor="none", checks=0, faults=(told,), internal={"lost": fault.code, **fault.facts})


def _told(answer: dict[str, object]) -> str:
    """Return the type of what was raised and where, innermost first: all that may be said of it."""
    places = answer.get("places")
    where = " < ".join(map(str, reversed(places))) if isinstance(places, list) else ""
    return f"{answer.get('error', 'no verdict')} {where}".strip()
