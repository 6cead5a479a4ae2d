"""An auditor of what an accepted policy owes: people, dates, register, keys, derogations, comparisons.

Written from LANGUAGE.md on plain French values, sharing nothing with the compiler.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import Any

from tests.attack.policy_auditor import AT_LEAST, AT_MOST, MINUTES, TIMES, UNITS, minutes

Plain = Mapping[str, Any]

ZONES = ["iris", "commune", "epci"]
SQUARES = ["carreau-200m", "carreau-1km", "commune", "epci"]
IDENTIFYING = {"pseudonymiser", "comptage"}
PERIODS = {"jour": "1 jour", "semaine": "1 semaine", "mois": "1 mois", "trimestre": "3 mois", "annee": "12 mois"}


def neglected(policy: Plain, held: Mapping[str, Plain], today: date) -> Iterator[str]:
    """Name each duty that an accepted policy neglects; `held` has the socle, the roles and the catalogue."""
    entry = next(entry for entry in held["catalogue"]["jeux"] if entry["jeu"] == policy["jeu"])
    yield from of_people(policy, held["roles"], today)
    yield from of_register(policy, entry)
    yield from of_keys(policy, entry)
    yield from of_derogations(policy, held["socle"], today)
    if policy["publication"]["forme"] == "tableau":
        yield from of_comparisons(policy, held["catalogue"], entry)
        yield from of_units(policy)
        yield from of_descent(policy)
    if policy["publication"]["licence"] not in {entry.get("licence_imposee")} | (
        set() if "licence_imposee" in entry else {"licence-ouverte-2.0", "odbl-1.0"}
    ):
        yield "a licence of its own"


def of_people(policy: Plain, roles: Plain, today: date) -> Iterator[str]:
    governance = policy["gouvernance"]
    held = {person["identifiant"]: person["role"] for person in roles["personnes"]}
    for role in ("auteur", "dpo", "garant"):
        if held.get(governance[role]) != role:
            yield f"{role} is not one"
    start, end = (date.fromisoformat(governance["validite"][key]) for key in ("du", "au"))
    if end < start or end < today or (end - start).days >= 3 * 366:
        yield "a validity that is none"
    if governance["etat"] != "brouillon":
        yield "a state that no act gave"


def of_register(policy: Plain, entry: Plain) -> Iterator[str]:
    record = policy["registre"]
    criteria = record["aipd"]["criteres"]
    has_units = any(column["categorie"] in UNITS | {"categorie-particuliere"} for column in entry["colonnes"])
    is_public_task = record["base_legale"] in {"mission-interet-public", "interet-legitime"}
    broken = {
        "people unsaid": has_units and record["donnees_personnelles"] == "non",
        "nobody named": (record["donnees_personnelles"] == "oui") is not bool(record["categories_personnes"]),
        "no assessment": list(criteria.values()).count("oui") > 1 and record["aipd"]["decision"] == "non-requise",
        "an assessment without reference": record["aipd"]["decision"] == "realisee"
        and not record["aipd"].get("reference"),
        "minors unsaid": record["mineurs"] == "oui" and criteria["personnes_vulnerables"] == "non",
        "no objection": record["donnees_personnelles"] == "oui"
        and is_public_task
        and policy["conservation"]["opposition"]["applicable"] == "non",
    }
    yield from (duty for duty, stands in broken.items() if stands)


def of_keys(policy: Plain, entry: Plain) -> Iterator[str]:
    hashed = any(field["traitement"]["operation"] == "pseudonymiser" for field in policy["champs"])
    kept, pseudonyms = policy["conservation"], policy.get("pseudonymes")
    if hashed is not (pseudonyms is not None) or hashed is not ("cle_pseudonyme" in kept):
        yield "a key without a pseudonym, or the reverse"
    period = PERIODS.get(policy["publication"]["periodicite"])
    delay = policy["garanties"]["delai_publication"]
    if period is None:
        return
    least = minutes(period, AT_LEAST)
    if pseudonyms and minutes(pseudonyms["rotation"], AT_MOST) < least:
        yield "a key that turns inside a period"
    needed = least + minutes(delay, AT_LEAST) + 28 * MINUTES["jour"]
    if "livraison" not in entry and minutes(kept["zone_brute"], AT_MOST) < needed:
        yield "rows gone before their period is out"


def of_derogations(policy: Plain, charter: Plain, today: date) -> Iterator[str]:
    floors = {floor["unite"]: floor for floor in charter["planchers"]}
    asked = {count["unite"]: count["k"] for count in policy["garanties"].get("comptages", [])}
    units = [derogation["unite"] for derogation in policy.get("derogations", [])]
    if len(units) != len(set(units)):
        yield "a derogation prolonged by another"
    if units and policy["registre"]["mineurs"] == "oui":
        yield "a derogation on minors"
    for derogation in policy.get("derogations", []):
        start, end = date.fromisoformat(derogation["du"]), date.fromisoformat(derogation["au"])
        floor, validity = floors[derogation["unite"]], policy["gouvernance"]["validite"]
        if not start <= today <= end or (end - start).days >= 366:
            yield "a derogation out of its time"
        if derogation["du"] < validity["du"] or derogation["au"] > validity["au"]:
            yield "a derogation out of the policy's time"
        if derogation["k"] != asked.get(derogation["unite"]) or not floor["absolu"] <= derogation["k"] < floor["k"]:
            yield "a derogation of another k"


def of_comparisons(policy: Plain, catalogue: Plain, entry: Plain) -> Iterator[str]:
    for other in policy["garanties"]["differences"]["comparer_a"]:
        found = next((one for one in catalogue["jeux"] if one["jeu"] == other), {"source": None})
        register = found.get("registre_unites")
        if found["source"] != entry["source"] and (register is None or register != entry.get("registre_unites")):
            yield f"{other} cannot be compared"


def of_units(policy: Plain) -> Iterator[str]:
    counts = policy["garanties"]["comptages"]
    counted = {name: count["unite"] for count in counts for name in count["champs"]}
    for field in policy["champs"]:
        counts_here = field["traitement"]["operation"] in IDENTIFYING
        if counts_here is not (field["nom"] in counted) or (
            counts_here and counted[field["nom"]] != field["categorie"]
        ):
            yield f"{field['nom']} is counted as something else"
    if len({count["unite"] for count in counts}) != len(counts):
        yield "a unit counted twice"


def of_descent(policy: Plain) -> Iterator[str]:
    steps = [{part["champ"]: part["niveau"] for part in step["pas"]} for step in policy["garanties"].get("echelle", [])]
    levels = {field["nom"]: field["traitement"].get("niveaux", []) for field in policy["champs"]}
    for step in steps:
        if any(level not in levels.get(name, []) for name, level in step.items()):
            yield "a step at a level of no field"
    for before, after in pairwise(steps):
        shared = before.keys() & after.keys()
        if any(height(after[name]) < height(before[name]) for name in shared) or before == after:
            yield "a ladder that does not go down"
    for name, chain in levels.items():
        if [height(level) for level in chain] != sorted(height(level) for level in chain):
            yield f"{name} goes from coarse to fine"
        if not any(set(chain) <= set(whole) for whole in (TIMES, ZONES, SQUARES)):
            yield f"{name} mixes chains"


def height(level: str) -> int:
    return next(chain.index(level) for chain in (TIMES, SQUARES, ZONES) if level in chain)
