"""Frozen: periods that never change again, by the policy's choice or because their ledger is gone."""

from collections.abc import Sequence

import numpy as np

from anonymizers.cells import Booleans, Protected
from anonymizers.differencing.history import NEVER, aligned, changes
from anonymizers.differencing.past import Breach, Located, Mark, PastRelease, Rule, Settled
from anonymizers.differencing.past import Release as CountedRelease
from anonymizers.differencing.shown import loss_percent, with_kept


def barred_by_frozen(new: CountedRelease, past: Sequence[PastRelease]) -> tuple[Booleans, tuple[Breach, ...]]:
    """Return the cells that could share a row with a release whose ledger is gone, and which release that is."""
    barred = np.zeros(len(new.cells.keys), dtype=np.bool_)
    breaches: list[Breach] = []
    for other in past:
        if other.ledger is not None:
            overlapping = other.ledger.overlapping
            barred |= overlapping
            whole = Located(other.release.dataset, other.release.version, other.release.period, ())
            met = np.flatnonzero(overlapping & (new.cells.rows > 0)).tolist()
            breaches += [Breach(Rule.FROZEN, whole, _located(new, cell)) for cell in met]
    return barred, tuple(breaches)


def frozen(new: CountedRelease, versions: Sequence[PastRelease]) -> Settled:
    """Publish a period again as it was: what was shown stays, what was masked stays masked, nothing new is said.

    Its true numbers are those of its last version, so that what comes later is compared with what was said.
    """
    last = versions[-1].release
    late_rows = _late_rows(new, versions[-1])
    again = CountedRelease(last.dataset, new.version, last.period, last.cells, last.rules, last.units, last.memberships)
    release, old = aligned(again, versions)
    source = np.full(len(release.cells.keys), NEVER)
    for number, version in enumerate(old):
        source[np.array([mark is Mark.FRESH for mark in version.marks], dtype=np.bool_)] = number
    kept = source != NEVER
    shown = with_kept(release.cells, kept, source, old)
    return Settled(
        release=release,
        shown=shown,
        protected=Protected(~kept, ~kept, (), loss_percent(shown, ~kept), (("differencing", int((~kept).sum())),)),
        marks=tuple(Mark.KEPT if stays else Mark.MASKED for stays in kept.tolist()),
        sources=tuple(old[number].release.version if number != NEVER else None for number in source.tolist()),
        breaches=(),
        late_rows=late_rows,
    )


def _late_rows(new: CountedRelease, last: PastRelease) -> int:
    if last.ledger is not None or last.release.units != new.units:
        return 0
    aligned_new, (aligned_last,) = aligned(new, [last])
    return int(np.abs(changes(aligned_new, aligned_last)[0].rows).sum())


def _located(release: CountedRelease, cell: int) -> Located:
    return Located(release.dataset, release.version, release.period, release.cells.keys[cell])
