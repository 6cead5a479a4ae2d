"""cap: an info block times an area of a Common Alerting Protocol alert is a row (OASIS CAP 1.2, and 1.0, 1.1)."""

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, BinaryIO, Final

from eclor.errors import PayloadRefused, Place
from harvesters import strict_xml
from harvesters.geometry import is_sound
from harvesters.parsing import Event, PayloadProtocol, PayloadWarning, RefusedRow, Row, Shape

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_NAMESPACES: Final = ("urn:oasis:names:tc:emergency:cap:1.2", "urn:oasis:names:tc:emergency:cap:1.1",
                      "http://www.incident.com/cap/1.0")  # fmt: skip
_ALERT: Final = ("identifier", "sender", "sent", "status", "msgType", "source", "scope", "restriction", "addresses",
                 "note", "references", "incidents")  # fmt: skip
_INFO: Final = ("language", "event", "urgency", "severity", "certainty", "audience", "effective", "onset", "expires",
                "senderName", "headline", "description", "instruction", "web", "contact")  # fmt: skip
_AREA: Final = ("areaDesc", "altitude", "ceiling")
_LISTS: Final = ("code", "category", "responseType")
"""Elements that may stand several times and hold words: joined by a blank, as CAP writes its own lists."""
_NEEDED: Final = ("identifier", "sender", "sent", "status", "msgType", "scope", "category", "event", "urgency",
                  "severity", "certainty", "areaDesc")  # fmt: skip
_REPLACING: Final = ("Update", "Cancel")
_WORDS: Final[Mapping[str, frozenset[str]]] = {
    "status": frozenset({"Actual", "Exercise", "System", "Test", "Draft"}),
    "msgType": frozenset({"Alert", "Update", "Cancel", "Ack", "Error"}),
    "severity": frozenset({"Extreme", "Severe", "Moderate", "Minor", "Unknown"}),
}


def parse(payload: BinaryIO | bytes, *, name: str, options: Mapping[str, str]) -> Iterator[Event]:
    """Yield one row for each area of each info block, flat, under the names of CAP: `identifier`, `event`, `areaDesc`.

    `status` is there to be filtered on: exercises, tests and drafts are rows too. Times are text with their offset, as
    sent. `geocode`, `eventCode` and `parameter` are objects, name to value (a list of values where one comes twice);
    `geometry` is a GeoJSON Polygon or MultiPolygon, longitude first, or None; `circles` are `lat,lon radius_km` as
    sent. `replaced` says whether another alert of the document, of the same status, updates or cancels it
    (`references`). An element that CAP requires and is missing, or a status, type or severity that CAP does not know,
    refuses the row. An info block without area is a row with `areaDesc` None; an alert without info gives no row, and a
    warning. Takes several alerts in one document too (the `alerts` of IPAWS, an EDXL distribution). Signatures are not
    checked. Refuses DTD and entities.
    """
    del options
    root = strict_xml.read(payload, name=name)
    alerts = [found for found in root.iter() if _is_alert(found)]
    if not alerts and strict_xml.local(root) != "alerts":
        raise PayloadRefused("payload.cap-root", place=Place(name, 1))
    over = {reference for alert in alerts for reference in _replaced_by(alert)}
    for alert in alerts:
        yield from _of_alert(alert, over, name=name)


def _is_alert(element: "Element") -> bool:
    return strict_xml.local(element) == "alert" and strict_xml.namespace(element) in _NAMESPACES


def _replaced_by(alert: "Element") -> Iterator[tuple[str | None, ...]]:
    """Yield status, sender and identifier of each alert that this one updates or cancels."""
    if strict_xml.child_text(alert, "msgType") not in _REPLACING:
        return
    status = strict_xml.child_text(alert, "status")
    for reference in (strict_xml.child_text(alert, "references") or "").split():
        sender, _, rest = reference.partition(",")
        yield status, sender, rest.partition(",")[0]


def _of_alert(alert: "Element", over: set[tuple[str | None, ...]], *, name: str) -> Iterator[Event]:
    base = _texts(alert, _ALERT) | _lists(alert, ("code",))
    base["replaced"] = (base["status"], base["sender"], base["identifier"]) in over
    number = 0
    for info in strict_xml.children(alert, "info"):
        for area in tuple(strict_xml.children(info, "area")) or (None,):
            number += 1
            yield from _rows(base | _info(info), area, place=Place(name), number=number)
    if number == 0:
        yield PayloadWarning("payload.cap-no-info", Place(name))


def _texts(element: "Element", tags: tuple[str, ...]) -> Row:
    return {tag: strict_xml.child_text(element, tag) for tag in tags}


def _lists(element: "Element", tags: tuple[str, ...]) -> Row:
    return {
        tag: " ".join(filter(None, map(strict_xml.text, strict_xml.children(element, tag)))) or None for tag in tags
    }


def _info(info: "Element") -> Row:
    row = _texts(info, _INFO) | _lists(info, _LISTS[1:])
    return row | {tag: _named(info, tag) for tag in ("eventCode", "parameter")}


def _named(element: "Element", tag: str) -> dict[str, object]:
    """Return the pairs valueName, value of the children `tag`."""
    pairs: dict[str, list[str | None]] = {}
    for pair in strict_xml.children(element, tag):
        value_name = strict_xml.child_text(pair, "valueName") or ""
        pairs.setdefault(value_name, []).append(strict_xml.child_text(pair, "value"))
    return {key: values[0] if len(values) == 1 else values for key, values in pairs.items()}


def _rows(row: Row, area: "Element | None", *, place: Place, number: int) -> Iterator[Event]:
    needed = _NEEDED if area is not None else _NEEDED[:-1]
    row |= _area(area)
    if missing := [tag for tag in needed if row[tag] is None]:
        yield RefusedRow("payload.cap-missing", place, {"number": number, "elements": ", ".join(missing)})
        return
    if unknown := [tag for tag, words in _WORDS.items() if row[tag] not in words]:
        yield RefusedRow("payload.cap-unknown-word", place, {"number": number, "elements": ", ".join(unknown)})
        return
    polygons = [] if area is None else [_ring(polygon) for polygon in strict_xml.children(area, "polygon")]
    row["geometry"] = _geometry(polygons)
    yield row
    if polygons and row["geometry"] is None:
        yield PayloadWarning("payload.geometry", place, {"number": number})


def _area(area: "Element | None") -> Row:
    if area is None:
        return dict.fromkeys(_AREA) | {"geocode": {}, "circles": []}
    circles = [strict_xml.text(circle) for circle in strict_xml.children(area, "circle")]
    return _texts(area, _AREA) | {"geocode": _named(area, "geocode"), "circles": circles}


def _ring(polygon: "Element") -> list[list[Decimal]]:
    """Return the ring of `lat,lon lat,lon …` as [lon, lat] positions; empty where a number cannot be read."""
    try:
        pairs = [pair.split(",") for pair in (polygon.text or "").split()]
        ring = [[Decimal(lon), Decimal(lat)] for lat, lon in pairs]
    except (InvalidOperation, ValueError):
        return []
    return ring if all(number.is_finite() for position in ring for number in position) else []


def _geometry(rings: list[list[list[Decimal]]]) -> dict[str, object] | None:
    match rings:
        case []:
            return None
        case [ring]:
            geometry: dict[str, object] = {"type": "Polygon", "coordinates": [ring]}
        case _:
            geometry = {"type": "MultiPolygon", "coordinates": [[ring] for ring in rings]}
    return geometry if is_sound(geometry) else None


PROTOCOL: Final = PayloadProtocol("cap", Shape.NESTED, parse)
