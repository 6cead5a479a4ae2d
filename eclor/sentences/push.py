"""Sentences of: push, and what the command says of each dataset."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from eclor.sentences.sentence import Sentence

SAID: Final[Mapping[str, str]] = MappingProxyType(
    {
        "created": "{name} : créé.",
        "updated": "{name} : mis à jour.",
        "deleted": "{name} : supprimé, il n'est plus publié ici.",
        "group": "groupe {name} : le jeton n'a pas le droit de le créer, les jeux vont sans lui.",
        "total": "{created} créés, {updated} mis à jour, {deleted} supprimés, {same} inchangés.",
        "dry": "Rien n'est écrit (--dry-run).",
    }
)

SENTENCES: Final[dict[str, Sentence]] = {
    "push.address": Sentence(
        fr="L'adresse du CKAN n'est pas utilisable.",
        en="The CKAN's address cannot be used.",
        cure_fr="Donnez « https://HÔTE » ou « https://HÔTE/CHEMIN », sans nom d'utilisateur ni question.",
        cure_en="Give “https://HOST” or “https://HOST/PATH”, without a user name nor a query.",
    ),
    "push.no-token": Sentence(
        fr="Aucun jeton lisible n'est donné pour écrire dans le CKAN.",
        en="No readable token is given to write to the CKAN.",
        cure_fr="Mettez-le dans ECLOR_PUSH_TOKEN, ou dans un fichier que nomme « --token-file ».",
        cure_en="Put it in ECLOR_PUSH_TOKEN, or in a file named by “--token-file”.",
    ),
    "push.unreachable": Sentence(
        fr="Le CKAN de « {host} » ne répond pas.",
        en="The CKAN at {host} does not answer.",
        cure_fr="Relancez plus tard : le travail reprend où il s'est arrêté.",
        cure_en="Run again later: the work goes on from where it stopped.",
        status=502,
    ),
    "push.not-ckan": Sentence(
        fr="« {host} » ne répond pas à « {action} » comme un CKAN.",
        en="{host} does not answer “{action}” as a CKAN does.",
        cure_fr="Donnez l'adresse du site lui-même, sans redirection ; si elle est bonne, relancez plus tard.",
        cure_en="Give the address of the site itself, without a redirection; if it is right, run again later.",
        status=502,
    ),
    "push.not-found": Sentence(
        fr="Le CKAN n'a pas ce que « {action} » demande.",
        en="The CKAN does not have what “{action}” asks for.",
        cure_fr="Relancez : ce qui manque sera créé.",
        cure_en="Run again: what is missing will be created.",
        status=404,
    ),
    "push.not-allowed": Sentence(
        fr="Le jeton n'a pas le droit de « {action} ».",
        en="The token may not do “{action}”.",
        cure_fr="Donnez le jeton d'une personne qui administre l'organisation dans ce CKAN.",
        cure_en="Give the token of somebody who administers the organisation in that CKAN.",
        status=403,
    ),
    "push.not-taken": Sentence(
        fr="Le CKAN refuse « {action} » pour ses champs : {fields}.",
        en="The CKAN refuses “{action}” for its fields: {fields}.",
        cure_fr="Lisez le schéma de ce CKAN : une extension y demande autre chose.",
        cure_en="Read the schema of that CKAN: an extension asks for something else.",
        status=409,
    ),
    "push.name-taken": Sentence(
        fr="Un jeu « {dataset} » existe dans ce CKAN et ne vient pas de ce catalogue.",
        en="A dataset “{dataset}” exists in that CKAN and does not come from this catalogue.",
        cure_fr="Il est laissé tel quel ; renommez-le ou retirez-le là-bas, puis relancez.",
        cure_en="It is left as it is; rename or remove it there, then run again.",
        status=409,
    ),
}
