"""Fitting: which cells that each seem to lie in another one can lie in it all together, where units come again."""

from collections import deque
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from anonymizers.cells import Integers
from anonymizers.differencing.facts import Inside

CHOICES: Final = 16
"""Largest sets that are looked for, of cells that the same one has no room for all together."""


def left_by(inside: Inside, parts: Integers) -> Integers:
    """Return how many rows of each unit of the whole some inner facts leave: fewer than none where they do not fit."""
    of_parts = np.isin(inside.owners, parts)
    left = inside.whole.rows.copy()
    np.subtract.at(left, inside.at[of_parts], inside.rows[of_parts])
    return left


def fitting(inside: Inside, parts: Integers) -> Iterator[Integers]:
    """Yield largest sets of inner facts, which share no row, that the whole has room for, unit by unit.

    The facts whose rows truly lie in the whole fit, whatever else seems to lie in it: some set holds them all. Of more
    than `CHOICES` sets those are yielded that few facts were exchanged for; a fact of none of them is one by itself.
    """
    full = np.flatnonzero(left_by(inside, parts) < 0)
    if not len(full):
        yield parts
        return
    entries = np.flatnonzero(np.isin(inside.owners, parts) & np.isin(inside.at, full))
    disputed, lines = np.unique(inside.owners[entries], return_inverse=True)
    rows = np.zeros((len(disputed), len(full)), dtype=np.int64)
    rows[lines, np.searchsorted(full, inside.at[entries])] = inside.rows[entries]
    settled, reached = np.setdiff1d(parts, disputed), set[int]()
    for chosen in _largest(rows, inside.whole.rows[full]):
        reached.update(chosen)
        yield np.sort(np.concatenate([settled, disputed[list(chosen)]]))
    yield from (disputed[[line]] for line in range(len(disputed)) if line not in reached)


def _largest(rows: Integers, room: Integers) -> Iterator[tuple[int, ...]]:
    """Yield largest sets of lines of `rows` that the room is enough for: one, and what exchanging lines makes of each.

    To a set, a line that it left out is added, with what of the lines before it still fits, then of all others. Where
    any two lines either fit or do not (a unit has one row), that leads to every largest set (Johnson, Yannakakis and
    Papadimitriou, "On generating all maximal independent sets", 1988).
    """
    every = range(len(rows))
    first = _filled(rows, room, every)
    found, waiting = {first}, deque([first])
    while waiting:
        chosen = waiting.popleft()
        yield chosen
        for line in every:
            if line not in chosen and len(found) < CHOICES:
                before = [other for other in chosen if other < line]
                exchanged = _filled(rows, room, [line, *before, *every])
                if exchanged not in found:
                    found.add(exchanged)
                    waiting.append(exchanged)


def _filled(rows: Integers, room: Integers, order: Sequence[int]) -> tuple[int, ...]:
    """Take lines in this order, a line once, each that there is room for."""
    taken = dict[int, None]()
    for line in order:
        if line not in taken and (rows[line] <= room).all():
            taken[line] = None
            room = room - rows[line]
    return tuple(sorted(taken))
