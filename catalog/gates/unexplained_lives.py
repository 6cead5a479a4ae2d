"""Columns that say what somebody is to somebody, or what ails them: half of their cells hold a word for it."""

import re
from collections.abc import Sequence
from typing import Final

from catalog.gates.recognisers.recogniser import folded

_KIN: Final = frozenset(
    """bruder concubin concubine conjoint conjointe cousin cousine curatelle enf epouse epoux fille fils frere
    jumeaux jumelles maman mere mutter neveu niece oncle papa pere schwester soeur sohn sœur tante tochter tutelle vater
    veuf veuve witwe witwer""".split()  # noqa: SIM905 - words to be read
)
"""In the singular, as of one household, and who acts for somebody."""
_HEALTH: Final = frozenset(
    """aesh alzheimer anapen asthmatique asthme autisme autiste cancer cheville chimiotherapie cld clm cmo coeliaque
    cœliaque demence depressif depression depressive diabete diabetes diabetique dyslexie dysphasie dyspraxie epaule
    epilepsie epileptique escarre escarres genou grossesse hospitalise hospitalisee hospitalisation insuline oxygene
    parkinson poignet psy psychiatrie psychiatrique schizophrenie tdah therapeutique ventoline""".split()  # noqa: SIM905 - words to be read
)
"""An illness, what is taken against it, what is hurt, or a leave as the statute of officials names it (*CLM*)."""
_WORDS: Final = _KIN | _HEALTH
_WORD: Final = re.compile(r"[^\W\d_]+")
_MOST: Final = 0.5
_FEWEST: Final = 2
_ACCENTED: Final = str.maketrans({"e": "[eéèêë]", "a": "[aàâä]", "i": "[iîï]", "o": "[oôö]", "u": "[uùûü]"})
OF_A_LIFE: Final = (
    rf"(?is:(?:.*[^\pL])?(?:{'|'.join(sorted(each.translate(_ACCENTED) for each in _WORDS))})(?:[^\pL].*)?)"
)
"""For RE2: what a cell that holds such a word looks like."""


def are_of_lives(texts: Sequence[tuple[str, int]]) -> bool:
    """Tell whether half of the rows of some texts, and two different ones, hold such a word."""
    found = [rows for text, rows in texts if not _WORDS.isdisjoint(_WORD.findall(folded(text)))]
    return len(found) >= _FEWEST and sum(found) >= _MOST * sum(rows for _, rows in texts)
