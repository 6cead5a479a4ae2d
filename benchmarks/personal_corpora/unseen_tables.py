"""Clean tables held out: written after the gate was last tuned, measured before anything was changed because of them.

Once a kind of these has been looked at to mend the gate, it is no longer unseen: it goes to `more_clean_tables`.
"""

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
from benchmarks.personal_corpora.more_clean_tables import landline
from benchmarks.personal_corpora.words import STREETS, TOWNS

TABLES: Final[dict[str, dict[str, Cell]]] = {
    "patrimoine": {
        "reference": lambda c: f"PA{digits(c, 8)}", "appellation": one_of("Château de Malbrouck", "Église Saint-Rémi", "Maison dite du Bailli", "Croix de Louis Bernard", "Usine Wendel"),
        "siecle": one_of("XVIIIe siècle", "1er quart 20e siècle"), "protection": one_of("inscrit MH", "classé MH partiellement"), "date_arrete": day, "commune": one_of(*TOWNS),
        "historique": one_of("Construit pour les maîtres de forges, agrandi en 1904.", "Façade refaite après la guerre, clocher de 1732.", "Cité ouvrière de la Société des aciéries de Micheville."),
    },
    "tri_et_depots": {
        "point": lambda c: f"PAV{digits(c, 4)}", "implantation": street, "flux": one_of("verre", "papier", "textile"), "exploitant": one_of("Le Relais Est", "Minéris", "Suez RV Nord Est"),
        "volume_l": number(1000, 5000), "derniere_collecte": instant, "taux": number(0, 100), "x": longitude, "y": latitude, "observation": one_of("trappe bloquée", "accès gêné par un chantier", "", "verre au sol"),
    },
    "achats": {
        "bon": lambda c: f"BC26-{digits(c, 5)}", "tiers": one_of("Bureau Vallée", "Bruno Lorraine SARL", "La Poste", "Orange Business", "Manutan Collectivités", "Pierre Fabre"),
        "siret_tiers": company, "nature": one_of("fournitures de bureau", "carburant", "entretien", "timbres"), "ht": amount, "ttc": amount, "engage_le": day, "service": one_of("Sports", "Voirie", "Finances"),
    },
    "cimetieres": {
        "cimetiere": one_of("cimetière du Centre", "cimetière paysager Sainte-Barbe"), "carre": lambda c: c.choice("ABCDE"), "emplacements": number(20, 300), "libres": number(0, 60),
        "duree_ans": one_of("15", "30", "50"), "tarif": amount, "gardien_tel": landline, "horaires": one_of("8h-18h", "7h30-20h d'avril à octobre"),
    },
    "sport_resultats": {
        "journee": number(1, 26), "date": day, "recevant": one_of("US Thil", "FC Saulnes-Longlaville", "AS Marie Curie", "Entente Jean-Baptiste Clément"), "visiteur": one_of("ES Crusnes", "RC Kayl"),
        "score": lambda c: f"{c.randint(0, 6)}-{c.randint(0, 6)}", "stade": one_of("stade Marcel Picot", "complexe Guy Drut"), "spectateurs": number(10, 900),
    },
    "logement_social": {
        "residence": one_of("Les Hauts de Butte", "Résidence Ambroise Croizat", "Le Clos des Mirabelliers", "Paul Éluard"), "bailleur": one_of("Batigère Habitat", "Vivest", "Meurthe-et-Moselle Habitat"),
        "adresse": street, "insee": insee, "type": one_of("T2", "T3", "T4"), "logements": number(4, 90), "loyer_m2": amount, "dpe": one_of("B", "C", "D"), "voie_proche": one_of(*STREETS),
    },
}  # fmt: skip
"""Kind of table → its columns, each with the maker of a cell."""


def unseen_tables(seed: int, *, rows: int) -> dict[str, Table]:
    """Return every kind of table that was held out, the same for a seed."""
    return made(TABLES, seed, rows=rows)
