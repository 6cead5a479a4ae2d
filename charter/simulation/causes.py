"""Why a guarantee refuses a cell, with the figures that decided it. Internal: exact and small.

Source: LANGUAGE.md section 9, "Primary", "Dominance", "Diversity".
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np

from anonymizers.cells import CellTable, DiversityRule, Integers, Rules
from anonymizers.guarantees import judges
from anonymizers.guarantees.diversity import counted, groups, is_diverse
from anonymizers.guarantees.dominance import JUDGED

ROWS: Final = "lignes"
"""What is counted where no unit is, in French."""


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
    undiverse = _diversity(judged)
    for name, judge in judges().items():
        refused = np.flatnonzero(judge(judged.cells, judged.rules).refused).tolist()
        for cell in refused:
            reasons = _explained(name, judged, cell, undiverse)
            found.setdefault(cell, []).extend(reasons)
    return {cell: tuple(reasons) for cell, reasons in found.items()}


def _explained(name: str, judged: Judged, cell: int, undiverse: Mapping[int, tuple[Reason, ...]]) -> Iterator[Reason]:
    if name == "diversity":
        yield from undiverse[cell]
    elif name in _EXPLAINED:
        yield from _EXPLAINED[name](judged, cell)
    else:
        yield Reason(Cause.ADDED, {"name": name})


def _minimum_count(judged: Judged, cell: int) -> Iterator[Reason]:
    rows = int(judged.cells.rows[cell])
    if not rows:
        yield Reason(Cause.EMPTY, {})
        return
    for unit, k, held in zip(judged.units, judged.rules.ks, judged.cells.units, strict=True):
        units = int(held[cell])
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


def _diversity(judged: Judged) -> Mapping[int, tuple[Reason, ...]]:
    """Return, for each cell of a group that is not diverse, one reason a minimum count that says so."""
    rule, found = judged.rules.diversity, dict[int, tuple[Reason, ...]]()
    if rule is None:
        return found
    for group, members in groups(judged.cells, rule):
        entries = counted(judged.cells, group, members)
        failing = [
            _undiverse(rule, unit, counts, whole)
            for unit, (counts, whole) in zip(judged.units or (ROWS,), entries, strict=True)
            if not is_diverse(counts, whole, rule)
        ]
        found |= dict.fromkeys(members.tolist(), tuple(failing))
    return found


def _undiverse(rule: DiversityRule, unit: str, counts: Integers, whole: int) -> Reason:
    return Reason(
        Cause.DIVERSITY,
        {
            "column": rule.dimension,
            "unit": unit,
            "values": int((counts > 0).sum()),
            "least": rule.least,
            "share": _percent(int(counts.max(initial=0)), whole),
            "percent": rule.percent,
        },
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
