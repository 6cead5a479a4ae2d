"""Items: what a unit has in a cell, day by day where that can be told: each is left by itself, or is not."""

from dataclasses import dataclass

import numpy as np

from anonymizers.cells import Booleans, Integers
from anonymizers.differencing.facts import Inside
from anonymizers.differencing.membership import Hashes
from anonymizers.differencing.parts import Held, Ways, parts_of


@dataclass(frozen=True, slots=True)
class Items:
    """The rows of each unit of one day, or all of them where their days cannot be told; `units` says whose they are.

    `rows` and `digests` of an item are those of the whole. One entry an item of an inner fact: `owners`, `at` (its
    item), `taken` and `taken_digests` (what the fact takes of it), and `of`, the entry of the unit.
    Digests are zero where the day is that of the item: something of a unit is left exactly if an item of it is.
    """

    units: Integers
    several: int
    entries: int
    rows: Integers
    digests: Hashes
    of: Integers
    owners: Integers
    at: Integers
    taken: Integers
    taken_digests: Hashes

    def by_unit(self, numbers: Integers) -> Integers:
        """Add up the numbers of items by unit."""
        added = np.zeros(self.several, dtype=np.int64)
        np.add.at(added, self.units, numbers)
        return added

    def of_unit(self, numbers: Integers, unit: int) -> int:
        """Add up the numbers of the items of one unit."""
        return int(numbers[self.units == unit].sum())

    def any_of_unit(self, items: Booleans) -> Booleans:
        """Say of which units some item is among those."""
        found = np.zeros(self.several, dtype=np.bool_)
        found[self.units[items]] = True
        return found

    def any_of_entry(self, entries: Booleans) -> Booleans:
        """Say of which entries of units some entry of an item is among those."""
        found = np.zeros(self.entries, dtype=np.bool_)
        found[self.of[entries]] = True
        return found


def whole_items(inside: Inside) -> Items:
    """Take each unit for one item."""
    whole, entries = inside.whole, np.arange(len(inside.at))
    return Items(
        units=np.arange(len(whole.rows)),
        several=len(whole.rows),
        entries=len(entries),
        rows=whole.rows,
        digests=whole.digests,
        of=entries,
        owners=inside.owners,
        at=inside.at,
        taken=inside.rows,
        taken_digests=inside.digests,
    )


def day_items(inside: Inside, known: Ways) -> Items:
    """Take the units of a fact, and of those inside it, apart by day as far as their rows and digests tell."""
    whole, several = inside.whole, len(inside.whole.rows)
    unit = np.concatenate([np.arange(several), inside.at])
    rows = np.concatenate([whole.rows, inside.rows])
    digests = np.concatenate([whole.digests, inside.digests])
    some = np.flatnonzero(rows)
    parts = parts_of(Held(unit[some], rows[some], digests[some].view(np.int64)), known)
    together = some[parts.whole]
    entry = np.concatenate([some[parts.of], together])
    spelt = np.concatenate([(parts.days + 1) * several + unit[some[parts.of]], unit[together]])
    held = np.concatenate([parts.rows, rows[together]])
    said = np.concatenate([np.zeros(len(parts.of), dtype=np.uint64), digests[together]])
    items, at = np.unique(spelt, return_inverse=True)
    own = entry < several
    of_whole, of_whole_digests = np.zeros(len(items), dtype=np.int64), np.zeros(len(items), dtype=np.uint64)
    np.add.at(of_whole, at[own], held[own])
    np.add.at(of_whole_digests, at[own], said[own])
    of = entry[~own] - several
    return Items(
        units=items % several,
        several=several,
        entries=len(inside.at),
        rows=of_whole,
        digests=of_whole_digests,
        of=of,
        owners=inside.owners[of],
        at=at[~own],
        taken=held[~own],
        taken_digests=said[~own],
    )
