"""What `benchmarks.apply` measures, each in a process of its own: the copy, a plan applied, and its own SQL bare."""

import gc
import multiprocessing
import resource
import shutil
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from charter.apply import Held, apply
from charter.compile import compile_policy
from charter.raw_table import collected_fields, read_columns
from charter.reader import read
from charter.territory import Territory, load
from eclor.engine.compiled import sql_of
from eclor.engine.duckdb_session import COUNTED
from eclor.engine.limits import Limits
from eclor.engine.local_time import local_time
from eclor.names import FieldName, Slug, SourceName
from eclor.world import FileKeyRing, FixedClock, SystemRandomness, World
from harvesters.intake import IntakeCounts, RawColumn, RawDataset

NOW = datetime(2027, 2, 1, tzinfo=UTC)
TERRITORY = Path(__file__).parent / "apply_territory"
SETTINGS: dict[str, str | int | float | bool | list[str]] = {
    "threads": 2,
    "memory_limit": "1GB",
    "preserve_insertion_order": False,
}

_COMMUNE = "(['57041','57038','57096','57529','57603','54521','54580','57565'])[1 + CAST(hash(i * 3) % 8 AS INT)]"
TABLE = f"""
    'B-' || lpad(CAST(hash(i * 7) % 1000000 AS VARCHAR), 6, '0') AS badge,
    {_COMMUNE} AS commune,
    TIMESTAMP '2026-10-01' + to_microseconds(CAST(hash(i * 11) % 2678400000000 AS BIGINT)) AS horodatage,
    false AS horodatage__ambigu,
    CAST(hash(i * 13) % 500 AS BIGINT) AS volume_l,
    (['bois','gravats','metaux','vegetaux'])[1 + CAST(hash(i * 17) % 4 AS INT)] AS type_dechet,
    'rue ' || CAST(hash(i * 19) % 3000 AS VARCHAR) AS rue,
    CAST(hash(i * 23) % 100 AS BIGINT) AS duree_min,
    hash(i * 29) % 2 = 0 AS abonne,
    CAST(hash(i * 31) % 100000000 / 100.0 AS DECIMAL(18, 2)) AS montant,
    DATE '2026-10-01' + CAST(hash(i * 37) % 31 AS INT) AS jour,
    'vehicule ' || CAST(hash(i * 41) % 5000 AS VARCHAR) AS vehicule,
    left(md5(CAST(i AS VARCHAR)), 20) AS numero
"""
LINES = f"""
    {_COMMUNE} AS commune,
    'theme ' || CAST(hash(i * 5) % 12 AS VARCHAR) AS theme,
    'rue ' || CAST(hash(i * 19) % 3000 AS VARCHAR) AS rue,
    DATE '2026-10-01' + CAST(hash(i * 37) % 31 AS INT) AS jour,
    'P-' || lpad(CAST(hash(i * 7) % 2000 AS VARCHAR), 6, '0') AS code,
    CAST(hash(i * 13) % 60 AS BIGINT) AS attente_min,
    CAST(hash(i * 23) % 500 AS BIGINT) AS puissance_w,
    CAST(hash(i * 31) % 1000000 / 100.0 AS DECIMAL(18, 2)) AS surface_m2,
    TIMESTAMP '2026-10-01' + to_milliseconds(CAST(hash(i * 11) % 2678400000 AS BIGINT)) AS observe_a,
    false AS observe_a__ambigu,
    'note ' || CAST(hash(i * 41) % 5000 AS VARCHAR) AS note,
    'O-' || lpad(CAST(i AS VARCHAR), 9, '0') AS numero,
    hash(i * 29) % 2 = 0 AS ouvert
"""


@dataclass(frozen=True, slots=True)
class Measure:
    """CPU seconds, user and system, of one action in a process of its own, and the most memory that it held, MB."""

    cpu_s: float
    peak_mb: float


Action = Callable[[Path, str], None]


def measured(action: Action, file: Path, policy: str) -> Measure:
    """Measure an action once, in a process of its own, after a first run on no file that loads what it imports."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(_measured, action, file, policy).result()


def _measured(action: Action, file: Path, policy: str) -> Measure:
    action(_few(file), policy)
    spent = _spent(action, file, policy)
    return Measure(spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6)


def over_own_sql(file: Path, policy: str, turns: int) -> list[float]:
    """Return what a plan costs over its own SQL, turn by turn, which of them is first changing.

    All in one process of its own: two processes that do the same may differ by a twentieth, wherever that comes from.
    """
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(_over_own_sql, file, policy, turns).result()


def _over_own_sql(file: Path, policy: str, turns: int) -> list[float]:
    for action in (applied, bare):
        action(_few(file), policy)
    ratios = []
    for turn in range(turns):
        spent = {action: _spent(action, file, policy) for action in ((bare, applied) if turn % 2 else (applied, bare))}
        ratios.append(spent[applied] / spent[bare])
    return ratios


def _few(file: Path) -> Path:
    """Return a file of the first rows, by which what an action imports is loaded."""
    few = file.parent / "few.parquet"
    if not few.exists():
        with duckdb.connect() as connection:
            connection.execute("SET enable_progress_bar = false")
            connection.execute(f"COPY (SELECT * FROM '{file}' LIMIT 20000) TO '{few}'")
    return few


def _spent(action: Action, file: Path, policy: str) -> float:
    gc.collect()
    began = cpu_s()
    action(file, policy)
    spent = cpu_s() - began
    shutil.rmtree(file.parent / "work", ignore_errors=True)
    return spent


def cpu_s() -> float:
    """Return the CPU seconds of this process, user and system, all threads."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def copied(file: Path, _: str) -> None:
    """Be the yardstick: copy the file through the same engine, sized alike."""
    with duckdb.connect(config={**SETTINGS, "temp_directory": str(file.parent / "spill")}) as connection:
        connection.execute("SET enable_progress_bar = false")
        connection.execute(
            f"COPY (SELECT * FROM read_parquet('{file}')) TO '{file}.copy' (FORMAT parquet, COMPRESSION zstd)"
        )


def applied(file: Path, policy: str) -> None:
    """Compile a policy and apply the plan to the stored file."""
    territory = _territory()
    plan = compile_policy(read(TERRITORY / "politiques" / f"{policy}.yaml"), territory, now=NOW)
    columns = tuple(
        RawColumn(FieldName(field.name), field.type.value, field.decimals or 0)
        for field in collected_fields(plan.policy)
    )
    rows = pq.read_metadata(file).num_rows
    raw = RawDataset(Slug(plan.policy.dataset), SourceName("mesure"), columns, (), rows, IntakeCounts(), NOW)
    world = World(FixedClock(NOW), SystemRandomness(), FileKeyRing(file.parent / "keys"))
    held = Held(raw, (file,), former=None, catalogue=territory.catalogue, zones=None)
    apply(plan, held, world=world, limits=Limits(file.parent / "work"))


def bare(file: Path, policy: str) -> None:
    """Run the SQL that a plan compiles to and nothing else, written as one zstd Parquet file."""
    columns, query = _own_sql(policy)
    clock = local_time(datetime(2026, 9, 30), datetime(2026, 11, 2))  # noqa: DTZ001 - stored instants are naive UTC
    with duckdb.connect(config={**SETTINGS, "temp_directory": str(file.parent / "spill")}) as connection:
        connection.execute(COUNTED)
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute("SET enable_progress_bar = false")
        connection.execute(f"CREATE TEMP VIEW raw AS SELECT {columns} FROM read_parquet('{file}')")
        connection.execute(f"CREATE TEMP MACRO eclor_paris(instant) AS ({clock})")
        connection.execute(f"COPY ({query}) TO '{file}.cells' (FORMAT parquet, COMPRESSION zstd)")


@cache
def _own_sql(policy: str) -> tuple[str, str]:
    """Return the columns and the SQL of a plan; asked for in the first run, so that compiling is not counted."""
    plan = compile_policy(read(TERRITORY / "politiques" / f"{policy}.yaml"), _territory(), now=NOW)
    (step,) = plan.steps
    columns = ", ".join(f'"{name}"' for name in read_columns(plan.policy))
    return columns, sql_of(step.expression.value, dialect="duckdb")


@cache
def _territory() -> Territory:
    return load(TERRITORY)
