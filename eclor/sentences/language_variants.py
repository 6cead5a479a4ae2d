"""The wordings of the codes that have several causes: each says what is wrong, and the cure that fits."""

from typing import Final

from eclor.sentences import language_publication, language_shape, language_spelling
from eclor.sentences.sentence import Sentence

VARIANTS: Final[dict[str, dict[str, Sentence]]] = {
    **language_spelling.VARIANTS,
    **language_shape.VARIANTS,
    **language_publication.VARIANTS,
    "P402": {
        "no-derogation": Sentence(
            "k = {k} pour « {unit} » : le socle exige {floor}.",
            "k = {k} for “{unit}”: the charter demands {floor}.",
            "Aucune dérogation n'est possible.",
            "No derogation is possible.",
        ),
        "derogation": Sentence(
            "k = {k} pour « {unit} » : le socle exige {floor}.",
            "k = {k} for “{unit}”: the charter demands {floor}.",
            "Écrivez {floor} ou plus, ou une dérogation votée, datée, d'au moins {least}.",
            "Write {floor} or more, or a voted, dated derogation of at least {least}.",
        ),
        "minors": Sentence(
            "k = {k} pour « {unit} » : le socle exige {floor} en présence de mineurs.",
            "k = {k} for “{unit}”: the charter demands {floor} where minors are present.",
            "Aucune dérogation n'est possible.",
            "No derogation is possible.",
        ),
    },
    "D608": {
        "longer": Sentence(
            "Zone brute gardée « {asked} » : trop peu pour une période, son délai de publication et un mois.",
            "Raw store kept for “{asked}”: too short for a period, its publication delay and one month.",
            "Écrivez « {least} mois » ou plus, ou faites dire « livraison: complete » au catalogue si la source est entière à "
            "chaque livraison.",
            "Write “{least} mois” or more, or have the catalogue say “livraison: complete” if the source is whole at each "
            "delivery.",
        ),
        "beyond": Sentence(
            "Zone brute gardée « {asked} » : trop peu pour une période, son délai de publication et un mois, et le socle "
            "n'admet pas plus de « {floor} ».",
            "Raw store kept for “{asked}”: too short for a period, its publication delay and one month, and the charter admits "
            "no more than “{floor}”.",
            "Prenez une période ou un délai plus courts, ou faites dire « livraison: complete » au catalogue si la source est "
            "entière à chaque livraison.",
            "Take a shorter period or delay, or have the catalogue say “livraison: complete” if the source is whole at each "
            "delivery.",
        ),
    },
    "J801": {
        "near": Sentence(
            "Le jeu « {dataset} » n'est pas au catalogue.",
            "The dataset “{dataset}” is not in the catalogue.",
            "Vouliez-vous écrire « {near} » ?",
            "Did you mean “{near}”?",
        ),
        "unknown": Sentence(
            "Le jeu « {dataset} » n'est pas au catalogue.",
            "The dataset “{dataset}” is not in the catalogue.",
            "Corrigez « jeu », ou demandez au service des données d'ajouter ce jeu au catalogue.",
            "Correct “jeu”, or ask the data service to add the dataset to the catalogue.",
        ),
    },
    "P404": {
        "level": Sentence(
            "« {asked} » est plus fin que le socle ne le permet ({column}).",
            "“{asked}” is finer than the charter allows ({column}).",
            "Au plus fin : {floor}.",
            "At finest: {floor}.",
        ),
        "bins": Sentence(
            "Tranche large de {asked} ({column}) : plus fine que le socle ne le permet.",
            "Band {asked} wide ({column}): finer than the charter allows.",
            "Écartez les bornes : {floor} au moins de l'une à la suivante.",
            "Space the bounds: at least {floor} from one to the next.",
        ),
    },
    "P410": {
        "backwards": Sentence(
            "Dérogation « {unit} » : elle finit le {end}, avant de commencer, le {start}.",
            "Derogation “{unit}”: it ends on {end}, before it begins, on {start}.",
            "Écrivez « du » avant « au ».",
            "Write “du” before “au”.",
        ),
        "long": Sentence(
            "Dérogation « {unit} » : du {start} au {end}, elle dure {longest} ou plus.",
            "Derogation “{unit}”: from {start} to {end}, it lasts {longest} or more.",
            "Écrivez « au: {last} » ou plus tôt.",
            "Write “au: {last}” or earlier.",
        ),
        "outside": Sentence(
            "Dérogation « {unit} » : du {start} au {end}, elle sort de la validité de la politique.",
            "Derogation “{unit}”: from {start} to {end}, it leaves the policy's validity.",
            "Écrivez des dates comprises entre le {first} et le {last}.",
            "Write dates between {first} and {last}.",
        ),
        "not-today": Sentence(
            "Dérogation « {unit} » : du {start} au {end}, elle ne court pas aujourd'hui, {today}.",
            "Derogation “{unit}”: from {start} to {end}, it does not run today, {today}.",
            "Attendez qu'elle commence ; si elle est finie, faites-en voter une autre, ou revenez au k du socle.",
            "Wait for its beginning; if it is over, have another one voted, or go back to the charter's k.",
        ),
    },
    "V704": {
        "backwards": Sentence(
            "La validité finit le {end}, avant de commencer, le {start}.",
            "The validity ends on {end}, before it begins, on {start}.",
            "Écrivez « du » avant « au ».",
            "Write “du” before “au”.",
        ),
        "long": Sentence(
            "La validité, du {start} au {end}, dépasse « {longest} ».",
            "The validity, from {start} to {end}, is longer than “{longest}”.",
            "Écrivez « au: {last} » ou plus tôt.",
            "Write “au: {last}” or earlier.",
        ),
    },
    "P411": {
        "another-k": Sentence(
            "Dérogation « {unit} » : k = {k}, et l'effectif « {unit} » de la politique dit {asked}.",
            "Derogation “{unit}”: k = {k}, and the policy's entry “{unit}” says {asked}.",
            "Écrivez aux deux le même, d'au moins {least} et sous {floor} ; dès {floor}, supprimez la dérogation.",
            "Write the same in both, at least {least} and under {floor}; from {floor} on, delete the derogation.",
        ),
        "uncounted": Sentence(
            "Dérogation « {unit} » : aucun effectif de la politique ne compte cette unité.",
            "Derogation “{unit}”: no entry of the policy counts that unit.",
            "Supprimez-la : elle n'abaisse rien.",
            "Delete it: it lowers nothing.",
        ),
        "none": Sentence(
            "Dérogation « {unit} », k = {k} : le socle n'en admet aucune pour cette unité.",
            "Derogation “{unit}”, k = {k}: the charter admits none for that unit.",
            "Supprimez-la, et écrivez un k de {floor} ou plus.",
            "Delete it, and write a k of {floor} or more.",
        ),
    },
    "M301": {
        "treatment": Sentence(
            "« {operation} » interdit pour un champ « {category} » d'usage « {role} » ({column}).",
            "“{operation}” is forbidden for a field “{category}” of role “{role}” ({column}).",
            "Admis : {admitted}.",
            "Admitted: {admitted}.",
        ),
        "role": Sentence(
            "« {operation} » interdit pour un champ « {category} » d'usage « {role} » ({column}).",
            "“{operation}” is forbidden for a field “{category}” of role “{role}” ({column}).",
            "Admis : {admitted} ; ou, si tel est son usage, « {operation} » avec « usage: {other} ».",
            "Admitted: {admitted}; or, if such is its role, “{operation}” with “usage: {other}”.",
        ),
    },
    "D603": {
        "no-life": Sentence(
            "« pseudonymes » est là, et « conservation » ne dit pas combien de temps vit la clé.",
            "“pseudonymes” is there, and “conservation” does not say how long the key lives.",
            "Ajoutez « cle_pseudonyme: … » à « conservation ».",
            "Add “cle_pseudonyme: …” to “conservation”.",
        ),
        "no-key": Sentence(
            "« cle_pseudonyme » dit la durée d'une clé, et aucune colonne n'est pseudonymisée.",
            "“cle_pseudonyme” says how long a key lives, and no column is pseudonymised.",
            "Supprimez « cle_pseudonyme ».",
            "Delete “cle_pseudonyme”.",
        ),
    },
    "release.unlisted-value": {
        "bins": Sentence(
            "La colonne « {column} » porte une valeur que ni la politique ni les listes du territoire ne prévoient.",
            "Column {column} holds a value that neither the policy nor the territory's lists foresee.",
            "Corrigez-la à la source si c'est une faute ; sinon, faites partir ses « tranches » de la plus petite valeur possible.",
            "Correct it at the source if it is a mistake; else let its “tranches” begin at the least value there can be.",
        ),
        "groups": Sentence(
            "La colonne « {column} » porte une valeur que ni la politique ni les listes du territoire ne prévoient.",
            "Column {column} holds a value that neither the policy nor the territory's lists foresee.",
            "Corrigez-la à la source si c'est une faute, ou si elle désigne quelqu'un ; sinon, mettez-la dans un groupe de son « regroupement ».",
            "Correct it at the source if it is a mistake, or names somebody; else put it in a group of its “regroupement”.",
        ),
        "zones": Sentence(
            "La colonne « {column} » porte une valeur que ni la politique ni les listes du territoire ne prévoient.",
            "Column {column} holds a value that neither the policy nor the territory's lists foresee.",
            "Corrigez-la à la source si c'est une faute (une position s'écrit « longitude,latitude ») ; sinon, ajoutez la zone à « zones/ ».",
            "Correct it at the source if it is a mistake (a position is “longitude,latitude”); else add the zone to zones/.",
        ),
        "values": Sentence(
            "La colonne « {column} » porte une valeur que ni la politique ni les listes du territoire ne prévoient.",
            "Column {column} holds a value that neither the policy nor the territory's lists foresee.",
            "Corrigez-la à la source si c'est une faute, ou si elle désigne quelqu'un ; sinon, ajoutez-la à ses « modalites » au catalogue.",
            "Correct it at the source if it is a mistake, or names somebody; else add it to its “modalites” in the catalogue.",
        ),
    },
}
