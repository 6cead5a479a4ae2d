"""Claims on the records API at a million rows, beside Datasette on the same table in the same run: an unindexed filter
at most 1/3 of its CPU, a sort 1/5, a group-by 1/50, each at most 1/20 of CKAN's as measured once; a cached page, a 304,
a keyset page and an indexed filter within what they may cost beside the barest ASGI answer; a filtered CSV stream.

Figures of CKAN and absolute ones are scaled by the barest answer of the same run: it costs `BAREST_MS` on the machine
they were set on. Nothing but the cached page is asked twice. `python -m benchmarks.records [rows]`.
"""

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import count
from pathlib import Path
from urllib.parse import quote

import pyarrow as pa
import pyarrow.parquet as pq
import structlog

from benchmarks.serving import RAW, SLUG, Server, again, costs_ms, free_port, ours, running, walk
from catalog.catalogue import copies_folder
from catalog.declaration import DatasetDeclaration
from charter.apply import ReleaseColumn
from tests.unit.catalog.publish.released import DECLARED_PASSAGES, Home, passages

MEASURE = pa.decimal128(10, 2)
BAREST_MS = 0.08 / 2.6
TIMES = 40
QUICK_TIMES = 400
CKAN_MS = {"filter": 559.0, "sort": 237.9, "group": 505.5}
"""CPU of CKAN and its stores, measured once; its sort is that of a deep page: no other of all rows was measured."""
COLUMNS = (
    ReleaseColumn("site", "code", "dimension"),
    ReleaseColumn("horodatage", "date-heure", "dimension", level="jour"),
    ReleaseColumn("libelle", "texte", "technical"),
    ReleaseColumn("mesure", "decimal", "technical", decimals=2),
    ReleaseColumn("passages", "entier", "measure"),
    ReleaseColumn("foyers", "entier", "measure"),
    ReleaseColumn("ouvert", "booleen", "technical"),
    ReleaseColumn("statut", "code", "status"),
)


@dataclass(frozen=True, slots=True)
class Bar:
    """One claim: what is asked, of us and of Datasette, and the most that ours may cost of theirs."""

    name: str
    ours: Callable[[int], str]
    theirs: Callable[[int], str]
    target: float


def _sql(text: str) -> str:
    return f"/rows.json?_shape=objects&sql={quote(text)}"


RECORDS = f"/api/v1/datasets/{SLUG}/records?"
PAGE = "/rows/rows.json?_size=100&_nocount=1&_nofacet=1&_shape=objects&"
BARS = (
    Bar(
        "filter",
        lambda n: f"{RECORDS}passages={1019 + n}",
        lambda n: f"{PAGE}passages__exact={1019 + n}",
        1 / 3,
    ),
    Bar(
        "sort",
        lambda n: f"{RECORDS}sort=-passages&limit={101 + n}",
        lambda n: f"{PAGE.replace('100', str(101 + n))}_sort_desc=passages",
        1 / 5,
    ),
    Bar(
        "group",
        lambda n: f"{RECORDS}group=foyers&aggregate=count,avg(passages)&limit={200 + n}",
        lambda n: _sql(f"select foyers, count(*), avg(passages) from rows group by foyers limit {200 + n}"),
        1 / 50,
    ),
)


def table(rows: int) -> pa.Table:
    """Return so many rows in key order: 129 bytes a row of CSV, as the table that CKAN was measured on."""
    numbers = range(rows)
    text = "{:06d} place de la fontaine, derrière la halle, près du canal".format
    return pa.table(
        {
            "site": [f"S{number * 997 // rows:04d}" for number in numbers],
            "horodatage": [f"2026-{number % 12 + 1:02d}-{number % 28 + 1:02d}" for number in numbers],
            "libelle": [text(number * 7919 % 100_003) for number in numbers],
            "mesure": pa.array([Decimal(number * 104_729 % 9_999_991).scaleb(-2) for number in numbers], MEASURE),
            "passages": [20 + number * 7919 % 5000 for number in numbers],
            "foyers": [15 + number * 31 % 101 for number in numbers],
            "ouvert": [number % 2 == 0 for number in numbers],
            "statut": ["publie"] * rows,
        }
    )


def published(folder: Path, rows: int) -> Path:
    """Publish a version of so many rows; return its folder."""
    home = Home(folder)
    made = passages(home)
    release = made.validated.release
    pq.write_table(table(rows), release.rows.path)
    release = replace(release, rows=replace(release.rows, count=rows), columns=COLUMNS)
    described = [
        {"nom": column.name, "titre": {"fr": column.name, "en": column.name}, "unite": "m"} for column in COLUMNS[:-1]
    ]
    declaration = DatasetDeclaration.model_validate(DECLARED_PASSAGES | {"colonnes": described})
    home.published(
        made.of(validated=replace(made.validated, release=release), declaration=declaration),
    )
    home.catalog.engine.dispose()
    return copies_folder(home.catalog.published, SLUG, 1)


def asking(server: Server, address: Callable[[int], str]) -> Callable[[], None]:
    """Return an ask that never asks the same twice."""
    numbers = count()

    def ask() -> None:
        status, _, body = server.get(address(next(numbers)))
        assert status == 200, body[:300]

    return ask


def servers(stack: ExitStack, folder: Path) -> Iterator[Server]:
    """Start ours, Datasette and the barest one."""
    port = free_port()
    home = {"ECLOR_HOME": str(folder / "home"), "PORT": str(port)}
    command = [sys.executable, "-m", "eclor.cli", "serve"]
    yield stack.enter_context(running(command, port, path="/healthz", **home))
    port = free_port()
    command = [sys.executable, "-m", "datasette", str(folder / "rows.db"), "-p", str(port)]
    command += ["--setting", "sql_time_limit_ms", "60000"]
    yield stack.enter_context(running(command, port, path="/-/versions.json"))
    port = free_port()
    (folder / "raw.py").write_text(RAW)
    command = [sys.executable, "-m", "uvicorn", "raw:app", "--app-dir", str(folder), "--port", str(port)]
    command += ["--loop", "uvloop", "--http", "httptools", "--no-access-log", "--lifespan", "off"]
    yield stack.enter_context(running(command, port, path="/"))


def quick(eclor: Server, raw: Server) -> list[tuple[str, float, float]]:
    """Return what the quick answers cost beside the barest, and what they may."""
    first = f"{RECORDS}limit=100"
    eclor.connection.close()  # it may have been idle for longer than the server waits
    asked = {
        "cached page": (lambda: None if eclor.get(first)[0] == 200 else sys.exit("page"), 0.10),
        "304": (again(eclor, first), 0.08),
        "keyset page": (walk(eclor, first, ours), 0.35),
        "indexed filter": (asking(eclor, lambda n: f"{RECORDS}limit=100&site=S{n % 997:04d}&select={_shown(n)}"), 0.5),
    }
    barest = (raw, lambda: None if raw.get("/")[0] == 304 else sys.exit("raw"))
    *costs, least = costs_ms([*((eclor, ask) for ask, _ in asked.values()), barest], QUICK_TIMES)
    return [
        ("raw ASGI", least, least),
        *((name, cost * BAREST_MS / least, bar) for (name, (_, bar)), cost in zip(asked.items(), costs, strict=True)),
    ]


def _shown(n: int) -> str:
    """Return columns in an order that the same site was not asked for in."""
    names = [column.name for column in COLUMNS]
    turned = n // 997 % len(names)
    return ",".join(names[turned:] + names[:turned])


def streamed(eclor: Server) -> tuple[float, float]:
    """Return the megabytes a second of CPU of a filtered CSV stream, and of the prepared file."""
    rates = []
    for address in (f"{RECORDS}format=csv&limit=all&foyers__gte=30", f"/dataset/{SLUG}/data.csv"):
        eclor.connection.close()  # it may have been idle for longer than the server waits
        eclor.get(address)
        began = eclor.cpu_s()
        sizes = [len(eclor.get(address)[2]) for _ in range(3)]
        rates.append(sum(sizes) / 1e6 / (eclor.cpu_s() - began))
    return rates[0], rates[1]


def memory_mb(server: Server) -> float:
    """Return what the process holds."""
    line = next(one for one in Path(f"/proc/{server.process.pid}/status").read_text().splitlines() if "VmRSS" in one)
    return int(line.split()[1]) / 1000


def main(rows: int = 1_000_000) -> int:
    """Measure, print, and return 0 if all targets hold."""
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    with tempfile.TemporaryDirectory() as temporary, ExitStack() as stack:
        folder = Path(temporary)
        shutil.copy(published(folder / "home", rows) / "rows.sqlite", folder / "rows.db")
        eclor, datasette, raw = servers(stack, folder)
        return report(eclor, datasette, raw, rows=rows)


def report(eclor: Server, datasette: Server, raw: Server, *, rows: int) -> int:
    """Measure the three, side by side."""
    kept = True
    print(f"records, {rows:,} rows; worker at rest {memory_mb(eclor):.0f} MB (target 200)")
    (_, least, _), *figures = quick(eclor, raw)
    print(f"records, raw ASGI {least:.4f} ms; scaled to {BAREST_MS:.4f}: ", end="")
    print(", ".join(f"{name} {cost:.3f} ms (target {bar})" for name, cost, bar in figures))
    kept &= all(cost <= bar for _, cost, bar in figures)
    for bar in BARS:
        cost, theirs = costs_ms([(eclor, asking(eclor, bar.ours)), (datasette, asking(datasette, bar.theirs))], 6)
        scaled = cost * BAREST_MS / least
        print(f"records, {bar.name}: {cost:.2f} ms, Datasette {theirs:.1f} ms: 1/{theirs / cost:.1f} ", end="")
        print(f"(target 1/{1 / bar.target:.0f}); scaled {scaled:.2f} ms, 1/{CKAN_MS[bar.name] / scaled:.0f} of CKAN's")
        kept &= cost <= bar.target * theirs and scaled <= CKAN_MS[bar.name] / 20
    stream, file = streamed(eclor)
    print(f"records, filtered CSV stream {stream:.0f} MB/s a core (target 150), prepared file {file:.0f} (target 500)")
    print(f"records, worker after all of it {memory_mb(eclor):.0f} MB")
    return 0 if kept and stream >= 150 and file >= 500 else 1


if __name__ == "__main__":
    raise SystemExit(main(*map(int, sys.argv[1:])))
