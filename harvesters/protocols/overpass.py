"""overpass: an element of an OpenStreetMap answer (Overpass API 0.6, JSON or XML) is a row."""

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, BinaryIO, Final

from eclor.errors import PayloadRefused, Place
from harvesters import strict_json, strict_xml
from harvesters.decoding import BOM, opened, whole
from harvesters.parsing import Event, PayloadProtocol, RefusedRow, Row, Shape

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_KINDS: Final = ("node", "way", "relation", "area", "count")
_BOXES: Final = ("center", "bounds")
_INTEGERS: Final = ("id", "ref", "uid", "changeset", "version")
_DECIMALS: Final = ("lat", "lon", "minlat", "minlon", "maxlat", "maxlon")


def parse(payload: BinaryIO | bytes, *, name: str, options: Mapping[str, str]) -> Iterator[Event]:
    """Yield one row an element, as the JSON answer has it: `type`, `id`, `tags.…`, `lat`, `lon`, `center`, `members`.

    XML gives the same row as JSON. `position` is added: `lon,lat` of a node, or of the centre that `out center` gives;
    None without one. Ids are unique per type only, `reference` (`node/1`) is among all. `user`, `uid` and `changeset`
    name a person: map none of them. Refuses any `remark`: a time out or a lack of memory comes with HTTP 200 and a part
    of the elements.
    """
    del options
    content = whole(opened(payload), name=name)
    is_xml = content.removeprefix(BOM).lstrip()[:1] == b"<"
    elements = _of_xml(content, name=name) if is_xml else _of_json(content, name=name)
    for number, element in enumerate(elements, start=1):
        yield _row(element, place=Place(name), number=number)


def _of_json(content: bytes, *, name: str) -> list[object]:
    answer = strict_json.read(content, name=name)
    if not isinstance(answer, dict) or not isinstance(answer.get("elements"), list):
        raise PayloadRefused("payload.overpass-root", place=Place(name, 1))
    if "remark" in answer:
        raise PayloadRefused("payload.overpass-remark", place=Place(name))
    elements: list[object] = answer["elements"]
    return elements


def _of_xml(content: bytes, *, name: str) -> list[object]:
    root = strict_xml.read(content, name=name)
    if strict_xml.local(root) != "osm":
        raise PayloadRefused("payload.overpass-root", place=Place(name, 1))
    if next(strict_xml.children(root, "remark"), None) is not None:
        raise PayloadRefused("payload.overpass-remark", place=Place(name))
    try:
        return [_element(child) for child in root if strict_xml.local(child) not in {"note", "meta", "bounds"}]
    except (ValueError, InvalidOperation, KeyError) as error:
        raise PayloadRefused("payload.overpass-number", place=Place(name)) from error


def _element(element: "Element") -> Row:
    """Return an element of XML as the JSON answer writes it."""
    row: Row = {"type": strict_xml.local(element), **_numbered(element)}
    nodes = [int(node.attrib["ref"]) for node in strict_xml.children(element, "nd") if "ref" in node.attrib]
    members = [_with_course(_numbered(member), member) for member in strict_xml.children(element, "member")]
    tags = {tag.get("k", ""): tag.get("v", "") for tag in strict_xml.children(element, "tag")}
    row |= {strict_xml.local(child): _numbered(child) for child in element if strict_xml.local(child) in _BOXES}
    row |= {key: value for key, value in (("nodes", nodes), ("members", members), ("tags", tags)) if value}
    return _with_course(row, element)


def _with_course(row: Row, element: "Element") -> Row:
    """Return a row with the points that `out geom` puts on the nodes of a way; None for one outside the box."""
    points = [
        {"lat": Decimal(node.attrib["lat"]), "lon": Decimal(node.attrib["lon"])} if "lat" in node.attrib else None
        for node in strict_xml.children(element, "nd")
    ]
    return row | {"geometry": points} if any(points) else row


def _numbered(element: "Element") -> Row:
    return {key: _number(key, value) for key, value in element.attrib.items()}


def _number(key: str, value: str) -> object:
    if key in _INTEGERS:
        return int(value)
    return Decimal(value) if key in _DECIMALS else value


def _row(element: object, *, place: Place, number: int) -> Row | RefusedRow:
    match element:
        case dict() if element.get("type") in _KINDS and isinstance(element.get("id"), int):
            return element | {"reference": f"{element['type']}/{element['id']}", "position": _position(element)}
        case _:
            return RefusedRow("payload.overpass-element", place, {"number": number})


def _position(element: Row) -> str | None:
    match element:
        case {"lon": int() | Decimal() as lon, "lat": int() | Decimal() as lat} | {
            "center": {"lon": int() | Decimal() as lon, "lat": int() | Decimal() as lat}
        }:
            return f"{Decimal(lon):f},{Decimal(lat):f}"
        case _:
            return None


PROTOCOL: Final = PayloadProtocol("overpass", Shape.NESTED, parse)
