"""Sentences of: what was published before, and what a release is compared with."""

from typing import Final

from eclor.sentences.sentence import Sentence

SENTENCES: Final[dict[str, Sentence]] = {
    "apply.previous-unlinked": Sentence(
        fr="Ces résultats antérieurs ne se comparent pas : leurs registres n'ont pas les mêmes clés.",
        en="These earlier results cannot be compared: their ledgers do not have the same keys.",
        cure_fr="Refaites l'un en donnant l'autre par « --previous » : il en reprendra les clés.",
        cure_en="Make one again with the other given as --previous: it takes its keys over.",
    ),
    "release.not-in-ledger": Sentence(
        fr="Le registre ne sait rien de ce qui fut publié de « {dataset} » : rien ne peut paraître à côté.",
        en="The ledger knows nothing of what was published of {dataset}: nothing can be published beside it.",
        cure_fr="Rien n'est publié. Donnez par « --previous » le résultat antérieur avec son dossier « private/ ».",
        cure_en="Nothing is published. Give the earlier result with its private/ as --previous.",
    ),
    "release.past-moved": Sentence(
        fr="Un jeu auquel « {dataset} » se compare vient de paraître : la comparaison est à refaire.",
        en="A dataset that {dataset} is compared with was just published: the comparison has to be made again.",
        cure_fr="Rien n'est publié. Le passage suivant la refera.",
        cure_en="Nothing is published. The next run makes it again.",
    ),
    "release.rows-moved": Sentence(
        fr="Des lignes de « {dataset} » ont été effacées ou rangées autrement pendant que ce passage les appliquait.",
        en="Rows of {dataset} were taken out or put elsewhere while this run applied them.",
        cure_fr="Rien n'est publié. Le passage suivant lira ce qui reste.",
        cure_en="Nothing is published. The next run reads what is left.",
    ),
    "territory.live-not-compared": Sentence(
        fr="« {dataset} » ne se compare pas au jeu « {other} », qui vient de la même source et change en direct.",
        en="{dataset} is not compared with {other}, which comes from the same source and is live.",
        cure_fr="Rien n'est publié. Ajoutez ce jeu à « differences, comparer_a ».",
        cure_en="Nothing is published. Add that dataset to « differences, comparer_a ».",
    ),
}
