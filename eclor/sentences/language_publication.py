"""The wordings of the publication and its guarantees (G) that have several causes."""

from typing import Final

from eclor.sentences.sentence import Sentence

VARIANTS: Final[dict[str, dict[str, Sentence]]] = {
    "G509": {
        "column": Sentence(
            "Le registre dit « donnees_personnelles: non », et la source a la colonne « {column} » ({category}).",
            "The register says no personal data, and the source has the column “{column}” ({category}).",
            "Écrivez « donnees_personnelles: oui » et les catégories de personnes.",
            "Write “donnees_personnelles: oui” and the categories of people.",
        ),
        "nobody": Sentence(
            "Le registre dit « donnees_personnelles: oui », et ne nomme aucune catégorie de personnes.",
            "The register says personal data, and names no category of people.",
            "Complétez « categories_personnes ».",
            "Complete “categories_personnes”.",
        ),
        "somebody": Sentence(
            "Le registre dit « donnees_personnelles: non », et nomme des catégories de personnes.",
            "The register says no personal data, and names categories of people.",
            "Écrivez « donnees_personnelles: oui », ou « categories_personnes: [] ».",
            "Write “donnees_personnelles: oui”, or “categories_personnes: []”.",
        ),
    },
    "G502": {
        "near": Sentence(
            "« {column} » n'est pas dans « champs ».",
            "“{column}” is not in “champs”.",
            "Vouliez-vous écrire « {near} » ?",
            "Did you mean “{near}”?",
        ),
        "absent": Sentence(
            "« {column} » n'est pas dans « champs ».",
            "“{column}” is not in “champs”.",
            "Prenez une colonne gardée ({kept}), ou ôtez-la d'ici.",
            "Take a column that is kept ({kept}), or take it out of here.",
        ),
        "dropped": Sentence(
            "« {column} » est traitée par « retirer » : elle n'est jamais lue, et rien n'en paraît.",
            "“{column}” is treated by “retirer”: it is never read, and nothing of it comes out.",
            "Donnez-lui un autre traitement, ou ôtez-la d'ici.",
            "Give it another treatment, or take it out of here.",
        ),
    },
    "G501": {
        "source": Sentence(
            "« forme: lignes » interdit : « {column} » ({category}, {role}) parle de quelqu'un.",
            "“forme: lignes” is forbidden: “{column}” ({category}, {role}) speaks of someone.",
            "Publiez un tableau, dont chaque cellule compte des unités ; ou faites ôter la colonne de la source et du catalogue.",
            "Publish a table, whose cells count units; or have the column taken out of the source and the catalogue.",
        ),
        "kept": Sentence(
            "« forme: lignes » interdit : « {column} » ({category}, {role}) sortirait sans être technique.",
            "“forme: lignes” is forbidden: “{column}” ({category}, {role}) would leave without being technical.",
            "Retirez-la (« operation: retirer »), ou publiez un tableau.",
            "Drop it (“operation: retirer”), or publish a table.",
        ),
    },
    "G504": {
        "rows": Sentence(
            "L'indicateur « {measure} » ({statistic}) compte des lignes, et nomme un champ.",
            "The measure “{measure}” ({statistic}) counts rows, and names a field.",
            "Supprimez « champ ».",
            "Delete “champ”.",
        ),
        "distinct": Sentence(
            "L'indicateur « {measure} » ({statistic}) ne nomme pas une colonne qui compte.",
            "The measure “{measure}” ({statistic}) names no column that counts.",
            "Son « champ » est une colonne traitée par {admitted} (ici : {fit}).",
            "Its “champ” is a column treated by {admitted} (here: {fit}).",
        ),
        "measure": Sentence(
            "L'indicateur « {measure} » ({statistic}) ne nomme pas une mesure qui s'additionne.",
            "The measure “{measure}” ({statistic}) names no measure that adds up.",
            "Son « champ » est une colonne de catégorie « mesure », traitée par {admitted} (ici : {fit}).",
            "Its “champ” is a column of category “mesure”, treated by {admitted} (here: {fit}).",
        ),
    },
    "G508": {
        "twice": Sentence(
            "L'unité « {unit} » a deux entrées dans « comptages ».",
            "The unit “{unit}” has two entries in “comptages”.",
            "Gardez-en une, avec toutes ses colonnes.",
            "Keep one, with all its columns.",
        ),
        "stranger": Sentence(
            "« {column} » ne compte pas des unités « {unit} ».",
            "“{column}” does not count units “{unit}”.",
            "Nommez une colonne de catégorie « {unit} », traitée par pseudonymiser ou comptage.",
            "Name a column of category “{unit}”, treated by pseudonymiser or comptage.",
        ),
        "another-unit": Sentence(
            "« {column} » ne compte pas des unités « {unit} » : sa catégorie est « {category} ».",
            "“{column}” does not count units “{unit}”: its category is “{category}”.",
            "Écrivez « unite: {category} », ou nommez une colonne de catégorie « {unit} ».",
            "Write “unite: {category}”, or name a column of category “{unit}”.",
        ),
        "uncounted": Sentence(
            "« {column} » est traitée par « {operation} », et aucun effectif ne la compte.",
            "“{column}” is treated by “{operation}”, and no entry counts it.",
            "Ajoutez-la aux « champs » de l'unité « {unit} », dans « comptages » ; si elle ne sert pas à compter, écrivez « retirer ».",
            "Add it to the “champs” of the unit “{unit}”, in “comptages”; if it does not serve to count, write “retirer”.",
        ),
        "no-unit": Sentence(
            "« {column} » est traitée par « {operation} », qui compte des unités, et « {unit} » n'en est pas une.",
            "“{column}” is treated by “{operation}”, which counts units, and “{unit}” is none.",
            "Prenez un autre traitement : ne se comptent que personne, foyer, entreprise, appareil, point-de-livraison et trajet.",
            "Take another treatment: only personne, foyer, entreprise, appareil, point-de-livraison and trajet are counted.",
        ),
        "nobody": Sentence(
            "La source parle de quelqu'un (« {column} », {unit}), et rien n'est compté.",
            "The source speaks of somebody (“{column}”, {unit}), and nothing is counted.",
            "Traitez une colonne qui désigne une unité par pseudonymiser ou comptage, et ajoutez son entrée à « comptages ».",
            "Treat a column that names a unit by pseudonymiser or comptage, and add its entry to “comptages”.",
        ),
    },
    "G513": {
        "unheld": Sentence(
            "« {column} » est une dimension sensible, et la diversité ne porte pas sur elle.",
            "“{column}” is a sensitive dimension, and diversity is not about it.",
            "Écrivez « diversite: {{active: oui, champ: {column}, …}} ».",
            "Write “diversite: {{active: oui, champ: {column}, …}}”.",
        ),
        "where-or-when": Sentence(
            "« {column} » ({category}) est une dimension d'usage « sensible », et la diversité ne porte pas sur elle.",
            "“{column}” ({category}) is a dimension of role “sensible”, and diversity is not about it.",
            "Écrivez « usage: quasi-identifiant » : c'est l'usage d'un lieu ou d'un temps qu'on publie.",
            "Write “usage: quasi-identifiant”: it is the role of a place or a time that is published.",
        ),
        "several": Sentence(
            "Les dimensions {columns} sont sensibles, et un tableau n'en admet qu'une, que la diversité juge.",
            "The dimensions {columns} are sensitive, and a table admits one, which diversity judges.",
            "N'en gardez qu'une dans « dimensions », et nommez-la à « champ » ; un autre jeu peut montrer l'autre.",
            "Keep one in “dimensions”, and name it in “champ”; another dataset may show the other.",
        ),
        "no-dimension": Sentence(
            "La diversité porte sur « {column} », qui n'est pas une dimension du tableau.",
            "Diversity is about “{column}”, which is no dimension of the table.",
            "Donnez à « champ » une des dimensions : {dimensions}.",
            "Give “champ” one of the dimensions: {dimensions}.",
        ),
    },
    "G514": {
        "itself": Sentence(
            "« comparer_a » ne nomme pas « {dataset} », le jeu lui-même.",
            "“comparer_a” does not name “{dataset}”, the dataset itself.",
            "Ajoutez-le : une version se compare d'abord aux précédentes.",
            "Add it: a version is first compared with the ones before.",
        ),
        "stranger": Sentence(
            "« comparer_a » nomme « {dataset} », qui ne peut pas se comparer à ce jeu.",
            "“comparer_a” names “{dataset}”, which cannot be compared with this dataset.",
            "Ôtez-le : seuls se comparent des jeux de même source ou de même registre d'unités au catalogue.",
            "Remove it: only datasets of the same source or unit register in the catalogue compare.",
        ),
    },
    "G515": {
        "rows": Sentence(
            "« {column} » a plusieurs niveaux, et des lignes n'ont pas d'échelle.",
            "“{column}” has several levels, and rows have no ladder.",
            "Gardez un seul niveau.",
            "Keep one level.",
        ),
        "absent": Sentence(
            "« {column} » a plusieurs niveaux, et rien ne dit lequel prendre.",
            "“{column}” has several levels, and nothing says which to take.",
            "Ajoutez « echelle », ses pas du plus fin au plus grossier, et « perte_max_pourcent ».",
            "Add “echelle”, its steps from the finest to the coarsest, and “perte_max_pourcent”.",
        ),
        "loss": Sentence(
            "L'échelle est écrite sans « perte_max_pourcent ».",
            "The ladder is written without “perte_max_pourcent”.",
            "Ajoutez-la : la perte au-delà de laquelle on passe au pas suivant.",
            "Add it: the loss beyond which the next step is taken.",
        ),
        "stranger": Sentence(
            "Le pas {step} de l'échelle nomme « {column} », qui n'est pas une dimension à niveaux.",
            "Step {step} of the ladder names “{column}”, which is no dimension with levels.",
            "Nommez une dimension traitée par « generaliser » avec des « niveaux ».",
            "Name a dimension treated by “generaliser” with “niveaux”.",
        ),
        "level": Sentence(
            "Le pas {step} de l'échelle prend « {level} », que « {column} » ne déclare pas.",
            "Step {step} of the ladder takes “{level}”, which “{column}” does not declare.",
            "Ses niveaux : {admitted}. Ôtez ce pas, ou ajoutez ce niveau à la colonne.",
            "Its levels: {admitted}. Remove this step, or add the level to the column.",
        ),
        "twice": Sentence(
            "Le pas {step} de l'échelle nomme deux fois « {column} ».",
            "Step {step} of the ladder names “{column}” twice.",
            "Nommez-la une seule fois par pas.",
            "Name it once a step.",
        ),
        "forgotten": Sentence(
            "Le pas {step} de l'échelle ne dit pas le niveau de « {column} ».",
            "Step {step} of the ladder does not say the level of “{column}”.",
            "Chaque pas nomme chaque dimension à plusieurs niveaux.",
            "Each step names each dimension of several levels.",
        ),
        "order": Sentence(
            "Le pas {step} de l'échelle n'est pas plus grossier que le précédent (« {column} »).",
            "Step {step} of the ladder is not coarser than the one before (“{column}”).",
            "D'un pas au suivant, une dimension au moins monte, et aucune ne redescend.",
            "From a step to the next, at least one dimension rises, and none goes down.",
        ),
    },
    "G516": {
        "table": Sentence(
            "Un tableau ne paraît pas à la périodicité « {frequency} ».",
            "A table does not come out at the frequency “{frequency}”.",
            "Écrivez une période du calendrier : jour, semaine, mois, trimestre ou annee.",
            "Write a period of the calendar: jour, semaine, mois, trimestre or annee.",
        ),
        "reviewed": Sentence(
            "« {column} » est relue par la déléguée, ce que la périodicité « {frequency} » n'attend pas.",
            "“{column}” is read by the DPO, which the frequency “{frequency}” does not wait for.",
            "Écrivez une période du calendrier : jour, semaine, mois, trimestre ou annee.",
            "Write a period of the calendar: jour, semaine, mois, trimestre or annee.",
        ),
        "second-time": Sentence(
            "« {column} » est une seconde dimension de temps.",
            "“{column}” is a second dimension of time.",
            "Gardez-en une : c'est elle qui dit la période d'une cellule.",
            "Keep one: it tells the period of a cell.",
        ),
        "long": Sentence(
            "Le niveau « {level} » ({column}) est plus long que la périodicité « {frequency} ».",
            "The level “{level}” ({column}) is longer than the frequency “{frequency}”.",
            "Ôtez ce niveau, ou allongez « periodicite ».",
            "Remove that level, or lengthen “periodicite”.",
        ),
    },
}
