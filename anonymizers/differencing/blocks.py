"""Blocks: every table whose numbers a reader can hold next to those of the table to come, and what stays unknown."""

from dataclasses import dataclass, replace
from typing import assert_never

import numpy as np

from anonymizers.cells import Booleans, Indicator, Integers, Kind, Rules
from anonymizers.differencing.nesting import fresh_of
from anonymizers.differencing.past import Mark, PastRelease, Release
from anonymizers.disclosure.reader import Needs, Reader, reader_of
from anonymizers.disclosure.table import Table, studied


@dataclass(frozen=True, slots=True)
class Block:
    """One table: `fresh` cells show its own numbers, `kept` ones older numbers, the others are masked.

    What `table.primary` exposes of those that are not fresh stays unknown.
    `version`: it is one of the versions of the table to come, aligned with it; the last of these is that table.
    """

    release: Release
    table: Table
    fresh: Booleans
    kept: Booleans
    version: bool


def new_block(release: Release, *, primary: Booleans, telling: Booleans, fresh: Booleans, kept: Booleans) -> Block:
    """Return the block of the table to come: `primary` cells must stay unknown, if they tell anything new."""
    table = studied(release.cells, release.rules)
    return Block(release, _exposing(table, refused=primary, among=telling), fresh, kept, version=True)


def place_of(block: Block, release: Release, indicator: int) -> int | None:
    """Return which indicator of a block says the same thing as one of the table to come, none if none does."""
    wanted = _meaning(release, release.cells.indicators[indicator])
    meanings = [_meaning(block.release, own) for own in block.release.cells.indicators]
    return meanings.index(wanted) if wanted in meanings else None


def reader_of_block(block: Block, indicator: int) -> Reader:
    """Say what a reader knows of a block alone; a kept cell may by now stand anywhere from 0 up."""
    reader = reader_of(block.table, indicator)
    return replace(reader, hidden_low=np.where(block.kept, -reader.values, reader.hidden_low).astype(np.float64))


def needs_of_kept(now: Block, shown: Integers, kept: Integers, indicator: int) -> Needs:
    """Say how unknown the change of `kept` cells since they were `shown` must stay: not narrowed, not proved small."""
    rules, described = now.release.rules, now.release.cells.indicators[indicator]
    change = np.abs(now.release.cells.values[indicator] - shown)[kept]
    margin = _margin(change, rules, described)
    floor = np.maximum(_k(rules, described) - change, 0)
    return Needs(kept, np.maximum(margin, floor), np.minimum(change, margin))


def past_block(past: PastRelease, *, version: bool) -> Block:
    """Return the block of an earlier table: what was masked in it for itself stays unknown."""
    masked, kept = (np.array([mark is one for mark in past.marks], dtype=np.bool_) for one in (Mark.MASKED, Mark.KEPT))
    table = studied(past.release.cells, past.release.rules)
    none = np.zeros_like(masked)
    return Block(past.release, _exposing(table, refused=none, among=masked), fresh_of(past), kept, version)


def _exposing(table: Table, *, refused: Booleans, among: Booleans) -> Table:
    """Let every cell of `among` that is primary, or refused for another reason, stay unknown, and no other."""
    primary = table.primary
    return replace(
        table,
        primary=replace(
            primary,
            masked=(primary.masked | refused) & among,
            exposed=(primary.exposed | (refused & ~primary.masked)) & among,
            floors=np.where(among, primary.floors, 0),
        ),
    )


def _meaning(release: Release, indicator: Indicator) -> tuple[Kind, str, int]:
    match indicator.kind:
        case Kind.ROW_COUNT:
            return Kind.ROW_COUNT, "", 0
        case Kind.DISTINCT_COUNT:
            entry = indicator.entry
            return Kind.DISTINCT_COUNT, indicator.name if entry is None else release.units[entry], 0
        case Kind.SUM | Kind.MEAN:
            return Kind.SUM, indicator.name, indicator.decimals
        case _:
            assert_never(indicator.kind)


def _k(rules: Rules, indicator: Indicator) -> int:
    """Return the k of the unit that an indicator counts, 0 where it counts none."""
    return 0 if indicator.entry is None else rules.ks[indicator.entry]


def _margin(amounts: Integers, rules: Rules, indicator: Indicator) -> Integers:
    if rules.protection is None:
        return np.zeros_like(amounts)
    scale: int = 10**indicator.decimals
    return np.maximum(-(-amounts * rules.protection.percent // (100 * scale)), rules.protection.minimum) * scale
