"""Positions as dimensions and in rows, through the door. Expected values are counted by hand."""

import pytest

from anonymizers.places import Zones
from eclor.errors import GuaranteeBroken
from tests.applying import BADGE, Desk, Essay, names, rows, shown, table

WEST = ((5.90, 49.40), (5.95, 49.40), (5.95, 49.45), (5.90, 49.45), (5.90, 49.40))
EAST = ((5.95, 49.40), (6.00, 49.40), (6.00, 49.45), (5.95, 49.45), (5.95, 49.40))
ZONES = Zones({"57001": "200000001", "57002": "200000001"}, (), {}, {"57001": (WEST,), "57002": (EAST,)})
HOMES = ["{nom: foyers, calcul: comptage-distinct, champ: badge}"]


def essay(*levels: str, changes: dict[str, str] | None = None) -> Essay:
    treatment = f"{{operation: generaliser, niveaux: [{', '.join(levels)}]}}"
    steps = "".join(f"\n  - pas: [{{champ: ou, niveau: {level}}}]" for level in levels)
    ladder = {"echelle": steps, "perte_max_pourcent": "30"} if len(levels) > 1 else {}
    return table(
        [BADGE, f"ou position lieu quasi-identifiant {treatment}"],
        dimensions="[ou]",
        indicators=HOMES,
        frequency="annee",
        changes={**ladder, **(changes or {})},
    )


def at(position: str, count: int, prefix: str = "B") -> list[dict[str, object]]:
    return [{"badge": name, "ou": position} for name in names(count, prefix)]


@pytest.fixture
def desk(desk: Desk) -> Desk:
    desk.zones = ZONES
    return desk


def test_positions_are_counted_by_commune_and_missing_ones_apart(desk: Desk) -> None:
    data = at("5.91,49.41", 8) + at("5.94,49.44", 8, "C") + at("5.95,49.42", 3) + at("5.99,49.41", 10, "D")
    assert shown(desk.apply(essay("commune"), data + at("", 12, "E"))) == [
        ("57001", 16, "publie"),  # on the border too, whose badges are some of the first
        ("57002", None, "masque"),
        ("inconnu", 12, "publie"),
    ]


def test_a_square_too_small_takes_the_release_to_the_communes(desk: Desk) -> None:
    ladder = essay("carreau-1km", "commune")
    many = at("5.910000,49.410000", 20) + at("5.911000,49.411000", 20, "C") + at("5.98,49.42", 12, "D")
    assert shown(desk.apply(ladder, many)) == [
        ("CRS3035RES1000mN2930000E4024000", 40, "publie"),
        ("CRS3035RES1000mN2930000E4029000", 12, "publie"),
    ]
    apart = [row for n in range(8) for row in at(f"5.9{n}5,49.42", 5, f"P{n}")]
    assert shown(desk.apply(ladder, apart)) == [("57001", 25, "publie"), ("57002", 15, "publie")]


def test_where_empty_cells_are_masked_every_square_of_the_territory_is_listed(desk: Desk) -> None:
    asked = essay("carreau-1km", changes={"cellules_vides": "masquer"})
    listed = shown(desk.apply(asked, at("5.91,49.41", 20)))
    assert len(listed) == 57
    assert [row for row in listed if row[2] == "publie"] == [("CRS3035RES1000mN2930000E4024000", 20, "publie")]


@pytest.mark.parametrize("level", ["commune", "epci", "carreau-1km"])
def test_a_position_outside_the_territory_refuses_the_delivery_without_saying_where(desk: Desk, level: str) -> None:
    with pytest.raises(GuaranteeBroken) as refused:
        desk.apply(essay(level), at("5.91,49.41", 20) + at("2.123456,48.654321", 1))
    assert refused.value.code == "release.unlisted-value"
    assert "« zones/ »" in refused.value.french()
    assert "2.123456" not in f"{refused.value.located()}{refused.value.facts}"


@pytest.mark.parametrize(
    ("zones", "code"),
    [
        (None, "release.no-outlines"),
        (Zones({}), "release.no-zones"),
        (Zones({"57001": "200000001"}), "release.no-outlines"),
        (Zones({"57001": "", "57002": ""}, (), {}, {"57001": (WEST,)}), "release.no-outlines"),
    ],
)
def test_without_the_outlines_nothing_is_read(desk: Desk, zones: Zones | None, code: str) -> None:
    desk.zones = zones
    with pytest.raises(GuaranteeBroken) as refused:
        desk.apply(essay("commune"), at("5.91,49.41", 20))
    assert refused.value.code == code
    assert not list(desk.folder.glob("run*/out"))


def test_a_technical_position_stands_in_rows_by_its_zone(desk: Desk) -> None:
    treatment = "{operation: generaliser, niveaux: [carreau-1km]}"
    asked = rows([f"ou position lieu! technique {treatment}"], shown="[ou]", frequency="direct")
    data = [{"ou": position} for position in ("5.98,49.42", "", "5.91,49.41")]
    assert shown(desk.apply(asked, data)) == [
        (None,),
        ("CRS3035RES1000mN2930000E4024000",),
        ("CRS3035RES1000mN2930000E4029000",),
    ]
    with pytest.raises(GuaranteeBroken) as refused:
        desk.apply(asked, [{"ou": "2.35,48.85"}])
    assert refused.value.code == "release.unlisted-value"
