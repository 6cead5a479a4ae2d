"""Clean tables measured once, blind: kinds that no corpus before them had, written after the gate was last changed.

Once a kind of these has been looked at to mend the gate, it is no longer unseen: it goes to `more_clean_tables`.
"""

from typing import Final

from benchmarks.personal_corpora.clean_tables import (
    Cell,
    Table,
    amount,
    day,
    insee,
    latitude,
    longitude,
    made,
    number,
    one_of,
    street,
)
from benchmarks.personal_corpora.identifiers import company, digits
from benchmarks.personal_corpora.more_clean_tables import landline
from benchmarks.personal_corpora.words import TOWNS

TABLES: Final[dict[str, dict[str, Cell]]] = {
    "toponymie": {
        "id_voie": lambda c: f"{digits(c, 5)}_{digits(c, 4)}", "denomination": one_of("Rue Berthe Morisot", "Chemin de la Mère Michel", "Allée Olympe de Gouges", "Sente aux Ânes", "Rue du Père Rolland"),
        "origine": one_of("Ancien chemin de halage", "Hommage à la résistante Suzanne Buisson", "Nom du lieu-dit au cadastre de 1832", "Fondateur des aciéries"), "deliberation": one_of("2024-031", "2019-007"), "longueur_m": number(40, 2200), "insee": insee,
    },
    "subventions_culture": {
        "beneficiaire": one_of("Les Amis de l'Orgue", "Compagnie Jolie Môme", "Chorale Guy Ropartz", "Atelier Théâtre Jean Vilar", "Harmonie de Saulnes"), "siret": company, "montant": amount, "objet": one_of("Festival de rue", "Fonctionnement 2026", "Résidence d'artistes au collège", "Concert de la Sainte-Cécile"),
        "date_convention": day, "nature": one_of("aide en numéraire", "mise à disposition"), "exercice": one_of("2025", "2026"),
    },
    "arrosage": {
        "secteur": one_of("Parc Barbieux", "Square du Souvenir", "Jardin Frère Roland"), "compteur": lambda c: f"AR-{digits(c, 6)}", "releve_m3": amount, "releve_le": day, "remarque": one_of("fuite sur le réseau", "programmateur remplacé", "", "coupure pendant la sécheresse"),
    },
    "pistes_cyclables": {
        "troncon": lambda c: f"T{digits(c, 4)}", "de": one_of("Place Ducale", "Pont Mathilde", "Gare"), "a": one_of("Lycée Robert Schuman", "Zone Ariane", "Centre"), "revetement": one_of("enrobé", "stabilisé"), "largeur": one_of("1.5", "2", "3"), "mise_en_service": day, "x": longitude, "y": latitude,
    },
    "mediatheque_prets": {
        "ean": lambda c: f"978{digits(c, 10)}", "titre": one_of("Madame Bovary", "Le Père Goriot", "Martine à la plage", "Les Misérables", "La Promesse de l'aube"), "editeur": one_of("Gallimard", "Albin Michel", "Robert Laffont", "Casterman"), "prets": number(0, 300), "section": one_of("adulte", "jeunesse"),
    },
    "eau_potable": {
        "captage": one_of("Source Sainte-Anne", "Forage Bernard", "Puits du Moulin"), "commune": one_of(*TOWNS), "parametre": one_of("nitrates", "atrazine", "pH"), "valeur": amount, "unite": one_of("mg/L", "µg/L"), "preleve_le": day, "conclusion": one_of("Eau conforme aux limites de qualité.", "Dépassement ponctuel, consigne levée par l'ARS Grand Est."),
    },
    "marches_forains": {
        "marche": one_of("Marché du Port", "Marché Carnot", "Halle Baltard"), "jour": one_of("mardi", "samedi"), "horaires": one_of("7h-13h", "8h à 12h30"), "emplacements": number(5, 120), "tarif_ml": amount, "placier_tel": landline, "adresse": street,
    },
    "conteneurs": {
        "numero": lambda c: f"{digits(c, 8)}", "type": one_of("bac 240 L", "colonne aérienne"), "pose_le": day, "adresse": street, "etat": one_of("bon", "couvercle cassé", "brûlé"), "prestataire": one_of("Plastic Omnium", "Paul Grandjouan SACO", "Citec"),
    },
    "scrutins": {
        "bureau": one_of("Bureau 1 - Mairie", "Bureau 2 - École Paul Bert"), "inscrits": number(300, 1200), "votants": number(100, 900), "blancs": number(0, 30), "nuls": number(0, 20), "exprimes": number(100, 850), "liste": one_of("Ensemble pour demain", "Agir avec vous"), "voix": number(0, 500),
    },
}  # fmt: skip
"""Kind of table → its columns, each with the maker of a cell."""


def blind_tables(seed: int, *, rows: int) -> dict[str, Table]:
    """Return every kind of table, the same for a seed."""
    return made(TABLES, seed, rows=rows)
