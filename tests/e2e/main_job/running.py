"""One `eclor run` as anybody starts it: its lines as they come, its table, its processes, its end."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Condition, Thread

ROOT = Path(__file__).parents[3]
ECLOR = Path(sys.executable).with_name("eclor")
_ROW = re.compile(r"^\s{2}([a-z-]+)\s+([\d,]+|–)\s+([\d,]+|–)\s+([\d,]+|–)\s+(\S.*?)\s*$")


@dataclass(frozen=True)
class Line:
    """A dataset's line of the table; a figure that is not there is None."""

    rows_in: int | None
    rows_out: int | None
    withheld: int | None
    ending: str


@dataclass
class Running:
    """A run at work. `lines` grows; `wait_for` is told of each."""

    process: "subprocess.Popen[str]"
    home: Path
    port: int
    started: float = field(default_factory=time.monotonic)
    lines: list[str] = field(default_factory=list)
    news: Condition = field(default_factory=Condition)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            with self.news:
                self.lines.append(line.rstrip("\n"))
                self.news.notify_all()
        with self.news:
            self.news.notify_all()

    def wait_for(self, start: str, seconds: float) -> float:
        """Return how long after the start of the run a line that begins so had come; fail after so many seconds."""
        with self.news:
            found = self.news.wait_for(lambda: any(line.startswith(start) for line in self.lines), seconds)
        assert found, f"no line {start!r} within {seconds} s:\n{self.text}"
        return time.monotonic() - self.started

    def table(self) -> dict[str, Line]:
        rows = [found for line in self.lines if (found := _ROW.match(line))]
        return {row[1]: Line(*(_number(row[place]) for place in (2, 3, 4)), row[5]) for row in rows}

    def walks(self) -> list[dict[str, object]]:
        """Every walk that ended, of all the runs of this home, as the technical log tells."""
        log = self.home / "logs" / "run.log"
        events = [json.loads(line) for line in log.read_text("utf-8").splitlines() if line.startswith("{")]
        return [event for event in events if event["event"] == "walk.ended"]

    def interrupt(self) -> int:
        """Send what Ctrl-C sends, and return the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(60)


def _number(cell: str) -> int | None:
    return None if cell == "–" else int(cell.replace(",", ""))


@contextmanager
def running(home: Path, port: int) -> Iterator[Running]:
    """Start the main job in this home; whatever happens, it is no longer there afterwards."""
    environment = {**os.environ, "ECLOR_HOME": str(home), "PORT": str(port), "COLUMNS": "200"}
    process = subprocess.Popen(
        [ECLOR, "run"], cwd=ROOT, env=environment, text=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
    )  # fmt: skip
    run = Running(process, home, port)
    reader = Thread(target=run.listen)
    reader.start()
    try:
        yield run
    finally:
        if process.poll() is None:
            run.interrupt()
        reader.join(10)


def processes_of(home: Path) -> dict[int, str]:
    """Every process whose environment or command line names this home, with its command line."""
    found = {}
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit():
                words = (entry / "cmdline").read_bytes()
                if str(home).encode() in words + (entry / "environ").read_bytes():
                    found[int(entry.name)] = words.replace(b"\0", b" ").decode()
        except OSError:
            continue
    found.pop(os.getpid(), None)
    return found


def until(condition: Callable[[], bool], seconds: float, what: str) -> None:
    """Ask again until it holds; fail after so many seconds."""
    end, pause = time.monotonic() + seconds, Condition()
    while not condition():
        assert time.monotonic() < end, f"{what}: not within {seconds} s"
        with pause:
            pause.wait(0.2)
