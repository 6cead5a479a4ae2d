"""Sentences of the gates and of the datasets' declarations. None of them ever shows what stands in a cell."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from eclor.sentences.sentence import Sentence

_NOTHING_PUBLISHED_FR: Final = "Rien n'est publié ; la version précédente reste servie."
_NOTHING_PUBLISHED_EN: Final = "Nothing is published; the former version is still served."

UNEXPLAINED: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "unexplained-date": ("des dates que rien n'explique", "dates that nothing explains"),
        "unexplained-life": ("la santé ou la famille de quelqu'un", "somebody's health or family"),
        "unexplained-name": ("des noms que rien n'explique", "names that nothing explains"),
        "unexplained-number": ("des numéros que rien n'explique", "numbers that nothing explains"),
        "unexplained-position": (
            "des positions précises que rien n'explique",
            "precise positions that nothing explains",
        ),
        "unexplained-street": (
            "des rues avec leur numéro que rien n'explique",
            "houses and streets that nothing explains",
        ),
    }
)
"""What has the form of something personal, in a column of which no word says what else it holds."""

KINDS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "address": ("l'adresse d'une personne", "the address of a person"),
        "birth-date": ("une date de naissance", "a date of birth"),
        "delivery-point": ("un numéro de point de livraison", "the number of a delivery point"),
        "email": ("une adresse de courriel", "an e-mail address"),
        "eui": ("un identifiant d'appareil (EUI)", "the identifier of a device (EUI)"),
        "family-allowance": ("un numéro d'allocataire (CAF)", "the number of a family-allowance beneficiary (CAF)"),
        "guid": ("un identifiant qui suit une personne (GUID)", "an identifier that follows a person (GUID)"),
        "health-professional": (
            "le numéro d'un professionnel de santé (RPPS, ADELI)",
            "the number of a health professional (RPPS, ADELI)",
        ),
        "iban": ("un numéro de compte bancaire (IBAN)", "a bank account number (IBAN)"),
        "identity-document": (
            "un numéro de passeport ou de carte d'identité",
            "the number of a passport or an identity card",
        ),
        "ip": ("une adresse IP", "an IP address"),
        "mac": ("une adresse d'appareil (MAC)", "the address of a device (MAC)"),
        "matricule": ("un matricule luxembourgeois", "a Luxembourg national number"),
        "nir": ("un numéro de sécurité sociale (NIR)", "a French social security number (NIR)"),
        "payment-card": ("un numéro de carte bancaire", "the number of a payment card"),
        "person": ("le nom d'une personne", "the name of a person"),
        "personal-number": (
            "le numéro d'une personne (carte, badge, élève, dossier)",
            "a person's number (card, badge, pupil, file)",
        ),
        "phone": ("un numéro de téléphone", "a telephone number"),
        "plate": ("une plaque d'immatriculation", "the plate of a vehicle"),
        "position": ("la position précise d'une personne", "the precise position of a person"),
        "secret": ("une clé, un jeton ou un mot de passe", "a key, a token or a password"),
        "sole-trader": ("le numéro d'un entrepreneur individuel", "the number of a sole trader"),
        "tax-number": ("un numéro fiscal (SPI)", "a tax number (SPI)"),
        **UNEXPLAINED,
    }
)
"""What the personal-data gate looks for."""

_REMOVE_FR: Final = (
    "Faites retirer cette donnée par la source, ou retirez la colonne dans la politique (operation: retirer) ; "
    f"« eclor gate show {{dataset}} » dit tout ce qui a été trouvé. {_NOTHING_PUBLISHED_FR}"
)
_REMOVE_EN: Final = (
    "Have the source remove it, or drop the column in the policy (operation: retirer); "
    f"`eclor gate show {{dataset}}` says all that was found. {_NOTHING_PUBLISHED_EN}"
)


def _personal(fr: str, en: str) -> Sentence:
    return Sentence(
        fr=f"Colonne « {{column}} » : {fr} est visible sur {{rows}} ligne(s), la première est la ligne {{row}}.",
        en=f"Column “{{column}}”: {en} shows in {{rows}} row(s), the first is row {{row}}.",
        cure_fr=_REMOVE_FR,
        cure_en=_REMOVE_EN,
    )


def _unexplained(fr: str, en: str, *, where_fr: str = "", where_en: str = "") -> Sentence:
    return Sentence(
        fr=f"Colonne « {{column}} »{where_fr} : {fr} sur {{rows}} ligne(s), la première est la ligne {{row}} ; "
        "c'est peut-être la donnée d'une personne.",
        en=f"Column “{{column}}”{where_en}: {en} in {{rows}} row(s), the first is row {{row}}; they may be a person's.",
        cure_fr="Si c'est celle d'une personne, retirez la colonne dans la politique (operation: retirer). Sinon, dites ce "
        "qu'elle contient (date de pose, SIRET, adresse du site…) dans sa description, celle de la politique ou, si elle est "
        "publiée, de datasets/{dataset}.yaml, ou faites lever le doute (eclor gate lift) ; docs/dpo/doutes.md donne les mots qui "
        f"expliquent, « eclor gate show {{dataset}} » tout ce qui a été trouvé. {_NOTHING_PUBLISHED_FR}",
        cure_en="If they are, drop the column in the policy (operation: retirer). If not, say what it holds (day of "
        "installation, SIRET, address of the site…) in its description, in French, that of the policy or, if it is "
        "published, of datasets/{dataset}.yaml, or have the doubt lifted (eclor gate lift); docs/dpo/doutes.md gives the words that "
        f"explain, `eclor gate show {{dataset}}` all that was found. {_NOTHING_PUBLISHED_EN}",
    )


def _received(fr: str, en: str) -> Sentence:
    return Sentence(
        fr=f"Colonne « {{column}} », telle que la source l'envoie : {fr} est visible sur {{rows}} ligne(s) de ce qui est "
        "arrivé le {arrived}, la première est la ligne {row}. La politique ne déclare personne dans cette colonne.",
        en=f"Column “{{column}}”, as the source sends it: {en} shows in {{rows}} row(s) of what arrived on {{arrived}}, "
        "the first is row {row}. The policy declares nobody in this column.",
        cure_fr=_REMOVE_FR,
        cure_en=_REMOVE_EN,
    )


def _gate(fr: str, en: str, *, cure_fr: str, cure_en: str) -> Sentence:
    return Sentence(
        fr=f"Le contrôle « {{gate}} » {fr}.",
        en=f"The gate “{{gate}}” {en}.",
        cure_fr=f"{cure_fr} {_NOTHING_PUBLISHED_FR}",
        cure_en=f"{cure_en} {_NOTHING_PUBLISHED_EN}",
        status=503,
    )


def _drift(fr: str, en: str) -> Sentence:
    return Sentence(
        fr=f"{fr}.",
        en=f"{en}.",
        cure_fr="Vérifiez la livraison de la source ; si elle est bonne, élargissez « derive » dans la déclaration du "
        f"jeu. {_NOTHING_PUBLISHED_FR}",
        cure_en="Check what the source delivered; if it is right, widen “derive” in the dataset's declaration. "
        f"{_NOTHING_PUBLISHED_EN}",
    )


def _expectation(fr: str, en: str, *, cure_fr: str, cure_en: str) -> Sentence:
    return Sentence(
        fr=f"L'attente « {{expectation}} » {fr}.",
        en=f"The expectation “{{expectation}}” {en}.",
        cure_fr=f"{cure_fr} {_NOTHING_PUBLISHED_FR}",
        cure_en=f"{cure_en} {_NOTHING_PUBLISHED_EN}",
    )


SENTENCES: Final[dict[str, Sentence]] = {
    **{f"gates.personal-{kind}": _personal(fr, en) for kind, (fr, en) in KINDS.items()},
    **{f"gates.received-{kind}": _received(fr, en) for kind, (fr, en) in KINDS.items()},
    **{f"gates.personal-{kind}": _unexplained(fr, en) for kind, (fr, en) in UNEXPLAINED.items()},
    **{
        f"gates.received-{kind}": _unexplained(
            fr,
            en,
            where_fr=", telle que la source l'a envoyée le {arrived}",
            where_en=", as the source sent it on {arrived}",
        )
        for kind, (fr, en) in UNEXPLAINED.items()
    },
    "gates.undeclared-column": Sentence(
        fr="La colonne « {column} » est publiée et n'est pas déclarée.",
        en="The column “{column}” is published and is not declared.",
        cure_fr=f"Ajoutez-la à « colonnes » dans datasets/{{dataset}}.yaml. {_NOTHING_PUBLISHED_FR}",
        cure_en=f"Add it to “colonnes” in datasets/{{dataset}}.yaml. {_NOTHING_PUBLISHED_EN}",
    ),
    "gates.absent-column": Sentence(
        fr="La colonne « {column} » est déclarée et n'est pas publiée.",
        en="The column “{column}” is declared and is not published.",
        cure_fr=f"Retirez-la de « colonnes » dans datasets/{{dataset}}.yaml. {_NOTHING_PUBLISHED_FR}",
        cure_en=f"Remove it from “colonnes” in datasets/{{dataset}}.yaml. {_NOTHING_PUBLISHED_EN}",
    ),
    "gates.drift-fewer": _drift(
        "{change} % de lignes en moins que la version {version} du {date} ; seuil {threshold} %",
        "{change}% fewer rows than version {version} of {date}; threshold {threshold}%",
    ),
    "gates.drift-more": _drift(
        "{change} % de lignes en plus que la version {version} du {date} ; seuil {threshold} %",
        "{change}% more rows than version {version} of {date}; threshold {threshold}%",
    ),
    "gates.drift-empty": _drift(
        "La colonne « {column} » a {share} % de cases vides, contre {former} % dans la version {version} du {date} ; "
        "seuil {threshold} points d'écart",
        "Column “{column}” is {share}% empty, against {former}% in version {version} of {date}; threshold "
        "{threshold} points",
    ),
    "gates.drift-shape": _drift(
        "La répartition de « {column} » n'est plus celle de la version {version} du {date} : indice de stabilité (PSI) "
        "de {change} centièmes ; seuil {threshold} centièmes, un changement étant net à partir de 25",
        "The distribution of “{column}” is no longer that of version {version} of {date}: stability index (PSI) of "
        "{change} hundredths; threshold {threshold} hundredths, a change being marked from 25 on",
    ),
    "gates.expectation-failed": _expectation(
        "n'est pas tenue sur {count} ligne(s), la première est la ligne {row} : {reason}",
        "does not hold in {count} row(s), the first is row {row}: {reason}",
        cure_fr="Corrigez la source, ou « attentes » dans la déclaration du jeu.",
        cure_en="Correct the source, or “attentes” in the dataset's declaration.",
    ),
    "gates.expectation-false": _expectation(
        "n'est pas tenue par l'ensemble des lignes : {reason}",
        "does not hold for the rows together: {reason}",
        cure_fr="Corrigez la source, ou « attentes » dans la déclaration du jeu.",
        cure_en="Correct the source, or “attentes” in the dataset's declaration.",
    ),
    "gates.expectation-unknown": _expectation(
        "n'existe pas dans great-expectations",
        "does not exist in great-expectations",
        cure_fr="Vérifiez le nom dans « attentes » de la déclaration du jeu.",
        cure_en="Check its name in “attentes” of the dataset's declaration.",
    ),
    "gates.expectation-parameters": _expectation(
        "n'accepte pas les paramètres déclarés",
        "does not take the declared parameters",
        cure_fr="Vérifiez « parametres » dans la déclaration du jeu.",
        cure_en="Check “parametres” in the dataset's declaration.",
    ),
    "gates.expectation-column": _expectation(
        "parle de la colonne « {column} », qui n'est pas publiée",
        "speaks of the column “{column}”, which is not published",
        cure_fr="Vérifiez « parametres » dans la déclaration du jeu.",
        cure_en="Check “parametres” in the dataset's declaration.",
    ),
    "gates.expectation-broken": _expectation(
        "n'a pas pu être calculée",
        "could not be computed",
        cure_fr="Vérifiez que ses paramètres conviennent au type de la colonne.",
        cure_en="Check that its parameters suit the column's type.",
    ),
    "gates.refused": Sentence(
        fr="Le contrôle « {gate} », ajouté par une extension, refuse ces lignes : {reason}.",
        en="The gate “{gate}”, which an extension adds, refuses these rows: {reason}.",
        cure_fr=f"Corrigez la source, ou demandez à qui l'a écrit ce qu'il attend. {_NOTHING_PUBLISHED_FR}",
        cure_en=f"Correct the source, or ask its author what it expects. {_NOTHING_PUBLISHED_EN}",
    ),
    "gates.crashed": _gate(
        "s'est arrêté sans rendre d'avis ({error})",
        "stopped without a verdict ({error})",
        cure_fr="Relancez ; si cela se répète, signalez cette phrase.",
        cure_en="Run again; if it happens again, report this sentence.",
    ),
    "gates.late": _gate(
        "n'a pas rendu d'avis en {seconds} secondes",
        "gave no verdict within {seconds} seconds",
        cure_fr="Relancez quand la machine est moins chargée ; si cela se répète, signalez-le.",
        cure_en="Run again when the machine is less busy; if it happens again, report it.",
    ),
    "conform.late": Sentence(
        "Le fichier n'a pas pu être jugé en {seconds} secondes.",
        "The file could not be judged within {seconds} seconds.",
        "Cherchez dans le schéma un motif (« pattern ») qui répète une répétition, comme « (a+)+ » : il peut essayer sans fin. Sinon, relancez quand "
        "la machine est moins chargée.",
        "Look in the schema for a pattern that repeats a repetition, like “(a+)+”: it may try without end. Else run again when the machine is less busy.",
    ),
    "gates.memory": _gate(
        "demande plus que les {megabytes} Mo qui lui sont permis",
        "asks for more than the {megabytes} MB that it may take",
        cure_fr="Publiez une période plus courte, ou donnez plus de mémoire à la machine.",
        cure_en="Publish a shorter period, or give the machine more memory.",
    ),
    "gates.unavailable": _gate(
        "n'a pas pu démarrer ({error})",
        "could not start ({error})",
        cure_fr="Réinstallez avec « make run » : une bibliothèque ou le modèle de langue manque.",
        cure_en="Install again with “make run”: a library or the language model is missing.",
    ),
    "dataset.unknown-key": Sentence(
        fr="Clé inconnue « {key} ».",
        en="Unknown key “{key}”.",
        cure_fr="Retirez-la ou corrigez son nom.",
        cure_en="Remove it or correct its name.",
    ),
    "dataset.missing-key": Sentence(
        fr="La clé « {key} » manque.",
        en="The key “{key}” is missing.",
        cure_fr="Ajoutez-la.",
        cure_en="Add it.",
    ),
    "dataset.bad-value": Sentence(
        fr="La valeur de « {key} » n'est pas de celles qui conviennent.{expected_fr}",
        en="The value of “{key}” is not one that will do.{expected_en}",
        cure_fr="Chaque clé d'une fiche de jeu est décrite dans docs/territory/nouveau-territoire.md.",
        cure_en="Each key of a dataset's card is described in docs/territory/nouveau-territoire.md.",
    ),
    "dataset.columns": Sentence(
        fr="Une colonne est déclarée deux fois, ou « cle », « vue » ou « etiquettes » nomme une colonne non déclarée.",
        en="A column is declared twice, or “cle”, “vue” or “etiquettes” names a column that is not declared.",
        cure_fr="Accordez ces noms avec ceux de « colonnes ».",
        cure_en="Make these names agree with those of “colonnes”.",
    ),
    "dataset.reference": Sentence(
        fr="« {file} » n'est pas un Table Schema, ou « conforme_a » ne dit pas lequel c'est.",
        en="“{file}” is not a Table Schema, or “conforme_a” does not say which it is.",
        cure_fr="Mettez-y le fichier que publie schema.data.gouv.fr et son adresse dans « conforme_a », ou ôtez-le.",
        cure_en="Put the file there that schema.data.gouv.fr publishes and its address in “conforme_a”, or remove it.",
    ),
    "dataset.other-name": Sentence(
        fr="« jeu » n'est pas le nom du fichier.",
        en="“jeu” is not the name of the file.",
        cure_fr="Écrivez « jeu: {expected} » ou renommez le fichier.",
        cure_en="Write “jeu: {expected}” or rename the file.",
    ),
}
