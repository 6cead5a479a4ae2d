"""What is said of a table that a source sends: its header, its lines, its cells and their letters."""

from typing import Final

from eclor.sentences.sentence import Sentence

SENTENCES: Final[dict[str, Sentence]] = {
    "payload.delimiter-unknown": Sentence(
        fr="L'option « delimiteur » n'est pas un seul caractère.",
        en="The option “delimiteur” is not one character.",
        cure_fr="Écrivez « , », « ; », « | » ou « tabulation ».",
        cure_en="Write “,”, “;”, “|” or “tabulation”.",
    ),
    "payload.delimiter-unsure": Sentence(
        fr="L'en-tête ne dit pas quel est le délimiteur.",
        en="The header does not say which the delimiter is.",
        cure_fr="Déclarez l'option « delimiteur » de la source.",
        cure_en="Declare the option “delimiteur” of the source.",
    ),
    "payload.column-twice": Sentence(
        fr="L'en-tête nomme deux fois la même colonne ({columns}).",
        en="The header names a column twice ({columns}).",
        cure_fr="Demandez à la source de renommer l'une des deux.",
        cure_en="Ask the source to rename one of the two.",
    ),
    "payload.column-unnamed": Sentence(
        fr="La colonne {column} de l'en-tête n'a pas de nom.",
        en="Column {column} of the header has no name.",
        cure_fr="Demandez à la source de la nommer.",
        cure_en="Ask the source to name it.",
    ),
    "payload.columns-unnamed-last": Sentence(
        fr="Les dernières colonnes de l'en-tête ({columns}) n'ont pas de nom : vides, elles sont ignorées.",
        en="The last columns of the header ({columns}) have no name: being empty, they are ignored.",
        cure_fr="Nommez-les à la source si elles servent.",
        cure_en="Name them at the source if they are of use.",
    ),
    "payload.quote-unclosed": Sentence(
        fr="Un guillemet n'est jamais refermé.",
        en="A quote is never closed.",
        cure_fr="Redemandez la livraison : elle a été coupée, ou un guillemet n'est pas doublé.",
        cure_en="Ask for the payload again: it was cut short, or a quote is not doubled.",
    ),
    "payload.quotes": Sentence(
        fr="Les guillemets ou les fins de ligne ne suivent pas la règle du CSV.",
        en="The quotes or the line ends do not follow the rule of CSV.",
        cure_fr="Doublez les guillemets à l'intérieur d'une cellule ; vérifiez le délimiteur.",
        cure_en="Double the quotes inside a cell; check the delimiter.",
    ),
    "payload.cut-short": Sentence(
        fr="La dernière ligne est incomplète.",
        en="The last line is incomplete.",
        cure_fr="Redemandez la livraison : elle a été coupée.",
        cure_en="Ask for the payload again: it was cut short.",
    ),
    "payload.header-title": Sentence(
        fr="L'en-tête a une seule colonne, et les lignes semblent en avoir davantage.",
        en="The header has one column alone, and the lines seem to have more.",
        cure_fr="Si c'est un titre, déclarez l'option « entete », le numéro de la ligne des noms de colonnes ; sinon « delimiteur ».",
        cure_en="If it is a title, declare the option “entete”, the number of the line with the columns' names; else “delimiteur”.",
    ),
    "payload.cells": Sentence(
        fr="La ligne a {found} cellules au lieu de {expected}.",
        en="The line has {found} cells instead of {expected}.",
        cure_fr="Ôtez un titre au-dessus des noms de colonnes, ou mettez entre guillemets droits le texte qui contient le séparateur.",
        cure_en="Take away a title above the columns' names, or put the text that holds the delimiter between straight quotes.",
    ),
    "payload.cells-padded": Sentence(
        fr="Des lignes omettent leurs dernières cellules : elles sont lues comme vides.",
        en="Lines leave out their last cells: they are read as empty.",
    ),
    "payload.blank-lines": Sentence(
        fr="Il y a des lignes vides entre les enregistrements.",
        en="There are blank lines between the records.",
    ),
    "payload.header-repeated": Sentence(
        fr="L'en-tête est répété plus bas, où il compte comme une ligne.",
        en="The header is said again further down, where it counts as a row.",
        cure_fr="Faites retirer cette ligne par la source.",
        cure_en="Have the source take that line away.",
    ),
    "payload.damaged-letters": Sentence(
        fr="Des lettres ont été perdues avant la livraison, à partir de cette ligne ({lines} en tout).",
        en="Letters were lost before the delivery, from this line on ({lines} in all).",
        cure_fr="Demandez un export en UTF-8 : ce qui est perdu ne se rétablit pas ici.",
        cure_en="Ask for an export in UTF-8: what is lost cannot be restored here.",
    ),
    "payload.encoded-twice": Sentence(
        fr="Des accents semblent encodés deux fois, à partir de cette ligne ({lines} en tout).",
        en="Accents seem to be encoded twice, from this line on ({lines} in all).",
        cure_fr="Demandez un export en UTF-8, encodé une seule fois.",
        cure_en="Ask for an export in UTF-8, encoded once.",
    ),
    "payload.no-final-line-end": Sentence(
        fr="La dernière ligne n'a pas de fin : sa dernière cellule peut être coupée.",
        en="The last line has no end: its last cell may be cut short.",
        cure_fr="Vérifiez avec la source que la livraison est entière ; une ligne se termine par un retour à la ligne.",
        cure_en="Check with the source that the delivery is whole; a line ends with a line end.",
    ),
    "payload.cells-empty": Sentence(
        fr="Des lignes n'ont de valeur dans aucune cellule : elles comptent comme des lignes.",
        en="Lines have a value in no cell: they count as rows.",
        cure_fr="Supprimez les lignes vides à la source : un tableur en exporte souvent sous la dernière.",
        cure_en="Remove the empty lines at the source: a spreadsheet often exports some below the last one.",
    ),
    "payload.sheet-title": Sentence(
        fr="L'en-tête de la feuille a une seule colonne, et les lignes en ont davantage.",
        en="The header of the sheet has one column alone, and the lines have more.",
        cure_fr="C'est sans doute un titre : déclarez l'option « entete », le numéro de la ligne des noms de colonnes.",
        cure_en="It may well be a title: declare the option “entete”, the number of the line with the columns' names.",
    ),
}
