"""Claim: `eclor --help` answers in under 0.4 CPU second. The median of seven runs of the whole process.

`python -m benchmarks.command_line`.
"""

import resource
import subprocess
import sys
from statistics import median

TARGET_S = 0.4
ROUNDS = 7


def once() -> float:
    """Return the CPU seconds of one `eclor --help`."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-m", "eclor.cli", "--help"], check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> int:
    """Measure, print, and return 0 if the target holds."""
    cost_s = median(once() for _ in range(ROUNDS))
    print(f"command line: eclor --help: {cost_s:.2f} CPU s (target {TARGET_S})")
    return 0 if cost_s <= TARGET_S else 1


if __name__ == "__main__":
    raise SystemExit(main())
