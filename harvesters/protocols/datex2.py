"""datex2: a situation record, a site's measurement, a regulation order or a parking record of DATEX II is a row."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO, Final
from xml.etree.ElementTree import Element

from eclor.errors import PayloadRefused, Place
from harvesters import datex_json, strict_json, xml_stream
from harvesters.datex import LISTS, PUBLICATIONS, RECORDS, is_delta, row_of
from harvesters.datex_places import ASKED
from harvesters.decoding import whole_from
from harvesters.exchanged import Record, events, is_json, objects
from harvesters.parsing import Event, PayloadProtocol, PayloadWarning, RefusedRow, Row, Shape
from harvesters.weighing import REMADE_BYTES
from harvesters.xml_names import Names
from harvesters.xml_rows import TYPE, Shaping

_ROOTS: Final = frozenset({"d2LogicalModel", "messageContainer", "payload", "payloadPublication", "Envelope"})
_PUBLICATION: Final = "Publication"
_PUBLISHED: Final = frozenset({"publicationTime", "headerInformation"})
_CREATED: Final = _PUBLISHED | {"publicationCreator"}
"""What a publication without any record may hold all the same."""
_PAYLOADS: Final = frozenset({"payload", "payloadPublication"})
_METHODS: Final = frozenset({"updateMethod", "codedExchangeProtocol"})
_EXCHANGES: Final = frozenset({"exchange", "exchangeInformation"})
_HEARD: Final = _PAYLOADS | _METHODS | _EXCHANGES | {"Fault", "denyReason"}
"""Elements around the records that say something of all of them."""


def parse(payload: BinaryIO | bytes, *, name: str, options: Mapping[str, str]) -> Iterator[Event]:
    """Yield one row a record of v1 and v2 (`d2LogicalModel`), v3 (`messageContainer`, `payload`), XML streamed or JSON.

    `kind` is the record's element (`situationRecord`, `siteMeasurements`, `trafficRegulationOrder`…), `type` what
    stands in for it (`VehicleObstruction`), `id` and `version` its own; `publication`, `publicationTime`,
    `informationStatus` (exercises and tests are rows: `garder` leaves them out), `confidentiality` and the `group` it
    stands in (its situation or table); then the standard's own members by their names, nested, without namespace, XML
    leaves as text. A text in languages is the French one, else the first, the others under `name@lang`. Read out of
    them: `start`, `end`, `roads`, `geometry`, `position`; of measurements, `time` and each quantity that the site
    gives once. A record without identifier is a refused row. Strips SOAP; refuses a fault, a publication whose records
    are no rows, DTD and entities. A delta gives a warning: what is absent from it has not ended.
    """
    del options
    head, stream = xml_stream.head_of(payload, name=name)
    if is_json(head):
        records = _of_json(whole_from(head, stream, name=name), name=name)
    else:
        records = _of_xml(head, stream, name=name)
    yield from events(records, name=name, read=_events)


def _events(record: Record, place: Place, number: int) -> tuple[Event, ...]:
    found = row_of(record)
    if found is None:
        return (RefusedRow("payload.datex2-no-id", place, {"number": number}),)
    row, odd_place = found
    return (row, PayloadWarning("payload.geometry", place, {"number": number})) if odd_place else (row,)


def _around(publication: Row, group: Row, kind: str) -> Row:
    header = group.get("headerInformation") or publication.get("headerInformation")
    header = header if isinstance(header, dict) else {}
    return {
        "publication": kind,
        "publicationTime": publication.get("publicationTime"),
        "informationStatus": header.get("informationStatus"),
        "confidentiality": header.get("confidentiality"),
        "group": {key: value for key, value in group.items() if key != "headerInformation" and key not in RECORDS},
    }


def _of_json(content: bytes, *, name: str) -> Iterator[Record | PayloadWarning]:
    document = datex_json.plain(strict_json.read(content, name=name, most=REMADE_BYTES))
    del content
    is_published = has_record = holds_other = False
    for kind, publication in datex_json.publications({"": document}):
        if not datex_json.is_known(kind):
            raise PayloadRefused("payload.datex2-publication", place=Place(name))
        is_published = True
        holds_other = holds_other or any(held not in _CREATED for held, _ in objects(publication))
        for record in _published(publication, kind):
            has_record = True
            yield record
    if not is_published:
        raise PayloadRefused("payload.datex2-root", place=Place(name, 1))
    if holds_other and not has_record:
        yield PayloadWarning("payload.datex2-no-record", Place(name))
    if is_delta(strict_json.member(document, ("exchangeInformation", "exchangeContext", "codedExchangeProtocol"))):
        yield PayloadWarning("payload.datex2-delta", Place(name))


def _published(publication: Row, kind: str) -> Iterator[Record]:
    beside: Row | None = None
    around: Row = {}
    for record_kind, members, above, group in datex_json.records(publication):
        if group is not beside:  # once a situation or table, however many records it has
            beside, around = group, _around(publication, group if above else {}, kind)
        yield Record(record_kind, members, around, datex_json.noted(members))


@dataclass(slots=True)
class _Reading:
    """Follows a document: which publication is being read, and what stands around its records."""

    name: str
    shaping: Shaping = field(init=False)
    root: Element | None = None
    publication: Element | None = None
    kind: str = ""
    """What the publication is: `SituationPublication`…"""
    published: Row | None = None
    """What the publication says of itself, once its first record is read."""
    group: Element | None = None
    around: Row = field(default_factory=dict)
    records: int = 0
    is_stray: bool = False
    """A record stood in no publication."""
    exchange: bool = False
    methods: list[Element] = field(default_factory=list)
    """Where the document says how it updates; their text comes after their start."""

    def __post_init__(self) -> None:
        self.shaping = Shaping(LISTS, Names(self.name), asked=ASKED)

    def is_record(self, element: Element, above: xml_stream.Ancestors) -> bool:
        tag = self.shaping.names[element.tag]
        if tag in RECORDS:
            self.is_stray = self.is_stray or self.publication is None
            return self.publication is not None
        if self.root is None:
            self._begin(element, tag)
        if tag in _HEARD:
            self._hear(element, tag, above)
        elif self.publication is None and tag.endswith(_PUBLICATION):
            self._publish(element, tag[:1].upper() + tag[1:])
        return False

    def _hear(self, element: Element, tag: str, above: xml_stream.Ancestors) -> None:
        """Keep what an element around the records says of the document; refuse a fault, and what has no records."""
        if tag in _METHODS:
            self.methods.append(element)
        elif tag in _EXCHANGES:
            self.exchange = True
        elif tag in _PAYLOADS:
            kind = str(self.shaping.attributes(element).get(TYPE, ""))
            if kind.endswith(_PUBLICATION):
                self._publish(element, kind)
        elif len(above) > 1:
            raise PayloadRefused("payload.datex2-fault", place=Place(self.name))

    def _publish(self, element: Element, kind: str) -> None:
        if kind not in PUBLICATIONS:
            raise PayloadRefused("payload.datex2-publication", place=Place(self.name))
        self.publication, self.kind, self.published = element, kind, None

    def _begin(self, element: Element, tag: str) -> None:
        if tag not in _ROOTS and not tag.endswith(_PUBLICATION):
            raise PayloadRefused("payload.datex2-root", place=Place(self.name, 1))
        self.root = element

    def record(self, element: Element, above: xml_stream.Ancestors) -> Record:
        if self.group is not above[-1]:
            self.group = above[-1]
            self.around = self._surroundings(above[-1])
        self.records += 1
        self.shaping.noted = []  # a list of its own: who takes the record may keep it
        members = self.shaping.row(element)
        return Record(self.shaping.names[element.tag], members, self.around, self.shaping.noted)

    def _surroundings(self, parent: Element) -> Row:
        if self.publication is None:  # a record stands in a publication, or is none
            return {}
        if self.published is None:
            self.published = self._said_by(self.publication)
        group = {} if parent is self.publication else self.shaping.row(parent)
        return _around(self.published, group, self.kind)

    def _said_by(self, publication: Element) -> Row:
        said = Element(publication.tag, publication.attrib)
        said.extend([child for child in publication if self.shaping.names[child.tag] in _PUBLISHED])
        return self.shaping.row(said)

    def settle(self) -> Iterator[PayloadWarning]:
        """Refuse a document without publication; warn of one that gave no row of what it holds, and of a delta.

        An exchange alone (`keepAlive`) says that nothing is new: read as no row, it would say that all has ended.
        """
        if self.root is None or self.is_stray or self.publication is None:
            code = "payload.datex2-alive" if self.exchange and not self.is_stray else "payload.datex2-root"
            raise PayloadRefused(code, place=Place(self.name, 1))
        names = self.shaping.names
        held = [one for one in self.publication if names[one.tag] not in _CREATED]
        if not self.records and any(map(len, held)):
            yield PayloadWarning("payload.datex2-no-record", Place(self.name))
        if any(is_delta((method.text or "").strip()) for method in self.methods):
            yield PayloadWarning("payload.datex2-delta", Place(self.name))


def _of_xml(head: bytes, stream: BinaryIO, *, name: str) -> Iterator[Record | PayloadWarning]:
    reading = _Reading(name)
    for element, above in xml_stream.records(head, stream, name=name, is_record=reading.is_record):
        yield reading.record(element, above)
    yield from reading.settle()


PROTOCOL: Final = PayloadProtocol("datex2", Shape.NESTED, parse)
