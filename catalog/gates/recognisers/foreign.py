"""German and Luxembourgish: nouns have capitals there, and other words stand before names."""

from functools import lru_cache
from typing import Final

import regex

_UNMISTAKABLE: Final = regex.compile(
    r"(?<![\p{L}-])(?:auch|auf|aus|beim?|dat|datt|dem|déi|dës|durch|eine[mnrs]?|fällt|fir|für|gegen|géint|gëtt|ginn|gouf|hat|haben|huet|hunn|ist|iwwer|keine?|keng|maachen|mam|méi|mit|nach|"
    r"nicht|noch|oder|sind|sinn|und|vom|säin|über|unter|ënner|vor|vum|vun|wäert|wéi|werden|wegen|wéinst|wird|zum|zur)(?![\p{L}-])"
)
"""Words, in small letters, that no French sentence holds."""
_LIKELY: Final = regex.compile(r"(?i)(?<![\p{L}-])(?:am|ass|bei|d'|das|der|die|een|im|mat|mit|net|zu)(?![\p{L}-])")
_MANY: Final = 3
_MOST_KEPT: Final = 4_096

BEFORE_ELSEWHERE: Final = frozenset({"bei", "beim", "dem", "den", "mam", "mat", "mit", "vum", "vun", "with"})
"""Before a known name alone: "mit Karim besprochen", "bei Schmitz an der Kéier"; before other nouns as often."""
SMALL_ELSEWHERE: Final = frozenset({"klein", "kleine", "kleinen", "kleiner", "kleng", "klengen"})
"""Before a given name: "die kleine Mia"."""
LABELS_ELSEWHERE: Final = (
    "ansprechpartner(?:in)?|antragsteller(?:in)?|fahrer(?:in)?|kontaktperson|kund(?:e|in)|mieter(?:in)?|patient(?:in)?|"
    "schuler(?:in)?|vorname|zeug(?:e|in)"
)
"""Before a colon and somebody's name, folded."""
ROLES_ELSEWHERE: Final = frozenset(
    """antragsteller antragstellerin anwohner anwohnerin azubi besitzerin betreuer betreuerin bewohner bewohnerin bomi
    bopa bopi bruder cousine dokter ehefrau eheleit eheleute ehemann ehepaar eigentumer eigentumerin enkel familie
    famill familljen frau grouselteren hausmeister herr herrn jong jonggesell kand kind kollege kollegin kundin lehrer
    lehrerin mamm meedchen mieter mieterin mutter nachbar nachbarin neighbor neighbour noper nopesch oma onkel opa papp
    patientin schulerin schwester sohn tenant tochter vater witwe wwe zeuge zeugin""".split()  # noqa: SIM905 - words to be read
)
"""Kinship and what somebody is, folded; before a known name they tell somebody, even one called by a word."""


@lru_cache(_MOST_KEPT)
def nouns_have_capitals(text: str) -> bool:
    """Tell whether a text is German or Luxembourgish: a capital tells nothing there, only known names do."""
    return _UNMISTAKABLE.search(text) is not None or len(_LIKELY.findall(text)) >= _MANY
