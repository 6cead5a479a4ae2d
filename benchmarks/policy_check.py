"""Claim: `eclor policy check` judges a policy in under 50 CPU milliseconds, once it has started and read its territory.

The demonstration's policies, each judged alone: the median of fifteen rounds, the dearest policy counts. What reading
the territory's three files costs, paid once however many policies are judged, is taken off and printed beside.
`python -m benchmarks.policy_check`.
"""

import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from eclor.judgement import Bench, judge

TARGET_MS = 50.0
ROUNDS = 15
TERRITORY = Path(__file__).parents[1] / "policies" / "ccphva"
NOW = datetime(2026, 11, 24, tzinfo=UTC)


def once(files: list[Path], bench: Bench) -> float:
    """Return the CPU milliseconds of judging these policies, the territory's three files read each time."""
    began = time.process_time()
    judge(files, bench)
    return (time.process_time() - began) * 1000


def main() -> int:
    """Measure, print, and return 0 if the target holds."""
    bench = Bench(TERRITORY / "charter", NOW)
    files = sorted((TERRITORY / "politiques").glob("*.yaml"))
    alone = median(once([], bench) for _ in range(ROUNDS))
    costs = {file.stem: median(once([file], bench) for _ in range(ROUNDS)) - alone for file in files}
    dearest = max(costs, key=lambda name: costs[name])
    typical = median(costs.values())
    print(
        f"policy check: {typical:.0f} CPU ms a policy, {costs[dearest]:.0f} for {dearest} (target {TARGET_MS:.0f}); "
        f"{alone:.0f} more to read the territory's files"
    )
    return 0 if costs[dearest] <= TARGET_MS else 1


if __name__ == "__main__":
    raise SystemExit(main())
