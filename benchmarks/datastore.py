"""Claims on the DataStore: each call of `datastore_search` at most 1/20 of the CPU that CKAN and its stores took once,
`datastore_search_sql` 1/5 on a small table and 1/20 at a million rows, dumps 1/20.

Words are asked once their index stands, CSV dumps once their lines are kept, pages by `_id` once it is known where the
version's lines begin, which the first question begins to make; what that took is printed.
Our figures hold the server and the processes that answer SQL, and are scaled by the barest ASGI answer of the same run,
which costs `BAREST_MS` on the machine that CKAN's were set beside. Nothing is asked twice.
`python -m benchmarks.datastore [rows]`.
"""

import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from urllib.parse import quote, urlencode

import structlog

from api.ckan import kept_lines, line_pages
from api.ckan.site import CSV, stable_id
from benchmarks.records import BAREST_MS, published
from benchmarks.serving import RAW, SLUG, Server, costs_ms, free_port, running, used_s
from catalog.words_index import NAME

TABLE = stable_id(SLUG, CSV)
SMALL = 250
ACTION = "/api/3/action"
PLAIN_TIMES = 400
"""The barest answers that stand beside a call, in turns with it."""


class Family(Server):
    """A server, and the processes that it started."""

    def cpu_s(self) -> float:
        """Return what all of them have used so far."""
        return super().cpu_s() + sum(map(used_s, self._children()))

    def _children(self) -> Iterator[int]:
        for task in Path(f"/proc/{self.process.pid}/task").iterdir():
            yield from map(int, (task / "children").read_text().split())


@dataclass(frozen=True, slots=True)
class Bar:
    """One call: where it is asked, what CKAN took for it, and the share of that which ours may."""

    name: str
    small: bool
    address: Callable[[int], str]
    ckan_ms: float
    share: float = 1 / 20
    times: int = 40


def _search(**asked: object) -> str:
    texts = {name: value if isinstance(value, str) else json.dumps(value) for name, value in asked.items()}
    return f"{ACTION}/datastore_search?resource_id={TABLE}&{urlencode(texts)}"


def _pair(n: int) -> str:
    words = ("place", "de", "la", "fontaine", "halle", "du", "canal", "pres")
    return f"{words[n % 8]} {words[(n + 1 + n // 8) % 8]}"


def _sql(text: str) -> str:
    return f"{ACTION}/datastore_search_sql?sql={quote(text)}"


def _group(n: int) -> str:
    chosen = f"SELECT foyers, count(*) AS n, avg(passages) AS m{n}"
    return _sql(f'{chosen} FROM "{TABLE}" GROUP BY foyers ORDER BY n DESC, foyers')


def _dump(kind: str) -> Callable[[int], str]:
    return lambda n: f"/datastore/dump/{TABLE}?format={kind}&limit={100_000 + n}"


BARS = (
    Bar("250 rows: limit 100", True, lambda n: _search(limit=100, offset=n % 150), 12.14, times=200),
    Bar("250 rows: filter and sort, limit 10", True,
        lambda n: _search(limit=10, filters={"foyers": {"gte": n % 100}}, sort="passages desc, _id"), 9.95, times=100),
    Bar("250 rows: info", True,
        lambda n: f"{ACTION}/datastore_info?id={TABLE}&include_meta={bool(n % 2)}", 19.65, times=200),
    Bar("250 rows: SQL group by", True, _group, 7.75, 1 / 5, times=100),
    Bar("first page with total", False,
        lambda n: _search(limit=100 - n % 50, include_next_page=bool(n % 2)), 11.78, times=200),
    Bar("page by _id, no total", False,
        lambda n: _search(limit=100, filters={"_id": {"gt": 997 * n}}, include_total=False), 10.68, times=200),
    Bar("indexed filter, sort, limit 100", False,
        lambda n: _search(limit=100, filters={"site": f"S{n % 997:04d}"}, sort="passages"), 32.62),
    Bar("unindexed filter, limit 100", False,
        lambda n: _search(limit=100, filters={"passages": 1019 + n}), 559.0, times=20),
    Bar("words, few rows", False, lambda n: _search(limit=100, q=f"{317 * n:06d} fontaine"), 57.92),
    Bar("words, a part of one, some 3,000 rows", False, lambda n: _search(limit=100, q=f"{n:03d}0 canal"), 57.92),
    Bar("words, two of eight, in every row", False, lambda n: _search(limit=100, q=_pair(n)), 57.92, times=56),
    Bar("offset 900,000, limit 100", False, lambda n: _search(limit=100, offset=900_000 + n), 237.86),
    Bar("SQL group by (101 groups)", False, _group, 374.55, times=20),
    Bar("dump of 100,000 rows, CSV", False, _dump("csv"), 380.0, times=2),
    Bar("dump of 100,000 rows, JSON", False, _dump("json"), 1320.0, times=2),
)  # fmt: skip


def asking(server: Server, address: Callable[[int], str]) -> Callable[[], None]:
    """Return an ask that never asks the same twice."""
    numbers = count()

    def ask() -> None:
        status, _, body = server.get(address(next(numbers)))
        assert status == 200, body[:300]

    return ask


def plain(raw: Server, several: int) -> Callable[[], None]:
    """Return an ask for several of the barest answers: they are few to measure beside a call that is asked twice."""

    def ask() -> None:
        for _ in range(several):
            assert raw.get("/")[0] == 304, "the barest answer"

    return ask


def serving(stack: ExitStack, home: Path) -> Server:
    """Start ours on a home."""
    port = free_port()
    command = [sys.executable, "-m", "eclor.cli", "serve"]
    started = stack.enter_context(running(command, port, path="/healthz", ECLOR_HOME=str(home), PORT=str(port)))
    return Family(started.process, port)


def barest(stack: ExitStack, folder: Path) -> Server:
    """Start the barest one."""
    port = free_port()
    (folder / "raw.py").write_text(RAW)
    command = [sys.executable, "-m", "uvicorn", "raw:app", "--app-dir", str(folder), "--port", str(port)]
    command += ["--loop", "uvloop", "--http", "httptools", "--no-access-log", "--lifespan", "off"]
    return stack.enter_context(running(command, port, path="/"))


def main(rows: int = 1_000_000) -> int:
    """Measure, print, and return 0 if all targets hold."""
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    with tempfile.TemporaryDirectory() as temporary, ExitStack() as stack:
        folder = Path(temporary)
        published(folder / "small", SMALL)
        beside = published(folder / "large", rows)
        raw, large = barest(stack, folder), serving(stack, folder / "large")
        print(
            "datastore, words before their index stands:", awaited(large, _search(limit=1, q="fontaine"), beside / NAME)
        )
        print("datastore, a dump before its lines are kept:", awaited(large, _dump("csv")(0), beside / kept_lines.NAME))
        print(
            "datastore, a page before it is known where its lines are:",
            awaited(large, _search(limit=100, offset=1), beside / line_pages.NAME),
        )
        return report(serving(stack, folder / "small"), large, raw)


def awaited(server: Server, address: str, made: Path) -> str:
    """Ask for what is made when it is first asked for; say what the server itself used, and how long making took."""
    server.connection.close()  # it may have been idle for longer than the server waits
    before, began = Server.cpu_s(server), time.monotonic()
    server.get(address)  # where others work it may be too slow: what it needs is begun all the same
    cost = Server.cpu_s(server) - before
    while not made.exists():
        time.sleep(0.2)
    return f"{cost * 1000:.0f} ms, made in {time.monotonic() - began:.1f} s"


def report(small: Server, large: Server, raw: Server) -> int:
    """Measure each call beside the barest answer."""
    broken = 0
    for bar in BARS:
        server = small if bar.small else large
        several = max(1, PLAIN_TIMES // bar.times)
        cost, least = costs_ms([(server, asking(server, bar.address)), (raw, plain(raw, several))], bar.times)
        scaled, most = cost * BAREST_MS * several / least, bar.ckan_ms * bar.share
        broken += scaled > most
        print(f"datastore, {bar.name}: {cost:.2f} ms, scaled {scaled:.2f} (target {most:.2f}), ", end="")
        print(f"1/{bar.ckan_ms / scaled:.0f} of CKAN's{'' if scaled <= most else ': NOT MET'}")
    return int(broken > 0)


if __name__ == "__main__":
    raise SystemExit(main(*map(int, sys.argv[1:])))
