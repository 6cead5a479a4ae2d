"""Claim: from stored raw Parquet to a release, applying a plan costs no more than DuckDB needs to copy the file.

Twenty million rows of twelve columns and a million badges a file; the yardstick is `COPY (SELECT * FROM
read_parquet(…)) TO … (zstd)` of the same file.

- `tableau`: exact distinct units, a sum and its dominance, by commune and hour, one step, no margin: at most 0.8 times
  the CPU of the copy, 1.05 times that of the plan's own SQL run bare, and 1.3 GB of memory under a limit of 1 GB.
- `pseudonymes`: the table again with HMAC units: at most 1.15 times the copy.
- `revisable`: the table again, of which the ledger keeps who is in each cell, since late rows may revise it: shown.
- `lignes`: observations of two thousand points, no pseudonym, seven columns dropped, two banded, all rows sorted by
  key: at most 0.6 times.

CPU is user and system of a process of its own for each measure, all threads, the median of three rounds; compiling the
policy is counted, imports and the gates are not. All sides use two threads and 1 GB, of which the plan's own SQL is
told what the session tells the engine. Over its own SQL: in turns in one process, five at least, the median of ratios.
`python -m benchmarks.apply [rows] [rounds]`.
"""

import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import duckdb

from benchmarks.apply_measures import LINES, TABLE, Measure, applied, copied, measured, over_own_sql

ROWS = 20_000_000
ROUNDS = 3
TURNS = 5
PEAK_MB = 1300.0


@dataclass(frozen=True, slots=True)
class Claim:
    """A policy, what its file is made of, and the most that it may cost as a ratio to the copy of that file.

    `over_sql` is the most that it may cost as a ratio to its own SQL; none where that is not measured.
    """

    policy: str
    columns: str
    target: float | None
    over_sql: float | None = None


CLAIMS = (
    Claim("tableau", TABLE, 0.8, over_sql=1.05),
    Claim("pseudonymes", TABLE, 1.15),
    Claim("revisable", TABLE, None),
    Claim("lignes", LINES, 0.6),
)


def written(columns: str, rows: int, file: Path) -> None:
    """Write the stored raw file, always the same."""
    with duckdb.connect(config={"threads": 2, "preserve_insertion_order": False}) as connection:
        connection.execute("SET enable_progress_bar = false")
        connection.execute(f"COPY (SELECT {columns} FROM range({rows}) t(i)) TO '{file}' (COMPRESSION zstd)")


def held(claim: Claim, costs: Sequence[Measure], copies: Sequence[Measure], over_sql: Sequence[float]) -> bool:
    """Print what a claim costs, and tell whether its targets hold."""
    cost, copy = median(one.cpu_s for one in costs), median(one.cpu_s for one in copies)
    peak, ratio = max(one.peak_mb for one in costs), cost / copy
    print(
        f"apply {claim.policy}: {cost:.2f} CPU s over a copy of {copy:.2f}: {ratio:.2f} ({_target(claim.target)}); "
        f"peak {peak:.0f} MB (target {PEAK_MB:.0f})"
    )
    kept = [claim.target is None or ratio <= claim.target, claim.target is None or peak <= PEAK_MB]
    if claim.over_sql is not None:
        turns = ", ".join(f"{one:.3f}" for one in over_sql)
        print(f"apply {claim.policy}: over its own SQL {median(over_sql):.3f} ({turns}; {_target(claim.over_sql)})")
        kept.append(median(over_sql) <= claim.over_sql)
    return all(kept)


def _target(target: float | None) -> str:
    return "no target" if target is None else f"target {target}"


def of_one_file(columns: str, rows: int, rounds: int) -> bool:
    """Measure the claims that read one file, each once a round, and tell whether all of them hold."""
    claims = [claim for claim in CLAIMS if claim.columns == columns]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "raw.parquet"
        written(columns, rows, file)
        print(f"apply: {rows:,} rows, {file.stat().st_size / 1e6:.0f} MB")
        copies: list[Measure] = []
        costs: dict[str, list[Measure]] = {claim.policy: [] for claim in claims}
        for _ in range(rounds):
            copies.append(measured(copied, file, ""))
            for claim in claims:
                costs[claim.policy].append(measured(applied, file, claim.policy))
        over_sql = {
            claim.policy: over_own_sql(file, claim.policy, max(rounds, TURNS)) if claim.over_sql else []
            for claim in claims
        }
        kept = [held(claim, costs[claim.policy], copies, over_sql[claim.policy]) for claim in claims]
        return all(kept)


def main(rows: int = ROWS, rounds: int = ROUNDS) -> int:
    """Measure all claims, print, and return 0 if every target holds."""
    kept = [of_one_file(columns, rows, rounds) for columns in (TABLE, LINES)]
    return 0 if all(kept) else 1


if __name__ == "__main__":
    raise SystemExit(main(*map(int, sys.argv[1:])))
