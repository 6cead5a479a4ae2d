"""What a table says: cells, units, margins, sums, means, labels. Expected values are counted by hand."""

from decimal import Decimal

import pytest

from eclor.errors import GuaranteeBroken
from tests.applying import BADGE, HASHED, HOUR, SITE, Desk, Essay, names, shown, table, visits

DAY = "horodatage date-heure temps quasi-identifiant {operation: generaliser, niveaux: [jour]}"
VOLUME = "volume entier mesure mesure {operation: agreger}"


GROUPED = (
    "genre code nomenclature(bois,metaux,gravats) quasi-identifiant {operation: generaliser, "
    "regroupement: [{valeur: sec, depuis: [bois, metaux]}, {valeur: lourd, depuis: [gravats]}]}"
)


def shows_nothing(desk: Desk, essay: Essay, data: list[dict[str, object]]) -> bool:
    """Tell whether every cell is masked, of which no release is made."""
    with pytest.raises(GuaranteeBroken) as refused:
        desk.apply(essay, data)
    return refused.value.code == "release.nothing-shown"


@pytest.mark.parametrize("identifier", [BADGE, HASHED])
def test_a_household_counts_once(desk: Desk, identifier: str) -> None:
    essay = table(
        [identifier, SITE, HOUR],
        dimensions="[site, horodatage]",
        indicators=[
            "{nom: passages, calcul: comptage-lignes}",
            "{nom: foyers, calcul: comptage-distinct, champ: badge}",
        ],
    )
    data = visits(*names(11)) * 10 + visits(*names(3), at="2026-10-05T10:00:00+02:00") * 40
    assert shown(desk.apply(essay, data)) == [
        ("nord", "2026-10-05T09:00:00+02:00", 110, 11, "publie"),
        ("nord", "2026-10-05T10:00:00+02:00", None, None, "masque"),
    ]


def test_k_itself_is_shown_and_one_less_is_not(desk: Desk) -> None:
    essay = table(
        [BADGE, SITE, DAY],
        dimensions="[site, horodatage]",
        indicators=["{nom: foyers, calcul: comptage-distinct, champ: badge}"],
    )
    data = visits(*names(11), site="sud") + visits(*names(10), site="est")
    assert shown(desk.apply(essay, data)) == [
        ("est", "2026-10-05", None, "masque"),
        ("sud", "2026-10-05", 11, "publie"),
    ]


def test_rows_without_a_unit_never_help_to_reach_k(desk: Desk) -> None:
    essay = table(
        [BADGE, SITE, DAY], dimensions="[site, horodatage]", indicators=["{nom: passages, calcul: comptage-lignes}"]
    )
    data = visits(*names(10)) + visits(*[""] * 50) + visits(*[" "] * 5, site="sud")
    assert shows_nothing(desk, essay, data)


def test_a_margin_counts_its_own_units(desk: Desk) -> None:
    """Twelve households go to both sites: 12 each, 12 together, not 24."""
    essay = table(
        [BADGE, SITE, DAY],
        dimensions="[site, horodatage]",
        indicators=[
            "{nom: passages, calcul: comptage-lignes}",
            "{nom: foyers, calcul: comptage-distinct, champ: badge}",
        ],
        margins="[{par: [horodatage]}, {par: []}]",
    )
    data = visits(*names(12)) + visits(*names(12), site="sud") * 2
    assert shown(desk.apply(essay, data)) == [
        ("ensemble", "2026-10-05", 36, 12, "publie"),
        ("ensemble", "ensemble", 36, 12, "publie"),
        ("nord", "2026-10-05", 12, 12, "publie"),
        ("sud", "2026-10-05", 24, 12, "publie"),
    ]


def test_the_largest_contribution_is_summed_by_unit_before_it_is_judged(desk: Desk) -> None:
    """One household brings 90 of 100 in nine loads of ten: dominated, though no load is."""
    essay = table(
        [BADGE, SITE, DAY, VOLUME],
        dimensions="[site, horodatage]",
        indicators=["{nom: volume, calcul: somme, champ: volume}"],
        changes={"dominance": "{active: oui, contributeurs: 1, pourcent: 85}"},
    )
    light = visits(*names(11), volume=1)
    assert shows_nothing(desk, essay, light + visits("B000", volume=10) * 9)
    assert shown(desk.apply(essay, light + visits("B000", volume=10) * 5)) == [("nord", "2026-10-05", 61, "publie")]


def test_rows_without_a_unit_are_one_contributor(desk: Desk) -> None:
    essay = table(
        [BADGE, SITE, DAY, VOLUME],
        dimensions="[site, horodatage]",
        indicators=["{nom: volume, calcul: somme, champ: volume}"],
    )
    assert shows_nothing(desk, essay, visits(*names(11), volume=1) + visits("", volume=10) * 9)


def test_two_contributors_are_taken_together_when_the_policy_says_two(desk: Desk) -> None:
    essay = table(
        [BADGE, SITE, DAY, VOLUME],
        dimensions="[site, horodatage]",
        indicators=["{nom: volume, calcul: somme, champ: volume}"],
        changes={"dominance": "{active: oui, contributeurs: 2, pourcent: 80}"},
    )
    even = visits(*names(11), volume=10)
    assert shown(desk.apply(essay, even + visits("B000", "B001", volume=10) * 17)) == [
        ("nord", "2026-10-05", 450, "publie")
    ]
    assert shows_nothing(desk, essay, even + visits("B000", "B001", volume=10) * 18)


def test_sums_of_decimals_are_exact_and_means_are_whole_half_up(desk: Desk) -> None:
    essay = table(
        [BADGE, SITE, DAY, "montant decimal(2) mesure mesure {operation: agreger}"],
        dimensions="[site, horodatage]",
        indicators=[
            "{nom: total, calcul: somme, champ: montant}",
            "{nom: moyen, calcul: moyenne, champ: montant}",
        ],
        k=11,
    )
    data = [row for name in names(12) for row in visits(name, montant="0.10")] + visits("B000", montant="28.80")
    data += visits("B001", montant="")
    # 12 x 0.10 + 28.80 = 30.00 over 13 rows with a value; B000 holds 28.90 of 30, 96 %: dominated
    assert shows_nothing(desk, essay, data)
    level = [row for name in names(12) for row in visits(name, montant="2.50")] + visits("B001", montant="")
    assert shown(desk.apply(essay, level)) == [("nord", "2026-10-05", Decimal("30.00"), 3, "publie")]


def test_a_measure_is_capped_or_rounded_row_by_row_before_it_is_summed(desk: Desk) -> None:
    essay = table(
        [
            BADGE,
            SITE,
            DAY,
            "capped entier mesure mesure {operation: plafonner, plafond: 10}",
            "rounded entier mesure mesure {operation: arrondir, base: 10}",
        ],
        dimensions="[site, horodatage]",
        indicators=["{nom: capped, calcul: somme, champ: capped}", "{nom: rounded, calcul: somme, champ: rounded}"],
    )
    data = visits(*names(10), capped=4, rounded=4) + visits("B010", "B011", capped=70, rounded=15)
    # 10 x 4 + 2 x 10; ten 4 become 0, two 15 become 20 (half up): 40, of which each of two holds half
    assert shown(desk.apply(essay, data)) == [("nord", "2026-10-05", 60, 40, "publie")]


def test_published_numbers_are_rounded_half_up_after_suppression(desk: Desk) -> None:
    essay = table(
        [BADGE, SITE, DAY],
        dimensions="[site, horodatage]",
        indicators=["{nom: foyers, calcul: comptage-distinct, champ: badge}"],
        changes={"arrondi": "{active: oui, base: 5}"},
    )
    data = visits(*names(12), site="a") + visits(*names(13), site="b") + visits(*names(10), site="c")
    assert shown(desk.apply(essay, data)) == [
        ("a", "2026-10-05", 10, "publie"),
        ("b", "2026-10-05", 15, "publie"),
        ("c", "2026-10-05", None, "masque"),
    ]


def test_a_missing_dimension_is_a_cell_of_its_own(desk: Desk) -> None:
    essay = table(
        [BADGE, SITE, DAY], dimensions="[site, horodatage]", indicators=["{nom: passages, calcul: comptage-lignes}"]
    )
    assert shown(desk.apply(essay, visits(*names(12), site=""))) == [("inconnu", "2026-10-05", 12, "publie")]


@pytest.mark.parametrize(
    ("column", "named"),
    [
        ("site code lieu! technique {operation: agreger}", "a"),
        ("site code nomenclature quasi-identifiant {operation: agreger}", "a"),
        ("site code nomenclature(a,inconnu) quasi-identifiant {operation: agreger}", "a"),
        ("site code lieu quasi-identifiant {operation: generaliser, niveaux: [iris]}", "570410101"),
    ],
)
@pytest.mark.parametrize("totals", ["aucun", "[{par: [horodatage]}]"])
def test_a_value_that_says_it_is_unknown_is_a_missing_one(desk: Desk, column: str, named: str, totals: str) -> None:
    """Six who left it out and six of whom the source writes `inconnu` are one cell of twelve, and lost in no total."""
    essay = table(
        [BADGE, column, DAY],
        dimensions="[site, horodatage]",
        indicators=["{nom: passages, calcul: comptage-lignes}"],
        margins=totals,
    )
    missing = visits(*names(6), site="") + visits(*names(6, "z"), site="inconnu")
    release = shown(desk.apply(essay, missing + visits(*names(20, "y"), site=named)))
    assert ("inconnu", "2026-10-05", 12, "publie") in release
    assert totals == "aucun" or ("ensemble", "2026-10-05", 32, "publie") in release


def test_where_zeros_are_hidden_nothing_tells_that_someone_left_it_out(desk: Desk) -> None:
    """Two releases, with and without five homes of no kind, are the same but for what is shown of the others."""
    essay = table(
        [BADGE, "genre code nomenclature(a,b) quasi-identifiant {operation: agreger}", DAY],
        dimensions="[genre, horodatage]",
        indicators=["{nom: foyers, calcul: comptage-distinct, champ: badge}"],
        changes={"cellules_vides": "masquer"},
    )

    def seen(*left_out: str) -> list[tuple[object, ...]]:
        at = "2026-10-05T09:00:00+02:00"
        data = [{"badge": badge, "genre": "a", "horodatage": at} for badge in names(12)]
        data += [{"badge": badge, "genre": "", "horodatage": at} for badge in left_out]
        return [row for row in shown(desk.apply(essay, data)) if row[1] == "2026-10-05"]

    assert seen() == seen(*names(5, "z")) == [("a", "2026-10-05", 12, "publie"), ("b", "2026-10-05", None, "masque")]
    assert ("inconnu", "2026-10-05", 11, "publie") in seen(*names(11, "z"))


def test_a_union_of_columns_counts_each_person_once(desk: Desk) -> None:
    """Driver and passenger are one kind of unit: six pairs of the same twelve people are twelve units, not 24."""
    essay = table(
        [
            "driver code personne identifiant-direct {operation: pseudonymiser}",
            "passenger code personne identifiant-direct {operation: pseudonymiser}",
            SITE,
            DAY,
        ],
        dimensions="[site, horodatage]",
        indicators=[
            "{nom: trajets, calcul: comptage-lignes}",
            "{nom: drivers, calcul: comptage-distinct, champ: driver}",
        ],
        units="{unite: personne, champs: [driver, passenger], k: 11}",
    )

    def trip(driver: str, passenger: str, site: str) -> dict[str, object]:
        return {"driver": driver, "passenger": passenger, "site": site, "horodatage": "2026-10-05T09:00:00+02:00"}

    twelve = names(12)
    both_ways = [trip(twelve[i], twelve[i + 6], "a") for i in range(6)]
    back = [trip(twelve[i + 6], twelve[i], "a") for i in range(6)]
    alone = [trip(name, name, "b") for name in names(10)] + [trip("", "", "b")] * 30
    assert shown(desk.apply(essay, both_ways + back + alone)) == [
        ("a", "2026-10-05", 12, 12, "publie"),
        ("b", "2026-10-05", None, None, "masque"),
    ]


PAIR = (
    "driver code personne identifiant-direct {operation: comptage}",
    "passenger code personne identifiant-direct {operation: comptage}",
)


def rides(*pairs: tuple[str, str]) -> list[dict[str, object]]:
    at = "2026-10-05T09:00:00+02:00"
    return [{"driver": driver, "passenger": passenger, "site": "a", "horodatage": at} for driver, passenger in pairs]


def pairs_table() -> Essay:
    return table(
        [*PAIR, SITE, DAY],
        dimensions="[site, horodatage]",
        indicators=["{nom: trajets, calcul: comptage-lignes}"],
        units="{unite: personne, champs: [driver, passenger], k: 11}",
    )


def test_passengers_count_as_well_as_drivers(desk: Desk) -> None:
    """One driver with ten passengers: eleven people; but the driver holds every ride, so another ten go alone."""
    with_one = rides(*(("D", name) for name in names(10)))
    assert shows_nothing(desk, pairs_table(), with_one)
    # the driver then holds 10 of 12 rides, 83 %
    assert shown(desk.apply(pairs_table(), with_one + rides(("E", ""), ("", "E")))) == [
        ("a", "2026-10-05", 12, "publie")
    ]


def test_a_person_twice_in_a_row_contributes_it_once(desk: Desk) -> None:
    """Eleven people; B000 drives itself in 50 of 60 rides: 83 % of them. Counted twice it would be all."""
    twice = rides(*[("B000", "B000")] * 50, *((name, "") for name in names(11)[1:]))
    assert shown(desk.apply(pairs_table(), twice)) == [("a", "2026-10-05", 60, "publie")]


def test_rows_without_any_of_the_units_are_one_contributor(desk: Desk) -> None:
    alone = rides(*((name, "") for name in names(11)))
    assert shown(desk.apply(pairs_table(), alone + rides(*[("", "")] * 62))) == [("a", "2026-10-05", 73, "publie")]
    assert shows_nothing(desk, pairs_table(), alone + rides(*[("", "")] * 63))


def test_several_minimum_counts_each_mask(desk: Desk) -> None:
    essay = table(
        [
            "trajet code trajet identifiant-direct {operation: comptage}",
            "driver code personne identifiant-direct {operation: pseudonymiser}",
            SITE,
            DAY,
        ],
        dimensions="[site, horodatage]",
        indicators=["{nom: trajets, calcul: comptage-distinct, champ: trajet}"],
        units="{unite: trajet, champs: [trajet], k: 6}\n  - {unite: personne, champs: [driver], k: 11}",
        changes={"dominance": "{active: non}"},
    )

    def trips(count: int, drivers: int, site: str) -> list[dict[str, object]]:
        return [
            {
                "trajet": f"{site}{n}",
                "driver": f"D{n % drivers}",
                "site": site,
                "horodatage": "2026-10-05T09:00:00+02:00",
            }
            for n in range(count)
        ]

    assert shown(desk.apply(essay, trips(30, 11, "a") + trips(30, 10, "b") + trips(5, 5, "c"))) == [
        ("a", "2026-10-05", 30, "publie"),
        ("b", "2026-10-05", None, "masque"),
        ("c", "2026-10-05", None, "masque"),
    ]


def test_a_masked_value_of_an_open_list_is_not_even_named(desk: Desk) -> None:
    essay = table(
        [BADGE, "prenom texte nomenclature quasi-identifiant {operation: agreger}", DAY],
        dimensions="[prenom, horodatage]",
        indicators=["{nom: foyers, calcul: comptage-distinct, champ: badge}"],
    )

    def named(prenom: str, count: int) -> list[dict[str, object]]:
        return [{"badge": badge, "prenom": prenom, "horodatage": "2026-10-05T09:00:00+02:00"} for badge in names(count)]

    release = desk.apply(essay, named("Lou", 11) + named("Zéphyrin", 2))
    assert shown(release) == [("Lou", "2026-10-05", 11, "publie")]
    assert release.figures.masked == 0
    with pytest.raises(GuaranteeBroken) as refused:
        desk.apply(essay, named("Zéphyrin", 2))
    assert refused.value.code == "release.nothing-shown"
    assert "phyrin" not in refused.value.located()


def test_groups_bands_and_listed_values_are_the_labels(desk: Desk) -> None:
    essay = table(
        [
            BADGE,
            GROUPED,
            "age entier mesure mesure {operation: generaliser, tranches: [0, 18, 65]}",
        ],
        dimensions="[genre, age]",
        indicators=["{nom: foyers, calcul: comptage-distinct, champ: badge}"],
        frequency="annee",
    )

    def brought(genre: str, age: object, count: int) -> list[dict[str, object]]:
        return [{"badge": badge, "genre": genre, "age": age} for badge in names(count)]

    data = brought("bois", 17, 6) + brought("metaux", 0, 11) + brought("gravats", 65, 12) + brought("gravats", 18, 3)
    assert shown(desk.apply(essay, data)) == [
        ("lourd", "18-65", None, "masque"),
        ("lourd", "65+", 12, "publie"),
        ("sec", "0-18", 11, "publie"),
    ]
    for outside, cure in ((brought("verre", 20, 12), "« regroupement »"), (brought("bois", -1, 12), "« tranches »")):
        with pytest.raises(GuaranteeBroken) as refused:
            desk.apply(essay, data + outside)
        assert refused.value.code == "release.unlisted-value"
        assert cure in refused.value.french()


def test_a_truth_is_a_label_of_the_language(desk: Desk) -> None:
    essay = table(
        [BADGE, "abonne booleen nomenclature(oui,non) quasi-identifiant {operation: agreger}", DAY],
        dimensions="[abonne, horodatage]",
        indicators=["{nom: foyers, calcul: comptage-distinct, champ: badge}"],
    )
    at = "2026-10-05T09:00:00Z"
    data = [{"badge": f"{word}{n}", "abonne": word, "horodatage": at} for word in ("oui", "non", "") for n in range(11)]
    assert [row[0] for row in shown(desk.apply(essay, data))] == ["inconnu", "non", "oui"]
