"""History: what earlier versions of a period already say of each cell of the table to come."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from anonymizers.cells import Booleans, EmptyCellRule, Integers
from anonymizers.differencing.entering import changed_and_small
from anonymizers.differencing.keys import completed, containers, moved, placed
from anonymizers.differencing.membership import Memberships, entries_of, gathered, joined, taken_away
from anonymizers.differencing.past import Change, Mark, PastRelease
from anonymizers.differencing.past import Release as CountedRelease

NEVER = -1


@dataclass(frozen=True, slots=True)
class History:
    """Facts by cell of the table to come, whose keys are those of all its versions together.

    `source[c]`: the last version that shows cell c fresh, NEVER if none does; `hidden`: masked in some version and
    never shown. `changed`: other rows than in the last version; `refused`: against some version that shows the cell
    fresh, what changed speaks of too few, `against[c]` being that version.
    """

    versions: tuple[PastRelease, ...]
    margins: tuple[Integers, ...]
    source: Integers
    hidden: Booleans
    changed: Booleans
    refused: Booleans
    against: Integers
    late_rows: int

    @property
    def shown(self) -> Booleans:
        """Return which cells some version shows."""
        found: Booleans = self.source != NEVER
        return found


def aligned(new: CountedRelease, versions: Sequence[PastRelease]) -> tuple[CountedRelease, tuple[PastRelease, ...]]:
    """Give the table to come and its earlier versions the same cells in the same order."""
    cells = completed(new.cells, [past.release.cells.keys for past in versions])
    return _numbered(new, cells.keys), tuple(_renumbered(past, cells.keys) for past in versions)


def history_of(new: CountedRelease, versions: tuple[PastRelease, ...]) -> History:
    """Compare the table with each version, all of them aligned; every ledger is held."""
    count = len(new.cells.keys)
    margins = containers(new.cells.keys)
    source, against = np.full(count, NEVER), np.full(count, NEVER)
    refused, masked, changed = (np.zeros(count, dtype=np.bool_) for _ in range(3))
    late_rows = 0
    for number, past in enumerate(versions):
        finest = changes(new, past)
        changed, small = changed_and_small(finest, margins, new.rules, new.cells.indicators)
        fresh = np.array([mark is Mark.FRESH for mark in past.marks], dtype=np.bool_)
        source[fresh], against[fresh & small] = number, number
        refused |= fresh & small
        masked |= np.array([mark is Mark.MASKED for mark in past.marks], dtype=np.bool_)
        late_rows = int(np.abs(finest[0].rows).sum())
    return History(versions, margins, source, masked & (source == NEVER), changed, refused, against, late_rows)


def changes(new: CountedRelease, past: PastRelease) -> Memberships:
    """Return what entered less what left since an aligned version, in the finest cells."""
    if isinstance(past.change, Change):
        return _of_known(past.change, new)
    return tuple(
        gathered(joined([entries_of(now), taken_away(entries_of(then))]), len(now))
        for now, then in zip(new.memberships, past.release.memberships, strict=True)
    )


def _of_known(change: Change, new: CountedRelease) -> Memberships:
    places = placed(change.keys, new.cells.keys)
    return tuple(moved(membership, places, len(new.cells.keys)) for membership in change.memberships)


def _renumbered(past: PastRelease, keys: tuple[tuple[str, ...], ...]) -> PastRelease:
    places = placed(past.release.cells.keys, keys)
    # A key that a table did not have was empty, and so shown as a zero where zeros are; of a table that is gone nothing
    # is known.
    unknown = past.ledger is not None or past.release.rules.empty_cells is EmptyCellRule.MASKED
    marks = [Mark.MASKED if unknown else Mark.FRESH] * len(keys)
    for place, mark in zip(places.tolist(), past.marks, strict=True):
        marks[place] = mark
    return replace(past, release=_numbered(past.release, keys), marks=tuple(marks))


def _numbered(release: CountedRelease, keys: tuple[tuple[str, ...], ...]) -> CountedRelease:
    cells = completed(release.cells, [keys])
    places = placed(release.cells.keys, keys)
    members = tuple(moved(membership, places, len(keys)) for membership in release.memberships)
    return replace(release, cells=cells, memberships=members)
