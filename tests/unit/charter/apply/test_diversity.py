"""What a release does with a sensitive dimension. Expected values are counted by hand."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from tests.applying import BADGE, SITE, Desk, Essay, names, shown, table

GENRE = "genre code nomenclature(a,b,c) sensible {operation: agreger}"
COUNT = ["{nom: foyers, calcul: comptage-distinct, champ: badge}"]
ASKED = {
    "diversite": "{active: oui, champ: genre, l: 3, part_max_pourcent: 80}",
    "cellules_vides": "masquer",
}
SMALL_K = "{unite: foyer, champs: [badge], k: 11}"


def essay(*, margins: str = "aucun", indicators: list[str] | None = None, units: str = SMALL_K) -> Essay:
    return table(
        [BADGE, SITE, GENRE],
        dimensions="[site, genre]",
        indicators=indicators or COUNT,
        frequency="annee",
        margins=margins,
        units=units,
        changes=ASKED,
    )


def held(site: str, **values: int) -> list[dict[str, object]]:
    """Return so many homes of each value, each of its own."""
    return [
        {"badge": badge, "site": site, "genre": value}
        for value, count in values.items()
        for badge in names(count, f"{site}-{value}-")
    ]


def cells(desk: Desk, asked: Essay, data: list[dict[str, object]]) -> Mapping[tuple[object, object], object]:
    return {(site, genre): number for site, genre, number, _ in shown(desk.apply(asked, data))}


def test_a_group_of_enough_values_is_shown_and_one_of_fewer_is_masked_whole(desk: Desk) -> None:
    data = held("nord", a=11, b=12, c=13) + held("sud", a=40, b=30)
    assert cells(desk, essay(), data) == {
        ("nord", "a"): 11,
        ("nord", "b"): 12,
        ("nord", "c"): 13,
        ("sud", "a"): None,
        ("sud", "b"): None,
        ("sud", "c"): None,
    }


def test_exactly_the_share_is_shown_and_one_home_more_is_not(desk: Desk) -> None:
    data = held("nord", a=88, b=11, c=11) + held("sud", a=89, b=11, c=11)
    found = cells(desk, essay(), data)
    assert [found["nord", value] for value in "abc"] == [88, 11, 11]
    assert [found["sud", value] for value in "abc"] == [None, None, None]


def test_the_share_is_of_homes_and_not_of_their_rows(desk: Desk) -> None:
    nord = held("nord", a=11, b=11, c=11) + held("nord", a=1) * 500
    sud = held("sud", a=89, b=11, c=11) + held("sud", b=1) * 500
    found = cells(desk, essay(), nord + sud)
    assert [found["nord", value] for value in "abc"] == [11, 11, 11]
    assert [found["sud", value] for value in "abc"] == [None, None, None]


def test_a_home_of_two_values_counts_once_in_its_group(desk: Desk) -> None:
    """All 22 homes have value a; half of them b too, the others c: of 44 units in cells, but of 22 homes in all."""
    data = held("nord", a=22)
    data += [{**row, "genre": "b" if number < 11 else "c"} for number, row in enumerate(data)]
    assert set(cells(desk, essay(), data + held("sud", a=11, b=11, c=11)).values()) == {None, 11}
    assert [cells(desk, essay(), data + held("sud", a=11, b=11, c=11))["nord", value] for value in "abc"] == [None] * 3


def test_a_margin_over_another_dimension_is_a_group_and_one_without_the_value_is_not(desk: Desk) -> None:
    """Both sites hold three values, but one has 400 of 462 homes: the table of both sites is masked, not that site."""
    asked = essay(margins="[{par: [genre]}, {par: []}]")
    data = held("nord", a=300, b=80, c=80) + held("sud", a=200, b=60, c=60)
    found = cells(desk, asked, data)
    assert found["ensemble", "a"] == 500
    assert found["ensemble", "ensemble"] == 780
    lone = held("nord", a=300) + held("sud", a=200, b=60, c=60)
    masked = cells(desk, asked, lone)
    assert [masked["nord", value] for value in "abc"] == [None] * 3
    assert masked["ensemble", "a"] is None or masked["ensemble", "b"] is None


def test_the_total_of_a_group_of_one_value_does_not_give_it_away(desk: Desk) -> None:
    """Were the site's total shown, nobody could doubt that nearly all its homes are a: it goes with them."""
    asked = essay(margins="[{par: [site]}]")
    data = held("nord", a=40) + held("sud", a=20, b=20, c=20)
    found = cells(desk, asked, data)
    assert found["nord", "ensemble"] is None
    assert found["sud", "ensemble"] == 60


def test_several_minimum_counts_are_judged_each(desk: Desk) -> None:
    units = "{unite: foyer, champs: [badge], k: 11}\n  - {unite: appareil, champs: [lecteur], k: 11}"
    asked = table(
        [BADGE, "lecteur code appareil identifiant-direct {operation: comptage}", SITE, GENRE],
        dimensions="[site, genre]",
        indicators=COUNT,
        frequency="annee",
        units=units,
        changes=ASKED,
    )
    nord, sud = held("nord", a=20, b=20, c=20), held("sud", a=20, b=20, c=20)
    own = [{**row, "lecteur": row["badge"]} for row in nord]
    many = [{**row, "lecteur": f"{row['badge']}-{n}"} for row in sud for n in range(20 if row["genre"] == "a" else 1)]
    found = cells(desk, asked, own + many)
    assert [found["nord", value] for value in "abc"] == [20, 20, 20]
    assert [found["sud", value] for value in "abc"] == [None] * 3


@pytest.mark.parametrize("order", [1, -1])
def test_the_promise_is_said_and_the_cause_stays_inside(desk: Desk, order: int) -> None:
    release = desk.apply(essay(), (held("nord", a=11, b=12, c=13) + held("sud", a=40, b=30))[::order])
    assert "Dans chaque groupe, au moins 3 valeurs de « genre », aucune à plus de 80 % du groupe." in (
        release.figures.guarantees
    )
    (period,) = release.figures.internal["periods"]  # type: ignore[misc, has-type]
    assert period["causes"]["diversity"] == 3


def test_diversity_of_any_dimension_wants_empty_cells_masked(desk: Desk) -> None:
    """A known zero beside a group of one value would say what its homes are."""
    plain = replace(essay(), columns=(BADGE, SITE, GENRE.replace("sensible", "quasi-identifiant")))
    assert desk.plan(plain).operations
    shown_zeros = replace(plain, guarantees=plain.guarantees.replace("vides: masquer", "vides: publier"))
    with pytest.raises(AssertionError, match="G525"):
        desk.plan(shown_zeros)
