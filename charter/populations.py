"""Small populations of a policy: which zones a step merges or masks, by the territory's reference populations.

Source: LANGUAGE.md section 6, `petites_populations`. What is decided here is public: no row is read for it.
"""

from collections.abc import Mapping

from anonymizers.places import Zones
from anonymizers.pooling import POOLED, Block, alone, counted_under, pooled, too_small
from charter.dimensions import Dimension
from charter.grains import ZONE_GRAINS
from charter.model import Policy
from charter.vocabulary import Level
from eclor.errors import GuaranteeBroken


def refuse_without_populations(policy: Policy, zones: Zones) -> None:
    """Refuse a policy that asks for small populations where a zone that may stand in its table has none.

    Refuses `release.no-zones` for a level without a list, `release.no-population` for a zone of it.
    """
    if policy.guarantees.small_populations is None:
        return
    for name in policy.publication.dimensions or ():
        for level in policy.field(name).treatment.levels or ():
            if level in ZONE_GRAINS:
                _refuse_unpeopled(policy, zones, level)


def _refuse_unpeopled(policy: Policy, zones: Zones, level: Level) -> None:
    grain = ZONE_GRAINS[level]
    if not zones.listed(grain):
        raise GuaranteeBroken("release.no-zones", dataset=policy.dataset, level=level.value)
    for code in zones.listed(grain):
        if (grain, code) not in zones.populations:
            raise GuaranteeBroken("release.no-population", dataset=policy.dataset, zone=code)


def pooled_labels(policy: Policy, dimension: Dimension, zones: Zones) -> tuple[str, ...]:
    """Return the labels of a dimension whose small zones are merged: its frame, in order."""
    return tuple(sorted(block.label for block in _blocks(policy, dimension, zones)))


def pooled_codes(policy: Policy, dimensions: tuple[Dimension, ...], zones: Zones) -> Mapping[str, str]:
    """Return what a session must know to merge: the label of each merged zone, under its marked code."""
    merging = (_blocks(policy, dimension, zones) for dimension in dimensions if dimension.pools)
    return {POOLED + code: label for blocks in merging for code, label in counted_under(blocks).items()}


def small_zones(policy: Policy, dimensions: tuple[Dimension, ...], zones: Zones) -> tuple[frozenset[str], ...]:
    """Return, for each dimension, the labels whose cells are to be masked; none where the policy does not ask."""
    rule = policy.guarantees.small_populations
    if rule is None:
        return ()
    return tuple(too_small(_blocks(policy, dimension, zones), threshold=rule.threshold) for dimension in dimensions)


def _blocks(policy: Policy, dimension: Dimension, zones: Zones) -> tuple[Block, ...]:
    rule = policy.guarantees.small_populations
    if rule is None or dimension.level not in ZONE_GRAINS:
        return ()
    grain = ZONE_GRAINS[dimension.level]
    return pooled(zones, grain, threshold=rule.threshold) if dimension.pools else alone(zones, grain)
