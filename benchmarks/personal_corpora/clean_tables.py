"""Clean tables as French and Luxembourg administrations publish them: codes, amounts, places, acts; nobody's data."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from random import Random  # noqa: TID251 - made-up tables, the same each time
from typing import Final
from uuid import UUID

from benchmarks.personal_corpora.identifiers import company, digits, luhn
from benchmarks.personal_corpora.words import BODIES, FAULTS, SCHOOLS, STREETS, SUBJECTS, TOWNS, WORKS

Table = dict[str, list[str]]
Cell = Callable[[Random], str]
_START: Final = date(2022, 1, 1)


def _table(columns: Mapping[str, Cell], chance: Random, rows: int) -> Table:
    return {name: [cell(chance) for _ in range(rows)] for name, cell in columns.items()}


def one_of(*words: str) -> Cell:
    """Return a maker of one of some words."""
    return lambda chance: chance.choice(words)


def number(low: int, high: int) -> Cell:
    """Return a maker of whole numbers."""
    return lambda chance: str(chance.randint(low, high))


def amount(chance: Random) -> str:
    """Return an amount, with a comma or a stop."""
    return f"{chance.uniform(10, 90_000):.2f}".replace(".", chance.choice(".,"))


def day(chance: Random) -> str:
    """Return a day."""
    return (_START + timedelta(days=chance.randint(0, 1500))).isoformat()


def _french_day(chance: Random) -> str:
    return (_START + timedelta(days=chance.randint(0, 1500))).strftime("%d/%m/%Y")


def instant(chance: Random) -> str:
    """Return an instant, in UTC."""
    return f"{day(chance)}T{chance.randint(0, 23):02}:{chance.randint(0, 59):02}:00Z"


def street(chance: Random) -> str:
    """Return a number and a street."""
    return f"{chance.randint(1, 90)} {chance.choice(STREETS)}"


def insee(chance: Random) -> str:
    """Return the code of a commune."""
    return f"{chance.choice(('54', '57'))}{chance.randint(1, 760):03}"


def _siren(chance: Random) -> str:
    head = digits(chance, 8)
    return head + luhn(head)


def _guid(chance: Random) -> str:
    return str(UUID(int=chance.getrandbits(128), version=4))


def latitude(chance: Random) -> str:
    """Return a latitude."""
    return f"{chance.uniform(49.3, 49.6):.5f}"


def longitude(chance: Random) -> str:
    """Return a longitude."""
    return f"{chance.uniform(5.8, 6.2):.5f}"


def _act(chance: Random) -> str:
    return f"Délibération relative à {chance.choice(SUBJECTS)}"


def _works(chance: Random) -> str:
    return f"{chance.choice(WORKS).capitalize()} {chance.choice(STREETS)} à {chance.choice(TOWNS)}"


def _report(chance: Random) -> str:
    return f"{chance.choice(FAULTS).capitalize()} devant le n° {chance.randint(1, 60)} {chance.choice(STREETS)}, à reprendre sous {chance.randint(2, 9)} jours"


TABLES: Final[dict[str, dict[str, Cell]]] = {
    "budget": {"exercice": number(2018, 2026), "chapitre": number(10, 99), "article": number(6000, 7999),
               "libelle": one_of("Charges à caractère général", "Dotations", "Produits des services", "Charges de personnel"),
               "sens": one_of("D", "R"), "montant": amount},
    "decp": {"id": lambda c: f"2024{digits(c, 8)}", "acheteur.id": company, "objet": _works, "codeCPV": lambda c: f"{digits(c, 8)}-{digits(c, 1)}",
             "procedure": one_of("Procédure adaptée", "Appel d'offres ouvert"), "dureeMois": number(1, 48), "titulaire.id": company,
             "dateNotification": day, "montant": amount},
    "equipements": {"id_equipement": lambda c: f"EQ-{digits(c, 6)}", "nom": one_of(*SCHOOLS, "Gymnase Colette Besson", "Stade Jean-Bouin"),
                    "adresse": street, "code_postal": number(54000, 57999), "commune": one_of(*TOWNS), "latitude": latitude, "longitude": longitude},
    "deliberations": {"DELIB_ID": lambda c: f"2024-{c.randint(1, 300):03}", "DELIB_DATE": day, "DELIB_OBJET": _act,
                      "DELIB_MATIERE_CODE": lambda c: f"{c.randint(1, 9)}.{c.randint(1, 9)}", "VOTE_POUR": number(10, 33), "VOTE_CONTRE": number(0, 9)},
    "subventions": {"nomAttribuant": one_of("Commune de Thil", "Communauté de communes"), "idAttribuant": company, "nomBeneficiaire": one_of(*BODIES),
                    "idBeneficiaire": company, "rnaBeneficiaire": lambda c: f"W{digits(c, 9)}", "objet": one_of("Fonctionnement", "Fête du sport", "Achat de matériel"),
                    "montant": amount, "dateConvention": day},
    "voirie": {"troncon": lambda c: f"T{digits(c, 5)}", "voie": one_of(*STREETS), "longueur_m": number(20, 900), "revetement": one_of("enrobé", "pavé"),
               "travaux": _works, "debut": _french_day, "fin": _french_day},
    "insee": {"CODGEO": insee, "LIBGEO": one_of(*TOWNS), "P20_POP": number(90, 15000), "P20_LOG": number(40, 9000), "MED21": number(17000, 34000)},
    "arrets": {"stop_id": lambda c: f"FR:{insee(c)}:ZE:{digits(c, 5)}", "stop_name": one_of("Jean Jaurès", "Mairie", "Gare", "Place Foch", "Pierre Brossolette", "Hôtel de ville"),
               "stop_lat": latitude, "stop_lon": longitude, "wheelchair_boarding": number(0, 2)},
    "ecoles": {"uai": lambda c: f"054{digits(c, 4)}{c.choice('ABCDEFGH')}", "appellation_officielle": one_of(*SCHOOLS), "adresse": street,
               "effectif": number(20, 700), "telephone": lambda c: f"03 82 {c.randint(10, 99)} {c.randint(10, 99)} {c.randint(10, 99)}", "courriel": lambda c: f"ce.054{digits(c, 4)}x@ac-nancy-metz.fr"},
    "mairies": {"nom": lambda c: f"Mairie de {c.choice(TOWNS)}", "mail": lambda c: f"{c.choice(('mairie', 'contact', 'accueil', 'urbanisme'))}@{c.choice(('thil', 'saulnes', 'longwy'))}.fr",
                "telephone": lambda c: f"+33 3 82 {c.randint(10, 99)} {c.randint(10, 99)} {c.randint(10, 99)}", "site": lambda c: f"https://www.commune{c.randint(1, 99)}.fr/contact"},
    "comptages": {"capteur": lambda c: f"CPT{digits(c, 4)}", "horodatage": instant, "velos": number(0, 400), "pietons": number(0, 900), "vitesse_moyenne": amount},
    "air": {"station": lambda c: f"FR{digits(c, 5)}", "polluant": one_of("NO2", "PM10", "PM2.5", "O3"), "valeur": amount, "unite": one_of("µg/m³"), "date_debut": instant},
    "irve": {"id_pdc_itinerance": lambda c: f"FR{c.choice(('ABC', 'E10', 'S57'))}E{digits(c, 6)}", "nom_station": lambda c: f"{c.choice(TOWNS)} - {c.choice(STREETS)}", "adresse_station": street,
             "coordonneesXY": lambda c: f"[{longitude(c)},{latitude(c)}]", "puissance_nominale": number(3, 300), "contact_operateur": one_of("support@izivia.com", "contact@freshmile.com")},
    "signalements": {"reference": lambda c: f"SIG{digits(c, 6)}", "categorie": one_of(*FAULTS), "description": _report, "date": _french_day, "statut": one_of("ouvert", "clos")},
    "prenoms": {"annee": number(1990, 2024), "sexe": number(1, 2), "prenom": one_of("MARIE", "JEAN", "LÉA", "LOUIS", "EMMA", "GABRIEL"), "nombre": number(3, 400)},
    "elections": {"bureau": lambda c: f"{c.randint(1, 20):04}", "lieu": one_of(*SCHOOLS), "inscrits": number(300, 1200), "votants": number(200, 900), "blancs": number(0, 40)},
    "arbres": {"id_arbre": _guid, "genre": one_of("Acer", "Tilia", "Platanus", "Quercus"), "espece": one_of("Acer pseudoplatanus", "Tilia cordata", "Quercus robur"),
               "hauteur_m": number(2, 25), "position": lambda c: f"{latitude(c)},{longitude(c)}", "remarque": one_of("à élaguer", "sain", "racines apparentes", "")},
    "mobilier": {"code": lambda c: f"MU-{digits(c, 4)}-{c.choice('ABC')}", "type": one_of("banc", "corbeille", "abri vélo"), "marque": one_of("Guyon", "Seri", "Area"), "modele": one_of("Louis XV", "Rivoli", "Haussmann"), "pose": day},
    "bibliotheque": {"isbn": lambda c: f"978-2-{digits(c, 4)}-{digits(c, 4)}-{digits(c, 1)}", "titre": one_of("Les Misérables", "Madame Bovary", "L'Étranger", "Germinal", "Le Petit Prince"), "cote": lambda c: f"R {c.choice(('HUG', 'ZOL', 'CAM'))}", "prets": number(0, 90)},
    "logements": {"numero_dossier": lambda c: f"PC 054 {c.randint(1, 600):03} 24 {c.choice('ABC')}{digits(c, 4)}", "surface_m2": number(20, 400), "etat": one_of("autorisé", "refusé"), "parcelle": lambda c: f"{c.choice(('AB', 'ZC', 'AD'))} {c.randint(1, 400)}"},
    "eau": {"code_ouvrage": lambda c: f"54{digits(c, 6)}", "commune": one_of(*TOWNS), "volume_m3": number(100, 90000), "rendement": amount, "prix_ttc": amount},
    "dechets": {"flux": one_of("OMR", "Verre", "Emballages"), "tonnage": amount, "secteur": one_of("Nord", "Centre", "Jean Macé"), "semaine": lambda c: f"2024-S{c.randint(1, 52):02}"},
    "entreprises": {"siren": _siren, "denomination": one_of(*BODIES), "ape": lambda c: f"{c.randint(10, 96)}.{c.randint(10, 99)}{c.choice('ABZ')}", "tranche": one_of("00", "11", "21"), "capital": number(1000, 900000)},
    "luxembourg": {"Gemeng": one_of("Esch-sur-Alzette", "Sanem", "Käerjeng", "Dudelange"), "Joer": number(2015, 2025), "Awunner": number(2000, 40000), "Strooss": one_of("rue de l'Alzette", "Grand-Rue", "route d'Arlon", "avenue J.F. Kennedy"), "Telefon": lambda c: f"+352 24 {c.randint(10, 99)} {c.randint(10, 99)}"},
    "agenda": {"titre": one_of("Concert de l'Harmonie municipale", "Marché de Noël", "Conférence : le bassin minier", "Exposition Claude Monet", "Tournoi Pierre de Coubertin"), "debut": instant, "lieu": one_of("salle Jean Vilar", "Espace Georges Brassens", "Maison pour tous"), "tarif": one_of("gratuit", "5 €")},
    "energie": {"site": one_of(*SCHOOLS), "mois": lambda c: f"2024-{c.randint(1, 12):02}", "kwh": number(100, 90000), "usage": one_of("chauffage", "éclairage"), "remarque": one_of("", "relevé estimé", "chaudière remplacée en mars")},
    "frequentation": {"date": day, "entrees": number(0, 900), "meteo": one_of("soleil", "pluie"), "commentaire": one_of("vacances scolaires", "fermé le matin pour entretien", "", "groupe scolaire accueilli")},
    "parkings": {"id": lambda c: f"{insee(c)}-P-{c.randint(1, 99):03}", "nom": one_of("Parking Victor Hugo", "P+R Belval", "Parking Saint-Charles"), "places": number(10, 900), "hauteur_max": number(180, 320), "url": lambda c: f"https://data.commune.fr/dataset/{_guid(c)}"},
}  # fmt: skip
"""Kind of table → its columns, each with the maker of a cell."""


def clean_tables(seed: int, *, rows: int) -> dict[str, Table]:
    """Return every kind of clean table, the same for a seed."""
    return made(TABLES, seed, rows=rows)


def made(tables: Mapping[str, Mapping[str, Cell]], seed: int, *, rows: int) -> dict[str, Table]:
    """Return tables of so many rows from what their columns are made of, the same for a seed."""
    return {name: _table(columns, Random(f"{seed} {name}"), rows) for name, columns in tables.items()}
