"""Names that animals, plants and machines bear: "le chat Félix", "rosier Pierre de Ronsard", "balayeuse Mathieu"."""

from typing import Final

import regex

from catalog.gates.recognisers.recogniser import folded

_ANIMALS: Final = (
    "ane|anesse|animal|berger|caniche|chaton|chatte|chat|cheval|chevre|chienne|chien|chiot|furet|hund|hond|jument|katze|"
    "kaz|labrador|lapin|malinois|perroquet|poney|teckel|yorkshire"
)
_OF_AN_ANIMAL: Final = regex.compile(
    rf"\b(?:{_ANIMALS})(?: (?:de race |abandonn|blanc|capture|crois|divagant|errant|femelle|gris|male|"
    rf"mordeur|noir|perdu|roux|tatou|tigre|trouve)\p{{L}}*){{0,3}}"
    r"(?: (?:appele|baptise|denomme|nomme|prenomme)e?)?[ :(\"«]{1,3}$|"
    r"\brepond(?:ant|re)? au (?:doux |petit )?(?:pre)?nom d(?:e |['’])$"
)
"""Right before what an animal is called; whose it is follows a "de"."""
_PLANTS: Final = (
    "bulbe|camelia|cerisier|clematite|dahlia|erable|geranium|hortensia|lilas|magnolia|peuplier|pivoine|poirier|pommier|"
    "prunier|rosier|tilleul|tulipe|variete"
)
_MACHINES: Final = (
    "aspirateur|automate|balayeuse|borne|broyeur|candelabre|chaudiere|chauffe-eau|climatiseur|copieur|debroussailleuse|"
    "desherbeuse|epareuse|horodateur|laveuse|luminaire|mini-pelle|nacelle|onduleur|pelleteuse|photocopieur|photocopieuse|"
    "poteau|projecteur|saleuse|souffleur|tondeuse|tracteur|tractopelle|tronconneuse|vanne"
)
_OF_A_THING: Final = regex.compile(rf"\b(?:{_PLANTS}|{_MACHINES})s? [\"'«]?$")
_A_MACHINE: Final = regex.compile(rf"(?i)(?:{_MACHINES})s?\b")
_OF_A_ROSE: Final = regex.compile(r"\broses? [\"'«]?$")
"""Only before a civility: somebody is called Rose."""
_LONG_CIVILITY: Final = regex.compile(r"(?i)(?:madame|mademoiselle|monsieur)\b")
_NEAR: Final = 60
"""Characters before a name."""


def is_namesake(text: str, start: int, end: int) -> bool:
    """Tell whether the name at `start:end` is an animal's, a cultivar's or a maker's, by what stands before it."""
    before = folded(text[max(start - _NEAR, 0) : start])
    if _OF_AN_ANIMAL.search(before) or _OF_A_THING.search(before) or _A_MACHINE.match(text, start, end):
        return True
    return _LONG_CIVILITY.match(text, start, end) is not None and _OF_A_ROSE.search(before) is not None
