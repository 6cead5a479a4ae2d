"""What a release does with zones of few inhabitants. Expected values are counted by hand."""

from collections.abc import Mapping

import pytest

from anonymizers.places import ZoneGrain, Zones
from eclor.errors import GuaranteeBroken
from tests.applying import BADGE, Desk, Essay, shown, table

IRIS = "zone code lieu quasi-identifiant {operation: generaliser, niveaux: [iris, commune]}"
COMMUNE = "zone code lieu quasi-identifiant {operation: generaliser, niveaux: [commune]}"
SECTOR = "secteur code nomenclature(a,b) quasi-identifiant {operation: agreger}"
COUNT = ["{nom: foyers, calcul: comptage-distinct, champ: badge}"]
LADDER = {
    "echelle": "\n  - pas: [{champ: zone, niveau: iris}]\n  - pas: [{champ: zone, niveau: commune}]",
    "perte_max_pourcent": "60",
}
PEOPLE = {
    "570010101": 90,
    "570010102": 150,
    "570010103": 900,
    "570020101": 80,
    "570020102": 1000,
    "570020103": 900,
    "570030000": 60,
}
EPCI = {"57001": "200000001", "57002": "200000001", "57003": "200000001"}
COMMUNES = {"57001": 1140, "57002": 1980, "57003": 60}


def zones(*, without: str = "", **changes: int | None) -> Zones:
    iris = {(ZoneGrain.IRIS, code): people for code, people in PEOPLE.items()}
    communes = {(ZoneGrain.COMMUNE, code): people for code, people in COMMUNES.items()}
    of_all = {**iris, **communes, **{(ZoneGrain.COMMUNE, code): people for code, people in changes.items()}}
    listed = tuple(code for code in PEOPLE if code != without)
    return Zones(EPCI, listed, {zone: people for zone, people in of_all.items() if people is not None})


def essay(action: str, *, place: str = IRIS, margins: str = "aucun", **changes: str) -> Essay:
    return table(
        [BADGE, place, SECTOR],
        dimensions="[zone, secteur]",
        indicators=COUNT,
        frequency="annee",
        margins=margins,
        changes={
            **(LADDER if place == IRIS else {}),
            "petites_populations": f"{{seuil: 200, action: {action}}}",
            **changes,
        },
    )


def homes(zone: str, count: int, sector: str = "a", first: int = 0) -> list[dict[str, object]]:
    return [{"badge": f"{zone}-{sector}-{n}", "zone": zone, "secteur": sector} for n in range(first, first + count)]


def cells(desk: Desk, asked: Essay, data: list[dict[str, object]]) -> Mapping[tuple[object, object], object]:
    return {(zone, sector): number for zone, sector, number, _ in shown(desk.apply(asked, data))}


def test_a_small_zone_is_masked_whatever_it_counts(desk: Desk) -> None:
    desk.zones = zones()
    data = homes("570010101", 50) + homes("570010103", 400) + homes("570010103", 200, "b")
    assert cells(desk, essay("masquer"), data) == {
        ("570010101", "a"): None,
        ("570010103", "a"): 400,
        ("570010103", "b"): 200,
    }


def test_a_masked_small_zone_cannot_be_computed_from_the_totals(desk: Desk) -> None:
    desk.zones = zones()
    asked = essay("masquer", place=COMMUNE, margins="[{par: [secteur]}]")
    found = cells(desk, asked, homes("57003", 50) + homes("57001", 400) + homes("57002", 300))
    assert found == {("57001", "a"): 400, ("57002", "a"): None, ("57003", "a"): None, ("ensemble", "a"): 750}


def test_small_zones_of_one_commune_are_counted_together_under_its_code(desk: Desk) -> None:
    """90 and 150 inhabitants make 240; 80 alone are too few: the next smallest of 57002 joins."""
    desk.zones = zones(without="570030000")
    data = homes("570010101", 20) + homes("570010102", 30) + homes("570010103", 400)
    data += homes("570020101", 15) + homes("570020102", 300) + homes("570020103", 200)
    found = cells(desk, essay("fusionner", margins="[{par: [secteur]}]"), data)
    assert found == {
        ("57001", "a"): 50,
        ("570010103", "a"): 400,
        ("57002", "a"): 215,
        ("570020102", "a"): 300,
        ("ensemble", "a"): 965,
    }


def test_a_commune_that_is_small_as_a_whole_goes_up_to_its_epci_with_the_next_smallest(desk: Desk) -> None:
    """57003 holds 60: with the 240 of 57001 that were too few on their own, they are 300 under the EPCI's code."""
    desk.zones = zones()
    data = homes("570030000", 12) + homes("570010101", 20) + homes("570020102", 300)
    assert cells(desk, essay("fusionner"), data) == {("200000001", "a"): 32, ("570020102", "a"): 300}


def test_one_home_of_two_merged_zones_counts_once(desk: Desk) -> None:
    desk.zones = zones()
    data = [{**row, "zone": zone} for zone in ("570020101", "570020103") for row in homes("x", 20)]
    assert cells(desk, essay("fusionner"), data) == {("57002", "a"): 20}


def test_which_zones_are_merged_is_said_by_the_tables_and_never_by_the_rows(desk: Desk) -> None:
    """Every zone of the frame is listed, empty ones masked: a merged zone has no cell, with rows or without."""
    desk.zones = zones()
    asked = essay("fusionner", cellules_vides="masquer")
    few, many = homes("570020102", 300), homes("570020102", 300) + homes("570010102", 30)
    labels = {zone for zone, _ in cells(desk, asked, few)}
    assert labels == {"200000001", "570010103", "57002", "570020102"}
    assert labels == {zone for zone, _ in cells(desk, asked, many)}


def test_a_small_commune_without_an_epci_stays_masked(desk: Desk) -> None:
    desk.zones = Zones({"57003": ""}, (), {(ZoneGrain.COMMUNE, "57003"): 60})
    with pytest.raises(GuaranteeBroken) as refused:
        desk.apply(essay("fusionner", place=COMMUNE, perte_max_pourcent="60"), homes("57003", 40))
    assert refused.value.code in {"release.no-step", "release.nothing-shown"}


def test_a_zone_without_a_population_refuses_before_any_row_is_read(desk: Desk) -> None:
    desk.zones = zones(**{"57002": None})
    with pytest.raises(GuaranteeBroken) as refused:
        desk.apply(essay("masquer"), homes("570010103", 400))
    assert (refused.value.code, refused.value.facts["zone"]) == ("release.no-population", "57002")
    desk.zones = None
    with pytest.raises(GuaranteeBroken) as nowhere:
        desk.apply(essay("masquer"), homes("570010103", 400))
    assert nowhere.value.code == "release.no-zones"


def test_a_code_of_no_list_is_still_refused(desk: Desk) -> None:
    desk.zones = zones()
    with pytest.raises(GuaranteeBroken) as refused:
        desk.apply(essay("fusionner"), homes("570010109", 40))
    assert refused.value.code == "release.unlisted-value"
