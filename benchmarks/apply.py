"""Claim: from stored raw Parquet to a release, applying a plan costs no more than DuckDB needs to copy the file.

Ten million rows of twelve columns a file, one of them a number of its own for each row.

- `tableau`: exact distinct units of a million badges, a sum and its dominance, by commune and hour: at most 1.0 times
  the CPU of `COPY (SELECT * FROM read_parquet(…)) TO … (zstd)` of the same file.
- `lignes`: observations of two thousand points, no pseudonym, seven columns dropped, two banded, all rows sorted by
  key: at most 0.6 times.
- `pseudonymes`: the table again with HMAC units; shown, without a target.

CPU is user and system of this process, all threads, the median of three rounds; imports, compiling the plan and the
gates are apart. Both sides use two threads and 1 GB. `python -m benchmarks.apply [rows]`.
"""

import resource
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import duckdb

from charter.apply import Held, apply
from charter.compile import Plan, compile_policy
from charter.raw_table import collected_fields
from charter.reader import read
from charter.territory import Territory, load
from eclor.engine.limits import Limits
from eclor.names import FieldName, Slug, SourceName
from eclor.world import FileKeyRing, FixedClock, SystemRandomness, World
from harvesters.intake import IntakeCounts, RawColumn, RawDataset

ROWS = 10_000_000
ROUNDS = 3
NOW = datetime(2027, 2, 1, tzinfo=UTC)
TERRITORY = Path(__file__).parent / "apply_territory"

_COMMUNE = "(['57041','57038','57096','57529','57603','54521','54580','57565'])[1 + CAST(hash(i * 3) % 8 AS INT)]"
_TABLE = f"""
    'B-' || lpad(CAST(hash(i * 7) % 1000000 AS VARCHAR), 6, '0') AS badge,
    {_COMMUNE} AS commune,
    TIMESTAMP '2026-10-01' + to_milliseconds(CAST(hash(i * 11) % 2678400000 AS BIGINT)) AS horodatage,
    false AS horodatage__ambigu,
    CAST(hash(i * 13) % 500 AS BIGINT) AS volume_l,
    (['bois','gravats','metaux','vegetaux'])[1 + CAST(hash(i * 17) % 4 AS INT)] AS type_dechet,
    'rue ' || CAST(hash(i * 19) % 3000 AS VARCHAR) AS rue,
    CAST(hash(i * 23) % 100 AS BIGINT) AS duree_min,
    hash(i * 29) % 2 = 0 AS abonne,
    CAST(hash(i * 31) % 1000000 / 100.0 AS DECIMAL(18, 2)) AS montant,
    DATE '2026-10-01' + CAST(hash(i * 37) % 31 AS INT) AS jour,
    'vehicule ' || CAST(hash(i * 41) % 5000 AS VARCHAR) AS vehicule,
    'T-' || lpad(CAST(i AS VARCHAR), 9, '0') AS numero
"""
_LINES = f"""
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
class Claim:
    """A policy, the file it reads, and the most that it may cost as a ratio to the copy of that file."""

    policy: str
    columns: str
    target: float | None


CLAIMS = (Claim("tableau", _TABLE, 1.0), Claim("lignes", _LINES, 0.6), Claim("pseudonymes", _TABLE, None))


def cpu_s() -> float:
    """Return the CPU seconds of this process, user and system."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def cost_s(action: Callable[[], object]) -> float:
    """Return the median CPU seconds of an action."""
    costs = []
    for _ in range(ROUNDS):
        began = cpu_s()
        action()
        costs.append(cpu_s() - began)
    return median(costs)


def written(columns: str, rows: int, file: Path) -> None:
    """Write the stored raw file."""
    duckdb.connect().execute(f"COPY (SELECT {columns} FROM range({rows}) t(i)) TO '{file}' (COMPRESSION zstd)")


def copied(file: Path) -> None:
    """Be the yardstick: copy the file through the same engine, sized alike."""
    settings = {"threads": 2, "memory_limit": "1GB", "preserve_insertion_order": False}
    with duckdb.connect(config={**settings, "temp_directory": str(file.parent / "spill")}) as connection:
        connection.execute(
            f"COPY (SELECT * FROM read_parquet('{file}')) TO '{file}.copy' (FORMAT parquet, COMPRESSION zstd)"
        )


def applied(plan: Plan, territory: Territory, file: Path, rows: int) -> None:
    """Apply a plan to the stored file."""
    columns = tuple(
        RawColumn(FieldName(field.name), field.type.value, field.decimals or 0)
        for field in collected_fields(plan.policy)
    )
    raw = RawDataset(Slug(plan.policy.dataset), SourceName("mesure"), columns, (), rows, IntakeCounts(), NOW)
    world = World(FixedClock(NOW), SystemRandomness(), FileKeyRing(file.parent / "keys"))
    work = file.parent / "work"
    held = Held(raw, (file,), former=None, catalogue=territory.catalogue, zones=None)
    apply(plan, held, world=world, limits=Limits(work))
    shutil.rmtree(work)


def measured(claim: Claim, territory: Territory, rows: int) -> bool:
    """Measure a claim, print it, and tell whether its target holds."""
    plan = compile_policy(read(TERRITORY / "politiques" / f"{claim.policy}.yaml"), territory, now=NOW)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "raw.parquet"
        written(claim.columns, rows, file)
        copy_s = cost_s(lambda: copied(file))
        apply_s = cost_s(lambda: applied(plan, territory, file, rows))
        size_mb = file.stat().st_size / 1e6
    ratio = apply_s / copy_s
    target = "no target" if claim.target is None else f"target {claim.target}"
    print(
        f"apply {claim.policy}: {rows:,} rows, {size_mb:.0f} MB: {apply_s:.2f} CPU s over a copy of {copy_s:.2f}: "
        f"{ratio:.2f} ({target})"
    )
    return claim.target is None or ratio <= claim.target


def main(rows: int = ROWS) -> int:
    """Measure all claims, print, and return 0 if every target holds."""
    territory = load(TERRITORY)
    held = [measured(claim, territory, rows) for claim in CLAIMS]
    return 0 if all(held) else 1


if __name__ == "__main__":
    raise SystemExit(main(*map(int, sys.argv[1:])))
