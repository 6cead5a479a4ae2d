"""Equations: what the coefficients of shown cells must satisfy for a unit to have no part in their sum.

A reader adds and takes away cells with coefficients c. Of a unit nothing is left exactly when, over the cells that
hold it, the sums of c x rows of each day, and of c x amounts, are all zero: equations in c. Those of several units that
say the same, but for a factor, are one, held by all of them.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from anonymizers.cells import Booleans, Integers
from anonymizers.differencing.facts import Facts
from anonymizers.differencing.membership import Hashes
from anonymizers.differencing.modular import PRIME, inverses
from anonymizers.differencing.parts import Held, parts_of, ways_of

_MIXING: Final = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True)
class Equations:
    """Sum over the entries of line l of `numbers` x the coefficient of `facts` is zero, modulo `PRIME`.

    `lines` ascend, `facts` ascend within a line; `units` (ranks) hold the lines `held`.
    """

    lines: Integers
    facts: Integers
    numbers: Integers
    held: Integers
    units: Integers

    def __len__(self) -> int:
        """Return the number of lines."""
        return int(self.lines[-1]) + 1 if len(self.lines) else 0

    def sizes(self, nobody: int) -> Integers:
        """Count the units that hold each line, the rows of `nobody` aside."""
        return np.bincount(self.held[self.units != nobody], minlength=len(self))

    def over(self, columns: Booleans) -> "Equations":
        """Return the lines that speak of some of `columns`, one a fact."""
        kept = np.zeros(len(self), dtype=np.bool_)
        kept[self.lines[columns[self.facts]]] = True
        return self.selected(kept)

    def selected(self, kept: Booleans) -> "Equations":
        """Return some of the lines, numbered again."""
        place = np.cumsum(kept) - 1
        entries, holders = kept[self.lines], kept[self.held]
        return Equations(
            place[self.lines[entries]],
            self.facts[entries],
            self.numbers[entries],
            place[self.held[holders]],
            self.units[holders],
        )


def equations_of(facts: Facts, kept: Booleans) -> Equations:
    """Return the equations of all units over the facts that are `kept`.

    Of a unit that can be taken apart (`parts`) there is one a day, of another one for its rows and one for their days.
    """
    members = facts.members
    entries = np.flatnonzero(kept[members.cells])
    of_fact, of_unit, rows = members.cells[entries], facts.ranks[entries], members.rows[entries]
    sums = members.digests[entries].view(np.int64)
    parts = parts_of(Held(of_unit, rows, sums), ways_of(rows, sums))
    together = np.flatnonzero(parts.whole)
    amounts = [members.amounts[measure][entries] for measure in np.flatnonzero(facts.measured.all(axis=0)).tolist()]
    kinds = [
        (parts.days * facts.several + of_unit[parts.of], of_fact[parts.of], parts.rows),
        *((of_unit[together], of_fact[together], numbers[together]) for numbers in (rows, sums)),
        *((of_unit, of_fact, numbers) for numbers in amounts),
    ]
    return joined([_of_kind(*kind, facts.several) for kind in kinds])


def _of_kind(apart: Integers, facts: Integers, numbers: Integers, several: int) -> Equations:
    """Return one equation for each number of `apart`, of the unit that is its rest by `several`."""
    numbers = numbers % PRIME
    order = np.lexsort((facts, apart))
    order = order[numbers[order] != 0]
    every, lines = np.unique(apart[order], return_inverse=True)
    return merged(Equations(lines, facts[order], numbers[order], np.arange(len(every)), every % several))


def joined(several: list[Equations]) -> Equations:
    """Lay equations one after another, those that say the same as one."""
    firsts = np.cumsum([0, *map(len, several)])
    lines = [each.lines + first for each, first in zip(several, firsts, strict=False)]
    held = [each.held + first for each, first in zip(several, firsts, strict=False)]
    return merged(
        Equations(
            np.concatenate(lines),
            np.concatenate([each.facts for each in several]),
            np.concatenate([each.numbers for each in several]),
            np.concatenate(held),
            np.concatenate([each.units for each in several]),
        )
    )


def merged(equations: Equations) -> Equations:
    """Make the first number of every line one, and one line of those that are alike."""
    if not len(equations):
        return equations
    lines = equations.lines
    firsts = np.flatnonzero(np.diff(lines, prepend=-1))
    numbers = equations.numbers * inverses(equations.numbers[firsts])[lines] % PRIME
    seals = np.add.reduceat(mixed(equations.facts) * numbers.astype(np.uint64), firsts)
    _, first, same = np.unique(seals, return_index=True, return_inverse=True)
    order = np.argsort(first)
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    alike = place[same]
    told = np.zeros(len(equations), dtype=np.bool_)
    told[first] = True
    kept, several = told[lines], int(equations.units.max(initial=0)) + 1
    held, units = np.divmod(np.unique(alike[equations.held] * several + equations.units), several)
    return Equations(alike[lines[kept]], equations.facts[kept], numbers[kept], held, units)


def mixed(numbers: Integers) -> Hashes:
    """Return a number for each that has nothing to do with it: sums of such, weighted, tell lines apart."""
    found = (numbers.astype(np.uint64) + np.uint64(1)) * _MIXING
    found = (found ^ (found >> np.uint64(29))) * _MIXING
    return found ^ (found >> np.uint64(32))
