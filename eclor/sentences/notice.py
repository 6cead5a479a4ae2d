"""What the notice of a policy says to a resident: short sentences, no jargon."""

from typing import Final

HEADINGS: Final[dict[str, str]] = {
    "purpose": "Pourquoi ces données existent",
    "leaves": "Ce qui paraît",
    "stays": "Ce qui ne paraît jamais",
    "conditions": "À quelles conditions",
    "durations": "Combien de temps",
    "rights": "Vos droits",
    "people": "Qui répond",
    "impact": "L'analyse d'impact",
}

NOTICE: Final[dict[str, str]] = {
    # pourquoi
    "purpose": "{purpose}.",
    "basis": "Fondement : {basis} ({provision}).",
    "nobody": "À la source, aucune donnée ne parle d'une personne.",
    "somebody": "À la source, des données parlent de personnes : {subjects}.",
    "minors": "Des mineurs sont concernés : les règles sont plus strictes.",
    # ce qui paraît
    "table": "Un tableau de nombres, {frequency}. Jamais une ligne par personne.",
    "rows": "Une liste, {frequency}. Aucune colonne ne parle d'une personne.",
    "rows-reviewed": "Une liste, {frequency}. Ses textes sont relus un par un avant de paraître.",
    "as-is": "{column} : tel quel.",
    "by-level": "{column} : {levels}, jamais plus précis.",
    "by-levels": "{column} : {levels}, selon ce qui protège assez ; jamais plus précis.",
    "by-bins": "{column} : par tranches ({bins}), jamais la valeur exacte.",
    "by-groups": "{column} : par groupes ({groups}), jamais la valeur exacte.",
    "reviewed": "{column} : un texte, dont ce qui pourrait nommer quelqu'un est effacé, puis relu ligne par ligne par la "
    "déléguée à la protection des données.",
    "comptage-lignes": "{measure} : combien de lignes à la source.",
    "comptage-distinct": "{measure} : le compte des {units}, chaque valeur de {column} une seule fois.",
    "somme": "{measure} : le total de {column}{before}.",
    "moyenne": "{measure} : la moyenne par ligne, à l'entier le plus proche, de {column}{before}.",
    "capped": ", chaque valeur étant d'abord ramenée à {ceiling} au plus",
    "rounded": ", chaque valeur étant d'abord arrondie au multiple de {base} le plus proche",
    "no-margin": "Aucun total.",
    "margin": "Un total par {dimensions}.",
    "grand-total": "Un total général.",
    "licence": "Tout le monde peut s'en servir (licence : {licence}).",
    # ce qui ne paraît jamais
    "counted": "{column} : sert seulement à compter des {units}. La valeur ne sort pas.",
    "hashed": "{column} : remplacé par un code secret qui sert seulement à compter des {units}. Ni la valeur ni le code ne "
    "sortent.",
    "summed-only": "{column} : les valeurs une par une ne sortent pas, seulement leur total ou leur moyenne.",
    "not-collected": "{column} : n'est pas demandé à la source. Un envoi qui le contient est refusé en entier.",
    "dropped": "{column} : reçu, mais jamais lu.",
    # conditions
    "never-under": "Jamais moins de {k} {units} dans une cellule publiée (une case du tableau) : sous ce seuil, elle est "
    "masquée.",
    "derogation": "Par un vote ({resolution}), ce seuil est de {k} {units} au lieu de {floor}, du {start} au {end}. Motif : "
    "{reason}.",
    "no-count": "Ces données ne parlent d'aucune personne : aucun seuil n'est demandé.",
    "nothing-held": "Si ces conditions ne tiennent pas, rien ne paraît.",
    # durées
    "raw": "Les données reçues sont chiffrées, gardées {duration}, puis détruites.",
    "key": "Le code secret est gardé {duration}, puis détruit.",
    "versions": "Ce qui a paru reste téléchargeable {duration}.",
    "deletion": "Chaque destruction laisse un procès-verbal.",
    "archives-requis": "Avant de détruire ce qui a paru, les archives doivent donner leur accord.",
    "archives-obtenu": "Les archives ont donné leur accord à la destruction de ce qui a paru ({reference}).",
    # droits
    "information": "Information des personnes : {information}.",
    "erasure": "Faire effacer : {procedure}. Réponse en {delay}.",
    "objection": "S'opposer : {procedure}.",
    "no-objection": "L'opposition ne s'applique pas ici : {procedure}.",
    "published-stays": "Un nombre déjà paru ne change pas : il ne parle de personne en particulier.",
    "contact": "Contact : {contact}. Réclamation : {authority}.",
    # qui répond
    "controller": "Responsable : {controller}.",
    "author": "Rédige : {person}.",
    "dpo": "Donne son visa : {person}.",
    "garant": "Signe : {person}.",
    "three": "Ce sont trois personnes. Il en faut deux pour ouvrir, une seule pour arrêter.",
    "validity": "Valable du {start} au {end}.",
    "withdrawal": "Après un arrêt, plus rien ne sort au bout de {delay} au plus.",
    # analyse d'impact
    "criteria-none": "Aucun des neuf signes de risque n'est présent.",
    "criteria": "Signes de risque présents, sur neuf : {criteria}.",
    "non-requise": "L'analyse d'impact n'est pas obligatoire.",
    "requise": "L'analyse d'impact est obligatoire et n'est pas faite : rien ne peut paraître.",
    "realisee": "L'analyse d'impact est faite : {reference}.",
}

LEVELS: Final[dict[str, str]] = {
    "heure": "par heure",
    "jour": "par jour",
    "semaine": "par semaine",
    "mois": "par mois",
    "trimestre": "par trimestre",
    "annee": "par année",
    "carreau-200m": "par carré de 200 mètres",
    "carreau-1km": "par carré d'un kilomètre",
    "iris": "par quartier",
    "commune": "par commune",
    "epci": "par groupe de communes",
}

FREQUENCIES: Final[dict[str, str]] = {
    "jour": "chaque jour",
    "semaine": "chaque semaine",
    "mois": "chaque mois",
    "trimestre": "chaque trimestre",
    "annee": "chaque année",
    "livraison": "à chaque envoi de la source",
    "direct": "tenue à jour en continu",
}

BASES: Final[dict[str, str]] = {
    "consentement": "le consentement des personnes",
    "contrat": "un contrat",
    "obligation-legale": "une obligation légale",
    "sauvegarde-interets-vitaux": "la sauvegarde d'intérêts vitaux",
    "mission-interet-public": "une mission d'intérêt public",
    "interet-legitime": "un intérêt légitime",
}

CRITERIA: Final[dict[str, str]] = {
    "evaluation": "évaluation de personnes",
    "decision_automatisee": "décision automatique",
    "surveillance_systematique": "surveillance systématique",
    "donnees_sensibles": "données sensibles",
    "grande_echelle": "grande échelle",
    "croisement": "croisement de jeux",
    "personnes_vulnerables": "personnes vulnérables",
    "usage_innovant": "usage innovant",
    "blocage_droit": "blocage d'un droit ou d'un service",
}

LICENCES: Final[dict[str, str]] = {
    "licence-ouverte-2.0": "Licence ouverte 2.0",
    "odbl-1.0": "ODbL 1.0",
    "cc-by-4.0": "CC BY 4.0",
    "cc0-1.0": "CC0 1.0",
}

MONTHS: Final = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
