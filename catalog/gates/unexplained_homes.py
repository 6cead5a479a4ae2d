"""Which neighbours say by what stands in them that a row is about somebody's home, whatever they are called.

*jardin du particulier* beside a position, *résidentiel* beside a meter, *domicile du requérant* beside a date.
"""

import re
from typing import Final

from catalog.gates.recognisers.recogniser import folded
from catalog.gates.unexplained_parts import Texts

_DWELLERS: Final = frozenset(
    """declarant declarante demandeur domicile habitant habitante locataire mieter occupant occupante particulier
    privathaushalt requerant requerante residentiel residentielle riverain riveraine sinistre sinistree
    victime""".split()  # noqa: SIM905 - words to be read
)
"""In the singular: what is called after a garden, and what is done for inhabitants, is a place's or a body's."""
_PESTS: Final = frozenset({"frelon", "frelons", "guepe", "guepes", "punaise", "punaises"})
"""Which somebody has at home, and reports."""
_HOMES: Final = _DWELLERS | _PESTS
_WORD: Final = re.compile(r"[^\W\d_]+")
_SOME: Final = 0.2


def speak_of_homes(texts: Texts) -> bool:
    """Tell whether a fifth of the rows of some texts hold a word for a home or for who lives in one."""
    found = sum(rows for text, rows in texts if not _HOMES.isdisjoint(_WORD.findall(folded(text))))
    return found > 0 and found >= _SOME * sum(rows for _, rows in texts)
