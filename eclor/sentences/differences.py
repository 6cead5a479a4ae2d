"""Sentences of: differences."""

from typing import Final

from eclor.sentences.sentence import Sentence

_CURE_FR: Final = "Téléchargez les deux fichiers et comparez-les, ou demandez l'écart entre deux versions plus proches."
_CURE_EN: Final = "Download both files and compare them, or ask for the differences between two nearer versions."

SENTENCES: Final[dict[str, Sentence]] = {
    "differences.too-large": Sentence(
        fr="Ces deux versions du jeu « {dataset} » ont ensemble plus de {most} lignes.",
        en="These two versions of the dataset “{dataset}” have more than {most} rows together.",
        cure_fr=_CURE_FR,
        cure_en=_CURE_EN,
        status=422,
    ),
    "differences.too-many": Sentence(
        fr="Ces deux versions du jeu « {dataset} » diffèrent par plus de {most} lignes : {added} ajoutées, {removed} retirées, {changed} modifiées.",
        en="These two versions of the dataset “{dataset}” differ by more than {most} rows: {added} added, {removed} removed, {changed} changed.",
        cure_fr=_CURE_FR,
        cure_en=_CURE_EN,
        status=422,
    ),
    "differences.too-slow": Sentence(
        fr="Comparer ces deux versions demande trop de calcul.",
        en="Comparing these two versions takes too much computing.",
        cure_fr=_CURE_FR,
        cure_en=_CURE_EN,
        status=503,
    ),
}
