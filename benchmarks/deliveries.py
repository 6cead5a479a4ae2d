"""Claim: a small table with totals and many masks, delivered again and again without time, is compared in seconds.

900 units over 8 by 5 places and their totals, 54 cells of which a third are masked (k is 11); up to 12 units leave and
up to 40 come between two deliveries, so that nearly each cell changes by fewer than k. Six deliveries as versions of
one table, as those of a table without time are, then each as a table of its own beside the former ones. Then three
tables of their own of as many rows, which 150 units come for, so that each is in some six places: what cells leave of
one another is harder to tell. CPU is that of this process. `python -m benchmarks.deliveries`.
"""

import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

import numpy as np

from anonymizers.cells import ProtectionRule
from anonymizers.differencing.past import Late, Mark, PastRelease
from anonymizers.differencing.settle import settle
from tests.cell_tables import ROWS, UNITS, rules
from tests.releases import Row, Table, published_as

DELIVERIES, STOCK, LEAVING, COMING = 6, 900, 12, 40
AGAIN, OF_AGAIN = 150, 3
"""Units that come again, and how many deliveries of theirs."""
TARGET_S = 10
FRAME = {"commune": [f"c{n}" for n in range(8)], "type": [f"t{n}" for n in range(5)]}
TABLE = Table(
    "logements",
    FRAME,
    rules(ks=(11,), protection=ProtectionRule(20, 2)),
    margins=[["commune"], ["type"], []],
    measures=(ROWS, UNITS),
    period="",
    tells_corrections=False,
)


def deliveries(units: int | None = None, seed: int = 4) -> Iterator[list[Row]]:
    """Yield the rows of one delivery after the other, most of them in few places; without `units`, one row each."""
    random = np.random.default_rng(seed)
    places = [{"commune": commune, "type": kind} for commune in FRAME["commune"] for kind in FRAME["type"]]
    share = random.gamma(0.7, 1, len(places))
    stock, several = list[Row](), STOCK
    for delivery in range(DELIVERIES):
        if delivery:
            stock = stock[int(random.integers(LEAVING + 1)) :]
            several = int(random.integers(COMING + 1))
        drawn = random.choice(len(places), several, p=share / share.sum()).tolist()
        first = 10_000 * delivery
        whose = range(first, first + several) if units is None else random.integers(units, size=several).tolist()
        rows = zip(drawn, whose, strict=True)
        stock += [Row(number, places[place], (f"f{unit}",)) for number, (place, unit) in enumerate(rows, first)]
        yield list(stock)


def compared(several: Iterable[list[Row]], *, apart: bool) -> tuple[list[float], list[int]]:
    """Return the CPU seconds of each delivery, and how many of its cells are masked; `apart`: each its own table."""
    past, spent, masked = list[PastRelease](), list[float](), list[int]()
    for number, rows in enumerate(several):
        table = replace(TABLE, period=str(number)) if apart else TABLE
        new = table.release(rows, str(number))
        began = time.process_time()
        settled = settle(new, past, late=Late.REVISE)
        spent.append(time.process_time() - began)
        masked.append(settled.marks.count(Mark.MASKED))
        past.append(published_as(settled))
    return spent, masked


def main() -> int:
    """Measure, print, and return 0 if the target holds."""
    worst = 0.0
    for name, several, apart in (
        ("six versions of one table", deliveries(), False),
        ("six tables of their own", deliveries(), True),
        ("three tables of their own, units of several rows", islice(deliveries(AGAIN), OF_AGAIN), True),
    ):
        spent, masked = compared(several, apart=apart)
        told = ", ".join(f"{each:.1f}" for each in spent)
        print(f"deliveries: {name}: {told} CPU s (target {TARGET_S}), {masked} of 54 cells masked")
        worst = max(worst, *spent)
    return int(worst > TARGET_S)


if __name__ == "__main__":
    raise SystemExit(main())
