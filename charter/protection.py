"""Steps 6 to 9 for every period of a release at one step of the ladder, and the loss that decides the step."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from anonymizers.cells import (
    Booleans,
    CellTable,
    DiversityRule,
    DominanceRule,
    EmptyCellRule,
    Protected,
    ProtectionRule,
    Rules,
)
from anonymizers.disclosure.primary import primary_cells
from anonymizers.disclosure.protect import protect
from anonymizers.guarantees import added
from charter.comparison import Comparer, Comparison
from charter.due import DuePeriod
from charter.guarantees import Diversity, Guarantees
from charter.ledger.records import Days
from charter.vocabulary import EmptyCells, YesNo


@dataclass(frozen=True, slots=True)
class Shielded:
    """The cells of one period as they are shown, what is masked of them, and what they were compared with, if any."""

    period: str
    cells: CellTable
    protected: Protected
    comparison: Comparison | None = None
    days: Days | None = None
    levels: tuple[tuple[str, str], ...] = ()

    @property
    def true(self) -> CellTable:
        """Return the cells with the numbers that the rows give now, whatever is shown of them."""
        return self.comparison.release.cells if self.comparison else self.cells

    @property
    def kept_roundings(self) -> tuple[tuple[int | None, Booleans], ...]:
        """Return the bases that kept cells were rounded to by the versions they are kept from, and which cells."""
        if self.comparison is None:
            return ()
        sources = self.comparison.settled.sources
        return tuple(
            (base, np.array([source == version for source in sources], dtype=np.bool_))
            for version, base in self.comparison.roundings.items()
        )


def rules_of(guarantees: Guarantees) -> Rules:
    """Return what a policy asks of a table, for the room that knows no policy; zones are `charter.populations`'."""
    dominance, suppression, rounding = guarantees.dominance, guarantees.complementary_suppression, guarantees.rounding
    return Rules(
        ks=tuple(entry.k for entry in guarantees.minimum_counts or ()),
        dominance=DominanceRule(dominance.contributors or 1, dominance.percent or 0)
        if dominance and dominance.active is YesNo.YES
        else None,
        protection=ProtectionRule(suppression.protection_percent or 0, suppression.protection_min or 0)
        if suppression and suppression.active is YesNo.YES
        else None,
        empty_cells=EmptyCellRule.MASKED if guarantees.empty_cells is EmptyCells.MASK else EmptyCellRule.KNOWN_ZERO,
        rounding=rounding.round_to if rounding and rounding.active is YesNo.YES else None,
        diversity=_diversity(guarantees.diversity),
    )


def _diversity(diversity: Diversity | None) -> DiversityRule | None:
    if diversity is None or diversity.active is not YesNo.YES or diversity.field is None:
        return None
    return DiversityRule(diversity.field, diversity.l or 0, diversity.max_share_percent or 0)


def shielded(period: str, cells: CellTable, rules: Rules, preferred: Booleans | None = None) -> Shielded:
    """Choose what to mask of one period, `preferred` cells first; raise `GuaranteeBroken` where no pattern holds."""
    if _is_open(rules):
        return Shielded(period, cells, _nothing_masked(cells))
    return Shielded(period, cells, protect(cells, rules, preferred=preferred))


def refused_alone(period: str, cells: CellTable, rules: Rules) -> Shielded:
    """Mask of one period what the guarantees refuse for itself and no more: never to be shown, its loss is a least."""
    if _is_open(rules):
        return Shielded(period, cells, _nothing_masked(cells))
    primary = primary_cells(cells, rules)
    held = Protected(primary.masked, primary.masked, bounds=(), loss_percent=0.0, causes=primary.causes)
    part = Shielded(period, cells, held)
    return replace(part, protected=replace(held, loss_percent=loss_percent((part,))))


def compared(
    asked: Comparer, due: DuePeriod, cells: CellTable, rules: Rules, beside: Sequence[Shielded] = ()
) -> Shielded:
    """Choose what to mask of one period next to all that was published before, and to the periods `beside` it."""
    others = [(one.days, one.comparison) for one in beside if one.comparison is not None]
    comparison = asked.settled(due, cells, rules, others)
    settled = comparison.settled
    return Shielded(due.label, settled.shown, settled.protected, comparison, due.days)


def _is_open(rules: Rules) -> bool:
    counts_nobody = not rules.ks and rules.diversity is None and not any(rules.small_zones)
    return counts_nobody and rules.empty_cells is EmptyCellRule.KNOWN_ZERO and not added()


def _nothing_masked(cells: CellTable) -> Protected:
    """Return the protection of a table that counts nobody: `comptages: []` (LANGUAGE.md section 6)."""
    none = np.zeros(len(cells.keys), dtype=np.bool_)
    return Protected(masked=none, primary=none, bounds=(), loss_percent=0.0, causes=())


def loss_percent(parts: Sequence[Shielded]) -> float:
    """Return 100 x units masked / units over the non-margin cells of all periods (LANGUAGE.md section 9, "Ladder").

    Units of the first minimum count; rows where there is none.
    """
    masked = total = 0
    for part in parts:
        weights = part.cells.units[0] if part.cells.units else part.cells.rows
        finest = ~part.cells.margins
        total += int(weights[finest].sum())
        masked += int(weights[finest & part.protected.masked].sum())
    return 100 * masked / total if total else 0.0
