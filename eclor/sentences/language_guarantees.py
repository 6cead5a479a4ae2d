"""Sentences of the language: publication and guarantees (G), and what may only be harder than the charter (P)."""

from typing import Final

from eclor.sentences.sentence import Sentence

SENTENCES: Final[dict[str, Sentence]] = {
    "G501": Sentence("{finding[fr]}", "{finding[en]}", "{cure[fr]}", "{cure[en]}"),
    "G502": Sentence("{finding[fr]}", "{finding[en]}", "{cure[fr]}", "{cure[en]}"),
    "G503": Sentence(
        "« {column} » est traitée par « {operation} » : sa valeur ne sort jamais.",
        "“{column}” is treated by “{operation}”: its value never leaves.",
        "Ôtez-la d'ici ; elle sert à compter.",
        "Take it out of here; it serves to count.",
    ),
    "G504": Sentence("{finding[fr]}", "{finding[en]}", "{cure[fr]}", "{cure[en]}"),
    "G505": Sentence(
        "« {column} », traitée par « {operation} », ne peut pas figurer dans « {block} ».",
        "“{column}”, treated by “{operation}”, cannot stand in “{block}”.",
        "Traitements admis ici : {admitted}.",
        "Treatments admitted here: {admitted}.",
    ),
    "G506": Sentence(
        "Le total « par: [{by}] » n'est pas une marge de ce tableau.",
        "The total “par: [{by}]” is not a margin of this table.",
        "Une marge garde une partie des dimensions ({dimensions}), jamais toutes, et figure une seule fois.",
        "A margin keeps a part of the dimensions ({dimensions}), never all, and stands once.",
    ),
    "G507": Sentence(
        "Des totaux sont publiés sans masquage complémentaire : une cellule masquée se recalculerait.",
        "Totals are published without complementary suppression: a masked cell could be computed back.",
        "Écrivez « suppression_secondaire: {{active: oui, …}} », ou « totaux: aucun ».",
        "Write “suppression_secondaire: {{active: oui, …}}”, or “totaux: aucun”.",
    ),
    "G508": Sentence("{finding[fr]}", "{finding[en]}", "{cure[fr]}", "{cure[en]}"),
    "G509": Sentence("{finding[fr]}", "{finding[en]}", "{cure[fr]}", "{cure[en]}"),
    "G510": Sentence(
        "{count} critères de l'analyse d'impact sont à « oui », et la décision est « non-requise ».",
        "{count} criteria of the impact screening are “oui”, and the decision is “non-requise”.",
        "Dès deux critères, écrivez « requise », puis « realisee » avec sa référence.",
        "From two criteria on, write “requise”, then “realisee” with its reference.",
    ),
    "G511": Sentence(
        "Des mineurs sont présents, et « personnes_vulnerables » est à « non ».",
        "Minors are present, and “personnes_vulnerables” is “non”.",
        "Écrivez « personnes_vulnerables: oui ».",
        "Write “personnes_vulnerables: oui”.",
    ),
    "G512": Sentence(
        "La règle de dominance est inactive, et « {measure} » ne compte pas des unités distinctes.",
        "The dominance rule is inactive, and “{measure}” does not count distinct units.",
        "Écrivez « dominance: {{active: oui, …}} ».",
        "Write “dominance: {{active: oui, …}}”.",
    ),
    "G513": Sentence("{finding[fr]}", "{finding[en]}", "{cure[fr]}", "{cure[en]}"),
    "G514": Sentence("{finding[fr]}", "{finding[en]}", "{cure[fr]}", "{cure[en]}"),
    "G515": Sentence("{finding[fr]}", "{finding[en]}", "{cure[fr]}", "{cure[en]}"),
    "G516": Sentence("{finding[fr]}", "{finding[en]}", "{cure[fr]}", "{cure[en]}"),
    "G517": Sentence(
        "Le délai « {delay} » ne va pas avec la périodicité « {frequency} ».",
        "The delay “{delay}” does not go with the frequency “{frequency}”.",
        "Écrivez « aucun » avec livraison et direct, une durée avec une période du calendrier.",
        "Write “aucun” with livraison and direct, a duration with a calendar period.",
    ),
    "G518": Sentence(
        "« {column} » est traitée par « {operation} » et ne sert à rien dans la publication.",
        "“{column}” is treated by “{operation}” and serves nothing in the publication.",
        "Écrivez « retirer » : on ne garde que ce qui sert.",
        "Write “retirer”: only what serves is kept.",
    ),
    "G519": Sentence(
        "« {column} » compte des présences et sortirait telle quelle.",
        "“{column}” counts presence and would leave as it is.",
        "Écrivez « generaliser » avec des tranches, ou « retirer ».",
        "Write “generaliser” with bins, or “retirer”.",
    ),
    "G520": Sentence(
        "L'analyse d'impact est dite réalisée sans référence.",
        "The impact assessment is said to be done without a reference.",
        "Ajoutez « reference ».",
        "Add “reference”.",
    ),
    "G521": Sentence(
        "« {column} » nommerait deux colonnes publiées.",
        "“{column}” would name two published columns.",
        "Donnez un autre nom à l'indicateur ; « statut » est pris.",
        "Give the measure another name; “statut” is taken.",
    ),
    "G522": Sentence(
        "« {column} » ({given}) ne peut pas servir à un tableau.",
        "“{column}” ({given}) cannot serve a table.",
        "Écrivez « retirer ». Seule une source qui ne parle de personne se publie en lignes.",
        "Write “retirer”. Only a source that speaks of nobody is published by rows.",
    ),
    "G523": Sentence(
        "Licence « {asked} » refusée.",
        "Licence “{asked}” is refused.",
        "Licences admises pour ce jeu : {admitted}.",
        "Licences admitted for this dataset: {admitted}.",
    ),
    "G524": Sentence(
        "« {guarantee} » est active sans « {parameter} ».",
        "“{guarantee}” is active without “{parameter}”.",
        "Ajoutez « {parameter} ».",
        "Add “{parameter}”.",
    ),
    "G525": Sentence(
        "« {column} » est sensible ou jugée par la diversité, et les cellules vides seraient publiées.",
        "“{column}” is sensitive or judged by diversity, and empty cells would be published.",
        "Écrivez « cellules_vides: masquer ».",
        "Write “cellules_vides: masquer”.",
    ),
    "G526": Sentence(
        "« cellules_vides: masquer » demande une liste fermée, et « {column} » n'en a pas au catalogue.",
        "“cellules_vides: masquer” wants a closed list, and “{column}” has none in the catalogue.",
        "Regroupez ses valeurs, ou faites ajouter ses « modalites » au catalogue.",
        "Group its values, or have its “modalites” added to the catalogue.",
    ),
    "G527": Sentence(
        "« petites_populations » demande une dimension de lieu par zones ; un carreau n'a pas de population de référence.",
        "“petites_populations” wants a dimension of place by zones; a square has no population of reference.",
        "Généralisez le lieu par iris, commune ou epci, sans carreau, ou supprimez « petites_populations ».",
        "Generalise the place by iris, commune or epci, without squares, or delete “petites_populations”.",
    ),
    "G528": Sentence(
        "« {guarantee} » protège des cellules, et ce jeu publie des lignes.",
        "“{guarantee}” protects cells, and this dataset publishes rows.",
        "Supprimez-la : elle n'aurait aucun effet.",
        "Delete it: it would do nothing.",
    ),
    "G529": Sentence(
        "Arrondi à {base}, un compte de {least} paraîtrait « 0 » (« {measure} ») : l'arrondi vaut pour tous les indicateurs.",
        "Rounded to {base}, a count of {least} would come out as “0” (“{measure}”): rounding holds for every measure.",
        "Prenez une base de {most} ou moins. Pour arrondir un montant seul, traitez sa colonne par « arrondir », et écrivez "
        "« arrondi: {{active: non}} ».",
        "Take a base of {most} or less. To round an amount alone, treat its column by “arrondir”, and write "
        "“arrondi: {{active: non}}”.",
    ),
    "G530": Sentence(
        "Aucun pas de l'échelle ne prend le niveau « {level} » de « {column} » : rien ne paraît à ce niveau.",
        "No step of the ladder takes level “{level}” of “{column}”: nothing appears at that level.",
        "Ôtez-le de « niveaux », ou ajoutez à « echelle » un pas qui le prend.",
        "Remove it from “niveaux”, or add a step to “echelle” that takes it.",
    ),
    "P403": Sentence(
        "Règle de dominance plus lâche que le socle : « {key} » vaut {asked}.",
        "Dominance rule looser than the charter: “{key}” is {asked}.",
        "Écrivez {floor} {side[fr]}.",
        "Write {floor} {side[en]}.",
    ),
    "P406": Sentence(
        "Diversité plus lâche que le socle : « {key} » vaut {asked}.",
        "Diversity looser than the charter: “{key}” is {asked}.",
        "Écrivez {floor} {side[fr]}.",
        "Write {floor} {side[en]}.",
    ),
    "P407": Sentence(
        "Protection plus faible que le socle : « {key} » vaut {asked}.",
        "Protection weaker than the charter: “{key}” is {asked}.",
        "Écrivez {floor} {side[fr]}.",
        "Write {floor} {side[en]}.",
    ),
    "P408": Sentence(
        "Perte admise de {asked} % : le socle admet {floor} % au plus.",
        "Loss of {asked} % admitted: the charter admits {floor} % at most.",
        "Écrivez {floor} ou moins.",
        "Write {floor} or less.",
    ),
    "P409": Sentence(
        "Seuil de population de {asked} : le socle exige {floor}.",
        "Population threshold of {asked}: the charter demands {floor}.",
        "Écrivez {floor} ou plus.",
        "Write {floor} or more.",
    ),
    "P414": Sentence(
        "Délai de publication « {asked} » : le socle exige « {floor} ».",
        "Publication delay “{asked}”: the charter demands “{floor}”.",
        "Écrivez « {floor} » ou plus long.",
        "Write “{floor}” or longer.",
    ),
}
