"""A queue as an NGSI-LD entity (ETSI GS CIM 009), and the forms in which a broker gives entities."""

from collections.abc import Collection, Mapping
from typing import Final

from harvesters.simulators.clock import written_utc
from harvesters.simulators.parameters import FillingWords, QueueWords
from harvesters.simulators.queues import Queue

Entity = dict[str, object]
MEMBERS: Final = ("id", "type")
_TERMS: Final = ("siteCode", "waitingMinutes", "vehiclesPresent", "dateObserved", "containerCode", "storedWasteKind",
                 "fillingLevel", "fillingQuality", "dateLastEmptying", "license_plate")  # fmt: skip


def entity(queue: Queue, words: QueueWords) -> Entity:
    """Return the normalized entity. `vehiclesPresent` is there, and is not for whoever does not ask for it."""
    seen = written_utc(queue.observed)
    return {
        "id": f"{words.prefix}{queue.site.code}",
        "type": words.type,
        "siteCode": {"type": "Property", "value": queue.site.code},
        "waitingMinutes": {"type": "Property", "value": queue.minutes, "unitCode": "MIN", "observedAt": seen},
        "vehiclesPresent": {"type": "Property", "value": queue.vehicles, "observedAt": seen},
        "dateObserved": {"type": "Property", "value": {"@type": "DateTime", "@value": seen}},
        "location": {
            "type": "GeoProperty",
            "value": {"type": "Point", "coordinates": [queue.site.longitude, queue.site.latitude]},
        },
    }


def selected(entity: Entity, attributes: Collection[str]) -> Entity:
    """Keep only the attributes asked for; all of them when none is named."""
    return {key: value for key, value in entity.items() if key in MEMBERS or not attributes or key in attributes}


def key_values(entity: Entity) -> Entity:
    """Return the simplified form: each attribute's value alone."""
    return {key: value if key in MEMBERS else _value(value) for key, value in entity.items()}


def _value(attribute: object) -> object:
    return attribute["value"] if isinstance(attribute, Mapping) else attribute


def context(words: QueueWords, filling: FillingWords) -> dict[str, object]:
    """Return the JSON-LD context that names the terms."""
    terms = (*_TERMS, words.type, filling.type)
    return {"@context": {term: f"urn:simulated:terms:{term}" for term in terms}}
