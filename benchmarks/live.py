"""Claim: one worker holds 2,000 idle listeners of a live dataset in less than 400 MB.

`eclor serve` is a process of its own, this one is the client. Printed too: what half a minute of heartbeats costs, and
how long after a publication each listener has it whole. `python -m benchmarks.live [listeners]`.
"""

import asyncio
import resource
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import structlog

from benchmarks.serving import Server, free_port, running
from tests.serving import IN_ORDER, SERIES, live
from tests.unit.catalog.publish.released import Home

TARGET_MB = 400
IDLE_S = 30
AT_ONCE = 100
"""Listeners that arrive together."""
REQUEST = f"GET /api/v1/live/{SERIES} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n\r\n".encode()
_PATIENCE_S = 120


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured: megabytes, CPU seconds of the worker, seconds until the middle and the last listener knew."""

    rest_mb: float
    listening_mb: float
    after_mb: float
    idle_s: float
    told_cpu_s: float
    told_s: tuple[float, float]


def memory_mb(server: Server) -> float:
    """Return what the worker holds in memory, its threads included."""
    lines = Path(f"/proc/{server.process.pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


async def listener(port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Connect, and read the state of the moment; who lets the writer go hangs up."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(REQUEST)
    await reader.readuntil(b"event: version")
    await reader.readuntil(b"\n\n")
    return reader, writer


async def told(reader: asyncio.StreamReader) -> float:
    """Wait for the second version; return the instant at which it was whole."""
    async with asyncio.timeout(_PATIENCE_S):
        await reader.readuntil(b'"version":2,')
        await reader.readuntil(b"\n\n")
    return time.perf_counter()


async def measure(server: Server, home: Home, listeners: int) -> Figures:
    """Let listeners come, idle, and be told of a version."""
    rest_mb = memory_mb(server)
    port = server.connection.port
    readers: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []
    while len(readers) < listeners:
        coming = min(AT_ONCE, listeners - len(readers))
        readers += await asyncio.gather(*(listener(port) for _ in range(coming)))
    await asyncio.sleep(1)
    listening_mb, began_s = memory_mb(server), server.cpu_s()
    await asyncio.sleep(IDLE_S)
    idle_s = server.cpu_s() - began_s
    waiting = [asyncio.create_task(told(reader)) for reader, _ in readers]
    began_s = server.cpu_s()
    await asyncio.to_thread(home.published, live(home, IN_ORDER))
    published = time.perf_counter()
    known = sorted([instant - published for instant in await asyncio.gather(*waiting)])
    spans = known[len(known) // 2], known[-1]
    return Figures(rest_mb, listening_mb, memory_mb(server), idle_s, server.cpu_s() - began_s, spans)


def main(listeners: int = 2000) -> int:
    """Measure, print, and return 0 if the target holds."""
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))  # the worker inherits it
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        home.published(live(home, IN_ORDER[:10]))
        home.clock.move(minutes=10)
        port = free_port()
        command = [sys.executable, "-m", "eclor.cli", "serve"]
        with running(command, port, path="/healthz", ECLOR_HOME=folder, PORT=str(port)) as server:
            got = asyncio.run(measure(server, home, listeners))
        home.catalog.engine.dispose()
    print(
        f"live, {listeners:,} listeners on one worker: {got.rest_mb:.0f} MB at rest, {got.listening_mb:.0f} MB idle, "
    )
    print(f"  {got.after_mb:.0f} MB once told (target {TARGET_MB}); {IDLE_S} s of idling {got.idle_s:.2f} CPU s")
    print(f"  a version of {len(IN_ORDER)} rows known to half of them after {got.told_s[0]:.2f} s, ", end="")
    print(f"to all after {got.told_s[1]:.2f} s, {got.told_cpu_s:.2f} CPU s")
    return 0 if max(got.listening_mb, got.after_mb) < TARGET_MB else 1


if __name__ == "__main__":
    raise SystemExit(main(*map(int, sys.argv[1:])))
