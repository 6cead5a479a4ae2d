"""Claim: `eclor policy check` judges a policy in under 50 CPU milliseconds, once it has started and read its territory.

The demonstration's policies, each judged alone: the median of fifteen rounds, the dearest policy counts. What reading
the territory's three files costs, paid once however many policies are judged, is taken off and printed beside.
`python -m benchmarks.policy_check`.
"""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from shutil import copytree
from statistics import median
from tempfile import TemporaryDirectory

from eclor.judgement import Bench, judge

TARGET_MS = 50.0
ROUNDS = 15
TERRITORY = Path(__file__).parents[1] / "policies" / "ccphva"
NOW = datetime(2026, 11, 24, tzinfo=UTC)


def once(files: list[Path], bench: Bench, numbers: Iterator[int]) -> float:
    """Return the CPU milliseconds of judging these policies, the territory's three files read each time.

    A line is added to every file beforehand: texts that were just read would be known.
    """
    for file in (*files, *bench.folder.glob("*.yaml")):
        with file.open("a") as text:
            text.write(f"# {next(numbers)}\n")
    began = time.process_time()
    judge(files, bench)
    return (time.process_time() - began) * 1000


def main() -> int:
    """Measure, print, and return 0 if the target holds."""
    with TemporaryDirectory() as folder:
        territory = copytree(TERRITORY, Path(folder) / "territory")
        bench, numbers = Bench(territory / "charter", NOW), count()
        files = sorted((territory / "politiques").glob("*.yaml"))
        alone = median(once([], bench, numbers) for _ in range(ROUNDS))
        costs = {file.stem: median(once([file], bench, numbers) for _ in range(ROUNDS)) - alone for file in files}
    dearest = max(costs, key=lambda name: costs[name])
    typical = median(costs.values())
    print(
        f"policy check: {typical:.0f} CPU ms a policy, {costs[dearest]:.0f} for {dearest} (target {TARGET_MS:.0f}); "
        f"{alone:.0f} more to read the territory's files"
    )
    return 0 if costs[dearest] <= TARGET_MS else 1


if __name__ == "__main__":
    raise SystemExit(main())
