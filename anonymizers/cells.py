"""The table that disclosure control works on: one entry a cell, margins included; numbers only, no rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Final

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]
Key = tuple[str, ...]
"""The labels of a cell, one a dimension."""

TOGETHER: Final = "ensemble"
"""Label of an opened dimension in a margin's key (LANGUAGE.md section 9, "Margin")."""
UNKNOWN: Final = "inconnu"
"""Label of a missing dimension value: a cell like any other."""


class Kind(Enum):
    """What an indicator counts, hence how it adds up."""

    ROW_COUNT = "row_count"
    DISTINCT_COUNT = "distinct_count"
    SUM = "sum"
    MEAN = "mean"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One published number of a cell. `entry` is the index of the minimum count whose unit it counts, if any.

    A decimal measure is an integer scaled by 10 ** `decimals`.
    """

    name: str
    kind: Kind
    entry: int | None = None
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class CellTable:
    """Cells of one period at one step of the ladder, finest cells and margins together, in key order.

    Every array has one entry a cell. `units[e]` counts distinct units of minimum count `e`; `values[i]` is the
    indicator's number (for a mean: the sum); `weights[i]` the rows that hold a value (for a mean: its divisor);
    `tops[e][i]` the sum of the n largest contributions to `values[i]`, contributions summed by unit of entry `e`,
    rows without a unit being together one contributor. Empty cells of the frame are present with zeros.
    `wholes` says, for the group of each cell under a diversity rule (its key, the sensitive dimension opened), how many
    distinct units of each minimum count the group holds, published or not; a group without rows is not in it.
    """

    dimensions: tuple[str, ...]
    keys: tuple[Key, ...]
    indicators: tuple[Indicator, ...]
    rows: Integers
    units: tuple[Integers, ...]
    values: tuple[Integers, ...]
    weights: tuple[Integers, ...]
    tops: tuple[tuple[Integers, ...], ...]
    wholes: Mapping[Key, tuple[int, ...]] = field(default_factory=dict)

    @property
    def margins(self) -> Booleans:
        """Return which cells are margins: a dimension of theirs is opened."""
        return np.array([TOGETHER in key for key in self.keys], dtype=np.bool_)

    def reordered(self, order: Sequence[int] | Integers) -> "CellTable":
        """Return the same table with its cells in another order: cell `order[i]` becomes cell `i`."""
        at = np.array(order, dtype=np.int64)
        return replace(
            self,
            keys=tuple(self.keys[cell] for cell in at.tolist()),
            rows=self.rows[at],
            units=tuple(units[at] for units in self.units),
            values=tuple(values[at] for values in self.values),
            weights=tuple(weights[at] for weights in self.weights),
            tops=tuple(tuple(tops[at] for tops in of_entry) for of_entry in self.tops),
        )


@dataclass(frozen=True, slots=True)
class DominanceRule:
    """Masked if the `contributors` largest hold strictly more than `percent` % of the total."""

    contributors: int
    percent: int


@dataclass(frozen=True, slots=True)
class ProtectionRule:
    """A masked value v must stay uncertain by x = max(`minimum`, ceil(v * `percent` / 100)) on either side."""

    percent: int
    minimum: int


@dataclass(frozen=True, slots=True)
class DiversityRule:
    """Each group holds `least` values of `dimension`, and none has strictly more than `percent` % of its units."""

    dimension: str
    least: int
    percent: int


class EmptyCellRule(Enum):
    """Whether an empty cell is a zero that everyone knows, or too small."""

    KNOWN_ZERO = "known_zero"
    MASKED = "masked"


@dataclass(frozen=True, slots=True)
class Rules:
    """What one policy asks of a table. `ks[e]` is the threshold of minimum count `e`.

    `small_zones` gives, for each dimension of the table in order, the labels of zones with too few inhabitants; none
    at all where the policy does not ask.
    """

    ks: tuple[int, ...]
    dominance: DominanceRule | None
    protection: ProtectionRule | None
    empty_cells: EmptyCellRule
    rounding: int | None
    diversity: DiversityRule | None = None
    small_zones: tuple[frozenset[str], ...] = ()


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a reader can compute of one masked cell and indicator: [low, high], `high` None when unbounded."""

    cell: int
    indicator: int
    true: int
    low: float
    high: float | None


@dataclass(frozen=True, slots=True)
class Protected:
    """Which cells are masked, and the audit that says so is enough.

    `primary` are those masked for themselves; `masked` adds the complementary ones; causes stay internal. `bounds` are
    those of primary cells, which had to be computed: none where other cells are masked, or kept, than they stand for.
    """

    masked: Booleans
    primary: Booleans
    bounds: tuple[Bounds, ...]
    loss_percent: float
    """100 x units masked / units over non-margin cells, units of the first entry (rows where there is none)."""
    causes: tuple[tuple[str, int], ...]
    """Internal counts by cause; never public."""
