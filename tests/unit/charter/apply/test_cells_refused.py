"""What no table may say: a value that refuses its delivery, since nothing true could be published of it."""

import pytest

import charter.negative
from charter.raw_table import Table
from charter.unit_rows import Layout, least_contributions
from eclor.errors import GuaranteeBroken
from tests.applying import BADGE, SITE, Desk, names, shown, table, visits

DAY = "horodatage date-heure temps quasi-identifiant {operation: generaliser, niveaux: [jour]}"
VOLUME = "volume entier mesure mesure {operation: agreger}"


def test_a_value_that_the_catalogue_does_not_list_refuses_the_delivery(desk: Desk) -> None:
    essay = table(
        [BADGE, "genre code nomenclature(bois,metaux) quasi-identifiant {operation: agreger}", DAY],
        dimensions="[genre, horodatage]",
        indicators=["{nom: foyers, calcul: comptage-distinct, champ: badge}"],
    )
    data = [{"badge": b, "genre": "verre", "horodatage": "2026-10-05T09:00:00Z"} for b in names(12)]
    with pytest.raises(GuaranteeBroken) as refused:
        desk.apply(essay, data)
    assert refused.value.code == "release.unlisted-value"
    assert "« modalites » au catalogue" in refused.value.french()
    assert "verre" not in refused.value.located()


@pytest.mark.parametrize(
    ("operation", "largest"),
    [
        ("agreger", 92_233_720_368_547_759),  # its hundredfold is past 64 bits: nearly the whole total seemed little
        ("agreger", 2**53 - 11),
        ("arrondir, base: 10", 2**63 - 1),
    ],
)
def test_a_number_too_large_to_be_judged_exactly_refuses_the_delivery(desk: Desk, operation: str, largest: int) -> None:
    essay = table(
        [BADGE, SITE, DAY, f"volume entier mesure mesure {{operation: {operation}}}"],
        dimensions="[site, horodatage]",
        indicators=["{nom: volume, calcul: somme, champ: volume}"],
    )
    first, *others = visits(*names(12), volume=1)
    with pytest.raises(GuaranteeBroken) as refused:
        desk.apply(essay, [{**first, "volume": largest}, *others])
    assert refused.value.code == "release.too-large"


def test_the_largest_number_that_is_exact_everywhere_is_shown(desk: Desk) -> None:
    essay = table(
        [BADGE, SITE, DAY, VOLUME],
        dimensions="[site, horodatage]",
        indicators=["{nom: volume, calcul: somme, champ: volume}"],
    )
    most, of_each = 2**53 - 1, (2**53 - 1) // 12
    first, *others = visits(*names(12), volume=of_each)
    data = [{**first, "volume": most - 11 * of_each}, *others]
    assert shown(desk.apply(essay, data)) == [("nord", "2026-10-05", most, "publie")]


def test_a_value_that_reads_like_a_margin_refuses_the_delivery(desk: Desk) -> None:
    essay = table(
        [BADGE, SITE, DAY], dimensions="[site, horodatage]", indicators=["{nom: passages, calcul: comptage-lignes}"]
    )
    with pytest.raises(GuaranteeBroken) as refused:
        desk.apply(essay, visits(*names(12), site="ensemble"))
    assert refused.value.code == "release.reserved-label"


def test_a_negative_contribution_refuses_the_delivery(desk: Desk) -> None:
    essay = table(
        [BADGE, SITE, DAY, VOLUME],
        dimensions="[site, horodatage]",
        indicators=["{nom: volume, calcul: somme, champ: volume}"],
    )
    with pytest.raises(GuaranteeBroken) as refused:
        desk.apply(essay, visits(*names(12), volume=5) + visits("B000", volume=-6))
    assert refused.value.code == "release.negative"


@pytest.mark.parametrize(("kind", "refund"), [("entier", "-1"), ("decimal(2)", "-0.01")])
def test_a_refund_is_not_hidden_by_what_its_own_household_paid(desk: Desk, kind: str, refund: str) -> None:
    essay = table(
        [BADGE, SITE, f"paye {kind} mesure mesure {{operation: agreger}}"],
        dimensions="[site]",
        indicators=["{nom: paye, calcul: somme, champ: paye}"],
        frequency="annee",
    )
    data = [{"badge": name, "site": "nord", "paye": "10"} for name in names(12)]
    assert shown(desk.apply(essay, [*data, {"badge": "", "site": "nord", "paye": ""}]))
    with pytest.raises(GuaranteeBroken) as refused:
        desk.apply(essay, [*data, {"badge": "B000", "site": "nord", "paye": refund}])
    assert (refused.value.code, refused.value.facts["column"]) == ("release.negative", "paye")


def test_a_negative_number_that_its_treatment_brings_to_zero_contributes_nothing(desk: Desk) -> None:
    essay = table(
        [BADGE, SITE, "volume entier mesure mesure {operation: arrondir, base: 10}"],
        dimensions="[site]",
        indicators=["{nom: volume, calcul: somme, champ: volume}"],
        frequency="annee",
    )
    data = [{"badge": name, "site": "nord", "volume": 10} for name in names(12)]
    assert shown(desk.apply(essay, [*data, {"badge": "B000", "site": "nord", "volume": -4}])) == [
        ("nord", 120, "publie")
    ]


def test_a_negative_number_of_another_period_waits_for_its_own(desk: Desk) -> None:
    essay = table(
        [BADGE, SITE, DAY, VOLUME],
        dimensions="[site, horodatage]",
        indicators=["{nom: volume, calcul: somme, champ: volume}"],
    )
    later = visits("B000", volume=-6, at=f"{desk.now:%Y-%m-%d}T09:00:00+01:00")
    assert shown(desk.apply(essay, visits(*names(12), volume=5) + later)) == [("nord", "2026-10-05", 60, "publie")]


@pytest.mark.parametrize("kind", ["entier", "decimal(2)"])
def test_where_the_files_themselves_exclude_it_no_row_is_asked_for_a_negative_number(
    desk: Desk, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(charter.negative, "least_contributions")
    essay = table(
        [BADGE, SITE, f"paye {kind} mesure mesure {{operation: agreger}}"],
        dimensions="[site]",
        indicators=["{nom: paye, calcul: moyenne, champ: paye}"],
        frequency="annee",
    )
    data = [
        {"badge": name, "site": "nord", "paye": paid}
        for name, paid in zip(names(12), ["", *"12345678900"], strict=True)
    ]
    assert shown(desk.apply(essay, data)) == [("nord", 4, "publie")]


def test_rows_are_asked_for_a_negative_number_once_whatever_the_steps_of_the_ladder(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The files admit one, which rounding brings to zero: what the first step found holds at the next ones."""
    asked: list[Layout] = []

    def question(layout: Layout) -> Table:
        asked.append(layout)
        return least_contributions(layout)

    monkeypatch.setattr(charter.negative, "least_contributions", question)
    levels = ("heure", "jour", "mois")
    essay = table(
        [
            BADGE,
            SITE,
            f"horodatage date-heure temps quasi-identifiant {{operation: generaliser, niveaux: [{', '.join(levels)}]}}",
            "volume entier mesure mesure {operation: arrondir, base: 10}",
        ],
        dimensions="[site, horodatage]",
        indicators=["{nom: volume, calcul: somme, champ: volume}"],
        changes={
            "echelle": "".join(f"\n  - pas: [{{champ: horodatage, niveau: {level}}}]" for level in levels),
            "perte_max_pourcent": "10",
        },
    )
    data = [
        row
        for day, name in enumerate(names(12), 1)
        for row in visits(name, at=f"2026-10-{day:02}T09:00:00Z", volume=10 if day > 1 else -4)
    ]
    assert shown(desk.apply(essay, data)) == [("nord", "2026-10", 110, "publie")]
    assert len(asked) == 1
