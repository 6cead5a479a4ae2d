"""The wordings of reading (L) for what a hand gets wrong in a file: each says what to write instead."""

from typing import Final

from eclor.sentences.sentence import Sentence

VARIANTS: Final[dict[str, dict[str, Sentence]]] = {
    "L100": {
        "file": Sentence(
            "Ce fichier ne peut pas être lu.",
            "This file cannot be read.",
            "Vérifiez son nom, son dossier et vos droits.",
            "Check its name, its folder and your rights.",
        ),
        "indentation": Sentence(
            "Cette ligne n'est pas alignée avec celles de son bloc.",
            "This line is not aligned with those of its block.",
            "Alignez sa clé, par des espaces, sous la première lettre des clés voisines ; si elle l'est, c'est la ligne "
            "au-dessus qui est trop à gauche ou trop à droite.",
            "Align its key, by spaces, under the first letter of the keys beside it; if it is, the line above is too far "
            "to the left or to the right.",
        ),
        "second-colon": Sentence(
            "Un second « : » suit sur la même ligne.",
            "A second “:” follows on the same line.",
            'Mettez tout le texte entre guillemets droits, "…", ou écrivez une clé par ligne.',
            'Put the whole text between straight quotes, "…", or write one key a line.',
        ),
        "no-break": Sentence(
            "Une espace insécable, sur cette ligne ou au-dessus, cache un « : ».",
            "A no-break space, on this line or above, hides a “:”.",
            "Retapez le « : » et l'espace qui le suit, avec une espace ordinaire.",
            "Type the “:” again, and an ordinary space after it.",
        ),
        "colon": Sentence(
            "Cette ligne n'est ni « clé: valeur » ni « - élément ».",
            "This line is neither “key: value” nor “- item”.",
            "Écrivez « : » et une espace après la clé ; un texte de plusieurs lignes s'écrit après « >- », en retrait.",
            "Write “:” and a space after the key; a text of several lines stands after “>-”, indented.",
        ),
        "after-quote": Sentence(
            "Le texte entre guillemets finit avant ces mots.",
            "The quoted text ends before these words.",
            'Un texte qui contient une apostrophe s\'écrit sans guillemets, ou entre guillemets droits doubles : "…".',
            'Write a text that holds an apostrophe without quotes, or between straight double quotes: "…".',
        ),
        "after-list": Sentence(
            "Ces mots suivent une liste ou un bloc qui est déjà fermé.",
            "These words follow a list or a block that is already closed.",
            'Si la ligne est un texte qui commence par « [ » ou « {{ », mettez-le entre guillemets droits : "…".',
            'If the line is a text that begins with “[” or “{{”, put it between straight quotes: "…".',
        ),
        "item": Sentence(
            "Cet élément de liste n'est pas à sa place.",
            "This item of a list is out of place.",
            "Chaque élément commence par « - » et une espace, le premier aussi, et tous les tirets d'une liste sont alignés.",
            "Each item begins with “-” and a space, the first too, and all dashes of a list are aligned.",
        ),
        "unclosed-quote": Sentence(
            "Le guillemet ouvert ici n'est jamais refermé.",
            "The quote opened here is never closed.",
            "Refermez-le à la fin du texte, par le même guillemet.",
            "Close it at the end of the text, by the same quote.",
        ),
        "unclosed-flow": Sentence(
            "« {character} » s'ouvre ici, et n'est pas bien refermé.",
            "“{character}” opens here, and is not well closed.",
            "Vérifiez, d'ici à la fin de la liste, les virgules entre les éléments et le signe qui la ferme.",
            "Check, from here to the end of the list, the commas between the items and the sign that closes it.",
        ),
        "unopened": Sentence(
            "« {character} » ferme ce qui n'est pas ouvert.",
            "“{character}” closes what is not open.",
            "Supprimez-le, ou ouvrez la liste ou le bloc avant.",
            "Delete it, or open the list or block before.",
        ),
        "dash": Sentence(
            "Cette ligne suit une liste, et ne commence pas par un tiret.",
            "This line follows a list, and does not begin with a dash.",
            "Commencez-la par « - », le tiret court du clavier, et une espace ; ou alignez-la sur les clés du bloc.",
            "Begin it with “-”, the short dash of the keyboard, and a space; or align it with the keys of the block.",
        ),
        "start": Sentence(
            "Une valeur ne commence pas par « {character} ».",
            "A value does not begin with “{character}”.",
            'Mettez le texte entre guillemets droits : "…".',
            'Put the text between straight quotes: "…".',
        ),
        "escape": Sentence(
            "« \\{character} » n'est pas admis entre guillemets doubles.",
            "“\\{character}” is not admitted between double quotes.",
            "Écrivez le texte sans guillemets, ou deux fois la barre oblique inverse.",
            "Write the text without quotes, or the backslash twice.",
        ),
        "other": Sentence(
            "Le fichier n'est pas du YAML lisible à cet endroit.",
            "The file is not readable YAML here.",
            "Vérifiez l'indentation, les guillemets, les crochets et l'espace après « : ».",
            "Check the indentation, quotes, brackets and the space after “:”.",
        ),
    },
    "L103": {
        "office": Sentence(
            "Ce fichier est un document de traitement de texte ou un classeur, et non un texte.",
            "This file is a document of a word processor or a workbook, not a text.",
            "Copiez son contenu dans un éditeur de texte, et enregistrez-le en « UTF-8 ».",
            "Copy its content into a text editor, and save it as “UTF-8”.",
        ),
        "utf-16": Sentence(
            "Ce fichier est en UTF-16 (« Unicode » dans certains éditeurs).",
            "This file is in UTF-16 (“Unicode” in some editors).",
            "Enregistrez-le en « UTF-8 ».",
            "Save it as “UTF-8”.",
        ),
        "other": Sentence(
            "Le fichier n'est pas en UTF-8 à cet endroit.",
            "The file is not UTF-8 here.",
            "Enregistrez-le en « UTF-8 », et non en « ANSI » ni en « Windows-1252 ».",
            "Save it as “UTF-8”, not as “ANSI” nor “Windows-1252”.",
        ),
    },
    "L104": {
        "tab": Sentence(
            "Tabulation (U+0009) refusée.",
            "Tab (U+0009) is refused.",
            "Remplacez-la par des espaces.",
            "Replace it with spaces.",
        ),
        "other": Sentence(
            "Caractère {point} refusé : de commande, invisible, privé ou inconnu.",
            "Character {point} is refused: control, invisible, private or unassigned.",
            "Supprimez-le.",
            "Delete it.",
        ),
    },
    "L114": {
        "oui": Sentence(
            "« {text} » n'est pas un mot du langage.",
            "“{text}” is not a word of the language.",
            "Écrivez « oui », ou mettez le texte entre guillemets.",
            "Write “oui”, or quote the text.",
        ),
        "non": Sentence(
            "« {text} » n'est pas un mot du langage.",
            "“{text}” is not a word of the language.",
            "Écrivez « non », ou mettez le texte entre guillemets.",
            "Write “non”, or quote the text.",
        ),
        "nothing": Sentence(
            "« {text} » n'est pas une valeur du langage.",
            "“{text}” is not a value of the language.",
            "Écrivez une valeur, ou supprimez la clé.",
            "Write a value, or delete the key.",
        ),
    },
    "L116": {
        "number": Sentence(
            "« {text} » est un nombre, et une clé est un mot.",
            "“{text}” is a number, and a key is a word.",
            "Si c'est la suite d'un nombre à virgule, écrivez un entier : le langage n'a pas de décimales.",
            "If it goes on a number with decimals, write an integer: the language has none.",
        ),
        "other": Sentence(
            "Une clé doit être un mot.",
            "A key must be a word.",
            "Écrivez un mot en minuscules, suivi de « : ».",
            "Write a word in lower case, followed by “:”.",
        ),
    },
    "L117": {
        "space": Sentence(
            "« {text} » : il manque une espace après « : ».",
            "“{text}”: a space is missing after “:”.",
            "Écrivez « {near} ».",
            "Write “{near}”.",
        ),
        "unbroken": Sentence(
            "« {text} » : après « : », l'espace est insécable, comme un traitement de texte en met.",
            "“{text}”: after “:”, the space is a no-break space, as a word processor puts it.",
            "Effacez-la et tapez une espace ordinaire : « {near} ».",
            "Delete it and type a plain space: “{near}”.",
        ),
        "dash": Sentence(
            "« {text} » commence par un tiret ou une puce de typographie.",
            "“{text}” begins with a dash or a bullet of typography.",
            "Retapez le trait d'union du clavier, puis une espace : « {near} ».",
            "Type the keyboard's hyphen, then a space: “{near}”.",
        ),
        "comma": Sentence(
            "Entre accolades, une virgule finit la valeur : « {text} » est lu comme une clé.",
            "Within braces a comma ends the value: “{text}” is read as a key.",
            "Si c'est la suite d'un texte, mettez ce texte entier entre guillemets droits, \"…\" ; sinon, une clé n'a pas d'espace.",
            'If it goes on a text, put that whole text in straight quotes, "…"; otherwise, a key has no space.',
        ),
        "near": Sentence(
            "Clé « {text} » : le caractère « {odd} » ({point}) est refusé.",
            "Key “{text}”: the character “{odd}” ({point}) is refused.",
            "Vouliez-vous écrire « {near} » ?",
            "Did you mean “{near}”?",
        ),
        "other": Sentence(
            "Clé « {text} » : le caractère « {odd} » ({point}) est refusé.",
            "Key “{text}”: the character “{odd}” ({point}) is refused.",
            "Retapez la clé au clavier : une lettre de a à z, puis lettres sans accent, chiffres et « _ ».",
            "Type the key again: a letter from a to z, then plain letters, digits and “_”.",
        ),
    },
    "L118": {
        "second": Sentence(
            "Clé « {key} » en double (déjà ligne {line}).",
            "Key “{key}” stands twice (already at line {line}).",
            "Si une seconde politique commence ici, donnez-lui son propre fichier.",
            "If a second policy begins here, give it a file of its own.",
        ),
        "other": Sentence(
            "Clé « {key} » en double (déjà ligne {line}).", "Key “{key}” stands twice (already at line {line})."
        ),
    },
}
