"""Claim: three tables of the same units, each a little later than the one before, are compared in seconds.

30,000 rows of 1,500 units over 20 sites and 30 days; 200 rows come before each next table: sites by days, sites, days.
The same units are in many cells, so that nearly every cell seems replaceable by others. k is 5: what comes to a site or
on a day is of k units nearly always, and no sum of cells of these draws leaves fewer, so a mask is one for nothing. CPU
is that of this process, for comparing all three tables.
`python -m benchmarks.sisters`.
"""

import time
from itertools import product

import numpy as np

from anonymizers.cells import CellTable, EmptyCellRule, Indicator, Integers, Kind, Rules
from anonymizers.differencing.membership import Entries, gathered
from anonymizers.differencing.past import Late, Mark, PastRelease, Release
from anonymizers.differencing.settle import settle

ROWS, LATE, UNITS, SITES, DAYS = 30_000, 200, 1_500, 20, 30
TARGET_S = 10
RULES = Rules((5,), None, None, EmptyCellRule.KNOWN_ZERO, None)
FRAMES = (("site", "jour"), ("site",), ("jour",))
INDICATORS = (Indicator("foyers", Kind.DISTINCT_COUNT, 0), Indicator("passages", Kind.ROW_COUNT))


def release(frame: tuple[str, ...], version: str, rows: Integers) -> Release:
    """Return a table of rows (site, day, unit), who is in each cell with it; a day is told by a number of its own."""
    sites, days, units = rows
    spread = {"site": (SITES, sites), "jour": (DAYS, days)}
    count, cells = 1, np.zeros(len(sites), dtype=np.int64)
    for name in frame:
        cells = cells * spread[name][0] + spread[name][1]
        count *= spread[name][0]
    random = np.random.default_rng(1)
    marks = random.integers(1, 2**63, UNITS, dtype=np.uint64)
    numbers = random.integers(1, 2**31, DAYS, dtype=np.uint64)
    ones = np.ones(len(sites), dtype=np.int64)
    members = gathered(Entries(cells, marks[units], ones, numbers[days], (ones, ones)), count)
    held, of_rows = np.diff(members.starts), np.bincount(cells, minlength=count)
    keys = tuple(product(*([f"{name}-{number:02}" for number in range(spread[name][0])] for name in frame)))
    table = CellTable(frame, keys, INDICATORS, of_rows, (held,), (held, of_rows), (), ((),), {})
    return Release("par-" + "-et-".join(frame), version, "2026-11", table, RULES, ("foyer",), (members,))


def drawn(several: int, random: np.random.Generator) -> Integers:
    """Draw the sites, days and units of some rows."""
    drawn: Integers = random.integers(0, np.array([[SITES], [DAYS], [UNITS]]), (3, several))
    return drawn


def main() -> int:
    """Measure, print, and return 0 if the target holds and nothing is masked."""
    random = np.random.default_rng(20261128)
    rows, past, masked, spent = drawn(ROWS, random), list[PastRelease](), 0, 0.0
    for version, frame in enumerate(FRAMES):
        new = release(frame, str(version), rows)
        began = time.process_time()
        settled = settle(new, past, late=Late.REVISE)
        spent += time.process_time() - began
        past.append(PastRelease(settled.release, settled.marks))
        masked += settled.marks.count(Mark.MASKED)
        rows = np.concatenate([rows, drawn(LATE, random)], axis=1)
    print(f"sisters: three tables of {ROWS:,} rows: {spent:.1f} CPU s (target {TARGET_S}), {masked} cells masked")
    return int(spent > TARGET_S or masked > 0)


if __name__ == "__main__":
    raise SystemExit(main())
