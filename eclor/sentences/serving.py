"""Sentences of: what is served and what no longer is. The reasons are public: nobody is named."""

from typing import Final

from eclor.sentences.sentence import Sentence

REASONS: Final[dict[str, str]] = {
    "jamais-en-vigueur": "Aucune version de la politique de ce jeu n'est en vigueur.",
    "arretee": "Ce jeu est arrêté depuis le {day}, jusqu'à sa reprise.",
    "revoquee": "La politique sous laquelle ces données ont été faites a été révoquée le {day}.",
    "expiree": "La politique de ce jeu a expiré, et n'a pas été renouvelée à temps (le {day} au plus tard).",
    "derogation-terminee": "La dérogation sous laquelle ces données ont été faites a pris fin le {day}.",
    "illisible": "Les actes signés sur ce jeu ne se lisent plus : rien n'en sort avant qu'ils soient rétablis.",
}
"""Why versions may not leave; `illisible` is ours, the others are those of the language."""

ACTED: Final[dict[str, str]] = {
    "closed": "Plus servi (410 avec le motif, d'ici une seconde) : {versions}.",
    "reopened": "Servi à nouveau : {versions}.",
}
"""What follows at once from an act, for who signed it."""

TOLD: Final[dict[str, str]] = {
    "withdrawn": "{title} : {versions} retirée",
    "closed": "{title} : plus servi ({versions})",
    "reopened": "{title} : servi à nouveau ({versions})",
}
"""What the feed of withdrawals says of a change, by its kind."""

FEEDS: Final[dict[str, str]] = {
    "catalogue": "Nouveautés · {name}",
    "dataset": "Versions · {title}",
    "withdrawals": "Retraits · {name}",
    "version": "{title} : version {version}",
    "gone": "{title} : version {version} retirée",
    "summary": "{note} ({rows})",
}
"""What the feeds say: their titles, and of a version its title and what it brings."""

SEARCH: Final = "Chercher dans les données ouvertes : {name}"
"""What a browser says of the catalogue's search."""

SENTENCES: Final[dict[str, Sentence]] = {
    "serving.not-written": Sentence(
        fr="L'acte est signé, mais les serveurs n'ont pas pu être prévenus ({cause}).",
        en="The act is signed, but the servers could not be told ({cause}).",
        cure_fr="Rétablissez le catalogue, puis lancez « eclor serving » ; un « eclor run » en marche le fait seul.",
        cure_en="Bring the catalogue back, then run “eclor serving”; a running “eclor run” does it by itself.",
    ),
    "verify.withdrawn": Sentence(
        fr="Cette version est retirée : ses fichiers ne sont plus servis. Le serveur en dit : {said}",
        en="This version is withdrawn: its files are no longer served. The server says, in French: {said}",
        cure_fr="Le journal public garde sa trace ; qui en a une copie peut vérifier le dossier.",
        cure_en="The public journal keeps its trace; whoever holds a copy can verify the folder.",
    ),
}


def numbered(versions: str) -> str:
    """Return versions with their noun: `version 1`, `versions 1-3, 5`."""
    return f"{'version' if versions.isdigit() else 'versions'} {versions}"
