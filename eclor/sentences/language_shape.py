"""The wordings of the shape (S202): what a key, a type, a word or a bound should be."""

from typing import Final

from eclor.sentences.sentence import Sentence

VARIANTS: Final[dict[str, dict[str, Sentence]]] = {
    "S202": {
        "nature": Sentence(
            "Ce fichier est de nature « {value} », et « {expected} » est attendue ici.",
            "This file is of nature “{value}”, and “{expected}” is wanted here.",
            "Donnez la politique elle-même ; le socle, les rôles et le catalogue se lisent dans le dossier de « --charter ». Si c'est "
            "bien le bon fichier, corrigez « nature ».",
            "Give the policy itself; charter, roles and catalogue are read in the folder of “--charter”. If this is the file that was "
            "meant, correct “nature”.",
        ),
        "unknown-near": Sentence(
            "Clé inconnue « {key} ».",
            "Unknown key “{key}”.",
            "Vouliez-vous écrire « {near} » ?",
            "Did you mean “{near}”?",
        ),
        "unknown": Sentence(
            "Clé inconnue « {key} ».",
            "Unknown key “{key}”.",
            "Clés admises ici : {known}.",
            "Keys admitted here: {known}.",
        ),
        "voted": Sentence(
            "Clé inconnue « {key} » : elle appartient au socle.",
            "Unknown key “{key}”: it belongs to the charter.",
            "Supprimez-la ; le socle s'applique à toutes les politiques.",
            "Delete it; the charter holds for all policies.",
        ),
        "misplaced": Sentence(
            "La clé « {key} » ne s'écrit pas ici.",
            "The key “{key}” does not stand here.",
            "Elle s'écrit sous « {home} » : déplacez-la, ou corrigez son retrait.",
            "It stands under “{home}”: move it, or correct its indentation.",
        ),
        "misplaced-top": Sentence(
            "La clé « {key} » ne s'écrit pas ici.",
            "The key “{key}” does not stand here.",
            "Elle s'écrit au premier niveau du fichier, sans espace devant, hors de tout bloc.",
            "It stands at the first level of the file, without a space before it, outside every block.",
        ),
        "missing": Sentence(
            "Clé « {key} » absente.", "Key “{key}” is missing.", "Ajoutez « {key}: … ».", "Add “{key}: …”."
        ),
        "due": Sentence(
            "Clé « {key} » absente : les autres clés de ce bloc la demandent.",
            "Key “{key}” is missing: the other keys of this block call for it.",
            "Ajoutez « {key}: … ».",
            "Add “{key}: …”.",
        ),
        "due-decimals": Sentence(
            "Clé « {key} » absente : « type: decimal » la demande.",
            "Key “{key}” is missing: “type: decimal” calls for it.",
            "Ajoutez « {key}: 2 », ou le nombre de décimales voulu, de 1 à 6.",
            "Add “{key}: 2”, or as many decimals as are wanted, from 1 to 6.",
        ),
        "undue": Sentence(
            "Clé « {key} » en trop : les autres clés de ce bloc l'excluent.",
            "Key “{key}” is one too many: the other keys of this block rule it out.",
            "Supprimez-la.",
            "Delete it.",
        ),
        "block": Sentence(
            "« {name} » attend un bloc de clés.",
            "“{name}” wants a block of keys.",
            "Écrivez « clé: valeur », une par ligne.",
            "Write “key: value”, one a line.",
        ),
        "block-of": Sentence(
            "« {name} » attend un bloc de clés.",
            "“{name}” wants a block of keys.",
            "Écrivez « {block} », ou une clé par ligne.",
            "Write “{block}”, or one key a line.",
        ),
        "list": Sentence(
            "« {name} » attend une liste.",
            "“{name}” wants a list.",
            "Écrivez « [a, b] », ou une ligne « - a » par élément.",
            "Write “[a, b]”, or a line “- a” for each item.",
        ),
        "list-of-one": Sentence(
            "« {name} » attend une liste.",
            "“{name}” wants a list.",
            "Écrivez « {name}: [{value}] », ou une ligne « - a » par élément.",
            "Write “{name}: [{value}]”, or a line “- a” for each item.",
        ),
        "list-of-none": Sentence(
            "« {name} » attend une liste.",
            "“{name}” wants a list.",
            "Pour n'en garder aucun, écrivez la liste vide : « {name}: [] ».",
            "To keep none, write the empty list: “{name}: []”.",
        ),
        "integer-alone": Sentence(
            "« {name} » attend un nombre entier, et non « {value} ».",
            "“{name}” wants an integer, not “{value}”.",
            "Écrivez les chiffres seuls : sans espace, signe, unité ni guillemets.",
            "Write the digits alone: without space, sign, unit nor quotes.",
        ),
        "bounds": Sentence(
            "« {name} » attend des nombres entiers, et non « {value} ».",
            "“{name}” wants integers, not “{value}”.",
            "Écrivez la borne basse de chaque tranche, sans guillemets : « [0, 6, 11] » donne 0-6, 6-11 et 11+.",
            "Write the lower bound of each bin, without quotes: “[0, 6, 11]” gives 0-6, 6-11 and 11+.",
        ),
        "integer": Sentence(
            "« {name} » attend un nombre entier, et non « {value} ».",
            "“{name}” wants an integer, not “{value}”.",
            "Écrivez l'entier sans guillemets.",
            "Write the integer without quotes.",
        ),
        "text": Sentence(
            "« {name} » attend un texte, et non « {value} ».",
            "“{name}” wants a text, not “{value}”.",
            "Écrivez un texte ; un nombre se met entre guillemets.",
            "Write a text; quote a number.",
        ),
        "word": Sentence(
            "« {value} » n'est pas admis pour « {name} ».",
            "“{value}” is not admitted for “{name}”.",
            "Admis : {admitted}.",
            "Admitted: {admitted}.",
        ),
        "word-near": Sentence(
            "« {value} » n'est pas admis pour « {name} ».",
            "“{value}” is not admitted for “{name}”.",
            "Admis : {admitted}. Vouliez-vous écrire « {near} » ?",
            "Admitted: {admitted}. Did you mean “{near}”?",
        ),
        "margins": Sentence(
            "« {value} » n'est pas admis pour « {name} ».",
            "“{value}” is not admitted for “{name}”.",
            "Admis : aucun, ou une liste de totaux, chacun avec les dimensions qu'il garde : « - {{par: [a]}} ».",
            "Admitted: aucun, or a list of totals, each with the dimensions that it keeps: “- {{par: [a]}}”.",
        ),
        "form-several": Sentence(
            "« {value} » n'a pas la forme attendue pour « {name} ».",
            "“{value}” has not the form wanted for “{name}”.",
            "Séparez les éléments d'une liste par des virgules : « [a, b] ».",
            "Separate the items of a list by commas: “[a, b]”.",
        ),
        "form-near": Sentence(
            "« {value} » n'a pas la forme attendue pour « {name} ».",
            "“{value}” has not the form wanted for “{name}”.",
            "Forme attendue : {form}. Vouliez-vous écrire « {near} » ?",
            "Form wanted: {form}. Did you mean “{near}”?",
        ),
        "form": Sentence(
            "« {value} » n'a pas la forme attendue pour « {name} ».",
            "“{value}” has not the form wanted for “{name}”.",
            "Forme attendue : {form}.",
            "Form wanted: {form}.",
        ),
        "low": Sentence(
            "« {name} » vaut {value}, sous le minimum {bound}.",
            "“{name}” is {value}, below the minimum {bound}.",
            "Écrivez {bound} ou plus.",
            "Write {bound} or more.",
        ),
        "high": Sentence(
            "« {name} » vaut {value}, au-dessus du maximum {bound}.",
            "“{name}” is {value}, above the maximum {bound}.",
            "Écrivez {bound} ou moins.",
            "Write {bound} or less.",
        ),
        "short-text": Sentence(
            "Le texte de « {name} » a moins de {bound} caractères.",
            "The text of “{name}” has fewer than {bound} characters.",
            "Écrivez-en {bound} au moins.",
            "Write {bound} at least.",
        ),
        "long-text": Sentence(
            "Le texte de « {name} » a plus de {bound} caractères.",
            "The text of “{name}” has more than {bound} characters.",
            "Raccourcissez-le.",
            "Shorten it.",
        ),
        "short-list": Sentence(
            "La liste « {name} » est trop courte.",
            "The list “{name}” is too short.",
            "Nombre d'éléments attendus : {bound} au moins.",
            "Items wanted: {bound} at least.",
        ),
        "long-list": Sentence(
            "La liste « {name} » a plus de {bound} éléments.",
            "The list “{name}” has more than {bound} items.",
            "Raccourcissez-la.",
            "Shorten it.",
        ),
        "repeated": Sentence(
            "« {value} » figure deux fois dans « {name} ».",
            "“{value}” stands twice in “{name}”.",
            "Gardez-le une seule fois.",
            "Keep it once.",
        ),
        "unreal-day": Sentence(
            "« {value} » n'est pas un jour du calendrier.",
            "“{value}” is not a day of the calendar.",
            "Écrivez un jour réel, AAAA-MM-JJ.",
            "Write a real day, YYYY-MM-DD.",
        ),
        "other": Sentence(
            "« {name} » n'a pas la forme attendue.",
            "“{name}” has not the form wanted.",
            "Comparez avec une politique d'exemple.",
            "Compare with an example policy.",
        ),
    },
}
