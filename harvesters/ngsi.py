"""NGSI entities: every form of one entity gives the same row."""

from collections.abc import Iterator, Mapping
from typing import BinaryIO, Final

from eclor.errors import PayloadRefused, Place
from harvesters import strict_json
from harvesters.ngsi_locations import simple_location
from harvesters.ngsi_names import by_short_names, normalized, short
from harvesters.parsing import Event, RefusedRow, Row

OPTIONS: Final = ("metadonnees",)
META: Final = "@meta"
"""Where `metadonnees: oui` keeps what normalized forms say about an attribute: `@meta.power.observedAt`."""
_VALUE_MEMBERS: Final = ("value", "object", "languageMap", "vocab", "json", "valueList", "objectList")
_NOT_META: Final = {"type", "metadata", *_VALUE_MEMBERS}
_SERIES: Final = ("values", "objects", "languageMaps", "vocabs", "jsons", "valueLists", "objectLists")
"""Of the simplified form of what attributes were over time: pairs of a value and an instant."""
_PAIR: Final = 2
_ATTRIBUTES: Final = ("Property", "GeoProperty", "Relationship", "LanguageProperty", "VocabProperty", "JsonProperty",
                      "ListProperty", "ListRelationship")  # fmt: skip
_GEOMETRIES: Final = ("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon")


def entities(payload: BinaryIO | bytes, *, name: str, options: Mapping[str, str]) -> Iterator[Event]:
    """Yield one row an entity, of one entity, an array, a FeatureCollection, notifications, or one a line.

    A notification may stand in the `body` that MQTT bears (ETSI GS CIM 009 section 7.2), its headers in `metadata`.
    A row is `id`, `type`, and each attribute by its short name with its value alone: normalized, concise, key-values,
    GeoJSON and expanded forms, of NGSI-LD and of NGSI v2, give the same row. A relationship gives the id it points to,
    a date its text, a geo-property its geometry; several values of one attribute stand under `dataset`, those that it
    had over time are a list of `value` and `observedAt`, in either temporal form. `metadonnees: oui` adds `@meta`. An
    element without text `id` and `type` (several types are a list) is a refused row. Refuses the error of a broker,
    whatever its HTTP status: ProblemDetails of NGSI-LD, `error` and `description` of NGSI v2.
    """
    keep_meta = options.get("metadonnees") == "oui"
    for document in strict_json.documents(payload, name=name):
        if isinstance(document, RefusedRow):
            yield document
            continue
        line, value = document
        if _is_error(value):
            raise PayloadRefused("payload.ngsi-error", place=Place(name, line))
        for number, element in enumerate(_elements(value), start=1):
            row = _row(normalized(element), keep_meta=keep_meta)
            yield row if row is not None else RefusedRow("payload.ngsi-entity", Place(name, line), {"number": number})


def _is_error(value: object) -> bool:
    match value:
        case {"id": _}:
            return False
        case {"error": str(), "description": _}:
            return True
        case {"type": str() as problem, "title": str()}:  # RFC 7807: its type is an address
            return ":" in problem
        case _:
            return False


def _elements(value: object) -> list[object]:
    match value:
        case list():
            return [one for element in value for one in (_elements(element) if _is_around(element) else (element,))]
        case {"type": "FeatureCollection", "features": list() as features}:
            return features
        case {"metadata": dict(), "body": {"subscriptionId": str()} as notified, **rest} if "id" not in rest:
            return _elements(notified)
        case {"type": "Notification", "data": list() | {"type": "FeatureCollection"} as notified} | {
            "subscriptionId": str(),
            "data": list() | dict() as notified,
        }:
            return _elements(notified)
        case _:
            return [value]


def _is_around(element: object) -> bool:
    """Say whether it is a notification of several that came together, bare or as MQTT bears it, not an entity."""
    match element:
        case {"subscriptionId": str(), "data": list() | dict()}:
            return True
        case {"metadata": dict(), "body": {"subscriptionId": str()}, **rest}:
            return "id" not in rest
        case _:
            return False


def _row(element: object, *, keep_meta: bool) -> Row | None:
    entity = _entity(element)
    if entity is None:
        return None
    identifier, kind, attributes = entity
    row: Row = {"id": identifier, "type": kind}
    row |= {name: _value(attribute) for name, attribute in attributes.items()}
    if keep_meta:
        row[META] = {name: meta for name, attribute in attributes.items() if (meta := _meta(attribute))}
    return row


def _entity(element: object) -> tuple[str, object, dict[str, object]] | None:
    match element:
        case {
            "type": "Feature",
            "id": str() as identifier,
            "properties": {"type": str() | [str(), *_] as kind, **attributes},
        }:
            pass
        case {"id": str() as identifier, "type": str() | [str(), *_] as kind, **attributes} if kind != "Feature":
            pass
        case _:
            return None
    kinds = [short(str(one)) for one in kind] if isinstance(kind, list) else short(kind)
    named = {str(key): value for key, value in attributes.items() if key != "@context"}
    return identifier, kinds, by_short_names(named)


def _value(attribute: object) -> object:
    """Return the value of one attribute in whatever form it came."""
    if instances := _instances(attribute):
        return _of_instances(instances)
    match attribute:
        case {"type": "geo:point" | "geo:line" | "geo:box" | "geo:polygon" as kind, "value": held}:
            return simple_location(kind, held)
        case dict() if _is_wrapped(attribute):
            return _plain(next(attribute[key] for key in _VALUE_MEMBERS if key in attribute))
        case dict() if (series := _series(attribute)) is not None:
            return series
        case _:
            return _plain(attribute)


def _instances(attribute: object) -> list[Row]:
    """Return the elements of a list of attributes; none of a list that holds anything else."""
    elements = attribute if isinstance(attribute, list) else []
    return elements if all(isinstance(item, dict) and _is_wrapped(item) for item in elements) else []


def _of_instances(instances: list[Row]) -> object:
    """Return what an attribute is in several datasets, or was over time; a list of other objects as it is."""
    if not any("datasetId" in item for item in instances) and not all(map(_is_typed, instances)):
        return _plain(instances)
    datasets = {_dataset(item) for item in instances}
    if datasets != {_dataset({})} and len(datasets) == len(instances) and not any(map(_is_instance, instances)):
        return {"dataset": {_dataset(item): _value(item) for item in instances}}
    return strict_json.replaced(instances, _at_an_instant)


def _is_instance(item: Row) -> bool:
    return "instanceId" in item


def _at_an_instant(item: Row) -> Row:
    own = {"datasetId": item["datasetId"]} if "datasetId" in item else {}
    return {"value": _value(item), "observedAt": item.get("observedAt", item.get("modifiedAt")), **own}


def _series(attribute: Row) -> object:
    """Return the values of an attribute over time, of the simplified form; None for another one."""
    pairs = next((attribute[name] for name in _SERIES if name in attribute), None)
    if not _is_typed(attribute) or not isinstance(pairs, list):
        return None
    if not all(isinstance(pair, list) and len(pair) == _PAIR for pair in pairs):
        return None
    return strict_json.replaced(pairs, lambda pair: {"value": _plain(pair[0]), "observedAt": pair[1]})


def _is_typed(attribute: Row) -> bool:
    return attribute.get("type") in _ATTRIBUTES


def _is_wrapped(attribute: Mapping[str, object]) -> bool:
    return attribute.get("type") not in _GEOMETRIES and any(key in attribute for key in _VALUE_MEMBERS)


def _dataset(item: Row) -> str:
    return str(item.get("datasetId", "@none"))


def _plain(value: object) -> object:
    """Return a value with its typed dates, at any level, as their text, and NGSI-LD's null as None, in their place."""
    match value:
        case {"@type": "DateTime" | "Date" | "Time", "@value": text} | {"type": "DateTime", "value": text}:
            return text
        case "urn:ngsi-ld:null":
            return None
        case dict():
            value.update((key, _plain(member)) for key, member in value.items())  # no name comes, none goes
            return value
        case list():
            return strict_json.replaced(value, _plain)
        case _:
            return value


def _meta(attribute: object) -> dict[str, object]:
    if not isinstance(attribute, dict) or not _is_wrapped(attribute):
        return {}
    own = by_short_names({key: _value(value) for key, value in attribute.items() if key not in _NOT_META})
    metadata = attribute.get("metadata")
    return own | ({str(name): _value(one) for name, one in metadata.items()} if isinstance(metadata, dict) else {})
