"""Claim: `eclor policy check` judges a policy in under 50 CPU milliseconds, once it has started and read its territory.

The demonstration's policies, each judged alone by a territory whose texts are known, as the second policy of a command
finds them: the median of seven rounds, the dearest policy counts. Nothing is taken off: the territory is checked again
each time. What reading its three files costs, paid once however many policies are judged, is printed beside.
`python -m benchmarks.policy_check`.
"""

import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from shutil import copytree
from statistics import median
from tempfile import TemporaryDirectory

from eclor.judgement import Bench, judge

TARGET_MS = 50.0
ROUNDS = 7
TERRITORY = Path(__file__).parents[1] / "policies" / "ccphva"
NOW = datetime(2026, 11, 24, tzinfo=UTC)


def judged_ms(files: Sequence[Path], bench: Bench, *, unread: Sequence[Path], numbers: Iterator[int]) -> float:
    """Return the CPU milliseconds of judging policies, some files unread.

    A line is added to these beforehand: texts that were read are known.
    """
    for file in unread:
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
        voted, policies = (sorted((territory / name).glob("*.yaml")) for name in ("charter", "politiques"))
        reading = median(judged_ms([], bench, unread=voted, numbers=numbers) for _ in range(ROUNDS))
        known = median(judged_ms([], bench, unread=[], numbers=numbers) for _ in range(ROUNDS))
        costs = {
            file.stem: median(judged_ms([file], bench, unread=[file], numbers=numbers) for _ in range(ROUNDS))
            for file in policies
        }
    dearest = max(costs, key=lambda name: costs[name])
    typical = median(costs.values())
    print(
        f"policy check: {typical:.0f} CPU ms a policy, {costs[dearest]:.0f} for {dearest} (target {TARGET_MS:.0f}), "
        f"{known:.0f} of them to check a territory that is known; {reading:.0f} to read its files"
    )
    return 0 if costs[dearest] <= TARGET_MS else 1


if __name__ == "__main__":
    raise SystemExit(main())
