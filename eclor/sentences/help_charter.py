"""What an editor shows of each key of a charter (socle): its title, then what to write (block, attribute → French)."""

from typing import Final

_DURATION: Final = "Une durée : « 30 jours », « 12 mois »."
_DAY: Final = "Un jour : AAAA-MM-JJ."

HELP: Final[dict[str, dict[str, tuple[str, str]]]] = {
    "Charter": {
        "language": ("Version du langage", "Constante : 1."),
        "nature": ("Nature", "Constante : charte-socle."),
        "identifier": ("Identifiant", "Le nom de la charte, que chaque politique cite."),
        "version": ("Version", "Un entier qui monte d'un à chaque vote."),
        "title": ("Titre", "Ce que lira le public."),
        "resolution": ("Délibération", "Le vote."),
        "validity": ("Validité", "Hors de ces dates, aucune politique ne compile."),
        "default": ("Par défaut", "Constante : refuser."),
        "time_zone": ("Fuseau", "Constante : Europe/Paris."),
        "controller": ("Responsable de traitement", "Qui répond des traitements du territoire."),
        "floors": ("Planchers", "Un par unité : le k en dessous duquel rien ne paraît."),
        "derogations": ("Dérogations", "Ce qu'un vote daté peut abaisser."),
        "dominance": ("Dominance", "La règle la plus lâche qu'une politique puisse écrire."),
        "diversity": ("Diversité", "La règle la plus lâche qu'une politique puisse écrire."),
        "complementary_suppression": ("Masquage complémentaire", "La protection la plus faible admise."),
        "publication_delay_min": ("Délai minimal", f"Un jour au moins. {_DURATION}"),
        "max_loss_percent": ("Perte maximale (%)", "Ce qu'un pas d'une échelle peut masquer au plus."),
        "small_populations": ("Petites populations", "Le seuil le plus bas admis."),
        "finest": ("Finesse", "Les niveaux les plus fins qui puissent sortir."),
        "minors": ("Mineurs", "Les planchers relevés dès que des mineurs sont présents."),
        "special_categories": ("Catégories particulières", "Article 9. Constante : refuser."),
        "free_text": ("Texte libre", "Qui relit les textes."),
        "pseudonyms": ("Pseudonymes", "Comment ils sont faits."),
        "retention": ("Conservation", "Les durées les plus longues admises."),
        "governance": ("Gouvernance", "Combien signent, et en combien de temps un arrêt agit."),
        "matrix": ("Matrice", "Catégories, usages, traitements admis ; une combinaison absente est refusée."),
    },
    "Validity": {"start": ("Du", _DAY), "end": ("Au", f"Dernier jour inclus. {_DAY}")},
    "Controller": {
        "name": ("Nom", "La collectivité."),
        "dpo_contact": ("Contact du délégué", "L'adresse où une personne écrit."),
        "authority": ("Autorité de contrôle", "Où porter réclamation."),
        "hosting": ("Hébergement", "Constante : union-europeenne."),
        "transfers": ("Transferts", "Constante : aucun."),
    },
    "Floor": {
        "unit": ("Unité", "L'une des six."),
        "k": ("Seuil", "Le plus petit k d'une politique."),
        "hard_floor": ("Plancher absolu", "Le plus petit k d'une dérogation."),
    },
    "DerogationRules": {
        "max_duration": ("Durée maximale", f"Douze mois au plus. {_DURATION}"),
        "rules": ("Règles dérogeables", "Constante : [plancher-k]."),
    },
    "DominanceFloor": {
        "active": ("Active", "Constante : oui."),
        "contributors": ("Contributeurs", "De 1 à 3."),
        "max_percent": ("Part maximale (%)", "85 au plus."),
    },
    "DiversityFloor": {
        "l_min": ("Valeurs distinctes", "2 au moins."),
        "max_share_percent": ("Part maximale (%)", "90 au plus."),
    },
    "SuppressionFloor": {
        "protection_percent": ("Protection (%)", "L'incertitude minimale de chaque côté d'une valeur masquée."),
        "protection_min": ("Protection minimale", "La même, en nombre."),
    },
    "SmallPopulationFloor": {"threshold_min": ("Seuil minimal", "En habitants.")},
    "Finest": {
        "time": ("Temps", "Le niveau de temps le plus fin."),
        "zone": ("Découpage", "La zone la plus fine."),
        "grid": ("Carreau", "Le carreau le plus fin."),
        "bin_width_min": ("Largeur minimale d'une tranche", "Dans l'unité de la mesure."),
    },
    "Minors": {
        "k": ("Seuil", "11 au moins, pour toute unité."),
        "derogation": ("Dérogation", "Constante : non."),
        "time": ("Temps", "Le mois au plus fin."),
        "zone": ("Découpage", "La commune au plus fin."),
        "grid": ("Carreau", "refuse, ou commune, ou epci : jamais un carreau."),
    },
    "FreeText": {"review": ("Relecture", "Constante : dpo.")},
    "PseudonymRules": {
        "algorithm": ("Algorithme", "Constante : hmac-sha256."),
        "scope": ("Portée", "Constante : jeu."),
        "rotation_max": ("Rotation maximale", f"Douze mois au plus. {_DURATION}"),
        "publication_rule": ("Publication", "Constante : interdite."),
    },
    "RetentionFloor": {
        "raw_store_max": ("Zone brute", f"Douze mois au plus. {_DURATION}"),
        "pseudonym_key_max": ("Clé", f"Douze mois au plus. {_DURATION}"),
        "published_versions_max": ("Versions", f"Dix ans au plus. {_DURATION}"),
        "erasure_delay_max": ("Effacement", f"Un mois au plus. {_DURATION}"),
        "journal": ("Journal", f"Le temps de garde du journal. {_DURATION}"),
        "deletion_record": ("Preuve de purge", "Constante : proces-verbal."),
    },
    "GovernanceRules": {
        "opening_signatures": ("Signatures pour ouvrir", "Constante : 2."),
        "stopping_signatures": ("Signatures pour arrêter", "Constante : 1."),
        "resuming_signatures": ("Signatures pour reprendre", "Constante : 2."),
        "withdrawal_delay_max": ("Délai de retrait", f"Un jour au plus. {_DURATION}"),
        "policy_validity_max": ("Validité d'une politique", f"Trois ans au plus. {_DURATION}"),
        "incompatibilities": ("Incompatibilités", "Les trois paires d'auteur, dpo et garant."),
    },
    "MatrixRow": {
        "categories": ("Catégories", "De quoi parle la colonne ; ni media, ni categorie-particuliere."),
        "roles": ("Usages", "Comment elle pourrait désigner quelqu'un."),
        "treatments": ("Traitements", "Ceux qui sont admis ; retirer l'est toujours."),
    },
}
