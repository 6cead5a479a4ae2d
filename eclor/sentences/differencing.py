"""Refusals of differencing: what several releases say together."""

from typing import Final

from eclor.sentences.sentence import Sentence

SENTENCES: Final[dict[str, Sentence]] = {
    "differencing.no-common-unit": Sentence(
        fr="« {dataset} » ne compte aucune unité de « {other} » : on ne sait pas ce que les deux disent ensemble.",
        en="{dataset} counts no unit that {other} counts: what both say together cannot be known.",
        cure_fr="Rien n'est publié ; donnez aux deux politiques un comptage de la même unité.",
        cure_en="Nothing is published; give both policies a minimum count of one same unit.",
    ),
}
