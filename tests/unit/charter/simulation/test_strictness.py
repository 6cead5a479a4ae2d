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


def test_the_same_policy_moves_nothing() -> None:
    assert moves(policy(), policy()) == ()
