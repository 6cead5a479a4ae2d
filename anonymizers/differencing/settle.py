"""Step 10: the one way from a table to come and all that was published before to what may be shown."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from anonymizers.cells import Booleans, Protected
from anonymizers.differencing.combining import combinations
from anonymizers.differencing.frozen import barred_by_frozen, frozen
from anonymizers.differencing.history import History, aligned, history_of
from anonymizers.differencing.joint import Joint, Stand, joint_of
from anonymizers.differencing.keys import containing, levels_of, placed
from anonymizers.differencing.nesting import located, nesting
from anonymizers.differencing.past import Breach, Late, Mark, PastRelease, Release, Rule, Settled
from anonymizers.differencing.shown import loss_percent, with_kept
from anonymizers.disclosure.protect import protect
from anonymizers.disclosure.work import Work
from eclor.errors import GuaranteeBroken


def settle(new: Release, past: Sequence[PastRelease], *, late: Late) -> Settled:
    """Protect a table (steps 6 to 8) and compare it with every release of its comparison group (step 10).

    `past`: every release ever published that may share a row with the new one, oldest first, of any dataset of the
    group; those of the same dataset, period and dimensions are its earlier versions. Releases that can share no row
    may be left out. Where nobody is counted (`rules.ks` empty), call nothing: there is nobody to protect.

    Guarantee: of two versions of a cell, the rows entered, changed or removed concern nobody or k units; a published
    cell less disjoint published cells inside it leaves nobody or k units; masked cells of every version stay as
    uncertain as step 8 asks, whatever the other versions say. A new cell that breaks this is masked, or keeps its
    old number if it has one, until nothing does; so is one that would contradict the other versions for a reader who
    supposes that rows only enter, where nothing shown says otherwise.
    Refuses (`GuaranteeBroken`) `differencing.no-common-unit` when a sister counts none of the same units, and whatever
    `protect` refuses; all rounds together, and what is asked of the tables side by side, take no more work than one
    table may (`protection.too-tied`).
    Held by: tests/property/test_differencing.py. Source: LANGUAGE.md section 9, "Differencing".
    """
    versions = tuple(other for other in past if _is_version(other, new))
    if versions and (late is Late.FREEZE or not all(_is_comparable(other, new) for other in versions)):
        return frozen(new, versions)
    overlapping, breaches = barred_by_frozen(new, past)
    release, versions = aligned(new, versions)
    barred = np.zeros(len(release.cells.keys), dtype=np.bool_)
    barred[placed(new.cells.keys, release.cells.keys)] = overlapping
    history = history_of(release, versions)
    held = [other for other in past if other.ledger is None and not _is_version(other, new)]
    _refuse_strangers(new, held)
    step = _Step(release, history, (*versions, *held), joint_of(release, history, held, Work()))
    return step.settled(barred | step.too_plain(), [*breaches, *step.revisions()])


def _refuse_strangers(new: Release, sisters: Sequence[PastRelease]) -> None:
    """Refuse to publish next to a table that counts people, but none of the units counted here."""
    for sister in sisters:
        if sister.release.units and not set(sister.release.units) & set(new.units):
            raise GuaranteeBroken("differencing.no-common-unit", dataset=new.dataset, other=sister.release.dataset)


def _is_version(other: PastRelease, new: Release) -> bool:
    """Say whether it is the same table, published earlier."""
    old = other.release
    return (old.dataset, old.period, old.cells.dimensions) == (new.dataset, new.period, new.cells.dimensions)


def _is_comparable(other: PastRelease, new: Release) -> bool:
    """Say whether a revision can be judged: who was counted is still known, and is counted in the same way."""
    old, levels = other.release, levels_of(new.cells.keys)
    same = (old.units, old.cells.indicators, levels_of(old.cells.keys)) == (new.units, new.cells.indicators, levels)
    return same and other.ledger is None


@dataclass(frozen=True, slots=True)
class _Stance:
    """What may be said so far: `protected` of the new numbers, `kept` the cells that show an old one."""

    protected: Protected
    kept: Booleans
    masked: Booleans

    @property
    def fresh(self) -> Booleans:
        fresh: Booleans = ~self.kept & ~self.masked
        return fresh


@dataclass(frozen=True, slots=True)
class _Step:
    release: Release
    history: History
    past: tuple[PastRelease, ...]
    joint: Joint

    def too_plain(self) -> Booleans:
        """Return the cells masked in every earlier version that may not be shown now for what their mask said.

        Where no totals hide which masks are primary, k units now could be k - 1 more than then; a cell that holds
        nothing any more would say that all have left.
        """
        cells, rules, hidden = self.release.cells, self.release.rules, self.history.hidden
        plain = cells.rows == 0
        if rules.protection is None or not cells.margins.any():
            for units, k in zip(cells.units, rules.ks, strict=True):
                plain = plain | (units < k + 1)
        told: Booleans = hidden & plain
        return told

    def revisions(self) -> list[Breach]:
        """Name the cells that keep their number because what changed speaks of too few."""
        found = np.flatnonzero(self.history.refused & self.history.shown).tolist()
        against = [self.history.versions[number].release for number in self.history.against[found].tolist()]
        return [
            Breach(Rule.REVISION, located(old, cell), located(self.release, cell))
            for cell, old in zip(found, against, strict=True)
        ]

    def settled(self, barred: Booleans, breaches: list[Breach]) -> Settled:
        """Bar cells until nothing more is found: each round bars one more, so it ends."""
        while True:
            stance = self._stance(barred)
            found = list(nesting(self.release, stance.fresh, self.past, self.joint.work))
            if not found:
                found = list(combinations(self.release, stance.fresh, self.past, self.joint.work))
            if not found:
                found = self.joint.breaches(Stand(stance.protected.primary, stance.kept, stance.fresh))
            if not found:
                return self._settled(stance, tuple(breaches))
            breaches = [*breaches, *(breach for _, breach in found)]
            barred = barred.copy()
            barred[[cell for cell, _ in found]] = True

    def _stance(self, barred: Booleans) -> _Stance:
        """Mask what must be, and keep what was shown: a margin of what must not be told apart is kept too."""
        history, cells = self.history, self.release.cells
        kept = history.shown & (history.refused | barred | ~history.changed)
        while True:
            silent = barred | (kept & history.changed)
            protected = protect(cells, self.release.rules, silent if silent.any() else None, work=self.joint.work)
            masked = protected.masked | (barred & ~history.shown)
            telling = history.changed & (masked | kept)
            grown = kept | (history.shown & (masked | containing(telling, history.margins)))
            if (grown == kept).all():
                return _Stance(protected, kept, masked & ~kept)
            kept = grown

    def _settled(self, stance: _Stance, breaches: tuple[Breach, ...]) -> Settled:
        versions, source = self.history.versions, self.history.source
        kept, masked = stance.kept.tolist(), stance.masked.tolist()
        shown = with_kept(self.release.cells, stance.kept, source, versions)
        same = not stance.kept.any() and (stance.masked == stance.protected.masked).all()
        return Settled(
            release=self.release,
            shown=shown,
            protected=replace(
                stance.protected,
                masked=stance.masked,
                primary=stance.protected.primary & stance.masked,
                bounds=stance.protected.bounds if same else (),
                loss_percent=loss_percent(self.release.cells, stance.masked),
            ),
            marks=tuple(_mark(stays, hidden) for stays, hidden in zip(kept, masked, strict=True)),
            sources=tuple(
                versions[number].release.version if stays else None
                for number, stays in zip(source.tolist(), kept, strict=True)
            ),
            breaches=breaches,
            late_rows=self.history.late_rows,
        )


def _mark(kept: bool, masked: bool) -> Mark:  # noqa: FBT001 - two facts of one cell
    if kept:
        return Mark.KEPT
    return Mark.MASKED if masked else Mark.FRESH
