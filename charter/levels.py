"""Which level is finer than which: one chain for time, one for zones, one for the grid (LANGUAGE.md section 5)."""

from typing import Final

from charter.vocabulary import GRID_CHAIN, TIME_CHAIN, ZONE_CHAIN, Frequency, Level

SQUARES: Final = frozenset(GRID_CHAIN) - frozenset(ZONE_CHAIN)
"""The levels that only the grid has."""

PERIOD_LEVELS: Final = {
    Frequency.DAY: Level.DAY,
    Frequency.WEEK: Level.WEEK,
    Frequency.MONTH: Level.MONTH,
    Frequency.QUARTER: Level.QUARTER,
    Frequency.YEAR: Level.YEAR,
}
"""The level that is as long as a calendar release."""


def chain_of(level: Level) -> tuple[Level, ...]:
    """Return the chain in which a level is compared; commune and epci end both chains of place."""
    if level in TIME_CHAIN:
        return TIME_CHAIN
    return GRID_CHAIN if level in SQUARES else ZONE_CHAIN


def is_finer(level: Level, than: Level) -> bool:
    """Tell whether `level` says more than `than`; levels of different chains are never finer."""
    chain = GRID_CHAIN if level in SQUARES or than in SQUARES else chain_of(level)
    return level in chain and than in chain and chain.index(level) < chain.index(than)


def is_one_chain(levels: tuple[Level, ...]) -> bool:
    """Tell whether all levels stand in one chain."""
    return any(all(level in chain for level in levels) for chain in (TIME_CHAIN, ZONE_CHAIN, GRID_CHAIN))
