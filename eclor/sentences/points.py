"""Sentences of: public endpoints, declared beside a territory's sources."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from eclor.sentences.sentence import Sentence

POINT_STATES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "not-tried": "Non essayé",
        "answers": "Répond",
        "otherwise": "Répond autrement",
        "unreachable": "Injoignable",
    }
)
"""What a page says of each state of a public endpoint; total, which a test holds."""

SENTENCES: Final[dict[str, Sentence]] = {
    "point.other-name": Sentence(
        "Le point public ne porte pas le nom de son fichier.",
        "The public endpoint does not bear the name of its file.",
        "Écrivez « point: {expected} », ou renommez le fichier.",
        "Write “point: {expected}”, or rename the file.",
    ),
    "point.unknown": Sentence(
        "Aucun point public ne s'appelle « {point} ».",
        "No public endpoint is called “{point}”.",
        "« eclor points » donne la liste.",
        "“eclor points” lists them.",
        404,
    ),
    "point.no-row": Sentence(
        "Le point public répond, mais sa réponse ne contient aucune ligne.",
        "The public endpoint answers, but its answer holds no row.",
        "Vérifiez l'adresse et le protocole déclarés.",
        "Check the declared address and protocol.",
    ),
}
