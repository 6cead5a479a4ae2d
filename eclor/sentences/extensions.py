"""What is refused of the guarantees and treatments that other packages add."""

from typing import Final

from eclor.sentences.sentence import Sentence

_CURE_FR: Final = "Rien n'est publié. Réparez ou désinstallez ce paquet."
_CURE_EN: Final = "Nothing is published. Repair or uninstall this package."

SENTENCES: Final[dict[str, Sentence]] = {
    "extension.changed": Sentence(
        fr="Le plan de « {dataset} » n'a pas été fait avec les extensions installées aujourd'hui.",
        en="The plan of {dataset} was not made with the extensions installed now.",
        cure_fr="Rien n'est publié. Compilez de nouveau la politique.",
        cure_en="Nothing is published. Compile the policy again.",
    ),
    "extension.failed": Sentence(
        fr="L'extension « {extension} » a échoué ({kind}) en jugeant un tableau.",
        en="The extension {extension} failed ({kind}) while judging a table.",
        cure_fr=_CURE_FR,
        cure_en=_CURE_EN,
    ),
    "extension.no-function": Sentence(
        fr="L'extension « {extension} » n'est pas une fonction.",
        en="The extension {extension} is no function.",
        cure_fr=_CURE_FR,
        cure_en=_CURE_EN,
    ),
    "extension.no-verdict": Sentence(
        fr="L'extension « {extension} » n'a pas rendu un avis sur chaque cellule du tableau.",
        en="The extension {extension} did not give a verdict on every cell of the table.",
        cure_fr=_CURE_FR,
        cure_en=_CURE_EN,
    ),
    "extension.no-version": Sentence(
        fr="L'extension « {name} » ne vient d'aucun paquet nommé, avec une version.",
        en="The extension {name} comes from no package with a name and a version.",
        cure_fr=_CURE_FR,
        cure_en=_CURE_EN,
    ),
    "extension.shadows": Sentence(
        fr="L'extension « {extension} » prend le nom d'un traitement ou d'une garantie d'eclor.",
        en="The extension {extension} takes the name of a treatment or guarantee of eclor.",
        cure_fr=_CURE_FR,
        cure_en=_CURE_EN,
    ),
    "extension.twice": Sentence(
        fr="Deux paquets installés ajoutent l'extension de même nom que « {extension} ».",
        en="Two installed packages add an extension of the same name as {extension}.",
        cure_fr=_CURE_FR,
        cure_en=_CURE_EN,
    ),
    "extension.unloadable": Sentence(
        fr="L'extension « {extension} » ne se charge pas ({kind}).",
        en="The extension {extension} cannot be loaded ({kind}).",
        cure_fr=_CURE_FR,
        cure_en=_CURE_EN,
    ),
}
