"""An auditor of accepted policies, on plain French values: written from LANGUAGE.md, sharing nothing with the compiler.

It asks of a policy that was accepted what the charter promises to residents, and names what is broken.
"""

from collections.abc import Iterator, Mapping
from itertools import chain, pairwise
from typing import Any

Plain = Mapping[str, Any]

UNITS = {"personne", "foyer", "appareil", "point-de-livraison", "trajet", "entreprise"}
TIMES = ["heure", "jour", "semaine", "mois", "trimestre", "annee"]
TOO_FINE_FOR_MINORS = {"iris", "carreau-1km", "carreau-200m", "heure", "jour", "semaine"}
MINUTES = {"minute": 1, "heure": 60, "jour": 1440, "semaine": 10080}
AT_LEAST = {**MINUTES, "mois": 28 * 1440, "an": 365 * 1440}
AT_MOST = {**MINUTES, "mois": 31 * 1440, "an": 366 * 1440}


def minutes(duration: str, table: Mapping[str, int]) -> int:
    number, unit = duration.split()
    return int(number) * table[unit if unit in table else unit.removesuffix("s")]


def may_be_shorter(asked: str, limit: str) -> bool:
    """Tell whether one duration is shorter in some calendar; a month is as long as a month that begins with it."""
    (number, unit), (least, of_limit) = asked.split(), limit.split()
    if unit.removesuffix("s") == of_limit.removesuffix("s"):
        return int(number) < int(least)
    return minutes(asked, AT_LEAST) < minutes(limit, AT_MOST)


def breaches(policy: Plain, charter: Plain, entry: Plain) -> Iterator[str]:
    """Name each promise that an accepted policy breaks."""
    fields = {field["nom"]: field for field in policy["champs"]}
    kept = {name: field for name, field in fields.items() if field["traitement"]["operation"] != "retirer"}
    yield from of_columns(fields, kept, charter, entry)
    published = policy["publication"].get("dimensions", []) + policy["publication"].get("colonnes", [])
    for name in published:
        if name not in kept or kept[name]["traitement"]["operation"] in {"pseudonymiser", "comptage"}:
            yield f"{name} leaves"
    if policy["publication"]["forme"] == "lignes":
        yield from of_rows(policy, kept, entry)
    else:
        yield from of_table(policy, kept, charter, entry)
    yield from of_retention(policy, charter)


def of_columns(fields: Plain, kept: Plain, charter: Plain, entry: Plain) -> Iterator[str]:
    columns = {column["nom"]: column for column in entry["colonnes"]}
    if set(columns) != set(fields):
        yield "a column is undeclared, or one is invented"
    for name, field in kept.items():
        column, treatment = columns.get(name, {}), field["traitement"]
        rows = [row for row in charter["matrice"] if field["categorie"] in row["categories"]]
        admitted = [row["traitements"] for row in rows if field["usage"] in row["usages"]]
        broken = {
            "changes category": field["categorie"] != column.get("categorie"),
            "calls itself technical": field["usage"] == "technique" and column.get("technique") != "oui",
            "is a medium or special": field["categorie"] in {"media", "categorie-particuliere"},
            "was not asked for": field.get("collecte") == "non",
            "is treated outside the matrix": treatment["operation"] not in chain.from_iterable(admitted),
            "counts who is there": column.get("presence") == "oui" and treatment["operation"] == "conserver",
            "has narrow bins": has_narrow_bins(treatment, charter),
            "is finer than the charter's squares": "carreau-200m" in treatment.get("niveaux", []),
        }
        yield from (f"{name} {breach}" for breach, stands in broken.items() if stands)


def has_narrow_bins(treatment: Plain, charter: Plain) -> bool:
    least = charter["finesse"]["tranche_largeur_min"]
    return any(after - before < least for before, after in pairwise(treatment.get("tranches", [])))


def of_rows(policy: Plain, kept: Plain, entry: Plain) -> Iterator[str]:
    if any(column["categorie"] in UNITS for column in entry["colonnes"]):
        yield "rows of someone"
    for name, field in kept.items():
        if field["usage"] != "technique" and field["traitement"].get("relecture") != "dpo":
            yield f"{name} leaves unread"
    is_calendar = policy["publication"]["periodicite"] not in {"livraison", "direct"}
    if is_calendar is (policy["garanties"]["delai_publication"] == "aucun"):
        yield "a delay that does not fit"


def of_table(policy: Plain, kept: Plain, charter: Plain, entry: Plain) -> Iterator[str]:
    guarantees, publication = policy["garanties"], policy["publication"]
    yield from of_counts(policy, charter, entry)
    has_sums = any(measure["calcul"] != "comptage-distinct" for measure in publication["indicateurs"])
    sensitive = [name for name in publication["dimensions"] if kept.get(name, {}).get("usage") == "sensible"]
    counted = bool(guarantees["comptages"])
    has_totals = publication["totaux"] != "aucun"
    broken = {
        "totals give cells away": counted and has_totals and not is_on(guarantees["suppression_secondaire"]),
        "no dominance": counted and has_sums and not is_on(guarantees["dominance"]),
        "two sensitive dimensions": len(sensitive) > 1,
        "no diversity": bool(sensitive) and guarantees["diversite"].get("champ") != sensitive[0],
        "empty sensitive cells": bool(sensitive) and guarantees["cellules_vides"] != "masquer",
        "no comparison with itself": policy["jeu"] not in guarantees["differences"]["comparer_a"],
        "something is kept for nothing": bool(set(kept) - serving(policy)),
    }
    yield from (breach for breach, stands in broken.items() if stands)
    yield from of_strength(guarantees, charter)
    yield from of_levels(policy, kept, charter)
    yield from of_ladder(policy, kept)


def of_counts(policy: Plain, charter: Plain, entry: Plain) -> Iterator[str]:
    floors = {floor["unite"]: floor for floor in charter["planchers"]}
    derogated = {derogation["unite"]: derogation["k"] for derogation in policy.get("derogations", [])}
    counts = policy["garanties"]["comptages"]
    for count in counts:
        floor = floors[count["unite"]]
        least = min(floor["k"], max(derogated.get(count["unite"], floor["k"]), floor["absolu"]))
        if policy["registre"]["mineurs"] == "oui":
            least = max(floor["k"], charter["mineurs"]["k"])
        if count["k"] < least:
            yield f"k of {count['unite']}"
    if not counts and any(column["categorie"] in UNITS for column in entry["colonnes"]):
        yield "nobody is counted"


def of_strength(guarantees: Plain, charter: Plain) -> Iterator[str]:
    for block, key, floor in (
        ("suppression_secondaire", "protection_pourcent", charter["suppression_secondaire"]["protection_pourcent"]),
        ("suppression_secondaire", "protection_min", charter["suppression_secondaire"]["protection_min"]),
        ("dominance", "contributeurs", charter["dominance"]["contributeurs"]),
        ("diversite", "l", charter["diversite"]["l_min"]),
    ):
        if is_on(guarantees[block]) and guarantees[block].get(key, 0) < floor:
            yield f"{block}.{key}"
    for block, key, ceiling in (
        ("dominance", "pourcent", charter["dominance"]["pourcent_max"]),
        ("diversite", "part_max_pourcent", charter["diversite"]["part_max_pourcent"]),
    ):
        if is_on(guarantees[block]) and guarantees[block].get(key, 100) > ceiling:
            yield f"{block}.{key}"
    if guarantees.get("perte_max_pourcent", 0) > charter["perte_max_pourcent"]:
        yield "too much loss"
    asked = guarantees.get("petites_populations")
    if asked is not None and asked["seuil"] < charter["petites_populations"]["seuil_min"]:
        yield "small populations"


def of_levels(policy: Plain, kept: Plain, charter: Plain) -> Iterator[str]:
    period, delay = policy["publication"]["periodicite"], policy["garanties"]["delai_publication"]
    if period not in TIMES:
        yield "a table without a period"
    if delay == "aucun" or may_be_shorter(delay, charter["delai_publication_min"]):
        yield "too soon"
    longer = TIMES[TIMES.index(period) + 1 :] if period in TIMES else []
    for name, field in kept.items():
        levels = set(field["traitement"].get("niveaux", []))
        if levels & set(longer):
            yield f"{name} is longer than its release"
        if policy["registre"]["mineurs"] == "oui" and levels & TOO_FINE_FOR_MINORS:
            yield f"{name} is too fine for minors"


def of_ladder(policy: Plain, kept: Plain) -> Iterator[str]:
    dimensions = policy["publication"]["dimensions"]
    several = {name for name in dimensions if len(kept.get(name, {}).get("traitement", {}).get("niveaux", [])) > 1}
    steps = policy["garanties"].get("echelle", [])
    if several and (not steps or any(several - {part["champ"] for part in step["pas"]} for step in steps)):
        yield "the ladder misses a dimension"


def of_retention(policy: Plain, charter: Plain) -> Iterator[str]:
    kept, limits = policy["conservation"], charter["conservation"]
    for asked, limit in (
        (kept["zone_brute"], limits["zone_brute_max"]),
        (kept.get("cle_pseudonyme"), limits["cle_pseudonyme_max"]),
        (kept["versions_publiees"], limits["versions_publiees_max"]),
        (kept["effacement"]["delai"], limits["effacement_delai_max"]),
        (policy["gouvernance"]["delai_retrait"], charter["gouvernance"]["delai_retrait_max"]),
    ):
        if asked is not None and minutes(asked, AT_LEAST) > minutes(limit, AT_MOST):
            yield f"{asked} is kept beyond {limit}"
    people = [policy["gouvernance"][role] for role in ("auteur", "dpo", "garant")]
    if len(set(people)) != len(people):
        yield "one person holds two roles"


def serving(policy: Plain) -> set[str]:
    publication, guarantees = policy["publication"], policy["garanties"]
    named = [*publication.get("dimensions", []), *publication.get("colonnes", [])]
    named += [measure.get("champ") for measure in publication.get("indicateurs", [])]
    named += [name for count in guarantees.get("comptages", []) for name in count["champs"]]
    return set(named)


def is_on(guarantee: Plain) -> bool:
    return bool(guarantee["active"] == "oui")
