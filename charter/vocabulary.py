"""French word ↔ English name: the only file that speaks both (LANGUAGE.md section 12, style 3.1).

Enumerations give the words that stand as values; `KEYS` gives the words that stand as keys. Both are total and
one-to-one in their context, which a test holds.
"""

from enum import StrEnum
from typing import Final


class YesNo(StrEnum):
    """The language's booleans."""

    YES = "oui"
    NO = "non"


class Category(StrEnum):
    """What a column speaks of; fixed by the catalogue."""

    PERSON = "personne"
    HOUSEHOLD = "foyer"
    ENTERPRISE = "entreprise"
    DEVICE = "appareil"
    DELIVERY_POINT = "point-de-livraison"
    TRIP = "trajet"
    PLACE = "lieu"
    TIME = "temps"
    CODE_LIST = "nomenclature"
    MEASURE = "mesure"
    FREE_TEXT = "texte-libre"
    MEDIA = "media"
    SPECIAL_CATEGORY = "categorie-particuliere"


class Unit(StrEnum):
    """What a minimum count counts: never rows."""

    PERSON = "personne"
    HOUSEHOLD = "foyer"
    DEVICE = "appareil"
    DELIVERY_POINT = "point-de-livraison"
    TRIP = "trajet"
    ENTERPRISE = "entreprise"


class Role(StrEnum):
    """How a column could point at someone (`usage`)."""

    DIRECT_IDENTIFIER = "identifiant-direct"
    QUASI_IDENTIFIER = "quasi-identifiant"
    SENSITIVE = "sensible"
    MEASURE = "mesure"
    TECHNICAL = "technique"


class Operation(StrEnum):
    """What is done to a column."""

    DROP = "retirer"
    KEEP = "conserver"
    PSEUDONYMISE = "pseudonymiser"
    GENERALISE = "generaliser"
    AGGREGATE = "agreger"
    COUNT_UNITS = "comptage"
    ROUND = "arrondir"
    CAP = "plafonner"
    MASK = "masquer"


class FieldType(StrEnum):
    """The type of a column."""

    TEXT = "texte"
    INTEGER = "entier"
    DECIMAL = "decimal"
    DATE = "date"
    DATETIME = "date-heure"
    POSITION = "position"
    GEOMETRY = "geometrie"
    FILE = "fichier"
    BOOLEAN = "booleen"
    CODE = "code"


class Level(StrEnum):
    """A level of generalisation, of time or of place; finest first within its chain."""

    HOUR = "heure"
    DAY = "jour"
    WEEK = "semaine"
    MONTH = "mois"
    QUARTER = "trimestre"
    YEAR = "annee"
    GRID_200M = "carreau-200m"
    GRID_1KM = "carreau-1km"
    IRIS = "iris"
    COMMUNE = "commune"
    EPCI = "epci"


TIME_CHAIN: Final = (Level.HOUR, Level.DAY, Level.WEEK, Level.MONTH, Level.QUARTER, Level.YEAR)
ZONE_CHAIN: Final = (Level.IRIS, Level.COMMUNE, Level.EPCI)
GRID_CHAIN: Final = (Level.GRID_200M, Level.GRID_1KM, Level.COMMUNE, Level.EPCI)


DURATION_UNITS: Final = {
    "minute": (0, 1),
    "minutes": (0, 1),
    "heure": (0, 60),
    "heures": (0, 60),
    "jour": (0, 24 * 60),
    "jours": (0, 24 * 60),
    "semaine": (0, 7 * 24 * 60),
    "semaines": (0, 7 * 24 * 60),
    "mois": (1, 0),
    "an": (12, 0),
    "ans": (12, 0),
}
"""Unit of a duration → (months, minutes): months and years never turn into minutes exactly."""

NO_DELAY: Final = "aucun"
"""The `delai_publication` of a delivery or of a live state."""

STATUS: Final = "statut"
"""The column of a table that says whether a cell is published or masked."""


RESERVED_LABELS: Final = ("ensemble", "inconnu")
"""What a table writes in place of a dimension: in a total, and where the source has no value."""


class Statistic(StrEnum):
    """How an indicator is computed (`calcul`)."""

    ROW_COUNT = "comptage-lignes"
    DISTINCT_COUNT = "comptage-distinct"
    SUM = "somme"
    MEAN = "moyenne"


class Shape(StrEnum):
    """Whether a release has cells or rows (`forme`)."""

    TABLE = "tableau"
    ROWS = "lignes"


class Frequency(StrEnum):
    """The length of a release (`periodicite`)."""

    DAY = "jour"
    WEEK = "semaine"
    MONTH = "mois"
    QUARTER = "trimestre"
    YEAR = "annee"
    DELIVERY = "livraison"
    LIVE = "direct"


class Licence(StrEnum):
    """Licences out."""

    LICENCE_OUVERTE = "licence-ouverte-2.0"
    ODBL = "odbl-1.0"
    CC_BY = "cc-by-4.0"
    CC0 = "cc0-1.0"


class EmptyCells(StrEnum):
    """What an empty cell shows (`cellules_vides`)."""

    PUBLISH = "publier"
    MASK = "masquer"


class LateRows(StrEnum):
    """What rows that arrive after their period's release do (`tardifs`)."""

    FREEZE = "geler"
    REVISE = "reviser"


class SmallPopulationAction(StrEnum):
    """What happens to a zone with few inhabitants."""

    MASK = "masquer"
    MERGE = "fusionner"


class LegalBasis(StrEnum):
    """RGPD art. 6(1)."""

    CONSENT = "consentement"
    CONTRACT = "contrat"
    LEGAL_OBLIGATION = "obligation-legale"
    VITAL_INTERESTS = "sauvegarde-interets-vitaux"
    PUBLIC_TASK = "mission-interet-public"
    LEGITIMATE_INTEREST = "interet-legitime"


class DpiaDecision(StrEnum):
    """Outcome of the impact screening (RGPD art. 35)."""

    NOT_REQUIRED = "non-requise"
    REQUIRED = "requise"
    DONE = "realisee"


class State(StrEnum):
    """State of a policy, derived from its acts (LANGUAGE.md section 10)."""

    DRAFT = "brouillon"
    SIMULATED = "simulee"
    ENDORSED = "visee"
    SIGNED = "signee"
    IN_FORCE = "en-vigueur"
    STOPPED = "arretee"
    SUPERSEDED = "remplacee"
    REVOKED = "revoquee"
    EXPIRED = "expiree"


class ActKind(StrEnum):
    """An act on a policy."""

    SIMULATE = "simuler"
    ENDORSE = "viser"
    SIGN = "signer"
    ENTER_INTO_FORCE = "mettre-en-vigueur"
    STOP = "arreter"
    RESUME = "reprendre"
    REVOKE = "revoquer"
    ADOPT = "adopter"


class PersonRole(StrEnum):
    """Role of a person of `roles.yaml`."""

    AUTHOR = "auteur"
    DPO = "dpo"
    GARANT = "garant"
    ARCHIVES = "archives"


class ArchiveVisa(StrEnum):
    """Visa of the archives on destruction of published versions."""

    REQUIRED = "requis"
    OBTAINED = "obtenu"
    NOT_APPLICABLE = "sans-objet"


class Delivery(StrEnum):
    """How a source delivers (`livraison` of the catalogue)."""

    COMPLETE = "complete"


# fmt: off
KEYS: Final[dict[str, str]] = {
    "language": "langage", "nature": "nature", "dataset": "jeu", "datasets": "jeux", "title": "titre",
    "version": "version", "charter": "socle", "identifier": "identifiant", "default": "par_defaut",
    # registre
    "processing_record": "registre", "purpose": "finalite", "legal_basis": "base_legale",
    "legal_provision": "fondement", "personal_data": "donnees_personnelles", "data_subjects": "categories_personnes",
    "minors": "mineurs", "data_categories": "categories_donnees", "recipients": "destinataires",
    "transfers": "transferts", "safeguards": "mesures", "privacy_notice": "information", "dpia": "aipd",
    "criteria": "criteres", "scoring": "evaluation", "automated_decision": "decision_automatisee",
    "systematic_monitoring": "surveillance_systematique", "sensitive_data": "donnees_sensibles",
    "large_scale": "grande_echelle", "matching": "croisement", "vulnerable_people": "personnes_vulnerables",
    "innovative_use": "usage_innovant", "right_blocked": "blocage_droit", "decision": "decision",
    "reference": "reference",
    # champs
    "fields": "champs", "name": "nom", "description": "description", "type": "type", "decimals": "decimales",
    "category": "categorie", "role": "usage", "collected": "collecte", "treatment": "traitement",
    "operation": "operation", "levels": "niveaux", "bins": "tranches", "grouping": "regroupement", "value": "valeur",
    "sources": "depuis", "round_to": "base", "ceiling": "plafond", "review": "relecture",
    # pseudonymes
    "pseudonyms": "pseudonymes", "scope": "portee", "rotation": "rotation",
    # publication
    "publication": "publication", "shape": "forme", "dimensions": "dimensions", "columns": "colonnes",
    "measures": "indicateurs", "statistic": "calcul", "field": "champ", "margins": "totaux", "by": "par",
    "frequency": "periodicite", "licence": "licence",
    # garanties
    "guarantees": "garanties", "minimum_counts": "comptages", "unit": "unite", "k": "k", "dominance": "dominance",
    "active": "active", "contributors": "contributeurs", "percent": "pourcent", "diversity": "diversite", "l": "l",
    "max_share_percent": "part_max_pourcent", "complementary_suppression": "suppression_secondaire",
    "protection_percent": "protection_pourcent", "protection_min": "protection_min", "empty_cells": "cellules_vides",
    "rounding": "arrondi", "differencing": "differences", "compared_with": "comparer_a", "late_rows": "tardifs",
    "publication_delay": "delai_publication", "ladder": "echelle", "step": "pas", "level": "niveau",
    "max_loss_percent": "perte_max_pourcent", "small_populations": "petites_populations", "threshold": "seuil",
    "action": "action",
    # conservation
    "retention": "conservation", "raw_store": "zone_brute", "pseudonym_key": "cle_pseudonyme",
    "published_versions": "versions_publiees", "erasure": "effacement", "delay": "delai", "procedure": "procedure",
    "objection": "opposition", "applicable": "applicable", "deletion_record": "preuve_purge", "archives": "archives",
    "visa": "visa",
    # gouvernance
    "governance": "gouvernance", "state": "etat", "author": "auteur", "dpo": "dpo", "garant": "garant",
    "validity": "validite", "start": "du", "end": "au", "withdrawal_delay": "delai_retrait",
    # derogations
    "derogations": "derogations", "rule": "regle", "reason": "motif", "resolution": "deliberation",
    # socle
    "time_zone": "fuseau", "controller": "responsable", "dpo_contact": "contact_dpo", "authority": "autorite",
    "hosting": "hebergement", "floors": "planchers", "hard_floor": "absolu", "max_duration": "duree_max",
    "rules": "regles", "max_percent": "pourcent_max", "l_min": "l_min",
    "publication_delay_min": "delai_publication_min", "threshold_min": "seuil_min", "finest": "finesse",
    "time": "temps", "zone": "decoupage", "grid": "carreau", "bin_width_min": "tranche_largeur_min",
    "derogation": "derogation", "special_categories": "categories_particulieres", "free_text": "texte_libre",
    "algorithm": "algorithme", "rotation_max": "rotation_max", "publication_rule": "publication",
    "raw_store_max": "zone_brute_max", "pseudonym_key_max": "cle_pseudonyme_max",
    "published_versions_max": "versions_publiees_max", "erasure_delay_max": "effacement_delai_max",
    "journal": "journal", "opening_signatures": "signatures_ouverture", "stopping_signatures": "signatures_arret",
    "resuming_signatures": "signatures_reprise", "withdrawal_delay_max": "delai_retrait_max",
    "policy_validity_max": "validite_politique_max", "incompatibilities": "incompatibilites", "matrix": "matrice",
    "categories": "categories", "roles": "usages", "treatments": "traitements",
    # roles.yaml
    "people": "personnes", "person_role": "role", "key": "cle",
    # catalogue.yaml
    "source": "source", "unit_register": "registre_unites", "delivery": "livraison",
    "imposed_licence": "licence_imposee", "technical": "technique", "values": "modalites", "presence": "presence",
}
# fmt: on
"""English attribute → French key.

`publication_rule` is the socle's `pseudonymes.publication`, `person_role` the `role` of a person of roles.yaml.
"""


def french_key(attribute: str) -> str:
    """Return the French key of an English attribute; a missing one is a bug."""
    return KEYS[attribute]
