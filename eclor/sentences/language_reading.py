"""Sentences of the language: reading (L), shape (S), and the charter that a policy names (P401)."""

from typing import Final

from eclor.sentences.sentence import Sentence

SENTENCES: Final[dict[str, Sentence]] = {
    "L100": Sentence("{finding[fr]}", "{finding[en]}", "{cure[fr]}", "{cure[en]}"),
    "L101": Sentence(
        "Le fichier dépasse {most} octets.",
        "The file is larger than {most} bytes.",
        "Raccourcissez les descriptions et les commentaires.",
        "Shorten descriptions and comments.",
    ),
    "L102": Sentence(
        "Le fichier commence par une marque d'ordre des octets (BOM).",
        "The file begins with a byte order mark (BOM).",
        "Enregistrez-le en « UTF-8 » et non en « UTF-8 avec BOM ».",
        "Save it as “UTF-8”, not as “UTF-8 with BOM”.",
    ),
    "L103": Sentence("{finding[fr]}", "{finding[en]}", "{cure[fr]}", "{cure[en]}"),
    "L104": Sentence("{finding[fr]}", "{finding[en]}", "{cure[fr]}", "{cure[en]}"),
    "L105": Sentence(
        "Ce texte n'est pas sous la forme Unicode NFC.",
        "This text is not in Unicode form NFC.",
        "Retapez la lettre accentuée au clavier.",
        "Type the accented letter again.",
    ),
    "L106": Sentence(
        "Une directive « % » est refusée.",
        "A “%” directive is refused.",
        "Supprimez la ligne.",
        "Delete the line.",
    ),
    "L107": Sentence(
        "Ancre « & », renvoi « * » ou fusion « << » refusé.",
        "Anchor “&”, alias “*” or merge “<<” is refused.",
        "Écrivez le contenu en toutes lettres à chaque endroit ; un texte qui commence ainsi se met entre guillemets.",
        "Write the content out at each place; quote a text that begins so.",
    ),
    "L108": Sentence(
        "Étiquette « ! » refusée.",
        "Tag “!” is refused.",
        "Supprimez-la ; un texte qui commence ainsi se met entre guillemets.",
        "Delete it; quote a text that begins so.",
    ),
    "L109": Sentence(
        "Un second document commence ici.",
        "A second document begins here.",
        "Gardez un seul document par fichier.",
        "Keep one document a file.",
    ),
    "L110": Sentence(
        "Plus de {most} niveaux d'emboîtement.",
        "More than {most} levels deep.",
        "Aplatissez cette partie : le langage n'en demande jamais autant.",
        "Flatten this part: the language never needs as many.",
    ),
    "L111": Sentence(
        "Plus de {most} éléments dans le fichier.",
        "More than {most} nodes in the file.",
        "Réduisez les listes.",
        "Shorten the lists.",
    ),
    "L112": Sentence(
        "Texte de plus de {most} caractères.",
        "Text of more than {most} characters.",
        "Raccourcissez-le.",
        "Shorten it.",
    ),
    "L113": Sentence(
        "Rien n'est écrit ici : la valeur, ou le fichier, est vide.",
        "Nothing is written here: the value, or the file, is empty.",
        "Écrivez une valeur ou supprimez la clé.",
        "Write a value or delete the key.",
    ),
    "L114": Sentence("{finding[fr]}", "{finding[en]}", "{cure[fr]}", "{cure[en]}"),
    "L115": Sentence(
        "« {text} » ressemble à un nombre et n'est pas un entier décimal.",
        "“{text}” looks like a number and is not a decimal integer.",
        "Écrivez un entier sans zéro devant ni virgule, quitte à changer d'unité ; un texte se met entre guillemets.",
        "Write an integer with no leading zero nor decimals, in a smaller unit if need be; quote a text.",
    ),
    "L116": Sentence("{finding[fr]}", "{finding[en]}", "{cure[fr]}", "{cure[en]}"),
    "L117": Sentence("{finding[fr]}", "{finding[en]}", "{cure[fr]}", "{cure[en]}"),
    "L118": Sentence("{finding[fr]}", "{finding[en]}", "{cure[fr]}", "{cure[en]}"),
    "S202": Sentence("{finding[fr]}", "{finding[en]}", "{cure[fr]}", "{cure[en]}"),
    "P401": Sentence(
        "La politique vise « {asked} », et le socle en vigueur est « {held} ».",
        "The policy names “{asked}”, and the charter in force is “{held}”.",
        "Relisez la politique avec le socle en vigueur, puis écrivez « {held} ».",
        "Review the policy with the charter in force, then write “{held}”.",
    ),
}
