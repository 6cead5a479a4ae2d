"""Sentences of: door 1 (a source's declaration)."""

from typing import Final

from eclor.sentences.sentence import Sentence


def _unknown(what_fr: str, what_en: str) -> tuple[Sentence, Sentence]:
    """Return the sentences of a word that is not known: without and with a near one."""
    fr, en = f"{what_fr} « {{asked}} ».", f"Unknown {what_en} “{{asked}}”."
    alone = Sentence(fr, en, "Mots admis : {known}.", "Known words: {known}.")
    near = Sentence(fr, en, "Vouliez-vous écrire « {near} » ?", "Did you mean “{near}”?")
    return alone, near


_KEY, _KEY_NEAR = _unknown("Clé inconnue", "key")
_PROTOCOL, _PROTOCOL_NEAR = _unknown("Protocole inconnu", "protocol")
_ACCESS, _ACCESS_NEAR = _unknown("Accès inconnu", "access")
_OPTION, _OPTION_NEAR = _unknown("Option inconnue", "option")
_ENDPOINT, _ENDPOINT_NEAR = _unknown("Adresse de départ inconnue", "endpoint")
_WORD, _WORD_NEAR = _unknown("Valeur d'option inconnue", "value of an option")
_COLUMN, _COLUMN_NEAR = _unknown("Colonne de « cle » inconnue", "column of “cle”")

SENTENCES: Final[dict[str, Sentence]] = {
    "declaration.unknown-key": _KEY,
    "declaration.unknown-key-near": _KEY_NEAR,
    "declaration.unknown-protocol": _PROTOCOL,
    "declaration.unknown-protocol-near": _PROTOCOL_NEAR,
    "declaration.unknown-access": _ACCESS,
    "declaration.unknown-access-near": _ACCESS_NEAR,
    "declaration.unknown-option": _OPTION,
    "declaration.unknown-option-near": _OPTION_NEAR,
    "declaration.unknown-word": _WORD,
    "declaration.unknown-word-near": _WORD_NEAR,
    "declaration.unknown-endpoint": _ENDPOINT,
    "declaration.unknown-endpoint-near": _ENDPOINT_NEAR,
    "declaration.unknown-key-column": _COLUMN,
    "declaration.unknown-key-column-near": _COLUMN_NEAR,
    "declaration.no-file": Sentence(
        "La déclaration de source n'existe pas, ou ne peut pas être lue.",
        "The source's declaration is not there, or cannot be read.",
        "Faites-la écrire par le service de la donnée, sous ce nom ; si le fichier est là, vérifiez qu'on peut le lire.",
        "Have the data service write it, under that name; if the file is there, check that it may be read.",
    ),
    "declaration.unreadable": Sentence(
        "Ce YAML ne se lit pas.",
        "This YAML cannot be read.",
        "Vérifiez l'indentation, les deux-points et les guillemets à cet endroit ; un seul document, sans directive.",
        "Check indentation, colons and quotes here; one document, no directive.",
    ),
    "declaration.not-utf8": Sentence(
        "Le fichier n'est pas en UTF-8.", "The file is not UTF-8.", "Enregistrez-le en UTF-8.", "Save it as UTF-8."
    ),
    "declaration.not-nfc": Sentence(
        "Une lettre accentuée est écrite en deux signes.",
        "An accented letter is written as two signs.",
        "Retapez la ligne (forme NFC).",
        "Type the line again (NFC).",
    ),
    "declaration.odd-character": Sentence(
        "Caractère invisible ou de commande.",
        "Invisible or control character.",
        "Effacez-le ; indentez avec des espaces, jamais des tabulations.",
        "Delete it; indent with spaces, never tabs.",
    ),
    "declaration.not-a-map": Sentence(
        "Le fichier ne contient pas une suite de « clé: valeur ».",
        "The file is not a list of “key: value”.",
        "Partez d'une déclaration existante.",
        "Start from an existing declaration.",
    ),
    "declaration.anchor": Sentence(
        "Les ancres (&), les renvois (*) et les fusions (<<) ne sont pas admis.",
        "Anchors (&), aliases (*) and merges (<<) are not allowed.",
        "Écrivez la valeur en entier, à chaque endroit.",
        "Write the value in full, at each place.",
    ),
    "declaration.tag": Sentence(
        "Les étiquettes (!…) ne sont pas admises.", "Tags (!…) are not allowed.", "Retirez-la.", "Remove it."
    ),
    "declaration.too-deep": Sentence(
        "Plus de {levels} niveaux d'imbrication.", "More than {levels} levels deep.", "Aplatissez.", "Flatten it."
    ),
    "declaration.too-big": Sentence(
        "Plus de {limit} signes.", "More than {limit} characters.", "Raccourcissez.", "Shorten it."
    ),
    "declaration.key": Sentence(
        "Cette clé n'est pas un mot.", "This key is not a word.", "Écrivez un mot simple.", "Write a plain word."
    ),
    "declaration.duplicate-key": Sentence(
        "Clé « {key} » en double (déjà ligne {first}).",
        "Key “{key}” twice (first on line {first}).",
        "Gardez-en une.",
        "Keep one.",
    ),
    "declaration.not-sure": Sentence(
        "Valeur vide ou ambiguë.",
        "Empty or ambiguous value.",
        "Mettez un texte entre guillemets, un entier sans zéro devant, « oui » ou « non ».",
        "Put a text in quotes, an integer without a leading zero, “oui” or “non”.",
    ),
    "declaration.missing-key": Sentence(
        "La clé « {key} » manque.", "The key “{key}” is missing.", "Ajoutez-la.", "Add it."
    ),
    "declaration.wrong-value": Sentence(
        "Valeur de « {key} » non admise.",
        "Value of “{key}” not allowed.",
        "Attendu : {expected_fr}.",
        "Expected: {expected_en}.",
    ),
    "declaration.column-twice": Sentence(
        "Colonne « {column} » en double.", "Column “{column}” twice.", "Gardez-en une.", "Keep one."
    ),
    "declaration.columns-differ": Sentence(
        "Les flux de « {dataset} » n'ont pas les mêmes colonnes, ou pas les mêmes types.",
        "The flows of “{dataset}” do not have the same columns, or not the same types.",
        "Donnez-leur les mêmes noms, types et décimales ; seuls les chemins diffèrent.",
        "Give them the same names, types and decimals; only paths differ.",
    ),
    "declaration.decimals": Sentence(
        "Colonne « {column} » : « decimales » va avec le type « decimal », et avec lui seul.",
        "Column “{column}”: “decimales” goes with the type “decimal”, and with it alone.",
        "Ajoutez-la ou retirez-la.",
        "Add it or remove it.",
    ),
    "declaration.written": Sentence(
        "Colonne « {column} » : « ecrit » dit, par un exemple, comment s'écrit un nombre, une position, une date ou une date-heure.",
        "Column “{column}”: “ecrit” says by an example how a number, a position, a “date” or a “date-heure” is written.",
        "Pour ce type : {fitting} ; si rien n'est donné ici, retirez « ecrit » ou changez de type.",
        "For this type: {fitting}; if nothing is given here, remove “ecrit” or change the type.",
    ),
    "declaration.factor": Sentence(
        "Colonne « {column} » : « multiplier » et « diviser » vont avec un nombre.",
        "Column “{column}”: “multiplier” and “diviser” go with a number.",
        "Retirez-les, ou déclarez « entier » ou « decimal ».",
        "Remove them, or declare “entier” or “decimal”.",
    ),
    "declaration.subscription-alone": Sentence(
        "« abonnement » demande aussi « cle » et « instant ».",
        "“abonnement” needs “cle” and “instant” too.",
        "Nommez les colonnes qui distinguent une ligne d'une autre (cle), et la colonne date-heure qui dit la plus récente (instant).",
        "Name the columns that tell one row from another (cle), and the date-heure column that tells the latest (instant).",
    ),
    "declaration.box": Sentence(
        "Colonne « {column} » : « cadre » va avec une position ou une géométrie, et s'écrit « ouest, sud, est, nord » en degrés.",
        "Column “{column}”: “cadre” goes with a position or a geometry, and is written “west, south, east, north” in degrees.",
        'Écrivez par exemple cadre: "5.80, 49.30, 6.10, 49.60", ou retirez « cadre ».',
        'Write for instance cadre: "5.80, 49.30, 6.10, 49.60", or remove “cadre”.',
    ),
    "declaration.century": Sentence(
        "Colonne « {column} » : deux chiffres ne disent pas le siècle d'un jour passé ; 26 peut être 1926 ou 2026.",
        "Column “{column}”: two digits do not tell the century of a day that has come; 26 may be 1926 or 2026.",
        'Faites livrer des années de quatre chiffres, ou dites les cent années dont elles sont : annees: "1927-2026".',
        'Have years of four digits delivered, or say the hundred years that they are of: annees: "1927-2026".',
    ),
    "declaration.years": Sentence(
        "Colonne « {column} » : « annees » dit cent années, pour une date écrite avec deux chiffres d'année.",
        "Column “{column}”: “annees” says a hundred years, for a date written with two digits of a year.",
        'Écrivez par exemple annees: "1927-2026" avec ecrit: "31/12/26", ou retirez « annees ».',
        'Write for instance annees: "1927-2026" with ecrit: "31/12/26", or remove “annees”.',
    ),
    "declaration.past": Sentence(
        "Colonne « {column} » : « passe » va avec une date ou une date-heure.",
        "Column “{column}”: “passe” goes with a “date” or a “date-heure”.",
        "Retirez « passe », ou changez de type.",
        "Remove “passe”, or change the type.",
    ),
    "declaration.codes": Sentence(
        "Colonne « {column} » : « valeurs » va avec le type « code ».",
        "Column “{column}”: “valeurs” goes with the type “code”.",
        "Retirez « valeurs », ou déclarez « type: code ».",
        "Remove “valeurs”, or declare “type: code”.",
    ),
}
