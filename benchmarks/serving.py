"""Claims: a 100-row keyset page costs at most 1/7 of Datasette's CPU for the same page, without its count; a 304 costs
at most 2.6 times the barest ASGI answer.

Each server is a process of its own on uvicorn or as it comes, one client on one kept connection; CPU is the server
process's alone, user and system, all threads. Datasette reads the very index that we read. No page is asked twice.
`python -m benchmarks.serving [rows]`.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

import structlog

from catalog.catalogue import copies_folder
from tests.unit.catalog.publish.released import Home, passages

PAGE_TARGET = 1 / 7
UNMODIFIED_TARGET = 2.6
ROUNDS = 5
PAGES = 150
UNMODIFIED = 1000
SLUG = "dechetteries-passages"
RAW = """
async def app(scope, receive, send):
    if scope["type"] == "lifespan":
        return
    await send({"type": "http.response.start", "status": 304, "headers": [(b"etag", b'"1"')]})
    await send({"type": "http.response.body", "body": b""})
"""


class Server:
    """A running server: its process, and a kept connection to it."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self.process = process
        self.connection = HTTPConnection("127.0.0.1", port, timeout=30)

    def get(self, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        """Ask, and read the answer whole."""
        self.connection.request("GET", path, headers=headers)
        answer = self.connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()

    def cpu_s(self) -> float:
        """Return what the process has used so far."""
        return used_s(self.process.pid)


def used_s(process: int) -> float:
    """Return the CPU that a process has used so far, to the nanosecond where the kernel tells it."""
    tasks = Path(f"/proc/{process}/task")
    try:
        return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks.iterdir()) / 1e9
    except (OSError, IndexError):
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def running(command: list[str], port: int, *, path: str, **environment: str) -> Iterator[Server]:
    """Run a server until the block ends; ready once `path` answers."""
    process = subprocess.Popen(
        command, env={**os.environ, **environment}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        server = Server(process, port)
        for _ in range(300):
            try:
                server.get(path)
                break
            except OSError:
                server.connection.close()
                assert process.poll() is None, command
                time.sleep(0.1)
        yield server
    finally:
        process.terminate()
        process.wait()


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def costs_ms(asked: list[tuple[Server, Callable[[], None]]], times: int) -> list[float]:
    """Return each server's CPU an ask, in milliseconds: the median of rounds taken in turn, after one to warm up."""
    figures: list[list[float]] = [[] for _ in asked]
    for round_number in range(ROUNDS + 1):
        for (server, asks), own in zip(asked, figures, strict=True):
            server.connection.close()  # it may have been idle for longer than the server waits
            asks()
            began = server.cpu_s()
            for _ in range(times):
                asks()
            if round_number:
                own.append((server.cpu_s() - began) * 1000 / times)
    return [median(own) for own in figures]


def walk(server: Server, first: str, follow: Callable[[dict[str, object]], str]) -> Callable[[], None]:
    """Return an ask that reads the next page each time."""
    place = [first]

    def ask() -> None:
        status, _, body = server.get(place[0])
        page = json.loads(body)
        assert status == 200, body
        place[0] = follow(page)

    return ask


def ours(page: dict[str, object]) -> str:
    """Return the address of our next page."""
    assert len(page["records"]) == 100  # type: ignore[arg-type]
    address = urlsplit(str(page["next"]))
    return f"{address.path}?{address.query}"


def theirs(page: dict[str, object]) -> str:
    """Return the address of Datasette's next page."""
    assert len(page["rows"]) == 100  # type: ignore[arg-type]
    return f"/rows/rows.json?_size=100&_nocount=1&_nofacet=1&_shape=objects&_next={page['next']}"


def again(server: Server, path: str) -> Callable[[], None]:
    """Return an ask whose answer is 304."""
    _, headers, _ = server.get(path)
    tag = headers["etag"]

    def ask() -> None:
        status, _, _ = server.get(path, **{"If-None-Match": tag})
        assert status == 304

    return ask


def published(folder: Path, rows: int) -> Path:
    """Publish a version of so many rows; return its index."""
    home = Home(folder)
    made = [(f"S{n % 997:04d}", f"J{n:07d}", 20 + n % 50, 15 + n % 40, "publie") for n in range(rows)]
    home.published(passages(home, sorted(made)))
    home.catalog.engine.dispose()
    return copies_folder(home.catalog.published, SLUG, 1) / "rows.sqlite"


def main(rows: int = 100_000) -> int:
    """Measure, print, and return 0 if both targets hold."""
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    with tempfile.TemporaryDirectory() as temporary, ExitStack() as servers:
        folder = Path(temporary)
        shutil.copy(published(folder / "home", rows), folder / "rows.db")
        (folder / "raw.py").write_text(RAW)
        port = free_port()
        eclor = servers.enter_context(
            running(
                [sys.executable, "-m", "eclor.cli", "serve"],
                port,
                path="/healthz",
                ECLOR_HOME=str(folder / "home"),
                PORT=str(port),
            )
        )
        port = free_port()
        command = [sys.executable, "-m", "datasette", str(folder / "rows.db"), "-p", str(port)]
        datasette = servers.enter_context(running(command, port, path="/-/versions.json"))
        port = free_port()
        command = [sys.executable, "-m", "uvicorn", "raw:app", "--app-dir", temporary, "--port", str(port)]
        options = ["--loop", "uvloop", "--http", "httptools", "--no-access-log", "--lifespan", "off"]
        raw = servers.enter_context(running([*command, *options], port, path="/"))
        return report(eclor, datasette, raw, rows=rows)


def report(eclor: Server, datasette: Server, raw: Server, *, rows: int) -> int:
    """Measure the three, side by side."""
    first = f"/api/v1/datasets/{SLUG}/records?limit=100"
    next_page = theirs({"rows": [0] * 100, "next": "100"})
    page, yardstick = costs_ms(
        [(eclor, walk(eclor, first, ours)), (datasette, walk(datasette, next_page, theirs))], PAGES
    )
    unmodified, of_file, barest = costs_ms(
        [
            (eclor, again(eclor, first)),
            (eclor, again(eclor, f"/dataset/{SLUG}/data.csv")),
            (raw, lambda: None if raw.get("/")[0] == 304 else sys.exit("raw")),
        ],
        UNMODIFIED,
    )
    ratios = (page / yardstick, unmodified / barest, of_file / barest)
    print(f"serving, {rows:,} rows: keyset page of 100 rows {page:.3f} ms, Datasette {yardstick:.3f} ms: ", end="")
    print(f"{ratios[0]:.3f} (target {PAGE_TARGET:.3f})")
    print(f"serving, 304: rows {unmodified:.3f} ms, file {of_file:.3f} ms, raw ASGI {barest:.3f} ms: ", end="")
    print(f"{ratios[1]:.2f}, {ratios[2]:.2f} (target {UNMODIFIED_TARGET})")
    return 0 if ratios[0] <= PAGE_TARGET and max(ratios[1:]) <= UNMODIFIED_TARGET else 1


if __name__ == "__main__":
    raise SystemExit(main(*map(int, sys.argv[1:])))
