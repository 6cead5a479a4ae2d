"""What no table may say: a value that refuses its delivery, since nothing true could be published of it."""

import pytest

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
