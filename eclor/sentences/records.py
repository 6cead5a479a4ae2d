"""Sentences of: questions on rows."""

from typing import Final

from eclor.sentences.sentence import Sentence

SENTENCES: Final[dict[str, Sentence]] = {
    "rows.too-dear": Sentence(
        fr="Cette question demande plus de calcul ou de mémoire qu'il n'en est donné à une seule.",
        en="This question takes more computing or memory than one question is given.",
        cure_fr="Filtrez davantage, choisissez moins de colonnes, ou téléchargez le fichier entier : « data.parquet ».",
        cure_en="Filter more, choose fewer columns, or download the whole file: “data.parquet”.",
        status=422,
    ),
    "rows.too-busy": Sentence(
        fr="Trop de calculs attendent déjà leur tour.",
        en="Too many computations already wait for their turn.",
        cure_fr="Réessayez après le délai de l'en-tête « Retry-After », une question à la fois.",
        cure_en="Try again after the delay in the “Retry-After” header, one question at a time.",
        status=503,
    ),
    "rows.bad-value": Sentence(
        fr="Une valeur donnée n'est pas du type de la colonne à laquelle elle est comparée.",
        en="A value is not of the type of the column that it is compared with.",
        cure_fr="Le type de chaque colonne est dans « schema.json ».",
        cure_en="Each column's type is in “schema.json”.",
        status=400,
    ),
    "rows.no-place": Sentence(
        fr="Le jeu « {dataset} » n'a ni géométrie ni position : rien n'y est dans un cadre.",
        en="The dataset “{dataset}” has neither geometry nor position: nothing in it lies in a box.",
        cure_fr="Demandez-le sans « bbox », dans un autre format que GeoJSON.",
        cure_en="Ask for it without “bbox”, in another format than GeoJSON.",
        status=400,
    ),
    "rows.not-for-column": Sentence(
        fr="« {what} » ne se demande pas de la colonne « {column} » ({type}).",
        en="“{what}” cannot be asked of the column “{column}” ({type}).",
        cure_fr="Colonnes qui le permettent : {columns}.",
        cure_en="Columns that allow it: {columns}.",
        status=400,
    ),
}
