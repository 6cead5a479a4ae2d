"""An auditor of voted files that were accepted: the limits that no vote crosses, from LANGUAGE.md section 1 alone."""

from collections.abc import Iterator, Mapping
from typing import Any

from tests.attack.policy_auditor import AT_LEAST, AT_MOST, UNITS, minutes

Plain = Mapping[str, Any]

LEAST = {
    "personne": (11, 5),
    "foyer": (11, 5),
    "appareil": (11, 5),
    "entreprise": (3, 3),
    "point-de-livraison": (10, 10),
    "trajet": (6, 6),
}
LONGEST = {
    ("derogations", "duree_max"): "12 mois",
    ("pseudonymes", "rotation_max"): "12 mois",
    ("conservation", "zone_brute_max"): "12 mois",
    ("conservation", "cle_pseudonyme_max"): "12 mois",
    ("conservation", "versions_publiees_max"): "10 ans",
    ("conservation", "effacement_delai_max"): "1 mois",
    ("gouvernance", "delai_retrait_max"): "1 jour",
    ("gouvernance", "validite_politique_max"): "3 ans",
}
CONSTANTS = {
    ("par_defaut",): "refuser",
    ("fuseau",): "Europe/Paris",
    ("responsable", "hebergement"): "union-europeenne",
    ("responsable", "transferts"): "aucun",
    ("categories_particulieres",): "refuser",
    ("texte_libre", "relecture"): "dpo",
    ("derogations", "regles"): ["plancher-k"],
    ("dominance", "active"): "oui",
    ("mineurs", "derogation"): "non",
    ("pseudonymes", "algorithme"): "hmac-sha256",
    ("pseudonymes", "portee"): "jeu",
    ("pseudonymes", "publication"): "interdite",
    ("conservation", "preuve_purge"): "proces-verbal",
    ("gouvernance", "signatures_ouverture"): 2,
    ("gouvernance", "signatures_arret"): 1,
    ("gouvernance", "signatures_reprise"): 2,
}


def crossed(charter: Plain) -> Iterator[str]:
    """Name each limit that an accepted charter crosses."""
    for path, value in CONSTANTS.items():
        if at(charter, path) != value:
            yield f"{'.'.join(path)} is not constant"
    for path, limit in LONGEST.items():
        if minutes(at(charter, path), AT_LEAST) > minutes(limit, AT_MOST):
            yield f"{'.'.join(path)} is too long"
    floors = charter["planchers"]
    if sorted(floor["unite"] for floor in floors) != sorted(UNITS):
        yield "not one floor a unit"
    for floor in floors:
        k, hard = LEAST[floor["unite"]]
        if floor["k"] < k or not hard <= floor["absolu"] <= floor["k"]:
            yield f"the floor of {floor['unite']}"
    minors = charter["mineurs"]
    pairs = {frozenset(pair) for pair in charter["gouvernance"]["incompatibilites"]}
    broken = {
        "minors": minors["k"] < 11 or minors["temps"] in {"heure", "jour", "semaine"} or minors["decoupage"] == "iris",
        "squares of minors": minors["carreau"] not in {"refuse", "commune", "epci"},
        "dominance": charter["dominance"]["pourcent_max"] > 85,
        "delay": minutes(charter["delai_publication_min"], AT_LEAST) < minutes("1 jour", AT_MOST),
        "incompatibilities": len(pairs) != 3 or any(len(pair) != 2 for pair in pairs),
    }
    yield from (limit for limit, stands in broken.items() if stands)
    yield from of_matrix(charter["matrice"])


def of_matrix(rows: list[Plain]) -> Iterator[str]:
    for row in rows:
        treatments, categories, roles = set(row["traitements"]), set(row["categories"]), set(row["usages"])
        broken = {
            "article 9 or media": categories & {"categorie-particuliere", "media"},
            "kept as it is": "conserver" in treatments and roles - {"technique"},
            "a direct identifier that does more than count": "identifiant-direct" in roles
            and treatments - {"pseudonymiser", "comptage"},
            "a text unread": "texte-libre" in categories and treatments - {"masquer"},
            "a unit shown": categories & UNITS and treatments & {"conserver", "agreger"},
        }
        yield from (limit for limit, stands in broken.items() if stands)


def confused(roles: Plain, catalogue: Plain) -> Iterator[str]:
    """Name what makes an accepted file of roles or catalogue say two things."""
    people = roles["personnes"]
    entries = catalogue["jeux"]
    for said, values in (
        ("a person twice", [person["identifiant"] for person in people]),
        ("a key of two people", [person["cle"] for person in people]),
        ("a dataset twice", [entry["jeu"] for entry in entries]),
        *((f"a column of {e['jeu']} twice", [column["nom"] for column in e["colonnes"]]) for e in entries),
    ):
        if len(values) != len(set(values)):
            yield said


def at(plain: Plain, path: tuple[str, ...]) -> Any:
    value: Any = plain
    for step in path:
        value = value[step]
    return value
