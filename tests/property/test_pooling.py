"""Small zones counted together: always a partition, always enough inhabitants, or nothing above to join."""

from hypothesis import given
from hypothesis import strategies as st

from anonymizers.places import ZoneGrain, Zones
from anonymizers.pooling import counted_under, pooled, too_small

THRESHOLD = 200


@st.composite
def territories(draw: st.DrawFn) -> Zones:
    """Draw up to two EPCI, six communes of which some in none, and a few IRIS each."""
    communes = [f"5700{number}" for number in range(draw(st.integers(1, 6)))]
    above = {code: draw(st.sampled_from(["200000001", "200000002", ""])) for code in communes}
    iris = tuple(f"{code}010{number}" for code in communes for number in range(draw(st.integers(1, 4))))
    people = st.sampled_from([0, 1, 60, 100, 199, 200, 201, 900])
    populations = {(ZoneGrain.IRIS, code): draw(people) for code in iris}
    populations |= {(ZoneGrain.COMMUNE, code): draw(people) for code in communes}
    return Zones(above, iris, populations)


GRAINS = st.sampled_from([ZoneGrain.IRIS, ZoneGrain.COMMUNE])


@given(territories(), GRAINS)
def test_each_zone_is_counted_once_with_all_its_inhabitants(zones: Zones, grain: ZoneGrain) -> None:
    blocks = pooled(zones, grain, threshold=THRESHOLD)
    counted = [zone for block in blocks for zone in block.zones]
    assert sorted(counted) == sorted(zones.listed(grain))
    assert len({block.label for block in blocks}) == len(blocks)
    for block in blocks:
        assert block.population == sum(zones.populations[grain, zone] for zone in block.zones)


@given(territories(), GRAINS)
def test_a_block_has_enough_inhabitants_or_holds_all_that_it_could(zones: Zones, grain: ZoneGrain) -> None:
    for block in pooled(zones, grain, threshold=THRESHOLD):
        if block.population < THRESHOLD:
            tops = {top(zones, zone, grain) for zone in block.zones}
            assert len(tops) == 1
            (only,) = tops
            assert set(block.zones) == {zone for zone in zones.listed(grain) if top(zones, zone, grain) == only}


def top(zones: Zones, zone: str, grain: ZoneGrain) -> str:
    """The highest zone above one: its EPCI, or the commune (of an IRIS) that is in none."""
    commune = zone[:5]
    return zones.epci_by_commune[commune] or commune


@given(territories(), GRAINS)
def test_a_zone_is_only_counted_under_a_zone_that_holds_it(zones: Zones, grain: ZoneGrain) -> None:
    for zone, label in counted_under(pooled(zones, grain, threshold=THRESHOLD)).items():
        assert label in {zone[:5], zones.epci_by_commune[zone[:5]]} - {zone}


@given(territories(), GRAINS)
def test_nothing_moves_where_no_zone_is_small(zones: Zones, grain: ZoneGrain) -> None:
    blocks = pooled(zones, grain, threshold=0)
    assert counted_under(blocks) == {}
    assert too_small(blocks, threshold=0) == frozenset()


@given(territories(), GRAINS)
def test_the_order_of_the_tables_changes_nothing(zones: Zones, grain: ZoneGrain) -> None:
    turned = Zones(
        dict(reversed(zones.epci_by_commune.items())), zones.iris[::-1], dict(reversed(zones.populations.items()))
    )
    assert pooled(turned, grain, threshold=THRESHOLD) == pooled(zones, grain, threshold=THRESHOLD)
