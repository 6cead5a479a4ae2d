"""Clean tables that were once held out: they were measured before the gate was changed because of them, then it was."""

from random import Random  # noqa: TID251 - made-up tables, the same each time
from typing import Final

from benchmarks.personal_corpora.clean_tables import (
    Cell,
    Table,
    amount,
    day,
    insee,
    instant,
    latitude,
    longitude,
    made,
    number,
    one_of,
    street,
)
from benchmarks.personal_corpora.identifiers import company, digits
from benchmarks.personal_corpora.words import STREETS, TOWNS


def landline(chance: Random) -> str:
    """Return a number of the north-east."""
    return f"03 {chance.choice(('82', '83', '87'))} {' '.join(digits(chance, 2) for _ in range(3))}"


def _desk(chance: Random) -> str:
    place = chance.choice(("Office de tourisme", "Médiathèque", "Accueil du théâtre", "Réservations"))
    return f"{chance.choice(('Entrée libre.', 'Sur inscription.', 'Dès 6 ans.'))} {place} : {landline(chance)}"


def _order(chance: Random) -> str:
    kind = chance.choice(
        ("Stationnement interdit", "Circulation alternée", "Route barrée", "Vitesse limitée à 30 km/h")
    )
    return f"{kind} {chance.choice(STREETS)}, du {chance.randint(1, 15)} au {chance.randint(16, 30)} juin"


def _line(chance: Random) -> str:
    first, second, third = chance.sample(TOWNS, 3)
    return f"{first} - {second} par {third}"


TABLES: Final[dict[str, dict[str, Cell]]] = {
    "marches_forains": {
        "emplacement": lambda c: f"{c.choice('ABCD')}{c.randint(1, 40)}", "jour": one_of("mardi", "vendredi", "dimanche matin"),
        "enseigne": one_of("Le Panier de Germaine", "Fromagerie des Côtes", "Chez Marcel", "Rôtisserie Saint-Martin", "Aux Délices de Rose"),
        "activite": one_of("primeur", "fromager", "poissonnier", "vêtements", "volailles fermières"), "metrage": number(2, 14), "redevance": amount,
    },
    "registre_associations": {
        "id": lambda c: f"W{digits(c, 9)}", "titre": one_of("LES AMIS DE LA CHAPELLE SAINTE CLAIRE", "COMITE DES FETES", "ASSOCIATION SPORTIVE DU COLLEGE PAUL VERLAINE",
                                                            "Cercle Robert Schuman", "Harmonie Sainte-Cécile", "Les Jardins de Marie"),
        "objet": one_of("pratique du tennis de table", "organiser des fêtes et des rencontres entre habitants", "aide aux devoirs, soutien scolaire, sorties",
                        "faire connaître l'histoire du bassin sidérurgique", "entretien et restauration de la chapelle"),
        "date_creat": day, "adrs_codepostal": number(54000, 57999), "adrs_libcommune": lambda c: c.choice(TOWNS).upper(), "siteweb": lambda c: f"https://asso{c.randint(1, 99)}.fr",
    },
    "defibrillateurs": {
        "gid": number(1, 90000), "nom": one_of("Salle des fêtes", "Gymnase Alain Mimoun", "Mairie annexe", "Centre aquatique"), "lat_coor1": latitude, "long_coor1": longitude,
        "adr_voie": street, "com_nom": one_of(*TOWNS), "acc_acc": one_of("accès libre à l'extérieur, à gauche de la porte", "demander à l'accueil", "derrière le comptoir"),
        "disp_h": one_of("24h/24", "heures ouvrables", "8h-12h 14h-17h30"), "tel1": lambda c: f"+33 3 87 {' '.join(digits(c, 2) for _ in range(3))}", "expt_siren": lambda c: company(c)[:9],
        "expt_rais": one_of("Commune de Thil", "Communauté de communes", "Lycée Louis Bertrand", "Crédit Mutuel", "Lidl France"), "fab_rais": one_of("Schiller", "Philips", "Laerdal", "Zoll Medical"),
    },
    "cantine": {
        "date": day, "entree": one_of("Salade niçoise", "Œuf mimosa", "Velouté Dubarry", "Carottes râpées", "Salade Caesar"),
        "plat": one_of("Hachis Parmentier", "Croque monsieur", "Sauté de veau Marengo", "Poulet Vallée d'Auge", "Filet de colin meunière", "Pâtes à la bolognaise"),
        "dessert": one_of("Tarte Tatin", "Poire Belle Hélène", "Pêche Melba", "Saint-Honoré", "Fromage blanc"), "bio": one_of("oui", "non"), "repas_servis": number(20, 400),
    },
    "arretes_circulation": {
        "numero": lambda c: f"AR-2026-{c.randint(1, 999):03}", "objet": _order, "voie": one_of(*STREETS), "debut": instant, "fin": instant,
        "entreprise": one_of("Eurovia Lorraine", "SADE", "Thomas SARL", "Lingenheld Travaux Publics", "Jean Lefebvre Est", "Réseaux Martin & Fils"),
        "contact": one_of("voirie@villerupt.fr", "travaux@ccphva.fr"), "motif": one_of("branchement de gaz", "déménagement", "pose d'un échafaudage", "fête de la musique"),
    },
    "programme_culturel": {
        "intitule": one_of("Ciné-club : Les Enfants du paradis", "Nuit de la lecture", "Le Mariage de Figaro", "Pierre et le Loup", "Visite guidée de la mine", "Bal folk"),
        "genre": one_of("théâtre", "jeune public", "cinéma", "danse"), "salle": one_of("Théâtre de la Rotonde", "L'Arche", "Espace Jean Ferrat"), "debut": instant,
        "renseignements": _desk, "duree_min": number(30, 180), "jauge": number(40, 900), "tarif_plein": amount,
    },
    "fleurissement": {
        "massif": lambda c: f"MF{digits(c, 3)}", "espece": one_of("Rosa", "Pelargonium zonale", "Tagetes patula", "Salvia farinacea"),
        "variete": one_of("Pierre de Ronsard", "Madame Meilland", "Victoria", "Bonanza Orange", "Iceberg", "Princesse de Monaco"), "quantite": number(5, 400),
        "plantation": day, "lieu": one_of("rond-point de la Gare", "parvis de la mairie", "square Saint-Exupéry"), "arrosage": one_of("goutte à goutte", "manuel", "aucun"),
    },
    "schoulen": {
        "Gemeng": one_of("Péiteng", "Déifferdeng", "Rëmeleng"), "Schoul": one_of("Schoul Jean Jaurès", "Spillschoul Um Bock", "Lycée Mathias Adam", "Grondschoul Neiwiss"),
        "Adress": lambda c: f"{c.randint(1, 90)}, {c.choice(('rue de la Libération', 'Groussstrooss', 'avenue Charlotte'))}", "Telefonsnummer": lambda c: f"(+352) 26 {digits(c, 2)} {digits(c, 2)}",
        "E-Mail": one_of("info@schoul.lu", "sekretariat@grondschoul.lu"), "Schüler": number(40, 900), "Schouljoer": one_of("2024/2025", "2025/2026"),
    },
    "lignes_de_bus": {
        "route_id": lambda c: f"L{c.randint(1, 90)}", "agency_name": one_of("Transports Schidler", "Keolis Grand Est", "Demy Cars", "Autocars Vandivinit"), "route_long_name": _line,
        "route_color": lambda c: f"{c.randint(0, 0xFFFFFF):06X}", "girouette": one_of("Gare via Jean Moulin", "Belval Université", "Collège Théodore Monod"), "insee_terminus": insee,
    },
}  # fmt: skip
"""Kind of table → its columns, each with the maker of a cell."""


def more_clean_tables(seed: int, *, rows: int) -> dict[str, Table]:
    """Return every kind of these tables, the same for a seed."""
    return made(TABLES, seed, rows=rows)
