"""What even a voted charter cannot cross (LANGUAGE.md section 1), and the count that it demands of a policy."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from charter.document import Document
from charter.durations import Duration
from charter.model import Charter
from charter.vocabulary import Unit, french_key
from eclor.errors import PolicyRefused


@dataclass(frozen=True, slots=True)
class Limit:
    """The least k and the least `absolu` that a charter may write for a unit."""

    k: int
    hard: int


LIMITS: Final = {
    Unit.PERSON: Limit(11, 5),
    Unit.HOUSEHOLD: Limit(11, 5),
    Unit.DEVICE: Limit(11, 5),
    Unit.ENTERPRISE: Limit(3, 3),
    Unit.DELIVERY_POINT: Limit(10, 10),
    Unit.TRIP: Limit(6, 6),
}

LONGEST: Final = {
    ("derogations", "max_duration"): "12 mois",
    ("pseudonyms", "rotation_max"): "12 mois",
    ("retention", "raw_store_max"): "12 mois",
    ("retention", "pseudonym_key_max"): "12 mois",
    ("retention", "published_versions_max"): "10 ans",
    ("retention", "erasure_delay_max"): "1 mois",
    ("governance", "withdrawal_delay_max"): "1 jour",
    ("governance", "policy_validity_max"): "3 ans",
}
SHORTEST_DELAY: Final = "1 jour"


def required_k(charter: Charter, unit: Unit, *, minors_k: int = 0) -> int:
    """Return the least k of a policy for a unit; `minors_k` is the charter's for minors, where they are present."""
    return max(charter.floor(unit).k, minors_k)


def crossed(document: Document, charter: Charter) -> Iterator[PolicyRefused]:
    """Yield P420, P421, P422 and P424 for each limit of the engine that a charter crosses."""
    yield from _floors(document, charter)
    yield from _durations(document, charter)
    pairs = {frozenset(pair) for pair in charter.governance.incompatibilities}
    if len(pairs) != len(charter.governance.incompatibilities):
        yield PolicyRefused("P422", place=document.at("governance", "incompatibilities"))
    if charter.validity.end < charter.validity.start:
        yield PolicyRefused("P424", place=document.at("validity", "end"))


def _floors(document: Document, charter: Charter) -> Iterator[PolicyRefused]:
    seen: set[Unit] = set()
    for rank, floor in enumerate(charter.floors):
        limit = LIMITS[floor.unit]
        holds = floor.k >= limit.k and limit.hard <= floor.hard_floor <= floor.k and floor.unit not in seen
        seen.add(floor.unit)
        if not holds:
            facts = {"asked": f"k {floor.k}, absolu {floor.hard_floor}", "k": limit.k, "least": limit.hard}
            yield PolicyRefused("P420", place=document.at("floors", rank), unit=floor.unit, **facts)


def _durations(document: Document, charter: Charter) -> Iterator[PolicyRefused]:
    for (block, name), limit in LONGEST.items():
        asked = getattr(getattr(charter, block), name)
        if not Duration.parse(asked).fits_in(Duration.parse(limit)):
            facts = {"key": french_key(name), "asked": asked, "limit": limit}
            yield PolicyRefused("P421", place=document.at(block, name), **facts)
    delay = charter.publication_delay_min
    if not Duration.parse(SHORTEST_DELAY).fits_in(Duration.parse(delay)):
        facts = {"key": french_key("publication_delay_min"), "asked": delay, "limit": SHORTEST_DELAY}
        yield PolicyRefused("P421", place=document.at("publication_delay_min"), **facts)
