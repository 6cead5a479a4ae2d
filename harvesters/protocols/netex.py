"""netex: an identified object of a frame of a NeTEx PublicationDelivery (France, Nordic), zip or XML, is a row."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import BinaryIO, Final, cast
from xml.etree.ElementTree import Element

from eclor.errors import PayloadRefused, Place
from harvesters import xml_stream
from harvesters.archives import unzipped
from harvesters.decoding import whole_from
from harvesters.netex import Found, Objects, is_object
from harvesters.parsing import Event, PayloadProtocol, PayloadWarning, RefusedRow, Row, Shape
from harvesters.xml_names import Names

_ZIP: Final = b"PK"
_ROOT: Final = "PublicationDelivery"
_OBJECTS: Final = "dataObjects"


def parse(payload: BinaryIO | bytes, *, name: str, options: Mapping[str, str]) -> Iterator[Event]:
    """Yield one row an element with an `id` inside a frame, frames apart: stops, lines, journeys, passing times.

    Streamed; the XML files of a zip in alphabetical order, references between them left as they are. `kind` is the
    element, then `id`, `version`, `parent` (the identifier of the object that it stands in, or None), `frame`,
    `PublicationTimestamp`, `position` (`lon,lat` or None), `geometry` (GeoJSON or None), and the standard's own
    members: references as the identifier referred to, objects with an identifier as theirs (they have rows of their
    own), lists (in lower case, never rows) as lists, `keyList` as an object of its keys, leaves as text. Coordinates
    in Lambert 93, its zones or LUREF by `srsName` become degrees. An empty identifier is a refused row; objects of a
    frame without any give a warning. Option `objets` names the kinds to give (`StopPlace Quay`); without it, all. A
    kind that it names and of which nothing came gives a warning.
    """
    wanted = frozenset(options.get("objets", "").replace(",", " ").split())
    given = set[object]()
    for event in _delivery(payload, name=name, wanted=wanted):
        if isinstance(event, dict):
            given.add(event["kind"])
        yield event
    for absent in sorted(wanted - given):
        yield PayloadWarning("payload.netex-absent", Place(name), {"kind": absent})


def _delivery(payload: BinaryIO | bytes, *, name: str, wanted: frozenset[str]) -> Iterator[Event]:
    head, stream = xml_stream.head_of(payload, name=name)
    if not head.startswith(_ZIP):
        yield from _document(head, stream, name=name, wanted=wanted)
        return
    if stream.seekable():
        stream.seek(0)
    else:
        stream = BytesIO(whole_from(head, stream, name=name))
    with unzipped(stream, name=name) as (archive, entries):
        documents = sorted(entry.filename for entry in entries if entry.filename.lower().endswith(".xml"))
        if not documents:
            raise PayloadRefused("payload.netex-root", place=Place(name))
        for document in documents:
            with archive.open(document) as opened:
                place = f"{name}/{document}"
                yield from _document(
                    *xml_stream.head_of(cast("BinaryIO", opened), name=place), name=place, wanted=wanted
                )
    for entry in entries:
        if entry.filename not in documents:
            yield PayloadWarning("payload.netex-stranger", Place(f"{name}/{entry.filename}"))


def _document(head: bytes, stream: BinaryIO, *, name: str, wanted: frozenset[str]) -> Iterator[Event]:
    reading = _Reading(name)
    number = 0
    for element, above in xml_stream.records(head, stream, name=name, is_record=reading.is_record):
        for found in reading.objects(above).of(element):
            number += 1
            yield from _events(found, place=Place(name), number=number, wanted=wanted)
    if not reading.root or (reading.is_stray and not reading.is_held):
        raise PayloadRefused("payload.netex-root", place=Place(name, 1))
    if reading.anonymous:
        yield PayloadWarning("payload.netex-anonymous", Place(name), {"count": reading.anonymous})


def _events(found: Found, *, place: Place, number: int, wanted: frozenset[str]) -> Iterator[Event]:
    if wanted and found.row["kind"] not in wanted:
        return
    if not found.row["id"]:
        yield RefusedRow("payload.netex-no-id", place, {"number": number})
        return
    yield found.row
    if found.place_unsound:
        yield PayloadWarning("payload.geometry", place, {"number": number})


@dataclass(slots=True)
class _Reading:
    """Follows one document: in which frame we are."""

    name: str
    names: Names = field(init=False)
    root: str = ""
    frame: Element | None = None
    current: Objects | None = None
    anonymous: int = 0
    is_held: bool = False
    """There is a frame, or what frames stand in."""
    is_stray: bool = False
    """Something with an identifier stood in none: a topic of the request, or an object."""

    def __post_init__(self) -> None:
        self.names = Names(self.name)

    def is_record(self, element: Element, above: xml_stream.Ancestors) -> bool:
        tag = self.names[element.tag]
        if not self.root:
            self.root = tag
            if tag != _ROOT:
                raise PayloadRefused("payload.netex-root", place=Place(self.name, 1))
        self.is_held = self.is_held or self._holds_objects(tag)
        if self._is_frame(tag):
            return False
        if not any(self._holds_objects(self.names[one.tag]) for one in above):
            self.is_stray = self.is_stray or is_object(element, tag)
            return False
        if is_object(element, tag):
            return True
        self.anonymous += self._is_anonymous(element, tag, above)
        return False

    def _is_anonymous(self, element: Element, tag: str, above: xml_stream.Ancestors) -> bool:
        """Say whether it is an object of a list of a frame that nothing identifies."""
        is_listed = self.names[above[-1].tag][:1].islower() and self._is_frame(self.names[above[-2].tag])
        return is_listed and tag[:1].isupper() and element.get("ref") is None

    def _is_frame(self, tag: str) -> bool:
        return tag.endswith("Frame")

    def _holds_objects(self, tag: str) -> bool:
        return tag == _OBJECTS or self._is_frame(tag)

    def objects(self, above: xml_stream.Ancestors) -> Objects:
        frame = next((one for one in reversed(above) if self._is_frame(self.names[one.tag])), None)
        if self.current is None or frame is not self.frame:
            self.frame = frame
            around: Row = {
                "frame": None if frame is None else self.names[frame.tag],
                "PublicationTimestamp": self._child(above[0], "PublicationTimestamp"),
            }
            self.current = Objects(around, self._system(above), self.names)
        return self.current

    def _child(self, element: Element, tag: str) -> str | None:
        return next(((child.text or "").strip() or None for child in element if self.names[child.tag] == tag), None)

    def _system(self, above: xml_stream.Ancestors) -> str:
        """Return the nearest default reference system of the frames around."""
        for one in reversed(above):
            for defaults in one:
                if self.names[defaults.tag] == "FrameDefaults":
                    return self._child(defaults, "DefaultLocationSystem") or ""
        return ""


PROTOCOL: Final = PayloadProtocol("netex", Shape.NESTED, parse, ("objets",))
