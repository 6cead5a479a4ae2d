"""Intervals: where a reader of a published table can place each number that it masks. Told, never decided by."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from anonymizers.cells import Booleans, Bounds, CellTable, Rules
from anonymizers.disclosure.bounds import bounds_of
from anonymizers.disclosure.feasibility import spans_of
from anonymizers.disclosure.lines import lines_of
from anonymizers.disclosure.primary import Primary
from anonymizers.disclosure.reader import Reader, reader_of
from anonymizers.disclosure.table import Table
from anonymizers.disclosure.work import Allowance

LIMIT: Final = 25_000_000_000
"""Work that telling the intervals of one table may take, a tenth of what protecting it may: a minute of CPU."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a table shows of its `true` numbers: other ones in the cells that keep an older number, none in masked ones.

    `roundings` are the bases of the versions that cells are kept from, and these cells.
    """

    true: CellTable
    cells: CellTable
    masked: Booleans
    rules: Rules
    roundings: Sequence[tuple[int | None, Booleans]] = ()


@dataclass(frozen=True, slots=True)
class Intervals:
    """Where a reader can place each number that is masked; `missing` are those (cell, indicator) not worked out."""

    told: tuple[Bounds, ...]
    missing: tuple[tuple[int, int], ...]


def intervals(shown: Shown, known: Sequence[Bounds] = (), work: int = LIMIT) -> Intervals:
    """Work out, for each indicator of each masked cell, from where to where a reader of this table can place it.

    From this table alone: what it shows, rounded or not, how it adds up, and which zeros everyone knows. A cell that
    keeps an older number tells nothing of today's, unless it is the same. Each interval holds the true value. `known`
    are intervals worked out before. An indicator takes its share of `work`, what hangs together in few cells first;
    what is left then is missing.
    """
    cells = shown.true
    wanted = np.tile(shown.masked, (len(cells.indicators), 1))
    for bound in known:
        wanted[bound.indicator, bound.cell] = False
    asked = np.flatnonzero(wanted.any(axis=1)).tolist()
    primary = Primary(shown.masked, wanted, np.zeros(wanted.shape, dtype=np.int64), causes=())
    found = list(known)
    if asked:
        table = Table(cells, replace(shown.rules, protection=None), lines_of(cells), primary)
        for indicator in asked:
            found += _told(shown, table, indicator, Allowance(work // len(asked)))
    for bound in found:
        wanted[bound.indicator, bound.cell] = False
    missing = [(cell, indicator) for indicator, cell in np.argwhere(wanted).tolist()]
    return Intervals(tuple(sorted(found, key=lambda one: (one.indicator, one.cell))), tuple(missing))


def _told(shown: Shown, table: Table, indicator: int, work: Allowance) -> tuple[Bounds, ...]:
    outdated = ~shown.masked & (shown.cells.values[indicator] != shown.true.values[indicator])
    unknown = shown.masked | outdated
    reader = reader_of(table, indicator, unknown=unknown)
    reader = replace(reader, hidden_low=np.where(outdated, -reader.values.astype(np.float64), reader.hidden_low))
    for base, kept in shown.roundings:
        reader = _rounded(reader, table, indicator, base=base, kept=kept)
    return bounds_of([reader], [spans_of(reader, unknown, reader.needs.cells, work=work)])


def _rounded(reader: Reader, table: Table, indicator: int, *, base: int | None, kept: Booleans) -> Reader:
    """Let kept cells be read as the version that they are kept from rounded them."""
    if base == table.rules.rounding or not kept.any():
        return reader
    former = reader_of(replace(table, rules=replace(table.rules, rounding=base)), indicator)
    return replace(
        reader,
        shown_low=np.where(kept, former.shown_low, reader.shown_low),
        shown_high=np.where(kept, former.shown_high, reader.shown_high),
    )
