"""Tables on which complementary suppression is measured: everyday series, and synthetic ones, seeded."""

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
    ProtectionRule,
    Rules,
)

Labels = Sequence[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Axis:
    """One dimension, or two that nest: the labels of each node, and which finest places each node adds up."""

    labels: Labels
    sums: NDArray[np.int64]


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
    values = _totals(axes, leaves)
    indicators = (Indicator("units", Kind.DISTINCT_COUNT, entry=0),)
    return in_key_order(_keys(axes), indicators, values, (values,), (np.minimum(values, 1),))


def in_key_order(
    keys: Sequence[tuple[str, ...]],
    indicators: tuple[Indicator, ...],
    units: Integers,
    values: tuple[Integers, ...],
    tops: tuple[Integers, ...],
    rows: Integers | None = None,
) -> CellTable:
    """Return a table of one minimum count, its cells sorted."""
    rows = units if rows is None else rows
    cells = CellTable(
        dimensions=tuple(f"d{place}" for place in range(len(keys[0]))),
        keys=tuple(keys),
        indicators=indicators,
        rows=rows,
        units=(units,),
        values=values,
        weights=tuple(rows for _ in values),
        tops=(tops,),
    )
    return cells.reordered(sorted(range(len(keys)), key=keys.__getitem__))


def synthetic(axes: Sequence[Axis], *, seed: int, mean: float, spread: tuple[float, float]) -> CellTable:
    """Return counts whose means are a product of lognormal margins and a lognormal interaction."""
    chance = np.random.default_rng(seed)
    interaction = chance.lognormal(0.0, spread[1], _shape(axes))
    means = interaction * _margins(chance, axes, spread[0])
    return counted(axes, chance.poisson(means * mean / means.mean()))


def households(axes: Sequence[Axis], *, seed: int, spread: float) -> CellTable:
    """Return counts of lognormal margins, 300 in the mean of a finest cell.

    No mean is under 3: where zeros are published, a margin of cells of one unit each is bounded by their number, and
    no pattern protects it.
    """
    chance = np.random.default_rng(seed)
    means = _margins(chance, axes, spread)
    return counted(axes, chance.poisson(np.maximum(means * 300 / means.mean(), 3.0)))


def scattered(places: int, parts: int) -> CellTable:
    """Return turnovers of enterprises by place and part of it, added up by place alone: no line ties two places."""
    chance = np.random.default_rng(1)
    leaves = chance.poisson(chance.lognormal(0.8, 0.8, (places, 1)) + 2.5, (places, parts)).reshape(-1)
    turnovers = np.rint(chance.lognormal(5.0, 0.8, int(leaves.sum()))).astype(np.int64) + 1
    cell = np.repeat(np.arange(leaves.size), leaves)
    sums, largest = np.zeros(leaves.size, dtype=np.int64), np.zeros(leaves.size, dtype=np.int64)
    np.add.at(sums, cell, turnovers)
    np.maximum.at(largest, cell, turnovers)
    units, values = (np.append(own, own.reshape(places, parts).sum(axis=1)) for own in (leaves, sums))
    tops = np.append(largest, largest.reshape(places, parts).max(axis=1))
    keys = [(f"p{place:05d}", f"h{part:02d}") for place in range(places) for part in range(parts)]
    keys += [(f"p{place:05d}", TOGETHER) for place in range(places)]
    return in_key_order(keys, (Indicator("turnover", Kind.SUM),), units, (values,), (tops,))


def enterprises(axes: Sequence[Axis], *, seed: int, mean: float) -> CellTable:
    """Return turnovers of enterprises, each in one finest cell, counted as `mean` a cell with lognormal margins."""
    chance = np.random.default_rng(seed)
    means = _margins(chance, axes, 0.8)
    leaves = chance.poisson(np.maximum(means * mean / means.mean(), 2.0))
    turnovers = np.rint(chance.lognormal(5.0, 1.5, int(leaves.sum()))).astype(np.int64) + 1
    cell = np.repeat(np.arange(leaves.size), leaves.reshape(-1))
    sums, largest = np.zeros(leaves.size, dtype=np.int64), np.zeros(leaves.size, dtype=np.int64)
    np.add.at(sums, cell, turnovers)
    np.maximum.at(largest, cell, turnovers)
    values, tops = _totals(axes, sums.reshape(leaves.shape)), _largest(axes, largest.reshape(leaves.shape))
    indicators = (Indicator("turnover", Kind.SUM),)
    return in_key_order(_keys(axes), indicators, _totals(axes, leaves), (values,), (tops,))


def _shape(axes: Sequence[Axis]) -> tuple[int, ...]:
    return tuple(axis.sums.shape[1] for axis in axes)


def _margins(chance: np.random.Generator, axes: Sequence[Axis], spread: float) -> NDArray[np.float64]:
    means = np.ones(_shape(axes))
    for place, size in enumerate(_shape(axes)):
        along = [1] * len(axes)
        along[place] = size
        means = means * chance.lognormal(0.0, spread, size).reshape(along)
    return means


def _keys(axes: Sequence[Axis]) -> list[tuple[str, ...]]:
    return [sum(labels, ()) for labels in product(*(axis.labels for axis in axes))]


def _totals(axes: Sequence[Axis], leaves: Integers) -> Integers:
    totals = leaves
    for place, axis in enumerate(axes):
        totals = np.moveaxis(np.tensordot(axis.sums, totals, axes=(1, place)), 0, place)
    return totals.reshape(-1)


def _largest(axes: Sequence[Axis], leaves: Integers) -> Integers:
    largest = leaves
    for place, axis in enumerate(axes):
        of_node = [np.take(largest, np.flatnonzero(node), axis=place).max(axis=place) for node in axis.sums]
        largest = np.stack(of_node, axis=place)
    return largest.reshape(-1)


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
