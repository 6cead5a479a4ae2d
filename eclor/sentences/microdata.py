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
    "microdata.no-rows": Sentence(
        fr="Il n'y a ni colonne ni ligne à regrouper.",
        en="There is no column or no row to coarsen.",
        cure_fr="Donnez au moins une colonne et une ligne.",
        cure_en="Give at least one column and one row.",
    ),
    "microdata.nothing-sensitive": Sentence(
        fr="La diversité ou la proximité est demandée sans colonne sensible.",
        en="Diversity or closeness is asked where no column is sensitive.",
        cure_fr="Désignez la colonne sensible, ou ne demandez que k.",
        cure_en="Name the sensitive column, or ask for k alone.",
    ),
    "microdata.no-such-node": Sentence(
        fr="Les niveaux choisis ne sont pas ceux des hiérarchies.",
        en="The levels chosen are not those of the hierarchies.",
        cure_fr="Cherchez de nouveau les niveaux avec les hiérarchies d'aujourd'hui.",
        cure_en="Search the levels again with the hierarchies of today.",
    ),
    "microdata.node-fails": Sentence(
        fr="Aux niveaux choisis, plus de {percent} % des lignes seraient écartées.",
        en="At the levels chosen, more than {percent} % of the rows would be left out.",
        cure_fr="Cherchez de nouveau les niveaux, et faites voter une nouvelle version.",
        cure_en="Search the levels again, and have a new version voted.",
    ),
}
