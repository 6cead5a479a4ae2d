"""Clean tables as French and Luxembourg administrations publish them: codes, amounts, places, acts; nobody's data."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random  # noqa: TID251 - made-up tables, the same each time
from typing import Final
from uuid import UUID

from benchmarks.personal_corpora.identifiers import company, digits, luhn
from benchmarks.personal_corpora.words import BODIES, FAULTS, SCHOOLS, STREETS, SUBJECTS, TOWNS, WORKS

Table = dict[str, list[str]]
Cell = Callable[[Random], str]
_START: Final = date(2022, 1, 1)


def _table(columns: dict[str, Cell], chance: Random, rows: int) -> Table:
    return {name: [cell(chance) for _ in range(rows)] for name, cell in columns.items()}


def _one_of(*words: str) -> Cell:
    return lambda chance: chance.choice(words)


def _number(low: int, high: int) -> Cell:
    return lambda chance: str(chance.randint(low, high))


def _amount(chance: Random) -> str:
    return f"{chance.uniform(10, 90_000):.2f}".replace(".", chance.choice(".,"))


def _day(chance: Random) -> str:
    return (_START + timedelta(days=chance.randint(0, 1500))).isoformat()


def _french_day(chance: Random) -> str:
    return (_START + timedelta(days=chance.randint(0, 1500))).strftime("%d/%m/%Y")


def _instant(chance: Random) -> str:
    return f"{_day(chance)}T{chance.randint(0, 23):02}:{chance.randint(0, 59):02}:00Z"


def _street(chance: Random) -> str:
    return f"{chance.randint(1, 90)} {chance.choice(STREETS)}"


def _insee(chance: Random) -> str:
    return f"{chance.choice(('54', '57'))}{chance.randint(1, 760):03}"


def _siren(chance: Random) -> str:
    head = digits(chance, 8)
    return head + luhn(head)


def _guid(chance: Random) -> str:
    return str(UUID(int=chance.getrandbits(128), version=4))


def _latitude(chance: Random) -> str:
    return f"{chance.uniform(49.3, 49.6):.5f}"


def _longitude(chance: Random) -> str:
    return f"{chance.uniform(5.8, 6.2):.5f}"


def _act(chance: Random) -> str:
    return f"Délibération relative à {chance.choice(SUBJECTS)}"


def _works(chance: Random) -> str:
    return f"{chance.choice(WORKS).capitalize()} {chance.choice(STREETS)} à {chance.choice(TOWNS)}"


def _report(chance: Random) -> str:
    return f"{chance.choice(FAULTS).capitalize()} devant le n° {chance.randint(1, 60)} {chance.choice(STREETS)}, à reprendre sous {chance.randint(2, 9)} jours"


TABLES: Final[dict[str, dict[str, Cell]]] = {
    "budget": {"exercice": _number(2018, 2026), "chapitre": _number(10, 99), "article": _number(6000, 7999),
               "libelle": _one_of("Charges à caractère général", "Dotations", "Produits des services", "Charges de personnel"),
               "sens": _one_of("D", "R"), "montant": _amount},
    "decp": {"id": lambda c: f"2024{digits(c, 8)}", "acheteur.id": company, "objet": _works, "codeCPV": lambda c: f"{digits(c, 8)}-{digits(c, 1)}",
             "procedure": _one_of("Procédure adaptée", "Appel d'offres ouvert"), "dureeMois": _number(1, 48), "titulaire.id": company,
             "dateNotification": _day, "montant": _amount},
    "equipements": {"id_equipement": lambda c: f"EQ-{digits(c, 6)}", "nom": _one_of(*SCHOOLS, "Gymnase Colette Besson", "Stade Jean-Bouin"),
                    "adresse": _street, "code_postal": _number(54000, 57999), "commune": _one_of(*TOWNS), "latitude": _latitude, "longitude": _longitude},
    "deliberations": {"DELIB_ID": lambda c: f"2024-{c.randint(1, 300):03}", "DELIB_DATE": _day, "DELIB_OBJET": _act,
                      "DELIB_MATIERE_CODE": lambda c: f"{c.randint(1, 9)}.{c.randint(1, 9)}", "VOTE_POUR": _number(10, 33), "VOTE_CONTRE": _number(0, 9)},
    "subventions": {"nomAttribuant": _one_of("Commune de Thil", "Communauté de communes"), "idAttribuant": company, "nomBeneficiaire": _one_of(*BODIES),
                    "idBeneficiaire": company, "rnaBeneficiaire": lambda c: f"W{digits(c, 9)}", "objet": _one_of("Fonctionnement", "Fête du sport", "Achat de matériel"),
                    "montant": _amount, "dateConvention": _day},
    "voirie": {"troncon": lambda c: f"T{digits(c, 5)}", "voie": _one_of(*STREETS), "longueur_m": _number(20, 900), "revetement": _one_of("enrobé", "pavé"),
               "travaux": _works, "debut": _french_day, "fin": _french_day},
    "insee": {"CODGEO": _insee, "LIBGEO": _one_of(*TOWNS), "P20_POP": _number(90, 15000), "P20_LOG": _number(40, 9000), "MED21": _number(17000, 34000)},
    "arrets": {"stop_id": lambda c: f"FR:{_insee(c)}:ZE:{digits(c, 5)}", "stop_name": _one_of("Jean Jaurès", "Mairie", "Gare", "Place Foch", "Pierre Brossolette", "Hôtel de ville"),
               "stop_lat": _latitude, "stop_lon": _longitude, "wheelchair_boarding": _number(0, 2)},
    "ecoles": {"uai": lambda c: f"054{digits(c, 4)}{c.choice('ABCDEFGH')}", "appellation_officielle": _one_of(*SCHOOLS), "adresse": _street,
               "effectif": _number(20, 700), "telephone": lambda c: f"03 82 {c.randint(10, 99)} {c.randint(10, 99)} {c.randint(10, 99)}", "courriel": lambda c: f"ce.054{digits(c, 4)}x@ac-nancy-metz.fr"},
    "mairies": {"nom": lambda c: f"Mairie de {c.choice(TOWNS)}", "mail": lambda c: f"{c.choice(('mairie', 'contact', 'accueil', 'urbanisme'))}@{c.choice(('thil', 'saulnes', 'longwy'))}.fr",
                "telephone": lambda c: f"+33 3 82 {c.randint(10, 99)} {c.randint(10, 99)} {c.randint(10, 99)}", "site": lambda c: f"https://www.commune{c.randint(1, 99)}.fr/contact"},
    "comptages": {"capteur": lambda c: f"CPT{digits(c, 4)}", "horodatage": _instant, "velos": _number(0, 400), "pietons": _number(0, 900), "vitesse_moyenne": _amount},
    "air": {"station": lambda c: f"FR{digits(c, 5)}", "polluant": _one_of("NO2", "PM10", "PM2.5", "O3"), "valeur": _amount, "unite": _one_of("µg/m³"), "date_debut": _instant},
    "irve": {"id_pdc_itinerance": lambda c: f"FR{c.choice(('ABC', 'E10', 'S57'))}E{digits(c, 6)}", "nom_station": lambda c: f"{c.choice(TOWNS)} - {c.choice(STREETS)}", "adresse_station": _street,
             "coordonneesXY": lambda c: f"[{_longitude(c)},{_latitude(c)}]", "puissance_nominale": _number(3, 300), "contact_operateur": _one_of("support@izivia.com", "contact@freshmile.com")},
    "signalements": {"reference": lambda c: f"SIG{digits(c, 6)}", "categorie": _one_of(*FAULTS), "description": _report, "date": _french_day, "statut": _one_of("ouvert", "clos")},
    "prenoms": {"annee": _number(1990, 2024), "sexe": _number(1, 2), "prenom": _one_of("MARIE", "JEAN", "LÉA", "LOUIS", "EMMA", "GABRIEL"), "nombre": _number(3, 400)},
    "elections": {"bureau": lambda c: f"{c.randint(1, 20):04}", "lieu": _one_of(*SCHOOLS), "inscrits": _number(300, 1200), "votants": _number(200, 900), "blancs": _number(0, 40)},
    "arbres": {"id_arbre": _guid, "genre": _one_of("Acer", "Tilia", "Platanus", "Quercus"), "espece": _one_of("Acer pseudoplatanus", "Tilia cordata", "Quercus robur"),
               "hauteur_m": _number(2, 25), "position": lambda c: f"{_latitude(c)},{_longitude(c)}", "remarque": _one_of("à élaguer", "sain", "racines apparentes", "")},
    "mobilier": {"code": lambda c: f"MU-{digits(c, 4)}-{c.choice('ABC')}", "type": _one_of("banc", "corbeille", "abri vélo"), "marque": _one_of("Guyon", "Seri", "Area"), "modele": _one_of("Louis XV", "Rivoli", "Haussmann"), "pose": _day},
    "bibliotheque": {"isbn": lambda c: f"978-2-{digits(c, 4)}-{digits(c, 4)}-{digits(c, 1)}", "titre": _one_of("Les Misérables", "Madame Bovary", "L'Étranger", "Germinal", "Le Petit Prince"), "cote": lambda c: f"R {c.choice(('HUG', 'ZOL', 'CAM'))}", "prets": _number(0, 90)},
    "logements": {"numero_dossier": lambda c: f"PC 054 {c.randint(1, 600):03} 24 {c.choice('ABC')}{digits(c, 4)}", "surface_m2": _number(20, 400), "etat": _one_of("autorisé", "refusé"), "parcelle": lambda c: f"{c.choice(('AB', 'ZC', 'AD'))} {c.randint(1, 400)}"},
    "eau": {"code_ouvrage": lambda c: f"54{digits(c, 6)}", "commune": _one_of(*TOWNS), "volume_m3": _number(100, 90000), "rendement": _amount, "prix_ttc": _amount},
    "dechets": {"flux": _one_of("OMR", "Verre", "Emballages"), "tonnage": _amount, "secteur": _one_of("Nord", "Centre", "Jean Macé"), "semaine": lambda c: f"2024-S{c.randint(1, 52):02}"},
    "entreprises": {"siren": _siren, "denomination": _one_of(*BODIES), "ape": lambda c: f"{c.randint(10, 96)}.{c.randint(10, 99)}{c.choice('ABZ')}", "tranche": _one_of("00", "11", "21"), "capital": _number(1000, 900000)},
    "luxembourg": {"Gemeng": _one_of("Esch-sur-Alzette", "Sanem", "Käerjeng", "Dudelange"), "Joer": _number(2015, 2025), "Awunner": _number(2000, 40000), "Strooss": _one_of("rue de l'Alzette", "Grand-Rue", "route d'Arlon", "avenue J.F. Kennedy"), "Telefon": lambda c: f"+352 24 {c.randint(10, 99)} {c.randint(10, 99)}"},
    "agenda": {"titre": _one_of("Concert de l'Harmonie municipale", "Marché de Noël", "Conférence : le bassin minier", "Exposition Claude Monet", "Tournoi Pierre de Coubertin"), "debut": _instant, "lieu": _one_of("salle Jean Vilar", "Espace Georges Brassens", "Maison pour tous"), "tarif": _one_of("gratuit", "5 €")},
    "energie": {"site": _one_of(*SCHOOLS), "mois": lambda c: f"2024-{c.randint(1, 12):02}", "kwh": _number(100, 90000), "usage": _one_of("chauffage", "éclairage"), "remarque": _one_of("", "relevé estimé", "chaudière remplacée en mars")},
    "frequentation": {"date": _day, "entrees": _number(0, 900), "meteo": _one_of("soleil", "pluie"), "commentaire": _one_of("vacances scolaires", "fermé le matin pour entretien", "", "groupe scolaire accueilli")},
    "parkings": {"id": lambda c: f"{_insee(c)}-P-{c.randint(1, 99):03}", "nom": _one_of("Parking Victor Hugo", "P+R Belval", "Parking Saint-Charles"), "places": _number(10, 900), "hauteur_max": _number(180, 320), "url": lambda c: f"https://data.commune.fr/dataset/{_guid(c)}"},
}  # fmt: skip
"""Kind of table → its columns, each with the maker of a cell."""


def clean_tables(seed: int, *, rows: int) -> dict[str, Table]:
    """Return every kind of clean table, the same for a seed."""
    return {name: _table(columns, Random(f"{seed} {name}"), rows) for name, columns in TABLES.items()}
