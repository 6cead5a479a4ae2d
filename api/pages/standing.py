"""Where a dataset stands, said with a shape, a word and a colour: always the three."""

from dataclasses import dataclass
from typing import Final

from catalog.declaration import DatasetDeclaration
from catalog.freshness import Freshness
from catalog.models import NOT_COLLECTED
from catalog.views import DatasetView

_REFUSED: Final = "refused"


@dataclass(frozen=True, slots=True)
class Standing:
    """A dataset's state: `style` is its colour, `icon` its shape, `word` its word."""

    style: str
    icon: str
    word: str


_UNSERVED: Final = {
    "withdrawn": Standing("att", "triangle-alert", "Retiré"),
    _REFUSED: Standing("veil", "shield-check", "Refusé"),
    NOT_COLLECTED: Standing("veil", "shield-check", "Non collecté"),
}


def declaration_of(view: DatasetView) -> DatasetDeclaration:
    """Return what was declared of a dataset."""
    return DatasetDeclaration.model_validate(view.declared)


def standing_of(view: DatasetView, fresh: Freshness) -> Standing:
    """Return a dataset's state."""
    if not view.served:
        return _UNSERVED.get(view.state, Standing("", "clock", "En attente"))
    if fresh.refused:
        return Standing("att", "triangle-alert", "Dernière mise à jour refusée")
    if fresh.late:
        return Standing("att", "triangle-alert", "En retard")
    if view.kind == "live":
        return Standing("ok", "circle-check", "En direct")
    return Standing("ok", "circle-check", "À jour")
