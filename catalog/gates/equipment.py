"""Meters and radio modules of public equipment: whose they are is for the DPO to say, so they are a doubt, no block.

The delivery point of a school or of a cabinet of street lights has the form of a household's, and no number tells them
apart; open data of what public buildings use gives it. The names of the columns beside it say that it may be one.
"""

from typing import Final

from catalog.gates.explaining import is_of_a_home, speaks_of_one_person
from catalog.gates.findings import Context
from catalog.gates.recognisers.recogniser import Recogniser, has_word
from catalog.gates.recognisers.traces import HOME

_BORNE_BY_EQUIPMENT: Final = frozenset({"delivery-point", "eui"})
_EQUIPMENT: Final = (
    "apport volontaire", r"armoires?\b", r"bassins?\b", r"batiments?\b", r"bornes?\b", r"candelabres?\b",
    "chaufferie", "college", r"colonnes?\b", "conteneur", r"creches?\b", r"cuves?\b", "eclairage", r"ecoles?\b",
    "edifice", "equipement", "etablissement", "forage", r"gebaude\b", r"gymnases?\b", r"lampadaires?\b", r"lampes?\b",
    "luminaire", r"lycees?\b", r"mairies?\b", "ouvrage", "piscine", "point lumineux", r"postes?\b", "reservoir",
    "schoul", "schule", r"sites?\b", r"stations?\b", r"support\b",
)  # fmt: skip


def is_of_equipment(recogniser: Recogniser, context: Context) -> bool:
    """Tell whether a column of identifiers stands beside public equipment, and beside nobody nor a home."""
    if recogniser.kind not in _BORNE_BY_EQUIPMENT or not context.gives(recogniser) or is_of_a_home(context):
        return False
    beside = context.beside
    return has_word(_EQUIPMENT, beside) and not speaks_of_one_person(beside) and not has_word(HOME, beside)
