"""Two policies side by side: what became harder, what softer, and that the opposite change says the opposite."""

import pytest

from charter.model import Policy
from charter.shape import shape
from charter.simulation.strictness import Direction, Move, moves
from tests.policies import changed, read_text, text_of

HARDER, SOFTER, OTHER = Direction.HARDER, Direction.SOFTER, Direction.OTHER


def policy(*changes: tuple[str, str]) -> Policy:
    read, refusals = shape(read_text(changed(text_of("passages"), *changes)), Policy)
    assert read is not None, refusals
    return read


@pytest.mark.parametrize(
    ("old", "new", "moved"),
    [
        ("k: 11", "k: 15", Move("comptages, k (foyer)", "11", "15", HARDER)),
        ("zone_brute: 3 mois", "zone_brute: 4 mois", Move("zone_brute", "3 mois", "4 mois", SOFTER)),
        (
            "delai_publication: 7 jours",
            "delai_publication: 8 jours",
            Move("delai_publication", "7 jours", "8 jours", HARDER),
        ),
        ("pourcent: 85}", "pourcent: 80}", Move("dominance, pourcent", "85", "80", HARDER)),
        ("active: oui, base: 5", "active: non", Move("arrondi, base", "5", "", SOFTER)),
        ("tardifs: geler", "tardifs: reviser", Move("tardifs", "geler", "reviser", SOFTER)),
        ("perte_max_pourcent: 60", "perte_max_pourcent: 20", Move("perte_max_pourcent", "60", "20", OTHER)),
        ("cellules_vides: masquer", "cellules_vides: publier", Move("cellules_vides", "masquer", "publier", SOFTER)),
    ],
)
def test_a_change_says_its_direction_and_its_opposite_the_opposite(old: str, new: str, moved: Move) -> None:
    before, after = policy(), policy((old, new))
    assert moves(before, after) == (moved,)
    (back,) = moves(after, before)
    opposite = {HARDER: SOFTER, SOFTER: HARDER, OTHER: OTHER}[moved.direction]
    assert back == Move(moved.key, moved.after, moved.before, opposite)


ROUNDED, CAPPED = "operation: arrondir, base: 10", "operation: plafonner, plafond: 480"
GROUPED = "regroupement: [{valeur: dure, depuis: [fer, bois]}, {valeur: molle, depuis: [laine]}]"
SAID_GROUPED = "generaliser, regroupement dure (fer, bois) ; molle (laine)"
FIRST, SECOND, LAST = (
    "commune iris, horodatage heure",
    "commune iris, horodatage jour",
    "commune commune, horodatage jour",
)
LADDER = f"{FIRST} ; {SECOND} ; {LAST}"
DEROGATION = """derogations:
  - regle: plancher-k
    unite: foyer
    k: 5
    motif: une raison
    deliberation: 2026-12
    du: 2026-01-01
    au: 2026-12-31
"""
SAID_DEROGATION = "foyer k 5 du 2026-01-01 au 2026-12-31 (2026-12)"


@pytest.mark.parametrize(
    ("old", "new", "moved"),
    [
        (
            ROUNDED,
            "operation: arrondir, base: 20",
            ("traitement de volume_l", "arrondir, base 10", "arrondir, base 20"),
        ),
        (ROUNDED, CAPPED, ("traitement de volume_l", "arrondir, base 10", "plafonner, plafond 480")),
        (ROUNDED, "operation: agreger", ("traitement de volume_l", "arrondir, base 10", "agreger")),
        (
            GROUPED,
            GROUPED.replace("[fer, bois]", "[fer]"),
            ("traitement de matiere", SAID_GROUPED, "generaliser, regroupement dure (fer) ; molle (laine)"),
        ),
        (GROUPED, "tranches: [0, 5]", ("traitement de matiere", SAID_GROUPED, "generaliser, tranches 0, 5")),
        (
            "collecte: non",
            "collecte: oui",
            ("champ remarque", "texte, texte-libre, sensible, collecte non", "texte, texte-libre, sensible"),
        ),
        (
            "nomenclature\n    usage: sensible",
            "categorie-particuliere\n    usage: sensible",
            ("champ genre", "code, nomenclature, sensible", "code, categorie-particuliere, sensible"),
        ),
        ("rotation: 1 mois", "rotation: 2 mois", ("pseudonymes, rotation", "1 mois", "2 mois")),
        ("    - {par: []}\n", "", ("totaux", "ensemble ; par commune", "par commune")),
        (
            "calcul: somme, champ: volume_l",
            "calcul: moyenne, champ: volume_l",
            ("indicateur litres", "somme volume_l", "moyenne volume_l"),
        ),
        ("champs: [badge], k", "champs: [badge, site], k", ("comptages, champs (foyer)", "badge", "badge, site")),
        ("champ: genre, l: 3", "champ: matiere, l: 3", ("diversite, champ", "genre", "matiere")),
        (
            "    - pas: [{champ: commune, niveau: iris}, {champ: horodatage, niveau: jour}]\n",
            "",
            ("echelle", LADDER, f"{FIRST} ; {LAST}"),
        ),
        ("donnees_personnelles: oui", "donnees_personnelles: non", ("donnees_personnelles", "oui", "non")),
        ("mineurs: non", "mineurs: oui", ("mineurs", "non", "oui")),
        ("applicable: oui", "applicable: non", ("opposition", "oui", "non")),
        ("gouvernance:\n", f"{DEROGATION}gouvernance:\n", ("derogations", "", SAID_DEROGATION)),
    ],
)
def test_what_only_the_data_can_tell_the_effect_of_is_said_too(old: str, new: str, moved: tuple[str, str, str]) -> None:
    before, after = policy(), policy((old, new))
    assert moves(before, after) == (Move(*moved, OTHER),)
    assert moves(after, before) == (Move(moved[0], moved[2], moved[1], OTHER),)


def test_a_higher_ceiling_is_said() -> None:
    before, after = policy((ROUNDED, CAPPED)), policy((ROUNDED, CAPPED + "00"))
    told = Move("traitement de volume_l", "plafonner, plafond 480", "plafonner, plafond 48000", OTHER)
    assert moves(before, after) == (told,)


def test_the_same_policy_moves_nothing() -> None:
    assert moves(policy(), policy()) == ()
