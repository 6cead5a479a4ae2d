"""What an editor shows of each key of a policy: its title, then what to write (block, attribute → French)."""

from typing import Final

_DURATION: Final = "Une durée : « 30 jours », « 12 mois »."
_DAY: Final = "Un jour : AAAA-MM-JJ."
_ACTIVE: Final = ("Active", "oui ou non.")

HELP: Final[dict[str, dict[str, tuple[str, str]]]] = {
    "Policy": {
        "language": ("Version du langage", "Constante : 1."),
        "nature": ("Nature", "Constante : politique."),
        "dataset": ("Jeu de données", "Son nom au catalogue ; le fichier porte le même."),
        "title": ("Titre", "Ce que lira le public du registre."),
        "version": ("Version", "Un entier qui monte d'un à chaque changement signé."),
        "charter": ("Socle visé", "Le socle en vigueur : son identifiant et sa version."),
        "default": ("Par défaut", "Constante : ce qui n'est pas déclaré est refusé."),
        "processing_record": ("Registre (article 30)", "La fiche du traitement : pourquoi, sur quel texte, pour qui."),
        "fields": ("Champs", "Toutes les colonnes de la source, chacune une fois."),
        "pseudonyms": ("Pseudonymes", "Obligatoire si un champ est pseudonymisé, refusé sinon."),
        "publication": ("Publication", "Ce qui sort, et à quel rythme."),
        "guarantees": ("Garanties", "À quelles conditions une valeur paraît ; jamais moins que le socle."),
        "retention": ("Conservation", "Combien de temps chaque chose est gardée, et ce qu'on répond à une personne."),
        "governance": ("Gouvernance", "Qui répond de la politique, et jusqu'à quand."),
        "derogations": ("Dérogations", "Un plancher d'effectif abaissé par un vote : daté, douze mois au plus."),
    },
    "CharterRef": {
        "identifier": ("Identifiant", "Celui que porte charte-socle.yaml."),
        "version": ("Version", "Celle du socle en vigueur ; une charte revotée fait relire chaque politique."),
    },
    "ProcessingRecord": {
        "purpose": ("Finalité", "Pourquoi ce jeu existe, en une phrase."),
        "legal_basis": ("Base légale", "Article 6 du RGPD."),
        "legal_provision": ("Texte ou délibération", "Le texte qui fonde le traitement."),
        "personal_data": (
            "Données personnelles à la source",
            "oui dès qu'une colonne du catalogue parle d'une unité, ou qu'un texte est relu.",
        ),
        "data_subjects": ("Catégories de personnes", "Vide si et seulement si donnees_personnelles vaut non."),
        "minors": ("Mineurs présents", "oui relève les planchers : mois et commune au plus fin, aucune dérogation."),
        "data_categories": ("Catégories de données", "Comme au registre."),
        "recipients": ("Destinataires", "Des identifiants, par exemple public."),
        "transfers": ("Transferts hors Union", "Seule valeur admise : aucun."),
        "safeguards": ("Mesures de sécurité", "Comme au registre."),
        "privacy_notice": ("Information des personnes", "Où les personnes concernées sont informées."),
        "dpia": ("Analyse d'impact", "Deux critères à oui : analyse obligatoire."),
    },
    "Dpia": {
        "criteria": ("Critères", "Les neuf critères du dépistage, chacun à oui ou non."),
        "decision": ("Décision", "requise laisse la politique au brouillon ; realisee demande la référence."),
        "reference": ("Référence de l'analyse", "Obligatoire avec realisee."),
    },
    "DpiaCriteria": {
        "scoring": ("Évaluation ou notation de personnes", "oui ou non."),
        "automated_decision": ("Décision automatique à effet juridique", "oui ou non."),
        "systematic_monitoring": ("Surveillance systématique", "oui ou non."),
        "sensitive_data": ("Données sensibles ou très personnelles", "oui ou non."),
        "large_scale": ("Collecte à grande échelle", "oui ou non."),
        "matching": ("Croisement de jeux de données", "oui ou non."),
        "vulnerable_people": (
            "Personnes vulnérables (mineurs, patients, personnes âgées)",
            "oui s'il y a des mineurs.",
        ),
        "innovative_use": ("Usage innovant d'une technologie", "oui ou non."),
        "right_blocked": ("Peut priver d'un droit ou d'un service", "oui ou non."),
    },
    "PolicyField": {
        "name": ("Nom de la colonne source", "Celui du catalogue."),
        "description": ("Description", "Ce que dit la colonne ; paraît dans le dictionnaire du jeu."),
        "type": ("Type", "geometrie : seulement une colonne technique, ligne à ligne."),
        "decimals": ("Décimales", "Obligatoire avec le type decimal, et seulement avec lui."),
        "category": ("Catégorie", "De quoi parle la colonne : celle du catalogue."),
        "role": ("Usage", "Le risque que porte la colonne : comment elle pourrait désigner quelqu'un."),
        "collected": (
            "Collectée à la source",
            "non : la colonne n'est pas demandée à la source et doit être retirée.",
        ),
        "treatment": ("Traitement", "Une opération, avec son paramètre si elle en demande un."),
    },
    "Treatment": {
        "operation": (
            "Opération",
            (
                "retirer : la colonne n'est jamais lue. conserver : telle quelle, si elle est technique. pseudonymiser : "
                "sert à compter dans le moteur, ne sort jamais. comptage : compter des valeurs distinctes. generaliser : "
                "rendre moins précis. agreger : dimension ou somme d'un tableau. arrondir, plafonner : avant la somme. "
                "masquer : caviarder, puis relecture."
            ),
        ),
        "levels": ("Niveaux permis", "Du plus fin au plus grossier ; temps ou lieu, jamais les deux."),
        "bins": (
            "Bornes des tranches",
            "Bornes basses, croissantes : chacune est dans la tranche qu'elle ouvre ; la dernière est ouverte.",
        ),
        "grouping": ("Regroupement de modalités", "Chaque valeur d'origine dans un seul groupe."),
        "round_to": (
            "Base d'arrondi",
            "Avec arrondir : chaque ligne va au multiple le plus proche, puis on additionne.",
        ),
        "ceiling": ("Plafond", "Avec plafonner : chaque ligne est ramenée à ce maximum, puis on additionne."),
        "review": ("Relecture", "Obligatoire avec masquer sur un texte libre : dpo."),
    },
    "Group": {
        "value": ("Valeur publiée", "Le nom du groupe."),
        "sources": ("Valeurs d'origine", "Celles de la source ; une valeur qui n'est dans aucun groupe refuse tout."),
    },
    "Pseudonyms": {
        "scope": ("Portée", "Constante : jeu. Un pseudonyme ne vaut que pour un jeu."),
        "rotation": ("Rotation de la clé", f"Au moins la périodicité. {_DURATION}"),
    },
    "Publication": {
        "shape": ("Forme", "tableau : des cellules. lignes : seulement sans aucune donnée personnelle."),
        "dimensions": ("Dimensions", "Pour un tableau : de une à six colonnes, généralisées ou agrégées."),
        "columns": ("Colonnes", "Pour des lignes : celles qui sortent."),
        "measures": ("Indicateurs", "Pour un tableau : ce qui est compté ou additionné dans chaque cellule."),
        "margins": ("Totaux publiés", "« aucun », ou la liste des marges ; par: [] est le total général."),
        "frequency": (
            "Périodicité",
            (
                "livraison (chaque livraison est une version) et direct (dernier état) : seulement ligne à ligne, sans "
                "aucune donnée personnelle, avec un délai « aucun »."
            ),
        ),
        "licence": ("Licence", "cc-by-4.0 et cc0-1.0 : seulement si la source l'impose et que le catalogue le dit."),
    },
    "Measure": {
        "name": ("Nom publié", "Le nom de la colonne dans le tableau."),
        "statistic": ("Calcul", "Ni maximum, ni minimum, ni médiane : ce serait la valeur d'une seule personne."),
        "field": ("Colonne source", "Obligatoire sauf pour comptage-lignes."),
    },
    "Margin": {"by": ("Dimensions gardées", "Les autres sont remplacées par « ensemble » ; [] : total général.")},
    "Guarantees": {
        "minimum_counts": (
            "Effectifs minimaux",
            "Liste vide : seulement si le catalogue n'a aucune colonne d'unité comptée.",
        ),
        "dominance": ("Règle de dominance", "Obligatoire dès qu'un indicateur n'est pas comptage-distinct."),
        "diversity": ("Diversité", "Obligatoire si une dimension est sensible."),
        "complementary_suppression": (
            "Masquage complémentaire",
            "Empêche de recalculer une cellule masquée depuis les totaux ; obligatoire s'il y en a.",
        ),
        "empty_cells": (
            "Cellules vides",
            "publier : un zéro se voit. masquer : un zéro est traité comme trop petit.",
        ),
        "rounding": ("Arrondi", "Chaque nombre publié, compte ou montant, devient un multiple de la base."),
        "differencing": ("Différences", "Ce à quoi chaque parution est comparée avant de sortir."),
        "publication_delay": (
            "Délai avant publication",
            (
                "Temps entre la fin de la période et sa publication. Exemple : « 7 jours ». « aucun » avec la périodicité "
                "livraison ou direct, et seulement là."
            ),
        ),
        "ladder": ("Échelle de repli", "Du plus fin au plus grossier ; le premier pas qui tient est pris."),
        "max_loss_percent": (
            "Perte maximale (%)",
            "Part d'unités masquées au-delà de laquelle on passe au pas suivant.",
        ),
        "small_populations": ("Petites populations", "Masquer ou fusionner les zones peu peuplées."),
    },
    "MinimumCount": {
        "unit": ("Unité comptée", "Ce que l'on compte : jamais des lignes."),
        "fields": ("Colonnes qui identifient l'unité", "Plusieurs colonnes : union des valeurs."),
        "k": ("Seuil k", "Une cellule comptant moins de k unités est masquée ; k lui-même paraît."),
    },
    "Dominance": {
        "active": _ACTIVE,
        "contributors": ("Plus gros contributeurs", "Combien d'unités sont regardées ensemble : de 1 à 3."),
        "percent": ("Part maximale (%)", "Au-delà, la cellule est masquée."),
    },
    "Diversity": {
        "active": _ACTIVE,
        "field": ("Nom de colonne", "La dimension sensible."),
        "l": ("Valeurs distinctes", "Combien de valeurs sensibles au moins dans chaque groupe."),
        "max_share_percent": ("Part maximale d'une valeur (%)", "Au-delà, tout le groupe est masqué."),
    },
    "ComplementarySuppression": {
        "active": _ACTIVE,
        "protection_percent": ("Protection (%)", "L'incertitude à laisser de chaque côté d'une valeur masquée."),
        "protection_min": ("Protection minimale (unités)", "La même, en nombre."),
    },
    "Rounding": {"active": _ACTIVE, "round_to": ("Base", "Par exemple 5 : un 10 affiché vaut 8 à 12.")},
    "Differencing": {
        "compared_with": (
            "Jeux comparés",
            "Toujours le jeu lui-même, puis les jeux de même source ou de même registre d'unités.",
        ),
        "late_rows": (
            "Arrivées tardives",
            "geler : une période parue ne change plus. reviser : elle peut être corrigée.",
        ),
    },
    "LadderStep": {"step": ("Niveaux du pas", "Chaque dimension à plusieurs niveaux y est dite.")},
    "LadderLevel": {
        "field": ("Nom de colonne", "Une dimension."),
        "level": ("Niveau", "L'un de ceux du champ."),
    },
    "SmallPopulations": {
        "threshold": ("Population minimale", "En habitants, par la table zones/populations.csv."),
        "action": ("Action", "masquer, ou fusionner avec la zone qui contient."),
    },
    "Retention": {
        "raw_store": ("Zone brute", f"Les lignes reçues, chiffrées : période, délai et un mois au moins. {_DURATION}"),
        "pseudonym_key": ("Clé de pseudonyme", f"Présente si et seulement si pseudonymes l'est. {_DURATION}"),
        "published_versions": ("Versions publiées", f"Le temps de téléchargement d'une version. {_DURATION}"),
        "erasure": ("Effacement", "Article 17."),
        "objection": ("Opposition", "Article 21."),
        "deletion_record": ("Preuve de purge", "Constante : chaque purge produit un procès-verbal."),
        "archives": ("Archives", "Le visa des archives sur la destruction des versions publiées."),
    },
    "Erasure": {
        "delay": ("Délai", f"Le temps pour répondre. {_DURATION}"),
        "procedure": ("Procédure", "Ce que fait une personne, et ce que fait le service."),
    },
    "Objection": {
        "applicable": ("Applicable", "oui obligatoire sous mission-interet-public et interet-legitime."),
        "procedure": ("Procédure ou motif", "Ce que fait une personne, ou pourquoi le droit ne s'applique pas."),
    },
    "Archives": {
        "visa": ("Visa", "requis bloque la destruction jusqu'à obtenu."),
        "reference": ("Référence", "Obligatoire avec obtenu."),
    },
    "Governance": {
        "state": ("État", "brouillon : l'état vrai vient des actes."),
        "author": ("Auteur", "Une personne de roles.yaml, avec ce rôle."),
        "dpo": ("DPO", "Une personne de roles.yaml, avec ce rôle ; elle ne rédige ni ne garantit."),
        "garant": ("Garant", "Une personne de roles.yaml, avec ce rôle."),
        "validity": ("Validité", "Trois ans au plus."),
        "withdrawal_delay": (
            "Délai de retrait",
            "Temps maximal entre la révocation et l'arrêt des téléchargements : « 15 minutes ».",
        ),
    },
    "Validity": {"start": ("Du", _DAY), "end": ("Au", f"Dernier jour inclus. {_DAY}")},
    "Derogation": {
        "rule": ("Règle", "Seule valeur : plancher-k."),
        "unit": ("Unité", "Celle d'un effectif minimal de la politique."),
        "k": ("Seuil dérogatoire", "Le k de la politique : sous le plancher, jamais sous « absolu »."),
        "reason": ("Motif", "Pourquoi ce vote."),
        "resolution": ("Délibération", "Sa référence."),
        "start": ("Du", _DAY),
        "end": ("Au", f"Dernier jour inclus, moins de douze mois après. {_DAY}"),
    },
}
