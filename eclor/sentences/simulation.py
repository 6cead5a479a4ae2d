"""What a simulation says to the DPO and to the service, in French, and its refusals."""

from typing import Final

from eclor.sentences.sentence import Sentence

INTERNAL: Final = "RAPPORT INTERNE : il contient les chiffres exacts de petits groupes. Pour la déléguée et le service ; à ne pas publier."
"""The first line of every report."""

VERDICTS: Final[dict[str, str]] = {
    "publishes": "Cette politique publierait. Lignes du fichier, masquées comprises : {rows}.",
    "waits": "Cette politique ne publierait rien pour l'instant.",
    "refused": "Cette politique ne publierait rien : la publication serait refusée.",
}
BLANK: Final = "Essai à blanc : comme si rien n'avait encore été publié de ce jeu."
NEVER_PUBLISHED: Final = "Rien n'est dû : aucune période close ne tient de ligne."
NOT_YET: Final = "Rien n'est dû : la prochaine période sera publiable le {closes}."
NOTHING_NEW: Final = "Rien de nouveau n'est dû : ce qui est clos est déjà publié. Ce qui suit est un essai à blanc."
NOTHING_HELD: Final = "Aucune ligne de ce jeu n'est encore détenue : la politique n'a été essayée sur aucune donnée."

OUTCOMES: Final[dict[str, str]] = {
    "taken": "retenu",
    "loss": "laissé : il perdrait au moins cela, plus que perte_max_pourcent",
    "unprotectable": "laissé : aucun choix de masques ne protège ce tableau",
    "too-tied": "laissé : ses totaux lient trop de cellules pour le travail permis",
    "overlap": "laissé : ses semaines chevauchent une période déjà publiée à un autre niveau",
    "nothing-due": "laissé : rien n'est dû à ce niveau",
}

FATES: Final[dict[str, str]] = {
    "published": "publiée",
    "kept": "gardée",
    "masked": "masquée",
    "unsaid": "tue",
}

CAUSES: Final[dict[str, str]] = {
    "threshold": "seuil : {k} {unit} au moins, ici {units}",
    "no-unit": "lignes sans unité ({unit}) : {rows}",
    "empty": "vide, et cellules_vides vaut masquer",
    "dominance": "dominance : les {contributors} plus gros contributeurs ({unit}) font {share} % de « {indicator} »,"
    " {percent} % au plus",
    "dominance-alone": "dominance : le plus gros contributeur ({unit}) fait {share} % de « {indicator} », {percent} % au plus",
    "diversity": "diversité : {least} valeurs de « {column} » au moins dans ce groupe, ici {values} ; la plus grande fait"
    " {share} % des {unit}, {percent} % au plus",
    "small-population": "petite population : zone {zone}",
    "complementary": "complémentaire : protège {protects}",
    "complementary-unknown": "complémentaire : protège d'autres cellules, que des totaux lient à elle",
    "differencing": "différences ({rule}) : dirait trop à côté de {other}",
    "differencing-before": "différences : dirait trop à côté de ce qui a déjà paru, de ce jeu ou d'un jeu frère",
    "added": "garantie installée « {name} »",
}
COMPUTED: Final = "ce qu'un lecteur peut calculer"
INTERVALS: Final[dict[str, str]] = {
    "between": "{indicator} : de {low} à {high}",
    "exact": "{indicator} : {low}, exactement",
    "no-end": "{indicator} : {low} ou plus",
    "missing": "{indicator} : non calculé, ce serait trop de travail",
}
RULES: Final[dict[str, str]] = {
    "revision": "la même cellule, parue avant",
    "nesting": "des cellules qui tiennent l'une dans l'autre",
    "joint": "plusieurs nombres lus ensemble",
    "frozen": "registre détruit, période gelée",
}
DIRECTIONS: Final[dict[str, str]] = {"harder": "plus dur", "softer": "plus souple", "other": "autre"}

SAME_POLICY: Final = "C'est la politique en vigueur : il n'y a rien à comparer."
NONE_IN_FORCE: Final = "Aucune politique de ce jeu n'est en vigueur : il n'y a rien à comparer."
NO_RIVAL: Final = (
    "Aucune autre politique n'a été donnée (« --against », ou « --territory ») : il n'y a rien à comparer."
)
TEXT_GONE: Final = "Le texte de la politique en vigueur n'est ni dans le territoire ni dans une version publiée : donnez-le par « --against »."
RIVAL_REFUSED: Final = "La politique de comparaison ne peut pas être essayée sur ces lignes : {reason}"

SENTENCES: Final = {
    "simulate.no-charter": Sentence(
        "Rien ne dit par quel socle juger la politique.",
        "Nothing says by which charter to judge the policy.",
        "Donnez « --charter », le dossier du socle, ou « --territory », celui du territoire.",
        "Give --charter, the charter's folder, or --territory, the territory's.",
    ),
    "simulate.no-rows": Sentence(
        "Rien ne dit sur quelles lignes essayer la politique.",
        "Nothing says on which rows to try the policy.",
        "Donnez « --input », un fichier de lignes, ou « --territory », dont on prend les lignes détenues.",
        "Give --input, a file of rows, or --territory, whose rows held are taken.",
    ),
    "simulate.previous-held": Sentence(
        "« --previous », « --received », « --source » et « --flux » ne vont qu'avec « --input » : les lignes détenues ont leur propre passé.",
        "--previous, --received, --source and --flux go with --input only: the rows held have a past of their own.",
        "Retirez-les, ou donnez « --input ».",
        "Take them away, or give --input.",
    ),
    "simulate.out-exists": Sentence(
        "« {file} » existe déjà.",
        "{file} exists already.",
        "Un rapport ne s'écrase pas : donnez un autre nom à « --out ».",
        "A report is never overwritten: give --out another name.",
    ),
    "simulate.not-written": Sentence(
        "« {file} » ne peut pas être écrit.",
        "{file} cannot be written.",
        "Choisissez un dossier qui existe, à vous, avec de la place.",
        "Choose a folder that exists, is yours and has room.",
    ),
    "simulate.no-room": Sentence(
        "Le dossier temporaire de cette machine ne peut pas recevoir l'essai.",
        "This machine's temporary folder cannot take the dry run.",
        "Faites de la place, ou nommez par TMPDIR un dossier à vous.",
        "Make room, or name with TMPDIR a folder of yours.",
    ),
    "simulate.unreadable": Sentence(
        "Ce que le foyer tient ne peut pas être lu : {reason}.",
        "What the home holds cannot be read: {reason}.",
        "Lancez l'essai sous le compte qui fait tourner eclor, avec la même version.",
        "Make the dry run as the account that runs eclor, with the same version.",
    ),
    "simulate.other-dataset": Sentence(
        "La politique de « --against » est celle de « {other} », non de « {dataset} ».",
        "The policy of --against is that of {other}, not of {dataset}.",
        "Donnez une politique du même jeu.",
        "Give a policy of the same dataset.",
    ),
    "simulate.moving": Sentence(
        "Ce que le foyer tient de « {dataset} » change pendant qu'on le lit.",
        "What the home holds of {dataset} changes while it is read.",
        "Attendez la fin du passage en cours, puis recommencez.",
        "Wait for the end of the walk under way, then try again.",
    ),
    "act.other-report": Sentence(
        "« {file} » n'est pas le rapport de simulation de cette politique : {what}.",
        "{file} is not the simulation report of this policy: {what}.",
        "Refaites-le avec « eclor policy simulate … --json --out FICHIER », ou retirez « --report » : l'essai se fait alors ici.",
        "Make it again with eclor policy simulate … --json --out FILE, or leave --report out: the dry run is then made here.",
    ),
}
