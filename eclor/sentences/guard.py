"""Sentences of: the guard in front of every address."""

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
}
