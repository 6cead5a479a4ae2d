"""Why a guarantee refuses a cell, with the figures that decided it. Internal: exact and small.

Source: LANGUAGE.md section 9, "Primary", "Dominance", "Diversity".
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np

from anonymizers.cells import TOGETHER, CellTable, Rules
from anonymizers.guarantees import judges
from anonymizers.guarantees.dominance import JUDGED

Key = tuple[str, ...]


class Cause(StrEnum):
    """Why a cell is not shown as its rows say."""

    THRESHOLD = "threshold"
    NO_UNIT = "no-unit"
    EMPTY = "empty"
    DOMINANCE = "dominance"
    DIVERSITY = "diversity"
    SMALL_POPULATION = "small-population"
    COMPLEMENTARY = "complementary"
    DIFFERENCING = "differencing"
    ADDED = "added"
    """A guarantee of an installed package."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A cause, and the figures and names that its sentence needs."""

    cause: Cause
    facts: Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Judged:
    """A table of cells, what is asked of it, and the units that each minimum count counts, in French."""

    cells: CellTable
    rules: Rules
    units: tuple[str, ...]


def own_reasons(judged: Judged) -> Mapping[int, tuple[Reason, ...]]:
    """Return why each cell is refused for what it is, by cell: every guarantee is asked, as for a release."""
    found: dict[int, list[Reason]] = {}
    groups = _groups(judged)
    for name, judge in judges().items():
        refused = np.flatnonzero(judge(judged.cells, judged.rules).refused).tolist()
        for cell in refused:
            reasons = _explained(name, judged, cell, groups)
            found.setdefault(cell, []).extend(reasons)
    return {cell: tuple(reasons) for cell, reasons in found.items()}


def _explained(name: str, judged: Judged, cell: int, groups: Mapping[Key, list[int]]) -> Iterator[Reason]:
    if name == "diversity":
        yield from _diversity(judged, cell, groups)
    elif name in _EXPLAINED:
        yield from _EXPLAINED[name](judged, cell)
    else:
        yield Reason(Cause.ADDED, {"name": name})


def _minimum_count(judged: Judged, cell: int) -> Iterator[Reason]:
    rows = int(judged.cells.rows[cell])
    if not rows:
        yield Reason(Cause.EMPTY, {})
        return
    for unit, k, counted in zip(judged.units, judged.rules.ks, judged.cells.units, strict=True):
        units = int(counted[cell])
        if not units:
            yield Reason(Cause.NO_UNIT, {"unit": unit, "rows": rows})
        elif units < k:
            yield Reason(Cause.THRESHOLD, {"unit": unit, "units": units, "k": k})


def _dominance(judged: Judged, cell: int) -> Iterator[Reason]:
    rule = judged.rules.dominance
    for index, indicator in enumerate(judged.cells.indicators):
        total = int(judged.cells.values[index][cell])
        for unit, tops in zip(judged.units, judged.cells.tops, strict=True):
            top = int(tops[index][cell])
            if rule is not None and indicator.kind in JUDGED and top * 100 > rule.percent * total:
                yield Reason(
                    Cause.DOMINANCE,
                    {
                        "indicator": indicator.name,
                        "unit": unit,
                        "contributors": rule.contributors,
                        "share": _percent(top, total),
                        "percent": rule.percent,
                    },
                )


def _small_populations(judged: Judged, cell: int) -> Iterator[Reason]:
    for label, small in zip(judged.cells.keys[cell], judged.rules.small_zones, strict=True):
        if label in small:
            yield Reason(Cause.SMALL_POPULATION, {"zone": label})


def _diversity(judged: Judged, cell: int, groups: Mapping[Key, list[int]]) -> Iterator[Reason]:
    rule = judged.rules.diversity
    if rule is None:
        return
    members = groups[_group_of(judged, cell)]
    counted = judged.cells.units or (judged.cells.rows,)
    counts = counted[0][members]
    wholes = judged.cells.wholes.get(_group_of(judged, cell), ())
    whole = wholes[0] if wholes else int(counts.sum())
    yield Reason(
        Cause.DIVERSITY,
        {
            "column": rule.dimension,
            "values": int((counts > 0).sum()),
            "least": rule.least,
            "share": _percent(int(counts.max(initial=0)), whole),
            "percent": rule.percent,
        },
    )


def _groups(judged: Judged) -> Mapping[Key, list[int]]:
    """Return the cells of each group under the rule of diversity."""
    groups: dict[Key, list[int]] = {}
    rule = judged.rules.diversity
    if rule is not None:
        place = judged.cells.dimensions.index(rule.dimension)
        for cell, key in enumerate(judged.cells.keys):
            if key[place] != TOGETHER:
                groups.setdefault(_group_of(judged, cell), []).append(cell)
    return groups


def _group_of(judged: Judged, cell: int) -> Key:
    rule, key = judged.rules.diversity, judged.cells.keys[cell]
    return tuple(
        TOGETHER if rule is not None and name == rule.dimension else label
        for name, label in zip(judged.cells.dimensions, key, strict=True)
    )


def _percent(part: int, whole: int) -> str:
    """Return a share in percent, one decimal, rounded up: what is over a limit never reads as the limit."""
    tenths = -(-1000 * part // whole) if whole else 0
    return f"{tenths // 10},{tenths % 10}"


_EXPLAINED: Final[Mapping[str, Callable[[Judged, int], Iterator[Reason]]]] = {
    "minimum_count": _minimum_count,
    "dominance": _dominance,
    "small_populations": _small_populations,
}
