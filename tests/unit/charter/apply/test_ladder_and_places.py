"""What a release does with places and with its ladder. Expected values are counted by hand."""

from pathlib import Path

import pytest

from anonymizers.disclosure import work
from anonymizers.places import Zones, read_zones
from charter.ladder import NothingHolds
from eclor.errors import GuaranteeBroken
from tests.applying import BADGE, HOUR, SITE, Desk, names, shown, table, visits

PLACE = "commune code lieu quasi-identifiant {operation: generaliser, niveaux: [commune, epci]}"
LADDER = {
    "echelle": "\n  - pas: [{champ: commune, niveau: commune}]\n  - pas: [{champ: commune, niveau: epci}]",
    "perte_max_pourcent": "30",
}
OF_54, OF_57 = ("54521", "54580"), ("57038", "57041", "57096", "57529", "57565", "57603")
ZONES = Zones({"57001": "200000001", "57002": "200000001", "57003": "200000002"})


def housed(commune: str, count: int) -> list[dict[str, object]]:
    return [{"badge": f"{commune}-{n}", "commune": commune} for n in range(count)]


def test_the_whole_release_takes_the_first_step_whose_loss_is_allowed(desk: Desk) -> None:
    desk.zones = ZONES
    essay = table(
        [BADGE, PLACE],
        dimensions="[commune]",
        indicators=["{nom: foyers, calcul: comptage-distinct, champ: badge}"],
        frequency="annee",
        changes=LADDER,
    )
    light = desk.apply(essay, housed("57001", 40) + housed("57002", 10) + housed("57003", 11))
    assert shown(light) == [("57001", 40, "publie"), ("57002", None, "masque"), ("57003", 11, "publie")]
    # 20 of 51 units would be masked, more than 30 %: every commune goes up to its EPCI
    heavy = desk.apply(essay, housed("57001", 20) + housed("57002", 10) + housed("57003", 10))
    assert shown(heavy) == [("200000001", 30, "publie"), ("200000002", None, "masque")]
    with pytest.raises(GuaranteeBroken) as refused:
        desk.apply(essay, housed("57001", 5) + housed("57002", 5) + housed("57003", 10))
    assert refused.value.code == "release.no-step"
    assert refused.value.facts["steps"] == "commune commune ; commune epci"


@pytest.mark.parametrize(("allowed", "said"), [("30", [33, 33]), ("34", [100, 100])])
def test_a_step_that_loses_too_much_by_itself_is_left_before_it_is_protected(
    desk: Desk, allowed: str, said: list[int]
) -> None:
    """10 of 30 units are too few: a third is lost. The other cell goes with it, for the total, if that may matter."""
    desk.zones = Zones({"57001": "200000001", "57003": "200000002"})
    essay = table(
        [BADGE, PLACE, "jour date temps quasi-identifiant {operation: generaliser, niveaux: [mois]}"],
        dimensions="[commune, jour]",
        indicators=["{nom: foyers, calcul: comptage-distinct, champ: badge}"],
        margins="[{par: [jour]}]",
        changes={**LADDER, "perte_max_pourcent": allowed},
    )
    rows = [{**row, "jour": "2026-10-05"} for row in housed("57001", 20) + housed("57003", 10)]
    with pytest.raises(NothingHolds) as refused:
        desk.apply(essay, rows)
    assert [(trial.outcome, round(trial.loss_percent or 0)) for trial in refused.value.trials] == [
        ("loss", loss) for loss in said
    ]


TIED = {
    "dimensions": "[commune, jour]",
    "indicators": ["{nom: foyers, calcul: comptage-distinct, champ: badge}"],
    "margins": "[{par: [jour]}]",
}
DAY = "jour date temps quasi-identifiant {operation: generaliser, niveaux: [mois]}"


def of_october(*communes: tuple[str, int]) -> list[dict[str, object]]:
    return [{**row, "jour": "2026-10-05"} for commune, count in communes for row in housed(commune, count)]


def test_a_step_that_takes_too_much_work_is_left_for_the_next_one(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commune of 10 needs another masked, which is work; once the two are one EPCI nothing has to be masked."""
    desk.zones = ZONES
    essay, rows = table([BADGE, PLACE, DAY], **TIED, changes=LADDER), of_october(("57001", 200), ("57002", 10))
    rows += of_october(("57003", 20))
    assert ("57001", "2026-10", 200, "publie") in shown(desk.apply(essay, rows))
    monkeypatch.setattr(work, "LIMIT", 0)
    bounded = desk.apply(essay, rows)
    assert shown(bounded) == [
        ("200000001", "2026-10", 210, "publie"),
        ("200000002", "2026-10", 20, "publie"),
        ("ensemble", "2026-10", 230, "publie"),
    ]
    trials = bounded.figures.internal["trials"]
    assert isinstance(trials, list)
    assert [trial["outcome"] for trial in trials] == ["too-tied", "taken"]


@pytest.mark.parametrize("ladder", [True, False], ids=["no step of the ladder", "no ladder"])
def test_where_every_step_takes_too_much_work_nothing_is_published_and_why_is_said(
    desk: Desk, ladder: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.zones = ZONES
    place = PLACE if ladder else PLACE.replace(", epci", "")
    essay = table([BADGE, place, DAY], **TIED, changes=LADDER if ladder else {})
    monkeypatch.setattr(work, "LIMIT", 0)
    with pytest.raises(NothingHolds) as refused:
        desk.apply(essay, of_october(("57001", 40), ("57003", 10)))
    assert refused.value.code == "release.too-tied"
    assert {trial.outcome for trial in refused.value.trials} == {"too-tied"}
    tried = ["commune commune, jour mois", *(["commune epci, jour mois"] if ladder else [])]
    assert refused.value.facts["steps"] == " ; ".join(tried)
    assert "lient trop de cellules" in refused.value.french()
    assert "pas plus grossier" in refused.value.french()


def test_a_commune_that_the_territory_does_not_list_refuses_the_delivery(desk: Desk) -> None:
    desk.zones = ZONES
    essay = table(
        [BADGE, PLACE],
        dimensions="[commune]",
        indicators=["{nom: foyers, calcul: comptage-distinct, champ: badge}"],
        frequency="annee",
        changes=LADDER,
    )
    with pytest.raises(GuaranteeBroken) as refused:
        desk.apply(essay, housed("57001", 20) + housed("57999", 20))
    assert refused.value.code == "release.unlisted-value"
    desk.zones = Zones({})
    with pytest.raises(GuaranteeBroken) as absent:
        desk.apply(essay, housed("57001", 20))
    assert absent.value.code == "release.no-zones"


@pytest.mark.parametrize("word", ["57390", "Rédange", "Redange", "Nondkeil", "245701404", "540"])
def test_neither_a_postal_code_nor_a_name_stands_for_a_commune(desk: Desk, word: str) -> None:
    desk.zones = Zones(dict.fromkeys(("57038", "57565", "57603"), "245701404"))
    essay = table(
        [BADGE, PLACE],
        dimensions="[commune]",
        indicators=["{nom: foyers, calcul: comptage-distinct, champ: badge}"],
        frequency="annee",
        changes=LADDER,
    )
    with pytest.raises(GuaranteeBroken) as refused:
        desk.apply(essay, housed("57038", 20) + housed(word, 20))
    assert refused.value.code == "release.unlisted-value"


def test_an_epci_adds_up_its_communes_of_two_departements_and_no_others(desk: Desk) -> None:
    desk.zones = read_zones(Path("policies/ccphva/zones"))
    assert sorted(desk.zones.epci_by_commune) == [*OF_54, *OF_57]
    place = "commune code lieu quasi-identifiant {operation: generaliser, niveaux: [epci]}"
    essay = table(
        [BADGE, place],
        dimensions="[commune]",
        indicators=["{nom: foyers, calcul: comptage-distinct, champ: badge}"],
        frequency="annee",
    )
    told = desk.apply(essay, [row for code in desk.zones.epci_by_commune for row in housed(code, 5)])
    assert shown(told) == [("245701404", 40, "publie")]
    with pytest.raises(GuaranteeBroken) as refused:
        desk.apply(essay, housed("54580", 20) + housed("57039", 20))
    assert refused.value.code == "release.unlisted-value"


def test_outside_a_territory_a_code_that_is_no_commune_refuses_the_delivery(desk: Desk) -> None:
    essay = table(
        [BADGE, "commune code lieu quasi-identifiant {operation: generaliser, niveaux: [commune]}"],
        dimensions="[commune]",
        indicators=["{nom: foyers, calcul: comptage-distinct, champ: badge}"],
        frequency="annee",
    )
    assert shown(desk.apply(essay, housed("57001", 11) + housed("57002", 3))) == [
        ("57001", 11, "publie"),
        ("57002", None, "masque"),
    ]
    with pytest.raises(GuaranteeBroken) as refused:
        desk.apply(essay, housed("5700", 20))
    assert refused.value.code == "release.unlisted-value"


def test_a_masked_hour_cannot_be_computed_from_the_site_total(desk: Desk) -> None:
    """Three hours, one of them too small: another must go with it, or the total gives it away."""
    essay = table(
        [BADGE, SITE, HOUR],
        dimensions="[site, horodatage]",
        indicators=[
            "{nom: passages, calcul: comptage-lignes}",
            "{nom: foyers, calcul: comptage-distinct, champ: badge}",
        ],
        margins="[{par: [site]}]",
    )
    data = visits(*names(30)) + visits(*names(20, "C"), at="2026-10-05T10:00:00+02:00")
    data += visits(*names(4, "D"), at="2026-10-05T11:00:00+02:00")
    cells = {(site, hour[11:13]): (number, status) for site, hour, number, _, status in shown(desk.apply(essay, data))}
    masked = [key for key, (_, status) in cells.items() if status == "masque"]
    assert ("nord", "11") in masked
    assert len(masked) >= 2
    assert cells["nord", ""] == (54, "publie")
