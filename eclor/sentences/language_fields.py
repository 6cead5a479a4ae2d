"""Sentences of the language: datasets and columns (J), the matrix and treatments (M), fineness (P404, P405)."""

from typing import Final

from eclor.sentences.sentence import Sentence

SENTENCES: Final[dict[str, Sentence]] = {
    "J801": Sentence("{finding[fr]}", "{finding[en]}", "{cure[fr]}", "{cure[en]}"),
    "J802": Sentence(
        "La colonne « {column} » du catalogue n'est pas déclarée.",
        "The catalogue's column “{column}” is not declared.",
        "Ajoutez-la à « champs » ; « retirer » convient si elle ne sert pas.",
        "Add it to “champs”; “retirer” will do if it is of no use.",
    ),
    "J803": Sentence(
        "Le champ « {column} » n'est pas une colonne du catalogue.",
        "The field “{column}” is not a column of the catalogue.",
        "Ôtez-le, ou prenez une colonne du catalogue : {known}.",
        "Take it out, or take a column of the catalogue: {known}.",
    ),
    "J804": Sentence(
        "Le champ « {column} » est déclaré deux fois (déjà ligne {line}).",
        "The field “{column}” is declared twice (already at line {line}).",
        "Gardez une seule déclaration.",
        "Keep one declaration.",
    ),
    "J805": Sentence(
        "Une autre politique porte déjà sur « {dataset} » ({other}).",
        "Another policy is already about “{dataset}” ({other}).",
        "Gardez une seule politique par jeu.",
        "Keep one policy a dataset.",
    ),
    "J806": Sentence(
        "« {column} » est « {held} » au catalogue, et non « {asked} ».",
        "“{column}” is “{held}” in the catalogue, not “{asked}”.",
        "Écrivez « categorie: {held} » ; une politique ne change une catégorie que vers « categorie-particuliere ».",
        "Write “categorie: {held}”; a policy changes a category only to “categorie-particuliere”.",
    ),
    "J807": Sentence(
        "« {column} » n'est pas une colonne technique au catalogue.",
        "“{column}” is not a technical column in the catalogue.",
        "Choisissez un autre usage que « technique ».",
        "Choose another role than “technique”.",
    ),
    "J808": Sentence(
        "La table « zones/{table} » manque, et « {level} » la demande.",
        "The table “zones/{table}” is missing, and “{level}” wants it.",
        "Faites-la ajouter au dossier « zones », à côté de celui de la charte : sans elle, rien ne sera publié.",
        "Have it added to the folder “zones”, beside the charter's: without it nothing will be published.",
    ),
    "J809": Sentence(
        "« {dataset} » parle des mêmes unités, et « comparer_a » ne le nomme pas : les deux jeux se soustrairaient.",
        "“{dataset}” speaks of the same units, and “comparer_a” does not name it: the two could be subtracted.",
        "Ajoutez « {dataset} » à « comparer_a », dans les deux politiques, si les deux jeux paraissent.",
        "Add “{dataset}” to “comparer_a”, in both policies, if both datasets come out.",
    ),
    "J810": Sentence(
        "Le jeu « {dataset} » figure deux fois au catalogue.",
        "The dataset “{dataset}” stands twice in the catalogue.",
        "Gardez une seule entrée.",
        "Keep one entry.",
    ),
    "J811": Sentence(
        "La colonne « {column} » figure deux fois dans le jeu « {dataset} » du catalogue.",
        "The column “{column}” stands twice in the catalogue's dataset “{dataset}”.",
        "Gardez-la une seule fois.",
        "Keep it once.",
    ),
    "J812": Sentence(
        "Les groupes de « {column} » nomment ce que ses « modalites » au catalogue n'ont pas : {values}.",
        "The groups of “{column}” name what its “modalites” in the catalogue do not have: {values}.",
        "Reprenez les mots du catalogue, à la lettre près, ou faites-les y ajouter.",
        "Take the words of the catalogue, to the letter, or have them added there.",
    ),
    "J813": Sentence(
        "Aucun groupe de « {column} » ne prend : {values}.",
        "No group of “{column}” takes: {values}.",
        "Ajoutez chaque valeur à un groupe : une livraison qui la porte serait refusée.",
        "Add each value to a group: a delivery that holds it would be refused.",
    ),
    "J814": Sentence(
        "« comparer_a » nomme « {dataset} », qui compte autre chose ({held}) que cette politique ({counted}).",
        "“comparer_a” names “{dataset}”, which counts something else ({held}) than this policy ({counted}).",
        "Donnez aux deux une même unité dans « comptages », ou la même catégorie au catalogue : sinon rien ne sera publié.",
        "Give both one same unit in “comptages”, or the same category in the catalogue: else nothing will be published.",
    ),
    "M301": Sentence("{finding[fr]}", "{finding[en]}", "{cure[fr]}", "{cure[en]}"),
    "M302": Sentence(
        "« {operation} » interdit pour un champ « {category} » ({column}).",
        "“{operation}” is forbidden for a field “{category}” ({column}).",
        "Admis : retirer.",
        "Admitted: retirer.",
    ),
    "M303": Sentence(
        "« {column} » n'est pas collectée, et son traitement est « {operation} ».",
        "“{column}” is not collected, and its treatment is “{operation}”.",
        "Écrivez « retirer », ou « collecte: oui ».",
        "Write “retirer”, or “collecte: oui”.",
    ),
    "M304": Sentence(
        "« {operation} » demande un paramètre ({column}).",
        "“{operation}” wants a parameter ({column}).",
        "Ajoutez-le au traitement, par exemple « {example} ».",
        "Add it to the treatment, for instance “{example}”.",
    ),
    "M305": Sentence(
        "« {parameter} » n'est pas un paramètre de « {operation} » ({column}).",
        "“{parameter}” is not a parameter of “{operation}” ({column}).",
        "Supprimez-le.",
        "Delete it.",
    ),
    "M306": Sentence(
        "« {operation} » a deux paramètres qui s'excluent : {given} ({column}).",
        "“{operation}” has two parameters that rule each other out: {given} ({column}).",
        "Gardez-en un seul.",
        "Keep one.",
    ),
    "M307": Sentence(
        "« {given} » ne convient pas à un champ « {category} » ({column}).",
        "“{given}” does not suit a field “{category}” ({column}).",
        "Admis : {admitted}.",
        "Admitted: {admitted}.",
    ),
    "M308": Sentence(
        "« {column} » mêle IRIS et carreaux.",
        "“{column}” mixes IRIS and grid squares.",
        "Gardez l'un ou l'autre : leurs contours se croisent.",
        "Keep one of them: their outlines cross.",
    ),
    "M309": Sentence(
        "Les niveaux de « {column} » ne vont pas du plus fin au plus grossier.",
        "The levels of “{column}” do not go from the finest to the coarsest.",
        "Écrivez-les dans l'ordre : {order}.",
        "Write them in order: {order}.",
    ),
    "M310": Sentence(
        "« {column} » est de type « {type} », et « {given} » en demande un autre.",
        "“{column}” is of type “{type}”, and “{given}” wants another.",
        "Types admis : {admitted}. Corrigez « type », ou prenez un autre traitement.",
        "Types admitted: {admitted}. Correct “type”, or take another treatment.",
    ),
    "M311": Sentence(
        "Les bornes des tranches de « {column} » ne croissent pas.",
        "The bounds of the bins of “{column}” do not increase.",
        "Écrivez-les de la plus petite à la plus grande.",
        "Write them from the smallest to the greatest.",
    ),
    "M312": Sentence(
        "« {value} » figure dans deux groupes de « {column} ».",
        "“{value}” stands in two groups of “{column}”.",
        "Chaque valeur appartient à un seul groupe, et chaque groupe a son nom.",
        "Each value belongs to one group, and each group has its name.",
    ),
    "M313": Sentence(
        "« {column} » est une géométrie, et n'est pas technique.",
        "“{column}” is a geometry, and is not technical.",
        "Retirez-la, ou déclarez une position.",
        "Drop it, or declare a position.",
    ),
    "M314": Sentence(
        "« {value} » ne peut pas nommer un groupe de « {column} » : un tableau l'écrit déjà à la place d'une dimension.",
        "“{value}” cannot name a group of “{column}”: a table already writes it in place of a dimension.",
        "Choisissez un autre nom : « ensemble » dit un total, « inconnu » une valeur absente.",
        "Choose another name: “ensemble” says a total, “inconnu” a missing value.",
    ),
    "P404": Sentence("{finding[fr]}", "{finding[en]}", "{cure[fr]}", "{cure[en]}"),
    "P405": Sentence(
        "« {asked} » est plus fin que le socle ne le permet en présence de mineurs ({column}).",
        "“{asked}” is finer than the charter allows where minors are present ({column}).",
        "Au plus fin : {floor}.",
        "At finest: {floor}.",
    ),
}
