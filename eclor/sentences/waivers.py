"""What is said of doubts of the personal-data gate that the DPO may lift."""

from typing import Final

from eclor.sentences.sentence import Sentence

SENTENCES: Final[dict[str, Sentence]] = {
    "gate.broken-waivers": Sentence(
        fr="Cette ligne des levées de doute n'est pas une décision signée par la déléguée de ce territoire.",
        en="This line of the waivers is no decision signed by this territory's DPO.",
        cure_fr="Rien n'est publié de ce jeu. Rendez le fichier d'une sauvegarde, ou ôtez-le et levez à nouveau.",
        cure_en="Nothing of this dataset is published. Restore the file from a backup, or remove it and lift again.",
        status=500,
    ),
    "gate.nothing-doubted": Sentence(
        fr="La dernière collecte de « {dataset} » n'a pas été refusée pour des données personnelles.",
        en="The last walk of {dataset} was not refused for personal data.",
        cure_fr="Rien n'est à lever. « eclor flows » dit où en est ce jeu.",
        cure_en="There is nothing to lift. `eclor flows` says how the dataset stands.",
    ),
    "gate.not-found": Sentence(
        fr="Le constat « {finding} » n'a pas été fait sur les dernières lignes refusées de « {dataset} ».",
        en="The finding {finding} was not made in the rows of {dataset} that were last refused.",
        cure_fr="« eclor gate show {dataset} » dit ce qui a été trouvé, et sous quel nom.",
        cure_en="`eclor gate show {dataset}` says what was found, and under which name.",
    ),
    "gate.not-a-doubt": Sentence(
        fr="Le constat « {finding} » n'est pas un doute : il bloque, et personne ne le lève.",
        en="The finding {finding} is no doubt: it blocks, and nobody lifts it.",
        cure_fr="Faites retirer cette donnée par la source, ou retirez la colonne dans la politique.",
        cure_en="Have the source remove it, or drop the column in the policy.",
    ),
    "gate.bad-reason": Sentence(
        fr="Le motif tient en une ligne de {shortest} à {longest} caractères.",
        en="The reason is one line of {shortest} to {longest} characters.",
        cure_fr="Dites pourquoi ces lignes peuvent paraître : tout le monde lira ce motif dans le journal.",
        cure_en="Say why these rows may appear: everyone will read it in the journal.",
    ),
}
