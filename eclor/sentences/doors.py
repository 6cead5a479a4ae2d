"""Sentences of: doors."""

from typing import Final

from eclor.sentences.sentence import Sentence

SENTENCES: Final[dict[str, Sentence]] = {
    "protection.negative-value": Sentence(
        fr="Une mesure a une valeur négative : aucune borne de masquage ne tiendrait.",
        en="A measure holds a negative value: no bound on masked cells would hold.",
        cure_fr="Corrigez la livraison à la source, ou retirez cette mesure de la politique.",
        cure_en="Correct the delivery at its source, or remove this measure from the policy.",
    ),
    "protection.no-pattern": Sentence(
        fr="Aucun choix de cellules à masquer n'empêche de recalculer les cellules protégées.",
        en="No choice of cells to mask keeps the protected ones from being worked out.",
        cure_fr="Publiez moins de totaux, ou ajoutez à l'échelle de la politique un pas plus grossier.",
        cure_en="Publish fewer totals, or add a coarser step to the policy's ladder.",
    ),
    "protection.table-inconsistent": Sentence(
        fr="Le tableau ne s'additionne pas : une marge n'est pas ce que donnent ses parties.",
        en="The table does not add up: a margin is not what its parts make.",
        cure_fr="Rien n'est publié ; signalez ce défaut avec le rapport interne de l'exécution.",
        cure_en="Nothing is published; report this fault with the run's internal report.",
    ),
}
