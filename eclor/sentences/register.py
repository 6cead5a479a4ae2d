"""What the register and the exports of policies say: French words, and the refusals of a stale export."""

from typing import Final

from eclor.sentences.sentence import Sentence

SENTENCES: Final[dict[str, Sentence]] = {
    "register.stale": Sentence(
        fr="« {file} » est périmé : il dit l'empreinte {carried}, la politique a l'empreinte {digest}.",
        en="{file} is stale: it holds the digest {carried}, the policy's is {digest}.",
        cure_fr="Refaites l'export depuis la politique ; ne le corrigez pas à la main.",
        cure_en="Export again from the policy; do not edit the file.",
    ),
    "register.no-digest": Sentence(
        fr="« {file} » ne dit l'empreinte d'aucune politique : ce n'est pas un export, ou il a été modifié.",
        en="{file} holds the digest of no policy: it is no export, or it was edited.",
        cure_fr="Refaites l'export depuis la politique.",
        cure_en="Export again from the policy.",
    ),
    "register.several-digests": Sentence(
        fr="« {file} » dit plusieurs empreintes : ce n'est pas l'export d'une politique.",
        en="{file} holds several digests: it is not the export of one policy.",
        cure_fr="Pour un registre, utilisez « eclor register --check ».",
        cure_en="For a register, use eclor register --check.",
    ),
    "register.unreadable": Sentence(
        fr="« {file} » ne se lit pas comme un registre : il faut les colonnes « jeu » et « politique_empreinte ».",
        en="{file} cannot be read as a register: it needs the columns jeu and politique_empreinte.",
        cure_fr="Refaites le registre avec « eclor register ».",
        cure_en="Make the register again with eclor register.",
    ),
    "register.twice": Sentence(
        fr="« {file} » a deux lignes pour le traitement {dataset}.",
        en="{file} has two lines for the processing {dataset}.",
        cure_fr="Refaites le registre avec « eclor register » ; ne le corrigez pas à la main.",
        cure_en="Make the register again with eclor register; do not edit the file.",
    ),
    "register.other-datasets": Sentence(
        fr="« {file} » n'a pas les mêmes traitements que les politiques : {datasets}.",
        en="{file} does not hold the same processings as the policies: {datasets}.",
        cure_fr="Refaites le registre avec « eclor register ».",
        cure_en="Make the register again with eclor register.",
    ),
}

COLUMNS: Final[dict[str, str]] = {
    "dataset": "jeu",
    "title": "traitement",
    "personal": "donnees_personnelles",
    "controller": "responsable",
    "dpo_contact": "contact_delegue",
    "authority": "autorite",
    "purpose": "finalite",
    "basis": "base_legale",
    "provision": "fondement",
    "subjects": "categories_personnes",
    "minors": "mineurs",
    "data": "categories_donnees",
    "recipients": "destinataires",
    "transfers": "transferts",
    "hosting": "hebergement",
    "raw": "duree_donnees_recues",
    "key": "duree_cle_pseudonyme",
    "versions": "duree_versions_publiees",
    "erasure": "effacement",
    "objection": "opposition",
    "notice": "information",
    "safeguards": "mesures_securite",
    "criteria": "aipd_criteres_presents",
    "criteria_count": "aipd_nombre",
    "decision": "aipd_decision",
    "reference": "aipd_reference",
    "author": "auteur",
    "dpo": "delegue",
    "garant": "garant",
    "start": "valable_du",
    "end": "valable_au",
    "version": "politique_version",
    "state": "politique_etat",
    "digest": "politique_empreinte",
}
"""Column of the register → its French header, in the order of the file."""

DECISIONS: Final[dict[str, str]] = {
    "non-requise": "Analyse d'impact non requise",
    "requise": "Analyse d'impact requise, pas encore faite",
    "realisee": "Analyse d'impact réalisée",
}

STATES: Final[dict[str, str]] = {
    "brouillon": "en préparation",
    "simulee": "simulée",
    "visee": "visée",
    "signee": "signée",
    "en-vigueur": "en vigueur",
    "arretee": "arrêtée",
    "remplacee": "remplacée",
    "revoquee": "révoquée",
    "expiree": "expirée",
}

KEPT: Final[dict[str, str]] = {
    "raw": "Données reçues",
    "key": "Clé des pseudonymes",
    "versions": "Versions publiées",
}

STATISTICS: Final[dict[str, str]] = {
    "comptage-lignes": "Nombre de lignes à la source",
    "comptage-distinct": "Nombre de valeurs distinctes de « {column} »",
    "somme": "Total de « {column} »",
    "moyenne": "Moyenne de « {column} », arrondie à l'entier",
}

DUTIES: Final[dict[str, str]] = {
    "odrl:attribute": "Citer le producteur et la date de la dernière mise à jour.",
    "cc:Notice": "Garder la mention de la licence.",
    "cc:ShareAlike": "Publier sous la même licence une base de données qui en est tirée.",
}

REGISTER: Final[dict[str, str]] = {
    "made-from": "Fait depuis la politique version {version} ({state}), empreinte {digest}.",
    "screening": "Deux critères présents ou plus rendent l'analyse d'impact obligatoire (WP248).",
    "minors": "mineurs",
    "vulnerable": "personnes vulnérables",
    "codes": "codes à la place de « {column} »",
    "encrypted": "Les données reçues sont chiffrées, chaque lot sous sa propre clé.",
    "pseudonyms": "Un code remplace l'identifiant le temps de compter (HMAC-SHA-256) ; sa clé change : {rotation}. Il "
    "n'est jamais publié.",
    "key": "La clé des codes est détruite au bout de {duration}, avec un procès-verbal.",
    "redacted": "« {column} » : ce qui pourrait nommer quelqu'un est effacé, puis relu ligne par ligne.",
    "deletion": "Chaque destruction laisse un procès-verbal.",
    "union-europeenne": "Union européenne",
    "no-transfer": "aucun transfert hors de l'Union européenne",
    "licence-rules": "Le texte de la licence fait foi.",
    "no-person-sought": "Chercher à reconnaître une personne dans ces données serait un traitement de données "
    "personnelles : le RGPD s'y applique, quelle que soit la licence.",
    "protected": "Ces données viennent de données personnelles ; une politique signée dit ce qui en paraît et comment c'est "
    "protégé.",
    "nobody": "Ces données ne viennent d'aucune donnée personnelle.",
    "anyone": "Tout le monde peut lire et télécharger.",
    "grain-cells": "Une ligne par cellule, {frequency}.",
    "grain-rows": "Une ligne par objet, {frequency}.",
    "status": "« publie » ou « masque » ; une cellule masquée a des indicateurs vides, ce n'est pas zéro",
    "bound": "à partir de {bound}",
}
