"""Sentences of the schema gate: what is wrong, in which row and column, why, and what to do. Never what a cell holds."""

from typing import Final

from eclor.sentences.sentence import Sentence

_NOTHING_FR: Final = "Rien n'est publié ; la version précédente reste servie."
_NOTHING_EN: Final = "Nothing is published; the former version is still served."
_SOURCE_OR_CONSTRAINTS_FR: Final = "Corrigez la source, ou « contraintes » dans la déclaration du jeu."
_SOURCE_OR_CONSTRAINTS_EN: Final = "Correct the source, or “contraintes” in the dataset's declaration."
_QUOTES_FR: Final = "Vérifiez les séparateurs et les guillemets de cette ligne."
_QUOTES_EN: Final = "Check the separators and quotes of this row."
_SOFTWARE_FR: Final = "C'est une faute du logiciel : signalez-la."
_SOFTWARE_EN: Final = "This is a fault of the software: report it."


def _cell(
    fr: str, en: str, *, cure_fr: str = _SOURCE_OR_CONSTRAINTS_FR, cure_en: str = _SOURCE_OR_CONSTRAINTS_EN
) -> Sentence:
    return _whole(
        f"Colonne « {{column}} », ligne {{row}} : {fr}.",
        f"Column “{{column}}”, row {{row}}: {en}.",
        cure_fr=cure_fr,
        cure_en=cure_en,
    )


def _whole(fr: str, en: str, *, cure_fr: str = _SOFTWARE_FR, cure_en: str = _SOFTWARE_EN) -> Sentence:
    return Sentence(fr=fr, en=en, cure_fr=f"{cure_fr} {_NOTHING_FR}", cure_en=f"{cure_en} {_NOTHING_EN}")


def _header(fr: str, en: str) -> Sentence:
    return _whole(
        f"En-tête : {fr}.",
        f"Header: {en}.",
        cure_fr="Donnez aux colonnes les noms du schéma, chacun une fois, dans le même ordre.",
        cure_en="Give the columns the names of the schema, each once, in the same order.",
    )


SENTENCES: Final[dict[str, Sentence]] = {
    "gates.schema-type": _cell(
        "la valeur n'a pas le type annoncé",
        "the value has not the type that is promised",
        cure_fr="Corrigez la source, ou le type de la colonne dans la politique.",
        cure_en="Correct the source, or the column's type in the policy.",
    ),
    "gates.schema-constraint": _cell(
        "la valeur ne respecte pas la contrainte « {rule} » déclarée",
        "the value does not meet the declared constraint “{rule}”",
    ),
    "gates.schema-required": _cell(
        "la cellule est vide alors que la colonne est déclarée obligatoire",
        "the cell is empty although the column is declared required",
        cure_fr="Faites remplir la cellule par la source, ou retirez « obligatoire » de la déclaration du jeu.",
        cure_en="Have the source fill the cell, or remove “obligatoire” from the dataset's declaration.",
    ),
    "gates.schema-place": _cell(
        "aucune géométrie lisible, alors que la colonne est déclarée obligatoire",
        "no geometry that can be read, although the column is declared required",
        cure_fr="Faites corriger la ligne par la source : sa géométrie manque, ou elle est abîmée, ouverte, croisée ou hors du globe.",
        cure_en="Have the source correct the row: its geometry is missing, or damaged, not closed, crossing itself or off the globe.",
    ),
    "gates.schema-bound": _cell(
        "la valeur sort des bornes déclarées (« {rule} »)",
        "the value is out of the declared bounds (“{rule}”)",
        cure_fr="Vérifiez à la source l'unité et la mesure, et que ce n'est pas le numéro de quelqu'un ; sinon, corrigez la "
        "borne dans la déclaration du jeu.",
        cure_en="Check at the source the unit and the measure, and that it is nobody's number; else correct the bound in "
        "the dataset's declaration.",
    ),
    "gates.schema-enum": _cell(
        "la valeur n'est pas dans la liste déclarée",
        "the value is not in the declared list",
        cure_fr="Faites corriger le code par la source ; s'il ne désigne personne, vous pouvez aussi l'ajouter à « valeurs » "
        "dans la déclaration du jeu.",
        cure_en="Have the source correct the code; if it names nobody, you may also add it to “valeurs” in the dataset's "
        "declaration.",
    ),
    "gates.schema-pattern": _cell(
        "la valeur n'a pas la forme déclarée",
        "the value has not the declared form",
        cure_fr="Faites corriger la valeur par la source, ou « motif » dans la déclaration du jeu.",
        cure_en="Have the source correct the value, or correct “motif” in the dataset's declaration.",
    ),
    "gates.schema-length": _cell(
        "le texte est trop court ou trop long (« {rule} »)",
        "the text is too short or too long (“{rule}”)",
    ),
    "gates.schema-unique": _cell(
        "la valeur est déjà sur une autre ligne alors que la colonne est déclarée unique",
        "the value stands in another row although the column is declared unique",
    ),
    "gates.schema-masked": _cell(
        "la ligne est masquée et la mesure n'est pas vide",
        "the row is masked and the measure is not empty",
        cure_fr=_SOFTWARE_FR,
        cure_en=_SOFTWARE_EN,
    ),
    "gates.schema-empty-measure": _cell(
        "la ligne est publiée et la mesure obligatoire est vide",
        "the row is published and the required measure is empty",
        cure_fr="Corrigez la source, ou « obligatoire » dans la déclaration du jeu.",
        cure_en="Correct the source, or “obligatoire” in the dataset's declaration.",
    ),
    "gates.schema-key": _whole(
        "Ligne {row} : la clé déclarée est vide, ou déjà celle d'une autre ligne.",
        "Row {row}: the declared key is empty, or is that of another row already.",
        cure_fr="Corrigez la source, ou « cle » dans la déclaration du jeu.",
        cure_en="Correct the source, or “cle” in the dataset's declaration.",
    ),
    "gates.schema-foreign-key": _whole(
        "Ligne {row} : la ligne renvoie à une valeur qui n'existe pas dans la table de référence.",
        "Row {row}: the row refers to a value that the table of reference has not.",
        cure_fr="Corrigez la source, ou complétez la table de référence.",
        cure_en="Correct the source, or complete the table of reference.",
    ),
    "gates.schema-blank-row": _whole(
        "Ligne {row} : toutes les cellules sont vides.",
        "Row {row}: all cells are empty.",
        cure_fr="Faites retirer cette ligne par la source.",
        cure_en="Have the source remove this row.",
    ),
    "gates.schema-extra-cell": _whole(
        "Ligne {row} : la ligne a plus de cellules que l'en-tête.",
        "Row {row}: the row has more cells than the header.",
        cure_fr=_QUOTES_FR,
        cure_en=_QUOTES_EN,
    ),
    "gates.schema-missing-cell": _whole(
        "Ligne {row} : il manque la cellule de la colonne « {column} ».",
        "Row {row}: the cell of the column “{column}” is missing.",
        cure_fr=_QUOTES_FR,
        cure_en=_QUOTES_EN,
    ),
    "gates.schema-missing-label": _header("la colonne « {column} » manque", "the column “{column}” is missing"),
    "gates.schema-extra-label": _header(
        "la colonne « {column} » n'est pas du schéma", "the column “{column}” is none of the schema's"
    ),
    "gates.schema-incorrect-label": _header(
        "une autre colonne est à la place de « {column} »", "another column is in the place of “{column}”"
    ),
    "gates.schema-duplicate-label": _header(
        "le nom à la place de « {column} » y est déjà", "the name in the place of “{column}” is there already"
    ),
    "gates.schema-blank-label": _header(
        "la colonne à la place de « {column} » n'a pas de nom", "the column in the place of “{column}” has no name"
    ),
    "gates.schema-blank-header": _header("il est vide", "it is empty"),
    "gates.schema-descriptor": _whole(
        "Le schéma lui-même n'est pas un Table Schema que frictionless accepte ({kind}).",
        "The schema itself is not a Table Schema that frictionless takes ({kind}).",
        cure_fr="Corrigez « contraintes » dans la déclaration du jeu, ou le schéma de référence.",
        cure_en="Correct “contraintes” in the dataset's declaration, or the schema of reference.",
    ),
    "gates.schema-file": _whole(
        "Le fichier ne se lit pas comme un CSV en UTF-8 ({kind}).",
        "The file cannot be read as CSV in UTF-8 ({kind}).",
        cure_fr="Enregistrez-le en CSV, encodage UTF-8, avec une ligne d'en-tête.",
        cure_en="Save it as CSV, in UTF-8, with a header.",
    ),
    "gates.schema-reference": _cell(
        "la valeur ne suit pas le schéma de référence {reference} ({rule})",
        "the value does not follow the schema of reference {reference} ({rule})",
        cure_fr="Faites corriger la valeur par la source, ou retirez « conforme_a » et le fichier du schéma.",
        cure_en="Have the source correct the value, or remove “conforme_a” and the file of the schema.",
    ),
    "gates.schema-rows": _whole(
        "Le fichier a {rows} lignes alors que la publication en annonce {promised}.",
        "The file has {rows} rows although the release promises {promised}.",
    ),
    "gates.schema-other": _whole(
        "Ligne {row} : le fichier ne suit pas son schéma ({kind}).",
        "Row {row}: the file does not follow its schema ({kind}).",
        cure_fr="Comparez la déclaration du jeu avec ce que la source envoie.",
        cure_en="Compare the dataset's declaration with what the source sends.",
    ),
}
