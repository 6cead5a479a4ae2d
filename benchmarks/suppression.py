"""Claim: complementary suppression is quick, always audited, and masks little more than it must.

The two series of the demonstration (passages a site and hour, rounded; lamps a commune and hour) cost at most 2 CPU
seconds each; 11,816 cells in two hierarchies 3, 9,396 cells in three dimensions 30, the single contributors included,
no cell left weak; on tables of 12 x 8 in two levels the units masked exceed the exact optimum by 2 % in the mean and
10 % at worst. Synthetic tables, seeded. `python -m benchmarks.suppression`.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from anonymizers.cells import (
    TOGETHER,
    CellTable,
    DominanceRule,
    EmptyCellRule,
    Indicator,
    Integers,
    Kind,
    Protected,
    ProtectionRule,
    Rules,
)
from anonymizers.disclosure.cleaned import cleaned
from anonymizers.disclosure.exact import ExactSearch
from anonymizers.disclosure.problem import blocks, problem_of
from anonymizers.disclosure.protect import protect
from anonymizers.disclosure.routed import routed
from anonymizers.disclosure.table import studied

Labels = Sequence[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Axis:
    """One dimension, or two that nest: the labels of each node, and which finest places each node adds up."""

    labels: Labels
    sums: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Claim:
    """A table, what is asked of it, and how many CPU seconds it may take."""

    name: str
    cells: CellTable
    rules: Rules
    target_s: float


def plain_axis(size: int) -> Axis:
    """Return places and their total."""
    labels = [(f"{place:03d}",) for place in range(size)] + [(TOGETHER,)]
    return Axis(labels, np.vstack([np.eye(size, dtype=np.int64), np.ones((1, size), dtype=np.int64)]))


def nested_axis(size: int, groups: int) -> Axis:
    """Return places in groups, the groups, and the total."""
    group = np.arange(size) * groups // size
    labels = [(f"g{group[place]:02d}", f"{place:03d}") for place in range(size)]
    labels += [(f"g{number:02d}", TOGETHER) for number in range(groups)] + [(TOGETHER, TOGETHER)]
    of_group = (group == np.arange(groups)[:, None]).astype(np.int64)
    return Axis(labels, np.vstack([np.eye(size, dtype=np.int64), of_group, np.ones((1, size), dtype=np.int64)]))


def counted(axes: Sequence[Axis], leaves: NDArray[np.int64]) -> CellTable:
    """Return the table of a count whose every unit stands in one finest cell, all margins included."""
    totals = leaves
    for place, axis in enumerate(axes):
        totals = np.moveaxis(np.tensordot(axis.sums, totals, axes=(1, place)), 0, place)
    keys = [sum(labels, ()) for labels in product(*(axis.labels for axis in axes))]
    values = totals.reshape(-1)
    indicators = (Indicator("units", Kind.DISTINCT_COUNT, entry=0),)
    return in_key_order(keys, indicators, values, (values,), (np.minimum(values, 1),))


def in_key_order(
    keys: Sequence[tuple[str, ...]],
    indicators: tuple[Indicator, ...],
    units: Integers,
    values: tuple[Integers, ...],
    tops: tuple[Integers, ...],
    rows: Integers | None = None,
) -> CellTable:
    """Return a table of one minimum count, its cells sorted."""
    order = sorted(range(len(keys)), key=keys.__getitem__)
    rows = units if rows is None else rows
    return CellTable(
        dimensions=tuple(f"d{place}" for place in range(len(keys[0]))),
        keys=tuple(keys[cell] for cell in order),
        indicators=indicators,
        rows=rows[order],
        units=(units[order],),
        values=tuple(own[order] for own in values),
        weights=tuple(rows[order] for _ in values),
        tops=(tuple(own[order] for own in tops),),
    )


def synthetic(axes: Sequence[Axis], *, seed: int, mean: float, spread: tuple[float, float]) -> CellTable:
    """Return counts whose means are a product of lognormal margins and a lognormal interaction."""
    chance = np.random.default_rng(seed)
    shape = tuple(axis.sums.shape[1] for axis in axes)
    means = chance.lognormal(0.0, spread[1], shape)
    for place, size in enumerate(shape):
        along = [1] * len(shape)
        along[place] = size
        means = means * chance.lognormal(0.0, spread[0], size).reshape(along)
    return counted(axes, chance.poisson(means * mean / means.mean()))


def series(
    places: NDArray[np.int64], hours: NDArray[np.int64], units: NDArray[np.int64], *, total_by: int
) -> CellTable:
    """Return rows and distinct units by place and hour, with one margin a place (0) or an hour (1)."""
    finest, margin = (places, hours), (places, hours)[total_by]
    shape = (int(places.max()) + 1, int(hours.max()) + 1)
    parts = [counts_by(np.ravel_multi_index(finest, shape), units, shape[0] * shape[1])]
    parts.append(counts_by(margin, units, shape[total_by]))
    keys = [(f"p{place}", f"h{hour:03d}") for place in range(shape[0]) for hour in range(shape[1])]
    keys += [(f"p{n}", TOGETHER) if total_by == 0 else (TOGETHER, f"h{n:03d}") for n in range(shape[total_by])]
    rows, distinct, top = (np.concatenate([own[number] for own in parts]) for number in range(3))
    indicators = (Indicator("rows", Kind.ROW_COUNT), Indicator("units", Kind.DISTINCT_COUNT, entry=0))
    return in_key_order(keys, indicators, distinct, (rows, distinct), (top, np.minimum(distinct, 1)), rows)


def counts_by(cell: Integers, units: Integers, size: int) -> tuple[Integers, Integers, Integers]:
    """Return rows, distinct units and the largest unit's rows of each cell."""
    pairs, number = np.unique(np.stack([cell, units]), axis=1, return_counts=True)
    top = np.zeros(size, dtype=np.int64)
    np.maximum.at(top, pairs[0], number)
    return np.bincount(cell, minlength=size), np.bincount(pairs[0], minlength=size), top


def passages() -> CellTable:
    """Return a month at four sites: 12,000 visits of 6,000 households over 310 hours."""
    chance = np.random.default_rng(3)
    weights = chance.lognormal(0.0, 0.7, (4, 310)) * np.array([[1.0], [0.6], [0.3], [0.1]])
    at = chance.choice(weights.size, 12_000, p=(weights / weights.sum()).ravel())
    return series(at // 310, at % 310, chance.integers(0, 6_000, 12_000), total_by=0)


def lighting() -> CellTable:
    """Return a day of 4,600 lamps in eight communes, one of them of 20 lamps."""
    commune = np.repeat(np.arange(8), [1_500, 1_200, 600, 500, 400, 300, 80, 20])
    lamps = np.repeat(np.arange(len(commune)), 24)
    return series(commune[lamps], np.tile(np.arange(24), len(commune)), lamps, total_by=1)


def asked(k: int, *, percent: int = 0, dominance: DominanceRule | None = None, base: int | None = None) -> Rules:
    """Return rules for one minimum count where zeros are published."""
    return Rules((k,), dominance, ProtectionRule(percent, 1), EmptyCellRule.KNOWN_ZERO, base)


def claims() -> list[Claim]:
    """Return what is measured."""
    flat = [nested_axis(200, 10), nested_axis(50, 5)]
    deep = [plain_axis(8), nested_axis(24, 4), nested_axis(30, 5)]
    return [
        Claim("passages", passages(), asked(11, percent=10, dominance=DominanceRule(1, 85), base=5), 2.0),
        Claim("lighting", lighting(), asked(30, percent=10, dominance=DominanceRule(1, 80), base=10), 2.0),
        Claim("two hierarchies", synthetic(flat, seed=1, mean=300, spread=(1.0, 0.6)), asked(11), 3.0),
        Claim("three dimensions", synthetic(deep, seed=1, mean=300, spread=(0.8, 1.6)), asked(11), 30.0),
    ]


def weak(claim: Claim, protected: Protected) -> int:
    """Count the bounds of the final audit that are narrower than asked."""
    protection = claim.rules.protection
    assert protection is not None
    narrow = 0
    for bound in protected.bounds:
        margin = max(protection.minimum, -(-bound.true * protection.percent // 100))
        least = 1 if bound.true else 0
        narrow += bound.high is not None and bound.high < bound.true + margin - 1e-6
        narrow += bound.low > max(least, bound.true - margin) + 1e-6
    return narrow


def measured(claim: Claim) -> bool:
    """Protect a table, print what it took, and tell whether the claim holds."""
    began = time.process_time()
    protected = protect(claim.cells, claim.rules)
    cpu_s = time.process_time() - began
    narrow, added = weak(claim, protected), int((protected.masked & ~protected.primary).sum())
    print(
        f"suppression {claim.name}: {len(claim.cells.keys):,} cells, {int(protected.primary.sum()):,} primary, "
        f"{added:,} added, {narrow} weak: {cpu_s:.2f} CPU s (target {claim.target_s:g})"
    )
    return cpu_s <= claim.target_s and narrow == 0


def excess(seed: int) -> float:
    """Return how many more units the heuristic masks than the optimum, in % of what the optimum adds."""
    table = studied(
        synthetic([nested_axis(12, 3), nested_axis(8, 2)], seed=seed, mean=60, spread=(0.8, 0.6)), asked(11)
    )
    problem = problem_of(table)
    found = best = 0
    for own in blocks(problem):
        block = problem.restricted(own)
        pattern, optimum = routed(block, block.primary), ExactSearch(block).run()
        assert pattern is not None
        assert optimum is not None
        found += int(block.units[cleaned(block, pattern).hidden & ~block.primary].sum())
        best += int(block.units[optimum.hidden & ~block.primary].sum())
    return 100 * (found - best) / best if best else 0.0


def near_the_optimum() -> bool:
    """Compare the heuristic with the exact search on fourteen tables."""
    excesses = [excess(seed) for seed in range(14)]
    mean, worst = float(np.mean(excesses)), max(excesses)
    print(
        f"suppression 12 x 8, 14 tables: {mean:.1f} % over the optimum (target 2), {worst:.1f} % at worst (target 10)"
    )
    return mean <= 2.0 and worst <= 10.0


def main() -> int:
    """Measure, print, and return 0 if every target holds."""
    held = [measured(claim) for claim in claims()]
    return 0 if near_the_optimum() and all(held) else 1


if __name__ == "__main__":
    raise SystemExit(main())
