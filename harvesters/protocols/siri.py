"""siri: a journey, situation, facility, notice, line or stop of SIRI 2.x, XML or SIRI Lite JSON, is a row."""

import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import BinaryIO, Final
from xml.etree.ElementTree import Element

from eclor.errors import PayloadRefused, Place
from harvesters import strict_json, xml_stream
from harvesters.coordinates import Positions, decimals, in_degrees
from harvesters.decoding import whole_from
from harvesters.exchanged import Record, events, is_json, objects
from harvesters.geometry import is_sound
from harvesters.parsing import Event, PayloadProtocol, PayloadWarning, RefusedRow, Row, Shape
from harvesters.weighing import REMADE_BYTES
from harvesters.xml_names import Names
from harvesters.xml_rows import Shaping, by_language, put_texts

_DELIVERIES: Final = frozenset({
    "EstimatedTimetableDelivery", "FacilityMonitoringDelivery", "GeneralMessageDelivery", "LinesDelivery",
    "ProductionTimetableDelivery", "SituationExchangeDelivery", "StopMonitoringDelivery", "StopPointsDelivery",
    "StopTimetableDelivery", "VehicleMonitoringDelivery",
})  # fmt: skip
_RECORDS: Final = frozenset({
    "AnnotatedLineRef", "AnnotatedStopPointRef", "DatedTimetableVehicleJourney", "EstimatedVehicleJourney",
    "FacilityCondition", "GeneralMessage", "GeneralMessageCancellation",
    "InfoMessage", "InfoMessageCancellation", "MonitoredStopVisit", "MonitoredStopVisitCancellation",
    "PtSituationElement", "RoadSituationElement", "StopLineNotice", "StopLineNoticeCancellation", "StopNotice",
    "StopNoticeCancellation", "TimetabledStopVisit", "TimetabledStopVisitCancellation", "VehicleActivity",
    "VehicleActivityCancellation",
})  # fmt: skip
"""Elements that are a row; what was announced and is cancelled is one too."""
_LISTS: Final = frozenset({
    "AffectedLine", "AffectedNetwork", "AffectedOperator", "AffectedPlace", "AffectedRoute", "AffectedSection",
    "AffectedStopPlace", "AffectedStopPoint", "AffectedVehicleJourney", "Consequence", "DatedCall", "EstimatedCall",
    "InfoLink", "Message", "OnwardCall", "PreviousCall", "PublicationWindow", "PublishingAction", "RecordedCall",
    "ServiceFeatureRef", "ValidityPeriod", "VehicleFeatureRef", "Via",
})  # fmt: skip
"""Members that are lists, however few of them come."""
_NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    "AnnotatedLineRef": ("LineRef",),
    "AnnotatedStopPointRef": ("StopPointRef",),
    "EstimatedVehicleJourney": ("LineRef", "FramedVehicleJourneyRef", "DatedVehicleJourneyRef"),
    "FacilityCondition": ("FacilityRef", "Facility"),
    "MonitoredStopVisit": ("MonitoredVehicleJourney",),
    "PtSituationElement": ("SituationNumber",),
    "RoadSituationElement": ("SituationNumber",),
    "VehicleActivity": ("MonitoredVehicleJourney",),
}  # fmt: skip
"""Of these a row has one at least, or nobody knows what it is about."""
_ANSWERS: Final = frozenset({"Status", "MoreData"})
_BESIDE: Final = "ServiceDeliveryInfo"
_ROOTS: Final = frozenset({"Siri", "Envelope", "ServiceDelivery"})


def parse(payload: BinaryIO | bytes, *, name: str, options: Mapping[str, str]) -> Iterator[Event]:
    """Yield one row a journey, situation, facility or notice, or a line or stop that is discovered.

    A row is `kind` (its element), then its members by SIRI's names, nested. With it come `delivery`,
    `ResponseTimestamp`, `ValidUntil` and `ProducerRef` of what delivered it, `RecordedAtTime` of a frame, and
    `position`, `lon,lat` of a vehicle or a stop, or None. XML leaves are text; JSON's `{"value": x}` is x, its
    arrays of one are what they hold, unless SIRI repeats them, what is empty there is None; times stay as sent. A text
    in languages is the French one, else the first, the others under `Name@lang`. A row without what tells it apart is
    refused. Strips SOAP. Refuses a fault, an error condition or a `Status` false, whatever the HTTP status said, and a
    delivery of anything else. More data to ask for gives a warning: what is absent has not ended.
    """
    del options
    head, stream = xml_stream.head_of(payload, name=name)
    if is_json(head):
        found = _of_json(whole_from(head, stream, name=name), name=name)
    else:
        found = _of_xml(head, stream, name=name)
    yield from events(found, name=name, read=_events)


def _events(record: Record, place: Place, number: int) -> tuple[Event, ...]:
    needed = _NEEDED.get(record.kind, ())
    if needed and not any(record.members.get(name) for name in needed):
        return (RefusedRow("payload.siri-missing", place, {"number": number, "elements": ", ".join(needed)}),)
    position, is_odd = _position(record.members)
    row: Row = {"kind": record.kind, **record.around, "position": position, **record.members}
    return (row, PayloadWarning("payload.geometry", place, {"number": number})) if is_odd else (row,)


def _position(members: Row) -> tuple[str | None, bool]:
    location = strict_json.member(members, ("MonitoredVehicleJourney", "VehicleLocation")) or members.get("Location")
    if not isinstance(location, dict):
        return None, False
    coordinates = location.get("Coordinates") or f"{location.get('Longitude')} {location.get('Latitude')}"
    attributes = coordinates if isinstance(coordinates, dict) else {"value": coordinates}
    system = str(attributes.get("srsName") or location.get("srsName") or "")
    found = in_degrees(Positions(decimals(str(attributes.get("value"))), system=system))
    if len(found) != 1 or not is_sound({"type": "Point", "coordinates": found[0]}):
        return None, True
    return f"{found[0][0]:f},{found[0][1]:f}", False


def _around(service: Row, delivery: Row, kind: str) -> Row:
    return {
        "delivery": kind.removesuffix("Delivery"),
        "ResponseTimestamp": delivery.get("ResponseTimestamp") or service.get("ResponseTimestamp"),
        "ValidUntil": delivery.get("ValidUntil"),
        "ProducerRef": service.get("ProducerRef"),
    }


def _refuse_errors(levels: Iterable[Row], *, name: str) -> None:
    for level in levels:
        if level.get("ErrorCondition") or str(level.get("Status")).lower() == "false":
            raise PayloadRefused("payload.siri-error", place=Place(name))


def _has_more(level: Row) -> bool:
    return str(level.get("MoreData")).lower() == "true"


@dataclass(slots=True)
class _Reading:
    """Follows an XML document: in which delivery we are, and what it says of itself."""

    name: str
    shaping: Shaping = field(init=False)
    root: Element | None = None
    parent: Element | None = None
    around: Row = field(default_factory=dict)
    deliveries: int = 0
    answers: list[Element] = field(default_factory=list)
    """Where the document says how the request went; their text comes after their start."""

    def __post_init__(self) -> None:
        self.shaping = Shaping(_LISTS, Names(self.name))

    def is_record(self, element: Element, above: xml_stream.Ancestors) -> bool:
        tag = self.shaping.names[element.tag]
        if tag in _RECORDS:
            return any(self.shaping.names[one.tag] in _DELIVERIES for one in above)
        if self.root is None:
            if tag not in _ROOTS:
                raise PayloadRefused("payload.siri-root", place=Place(self.name, 1))
            self.root = element
        if tag in _ANSWERS:
            self.answers.append(element)
        if tag in {"Fault", "ErrorCondition", "ErrorConditionElement"}:
            raise PayloadRefused("payload.siri-error", place=Place(self.name))
        if tag.endswith("Delivery") and tag != "ServiceDelivery" and above:
            if tag not in _DELIVERIES:
                raise PayloadRefused("payload.siri-delivery", place=Place(self.name))
            self.deliveries += 1
        return False

    def record(self, element: Element, above: xml_stream.Ancestors) -> Record:
        if self.parent is not above[-1]:
            self.parent = above[-1]
            self.around = self._surroundings(above)
        return Record(self.shaping.names[element.tag], self.shaping.row(element), self.around)

    def _surroundings(self, above: xml_stream.Ancestors) -> Row:
        at, kind = next(
            (at, tag) for at, tag in enumerate(self.shaping.names[one.tag] for one in above) if tag in _DELIVERIES
        )
        service, delivery = self._service(above[:at]), self._leaves(above[at])
        frame = self._leaves(above[-1]) if len(above) > at + 1 else {}
        row = _around(service, delivery, kind)
        return row | ({"RecordedAtTime": frame["RecordedAtTime"]} if "RecordedAtTime" in frame else {})

    def _service(self, above: xml_stream.Ancestors) -> Row:
        """Return what the service says around its deliveries: in SOAP it stands beside the answer that holds them."""
        beside = [one for one in above[-2] if self.shaping.names[one.tag] == _BESIDE] if len(above) > 1 else []
        return self._leaves((beside or above[-1:])[0])

    def _leaves(self, element: Element) -> Row:
        return {
            self.shaping.names[child.tag]: (child.text or "").strip() or None for child in element if not len(child)
        }

    def settle(self) -> bool:
        """Refuse a document that delivers nothing or an error; say whether there is more to ask for."""
        if self.root is None or not self.deliveries:
            raise PayloadRefused("payload.siri-root", place=Place(self.name, 1))
        answers: list[Row] = [{self.shaping.names[one.tag]: (one.text or "").strip()} for one in self.answers]
        _refuse_errors(answers, name=self.name)
        return any(_has_more(answer) for answer in answers)


def _of_xml(head: bytes, stream: BinaryIO, *, name: str) -> Iterator[Record | PayloadWarning]:
    reading = _Reading(name)
    for element, above in xml_stream.records(head, stream, name=name, is_record=reading.is_record):
        yield reading.record(element, above)
    if reading.settle():
        yield PayloadWarning("payload.siri-more", Place(name))


def _of_json(content: bytes, *, name: str) -> Iterator[Record | PayloadWarning]:
    document = _plain(strict_json.read(content, name=name, most=REMADE_BYTES))
    del content
    siri = document.get("Siri", document) if isinstance(document, dict) else None
    service = siri.get("ServiceDelivery", siri) if isinstance(siri, dict) else None
    if not isinstance(service, dict):
        raise PayloadRefused("payload.siri-root", place=Place(name, 1))
    _refuse_errors(chain([service], (one for _, one in _deliveries(service))), name=name)
    if next(_deliveries(service), None) is None:
        raise PayloadRefused("payload.siri-root", place=Place(name, 1))
    has_more = _has_more(service)
    for kind, delivery in _deliveries(service):
        if kind not in _DELIVERIES:
            raise PayloadRefused("payload.siri-delivery", place=Place(name))
        has_more = has_more or _has_more(delivery)
        yield from _found(delivery, _around(service, delivery, kind))
    if has_more:
        yield PayloadWarning("payload.siri-more", Place(name))


def _deliveries(service: Row) -> Iterator[tuple[str, Row]]:
    return ((kind, one) for kind, one in objects(service) if kind.endswith("Delivery"))


def _found(value: Row, around: Row) -> Iterator[Record]:
    for name, member in objects(value):
        if name in _RECORDS:
            yield Record(name, member, around)
        else:
            inner = {"RecordedAtTime": member["RecordedAtTime"]} if "RecordedAtTime" in member else {}
            yield from _found(member, around | inner)


def _plain(value: object) -> object:
    """Make of a value of SIRI Lite what XML would give. Objects and lists are used up."""
    match value:
        case dict() if "value" in value and value.keys() <= {"value", "lang"}:
            return _plain(value["value"])
        case dict():
            row: Row = {}
            for name, member in strict_json.taken_out(value):
                _put(row, sys.intern(name[:1].upper() + name[1:]), member)  # or each object had a name of its own
            return row
        case list():
            return strict_json.replaced(value, _plain)
        case _:
            return value


def _put(row: Row, key: str, member: object) -> None:
    match member:
        case [{"value": _, "lang": _}, *_]:
            said = ((str(one.get("lang") or ""), one.get("value")) for one in member if isinstance(one, dict))
            put_texts(row, key, by_language(said))
        case [single] if key not in _LISTS:
            row[key] = _plain(single)
        case list() | dict() if not (member or key in _LISTS or key.endswith("Delivery")):
            row[key] = None
        case _:
            row[key] = _plain(member)


PROTOCOL: Final = PayloadProtocol("siri", Shape.NESTED, parse)
