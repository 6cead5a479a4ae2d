"""Start the simulators as anyone would, and look for what they leave behind."""

import json
import os
import select
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[3]
NOW = "2026-11-24T13:00:00+00:00"
SEED = "7"


@dataclass
class Running:
    process: "subprocess.Popen[str]"
    where: dict[str, str]
    home: Path

    @property
    def url(self) -> str:
        return self.where["simulateurs"]

    @property
    def port(self) -> int:
        return int(self.where["courtier"].rpartition(":")[2])

    def login(self, name: str) -> tuple[str, str]:
        kept = json.loads(Path(self.where["secrets"]).read_text("utf-8"))
        user, separator, password = kept[name].partition(":")
        return (user, password) if separator else (name, user)


def command(home: Path, *more: str, seed: str = SEED) -> list[str]:
    asked = ["--territory", "policies/ccphva", "--home", str(home), "--seed", seed, "--now", NOW]
    return [sys.executable, "-m", "harvesters.simulators", *asked, *more]


@contextmanager
def running(home: Path, *more: str) -> Iterator[Running]:
    process = subprocess.Popen(
        command(home, *more), cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )  # fmt: skip
    try:
        yield Running(process, json.loads(process.stdout.readline()), home)
    finally:
        process.stdin.close()
        process.wait(20)
        process.stdout.close()
        for export in (home / "eclairage").glob("uplinks-*"):
            export.unlink()  # 400 MB that the test runner would keep


def processes_of(home: Path) -> list[int]:
    """Processes whose command line names a folder: the systems, their leash, the broker, the lamps."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and str(home).encode() in (entry / "cmdline").read_bytes():
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def ends_within(pids: list[int], seconds: float) -> bool:
    """Wait for processes that are not our children; say whether all have ended."""
    handles = []
    for pid in pids:
        try:
            handles.append(os.pidfd_open(pid))
        except ProcessLookupError:
            continue
    ended = [_is_over(handle, seconds) for handle in handles]
    for handle in handles:
        os.close(handle)
    return all(ended)


def _is_over(handle: int, seconds: float) -> bool:
    """Wait for a process by its descriptor; say whether it has ended."""
    poll = select.poll()
    poll.register(handle, select.POLLIN)
    return bool(poll.poll(seconds * 1_000))
