"""Sentences of: flows, and what people order of them."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from eclor.sentences.sentence import Sentence

_LIST_FR: Final = "« eclor flows » donne la liste."
_LIST_EN: Final = "“eclor flows” lists them."

STATES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "running": "À jour",
        "late": "En retard",
        "failed": "En panne chez nous",
        "refused": "Refusé",
        "quiet": "Rien encore",
        "paused": "En pause",
        "unreachable": "Source injoignable",
    }
)
"""What a page says of each state of a flow; total, which a test holds."""

ORDERED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "pause": "« {flow} » est en pause, par {person} : sa source n'est plus demandée, ce qui est publié le reste.",
        "resume": "« {flow} » reprend, par {person} : sa source est demandée dès maintenant.",
        "rerun": "« {flow} » est demandé sans attendre, par {person}.",
    }
)
"""What is said of an order that was given."""

SENTENCES: Final[dict[str, Sentence]] = {
    "flow.unknown": Sentence(
        "Aucun flux ne s'appelle « {flow} ».", "No flow is called “{flow}”.", _LIST_FR, _LIST_EN, 404
    ),
    "flow.paused": Sentence(
        "« {flow} » est en pause depuis le {since}, par {person}.",
        "“{flow}” is paused since {since}, by {person}.",
        "Reprenez-le d'abord : « eclor flow resume ».",
        "Resume it first: “eclor flow resume”.",
        409,
    ),
    "flow.not-paused": Sentence(
        "« {flow} » n'est pas en pause.",
        "“{flow}” is not paused.",
        "Pour une collecte immédiate : « eclor flow rerun ».",
        "For a run now: “eclor flow rerun”.",
        409,
    ),
    "flow.nothing-held": Sentence(
        "Tous les flux de « {dataset} » sont en pause, et rien n'a encore été reçu.",
        "Every flow of “{dataset}” is paused, and nothing was received yet.",
        "Reprenez-en un : « eclor flow resume ».",
        "Resume one: “eclor flow resume”.",
        409,
    ),
    "flow.file-damaged": Sentence(
        "« {file} » ne se lit pas : on ne sait plus quels flux sont en pause, aucun n'est demandé.",
        "“{file}” cannot be read: nobody knows which flows are paused, none is asked.",
        "Rétablissez-le d'une sauvegarde, ou supprimez-le puis remettez en pause ce que dit le journal.",
        "Restore it from a backup, or remove it and pause again what the journal says.",
        503,
    ),
}
