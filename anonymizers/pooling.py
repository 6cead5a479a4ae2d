"""Small populations: which zones are counted under their parent's code, and which stay too small to be shown.

Everything here is public before the data: it comes from the territory's reference tables alone, so that a zone's
absence says nothing of what happened in it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from anonymizers.places import ZoneGrain, Zones

POOLED: Final = "pooled "
"""What stands before a code where a session is asked under which code its rows are counted; no code begins so."""


@dataclass(frozen=True, slots=True)
class Block:
    """Zones of one level that are counted together: the label of their cell, the label's level, their inhabitants."""

    label: str
    grain: ZoneGrain
    population: int
    zones: tuple[str, ...]


def alone(zones: Zones, grain: ZoneGrain) -> tuple[Block, ...]:
    """Return a block for each listed zone of a level, in order; one without a population is a bug of the caller."""
    return tuple(Block(code, grain, zones.populations[grain, code], (code,)) for code in sorted(zones.listed(grain)))


def pooled(zones: Zones, grain: ZoneGrain, *, threshold: int) -> tuple[Block, ...]:
    """Return the blocks in which a level's zones are counted when small ones are merged, in order of their first zone.

    Level after level: under each parent, the blocks of fewer than `threshold` inhabitants are counted together under
    the parent's code. If they still are too few, the next smallest block (then least code) joins them, until they are
    enough or the parent is whole. So the cells stay a partition: margins add up, and a parent's code beside some of its
    own zones stands for what is left of it. A block without a parent stays as it is, and may stay too small.
    """
    blocks = alone(zones, grain)
    while True:
        merged = _one_level_up(zones, blocks, threshold)
        if merged == blocks:
            return blocks
        blocks = merged


def counted_under(blocks: Iterable[Block]) -> Mapping[str, str]:
    """Return the label under which each zone that is not its own block is counted."""
    return {zone: block.label for block in blocks for zone in block.zones if zone != block.label}


def too_small(blocks: Iterable[Block], *, threshold: int) -> frozenset[str]:
    """Return the labels of the blocks of fewer than `threshold` inhabitants."""
    return frozenset(block.label for block in blocks if block.population < threshold)


def _one_level_up(zones: Zones, blocks: tuple[Block, ...], threshold: int) -> tuple[Block, ...]:
    """Merge the small blocks of the finest level that still has some with a parent."""
    small = [block for block in blocks if block.population < threshold and _ancestors(zones, block)]
    if not small:
        return blocks
    finest = min((block.grain for block in small), key=_CHAIN.index)
    parents = dict.fromkeys(_ancestors(zones, block)[0] for block in small if block.grain is finest)
    for parent, grain in parents:
        inside = [block for block in blocks if (parent, grain) in _ancestors(zones, block)]
        pool = _pool(inside, threshold)
        whole = Block(parent, grain, sum(b.population for b in pool), tuple(sorted(z for b in pool for z in b.zones)))
        blocks = (*(block for block in blocks if block not in pool), whole)
    return tuple(sorted(blocks, key=lambda block: block.zones[0]))


_CHAIN: Final = (ZoneGrain.IRIS, ZoneGrain.COMMUNE, ZoneGrain.EPCI)


def _ancestors(zones: Zones, block: Block) -> tuple[tuple[str, ZoneGrain], ...]:
    """Return the zones above a block, nearest first."""

    def above(code: str, grain: ZoneGrain) -> Iterator[tuple[str, ZoneGrain]]:
        while (found := zones.parent(code, grain)) is not None:
            yield found
            code, grain = found

    return tuple(above(block.label, block.grain))


def _pool(inside: list[Block], threshold: int) -> list[Block]:
    """Return the small blocks, and the next smallest ones until they hold enough inhabitants."""
    order = sorted(inside, key=lambda block: (block.population, block.label))
    pool = [block for block in order if block.population < threshold]
    for block in order[len(pool) :]:
        if sum(each.population for each in pool) >= threshold:
            break
        pool.append(block)
    return pool
