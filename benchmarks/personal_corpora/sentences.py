"""Sentences of agents and residents, in which a person is named or is not."""

from collections.abc import Iterator
from random import Random  # noqa: TID251 - made-up sentences, the same each time
from typing import Final

from benchmarks.personal_corpora.words import (
    BODIES,
    FAULTS,
    GIVEN_NAMES,
    SCHOOLS,
    STREETS,
    SUBJECTS,
    SURNAMES,
    TOWNS,
    WORKS,
)

NAMED: Final = (
    "Vu avec {first} {last} le matin, {fault} à reprendre.",
    "Rappeler {last} {first} au sujet de {subject}.",
    "Signalé par M. {last} : {fault} {street}.",
    "Mme {last} demande une réponse sur {subject}.",
    "{first} {last} s'est plainte du bruit {street}.",
    "Dossier suivi par {first} {last}, service technique de {town}.",
    "Le voisin, {first} {last}, refuse l'accès pour {works}.",
    "Accord donné par {last} {first} ({town}).",
    "Herr {last} aus {town} hat angerufen: {fault}.",
    "Den Här {last} wunnt zu {town}.",
    "Absence de {first} {last} signalée au directeur de {school}.",
    "Clé remise à {LAST} {first}, à rendre vendredi.",
)
UNNAMED: Final = (
    "Vu avec le service technique le matin, {fault} à reprendre.",
    "Rappeler l'entreprise {body} au sujet de {subject}.",
    "Signalé par un riverain : {fault} {street}.",
    "La commune de {town} demande une réponse sur {subject}.",
    "Plusieurs habitants se sont plaints du bruit {street}.",
    "Dossier suivi par le service technique de {town}.",
    "{works} prévu en mars, {street}, {town}.",
    "Réunion publique à {school}, {street}.",
    "Convention signée avec {body} pour {works}.",
    "Inauguration de {school} par le conseil municipal.",
    "Die Gemeinde {town} hat angerufen: {fault}.",
    "D'Gemeng {town} huet d'Strooss gespaart.",
)


def sentences(seed: int, count: int, *, named: bool) -> Iterator[str]:
    """Yield so many sentences, each different, the same for a seed."""
    chance, seen = Random(f"{seed} {named}"), set[str]()
    forms = NAMED if named else UNNAMED
    while len(seen) < count:
        last = chance.choice(SURNAMES)
        text = chance.choice(forms).format(
            first=chance.choice(GIVEN_NAMES), last=last, LAST=last.upper(), fault=chance.choice(FAULTS),
            street=chance.choice(STREETS), town=chance.choice(TOWNS), works=chance.choice(WORKS), body=chance.choice(BODIES),
            school=chance.choice(SCHOOLS), subject=chance.choice(SUBJECTS),
        )  # fmt: skip
        if text not in seen:
            seen.add(text)
            yield text
