"""Worked example 2 of the language, its tables copied by hand: units, MWh, largest contribution."""

from anonymizers.cells import TOGETHER, DominanceRule
from tests.cell_tables import Key, by_hand, rules

AUMETZ, OTTANGE, THIL = "57041", "57529", "54521"
NUMBERS: dict[Key, tuple[int, int, int]] = {
    (THIL, "commerce"): (3, 100, 45),
    (THIL, TOGETHER): (11, 560, 90),
    (THIL, "industrie"): (4, 280, 90),
    (THIL, "services"): (4, 180, 55),
    (AUMETZ, "commerce"): (3, 80, 35),
    (AUMETZ, TOGETHER): (9, 1205, 900),
    (AUMETZ, "industrie"): (3, 970, 900),
    (AUMETZ, "services"): (3, 155, 60),
    (OTTANGE, "commerce"): (3, 200, 70),
    (OTTANGE, TOGETHER): (9, 915, 260),
    (OTTANGE, "industrie"): (3, 650, 260),
    (OTTANGE, "services"): (3, 65, 30),
    (TOGETHER, "commerce"): (9, 380, 70),
    (TOGETHER, TOGETHER): (29, 2680, 900),
    (TOGETHER, "industrie"): (10, 1900, 900),
    (TOGETHER, "services"): (10, 400, 60),
}
CELLS = by_hand(NUMBERS, ("commune", "secteur"))
RULES = rules(ks=(3,), dominance=DominanceRule(1, 85))
DOMINATED = (AUMETZ, "industrie")
