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
    for chosen in largest(rows, inside.whole.rows[full]):
        reached.update(chosen)
        yield np.sort(np.concatenate([settled, disputed[list(chosen)]]))
    yield from (disputed[[line]] for line in range(len(disputed)) if line not in reached)


def largest(rows: Integers, room: Integers) -> Iterator[tuple[int, ...]]:
    """Yield largest sets of lines of `rows` that the room is enough for: one, and what exchanging lines makes of each.

    To a set, a line that it left out is added, lines before it are dropped until it fits, then all that fit are taken
    in order. That leads to every largest set (Lawler, Lenstra and Rinnooy Kan, "Generating all maximal independent
    sets", 1980), as far as `CHOICES` goes.
    """
    every = tuple(range(len(rows)))
    first = _filled(rows, room, every)
    found, waiting = {first}, deque([first])
    while waiting:
        chosen = waiting.popleft()
        yield chosen
        for line in every:
            if line not in chosen and len(found) < CHOICES:
                before = tuple(other for other in chosen if other < line)
                for kept in _relieved(rows, room, before, line):
                    exchanged = _filled(rows, room, (line, *kept, *every))
                    if exchanged not in found:
                        found.add(exchanged)
                        waiting.append(exchanged)


def _relieved(rows: Integers, room: Integers, kept: tuple[int, ...], line: int) -> Iterator[tuple[int, ...]]:
    """Yield ways of dropping some of the lines that are `kept` until there is room for another line."""
    seen, waiting = {kept}, deque([kept])
    while waiting:
        kept = waiting.popleft()
        short = np.flatnonzero(rows[[line, *kept]].sum(axis=0) > room)
        if not len(short):
            yield kept
            continue
        for dropped in kept:
            fewer = tuple(other for other in kept if other != dropped)
            if rows[dropped, short[0]] and len(seen) < CHOICES and fewer not in seen:
                seen.add(fewer)
                waiting.append(fewer)


def _filled(rows: Integers, room: Integers, order: Sequence[int]) -> tuple[int, ...]:
    """Take lines in this order, a line once, each that there is room for."""
    taken = dict[int, None]()
    for line in order:
        if line not in taken and (rows[line] <= room).all():
            taken[line] = None
            room = room - rows[line]
    return tuple(sorted(taken))
