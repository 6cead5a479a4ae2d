"""Sentences of: the guard in front of every address, and workbooks."""

from typing import Final

from eclor.sentences.sentence import Sentence

SENTENCES: Final[dict[str, Sentence]] = {
    "api.too-many": Sentence(
        fr="Trop de questions en trop peu de temps : {most} par minute au plus.",
        en="Too many requests in too little time: {most} a minute at most.",
        cure_fr="Attendez le temps que dit « Retry-After » ; téléchargez un fichier entier plutôt que ses lignes une à une.",
        cure_en="Wait as long as “Retry-After” says; download a whole file rather than its rows one by one.",
        status=429,
    ),
    "api.too-many-at-once": Sentence(
        fr="Trop de réponses en cours pour un seul lecteur : {most} à la fois au plus.",
        en="Too many answers under way for one reader: {most} at once at most.",
        cure_fr="Attendez la fin de celles qui sont en cours.",
        cure_en="Wait until those under way have ended.",
        status=429,
    ),
    "api.body-too-large": Sentence(
        fr="Le corps de la demande est trop long : {most} octets au plus.",
        en="The request's body is too long: {most} bytes at most.",
        cure_fr="Faites plusieurs demandes plus courtes.",
        cure_en="Make several shorter requests.",
        status=413,
    ),
    "api.body-too-slow": Sentence(
        fr="Le corps de la demande n'est pas arrivé à temps.",
        en="The request's body did not arrive in time.",
        cure_fr="Recommencez sur une connexion plus rapide.",
        cure_en="Try again on a faster connection.",
        status=408,
    ),
    "api.address-too-long": Sentence(
        fr="L'adresse demandée est trop longue : {most} octets au plus.",
        en="The address is too long: {most} bytes at most.",
        cure_fr="Filtrez avec moins de valeurs à la fois.",
        cure_en="Filter by fewer values at once.",
        status=414,
    ),
    "api.headers-too-large": Sentence(
        fr="Les en-têtes de la demande sont trop longs : {most} octets au plus.",
        en="The request's headers are too long: {most} bytes at most.",
        cure_fr="Retirez les en-têtes et témoins de connexion inutiles : il n'en faut aucun ici.",
        cure_en="Remove needless headers and cookies: none is needed here.",
        status=431,
    ),
    "api.workbook-too-long": Sentence(
        fr="Le jeu « {dataset} » ne tient pas dans une feuille de calcul, qui a {most} lignes au plus.",
        en="The dataset “{dataset}” does not fit in a spreadsheet, which holds {most} rows at most.",
        cure_fr="Prenez « data.csv » ou « data.parquet », ou filtrez par « /api/v1/datasets/{dataset}/records?format=csv ».",
        cure_en="Take “data.csv” or “data.parquet”, or filter by “/api/v1/datasets/{dataset}/records?format=csv”.",
        status=406,
    ),
    "api.workbook-cell": Sentence(
        fr="Un texte du jeu « {dataset} » est plus long que ce qu'une cellule de tableur peut contenir.",
        en="A text of the dataset “{dataset}” is longer than a spreadsheet's cell may be.",
        cure_fr="Prenez « data.csv » ou « data.parquet ».",
        cure_en="Take “data.csv” or “data.parquet”.",
        status=406,
    ),
    "api.workbook-not-ready": Sentence(
        fr="Le classeur du jeu « {dataset} » est en cours d'écriture.",
        en="The workbook of the dataset “{dataset}” is being written.",
        cure_fr="Redemandez-le après le temps que dit « Retry-After ».",
        cure_en="Ask again after the time that “Retry-After” says.",
        status=503,
    ),
}
