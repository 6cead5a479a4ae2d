"""Sentences of: the search for the least coarsening of person-level rows."""

from typing import Final

from eclor.sentences.sentence import Sentence

SENTENCES: Final[dict[str, Sentence]] = {
    "microdata.no-hierarchy": Sentence(
        fr="La hiérarchie de « {column} » ne tient pas : une ligne est plus courte, en double, ou un regroupement se défait.",
        en="The hierarchy of {column} does not hold: a line is shorter, written twice, or a merged value parts again.",
        cure_fr="Une ligne par valeur, ses regroupements de gauche à droite, de plus en plus larges.",
        cure_en="One line a value, its groups from left to right, each holding the one before.",
    ),
    "microdata.unknown-value": Sentence(
        fr="Une valeur de « {column} » n'est pas dans sa hiérarchie.",
        en="A value of {column} is not in its hierarchy.",
        cure_fr="Ajoutez la valeur à la hiérarchie.",
        cure_en="Add the value to the hierarchy.",
    ),
    "microdata.too-many-values": Sentence(
        fr="Les combinaisons possibles des colonnes sont trop nombreuses pour être comptées exactement.",
        en="The columns have too many possible combinations to be counted exactly.",
        cure_fr="Retirez une colonne, ou commencez sa hiérarchie à un niveau plus large.",
        cure_en="Drop a column, or start its hierarchy at a coarser level.",
    ),
    "microdata.no-node": Sentence(
        fr="Aucun regroupement ne place chacun parmi {k} personnes.",
        en="No coarsening puts everybody among {k} people.",
        cure_fr="Demandez un seuil plus bas, ou davantage de lignes.",
        cure_en="Ask for a lower threshold, or bring more rows.",
    ),
}
