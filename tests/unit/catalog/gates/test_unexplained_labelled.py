"""What stands behind the same words in several cells is asked about as a column of that name would be.

The numbers are drawn by hand; nobody is meant.
"""

from pathlib import Path

import pytest

from tests.unit.catalog.gates.test_unexplained import doubts

GROUPS = ["a", "b", "a", "c", "b", "a"]
CARDS = ("X4RTBPFJ3", "D2GZRWWM7", "K1LHPCFV9", "T6YYK7M32")
EUIS = ("70B3D5E775874FF1", "70B3D5E7C0655961", "70B3D5E7AD4392D0", "70B3D5E70E61B8C4")


@pytest.mark.parametrize(
    ("name", "cells", "kind"),
    [
        ("caution_ref", [f"carte id. {each} (copie au dossier)" for each in CARDS], "number"),
        (
            "lien",
            [f"https://demarches.example/pj/{each[:5].lower()}?type=cni&num={each}&recto=1" for each in CARDS],
            "number",
        ),
        (
            "meta",
            [f'{{"pax":{place},"doc":{{"t":"passport","n":"{each}"}}}}' for place, each in enumerate(CARDS)],
            "number",
        ),
        ("MODULE", [f"REF:{':'.join(each[at : at + 2] for at in range(0, 16, 2))}" for each in EUIS], "number"),
        ("src", [f"voie_a/{each}/up" for each in EUIS], "number"),
        ("Unnamed: 3", ["Née en mars 1993", "Née en juin 1969", "Née en avril 1977", "Née en février 2004"], "date"),
        ("id_b", ["alloc_6498097", "alloc_0767969", "alloc_7526741", "alloc_3310482"], "number"),
        (
            "Module",
            ["SAG1030700071753", "SAG1030700052482", "SAG1030700013944", "SAG1030700038470", "SAG1030700091122"],
            "number",
        ),
        ("Dokument", ["JZKUGX09", "JRFZT5L3", "JVCRZZGP", "JRXKPF16"], "number"),
        ("type_doc", [*(f"CI-{each}" for each in CARDS), "CI-111108005012", "CI-091029043755"], "number"),
        ("libelle", ["Kergoz, 1 – Plouvien", "Toul al Louarn, 4 – Le Folgoët", "Streat Veur, 7 – Lannilis"], "street"),
        (
            "ref_dossier",
            [
                f"PC{n}-{d}"
                for n, d in (
                    ("6325", "08-12-1951"),
                    ("4859", "14-11-1977"),
                    ("7393", "03-09-1990"),
                    ("7613", "08-09-1950"),
                    ("1565", "06-08-1989"),
                )
            ],
            "date",
        ),
        (
            "ecart",
            ["lieu-dit Métrich, 1re maison à gauche", "lieu-dit Le Haut Bois, au n° 3", "Ferme de B., chez l'habitant"],
            "street",
        ),
    ],
)
def test_what_has_a_label_is_asked_about(tmp_path: Path, name: str, cells: list[str], kind: str) -> None:
    assert doubts(tmp_path, {"groupe": GROUPS[: len(cells)], name: cells}) == {name: kind}


@pytest.mark.parametrize(
    ("name", "cells"),
    [
        ("lien", [f"marché n° {each} (copie au dossier)" for each in ("2024-017", "2024-018", "2024-019", "2024-020")]),
        ("n° OT", ["OT2657089", "OT2593387", "OT2439078", "OT2738781"]),
        ("n_telegestion", ["SOFREL-26180", "SOFREL-38602", "SOFREL-38552", "SOFREL-62116"]),
        ("etat", [f"facture {each} (copie au dossier)" for each in ("088643", "245699", "128389", "551209")]),
        ("maille", ["E860N6390", "E900N6390", "E850N6390", "E860N6410"]),
        ("secteur", ["Lieu-dit habité", "Moulin", "Ferme", "Bois"]),
        ("seul", ["carte id. X4RTBPFJ3 (copie au dossier)", "chèque", "espèces", "chèque"]),
    ],
)
def test_what_a_label_explains_is_not(tmp_path: Path, name: str, cells: list[str]) -> None:
    assert doubts(tmp_path, {"groupe": GROUPS[: len(cells)], name: cells}) == {}


HOUSES = ["48.122942", "48.106965", "48.135065", "48.118437"]


def test_neighbours_say_by_their_cells_whose_home_it_is(tmp_path: Path) -> None:
    places = {"espece": ["Quercus", "Tilia", "Acer", "Fagus"], "lat": HOUSES}
    assert doubts(tmp_path, places | {"acces": ["bord de route", "parc", "école", "parc"]}) == {}
    assert doubts(tmp_path, places | {"acces": ["jardin du particulier", "parc", "école", "parc"]}) == {
        "lat": "position"
    }
    assert doubts(tmp_path, {"lat": HOUSES, "espece": ["frelon asiatique", "guêpes", "rat", "rat"]}) == {
        "lat": "position"
    }


def test_a_number_of_a_series_is_somebody_s_where_homes_have_such_meters(tmp_path: Path) -> None:
    numbers = ["061676331925", "022264668767", "032362792046", "041971855854"]
    assert doubts(tmp_path, {"groupe": GROUPS[:4], "num_serie": numbers}) == {}
    assert doubts(tmp_path, {"pose linky": GROUPS[:4], "num_serie": numbers}) == {"num_serie": "number"}
    assert doubts(tmp_path, {"groupe": GROUPS[:4], "serie_linky": numbers}) == {"serie_linky": "number"}
