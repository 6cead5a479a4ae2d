"""open311: a service or a request of Open311 GeoReport v2, XML or JSON, is a row."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, BinaryIO, Final

from eclor.errors import PayloadRefused, Place
from harvesters import strict_json, strict_xml
from harvesters.decoding import BOM, opened, whole
from harvesters.parsing import Event, PayloadProtocol, RefusedRow, Row, Shape

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_WRAPPERS: Final = ("service_requests", "requests", "services", "service_definition")
_LISTS: Final = ("attributes", "values", "notes")
"""Elements of XML whose children are a list, however few they are."""


def parse(payload: BinaryIO | bytes, *, name: str, options: Mapping[str, str]) -> Iterator[Event]:
    """Yield one row a service or request: `kind` (`service` or `request`), then its members by their names.

    XML leaves are text, empty ones None, what comes several times a list; JSON keeps numbers. A service definition is
    a service, with `attributes`. An element without `service_code` or `service_request_id` (the token that answers a
    POST) is a refused row. Refuses an error body, whatever its HTTP status, and a discovery document, which lists
    neither services nor requests.
    """
    del options
    content = whole(opened(payload), name=name)
    is_xml = content.removeprefix(BOM).lstrip()[:1] == b"<"
    elements = _of_xml(content, name=name) if is_xml else _of_json(content, name=name)
    for number, element in enumerate(elements, start=1):
        yield _row(element, place=Place(name), number=number)


def _of_json(content: bytes, *, name: str) -> list[object]:
    match strict_json.read(content, name=name):
        case {"errors": _} | [{"code": _, "description": _}, *_]:
            raise PayloadRefused("payload.open311-error", place=Place(name))
        case {"endpoints": _}:
            raise PayloadRefused("payload.open311-discovery", place=Place(name))
        case list() as elements:
            return elements
        case dict() as wrapped:
            lists = [wrapped[key] for key in _WRAPPERS if isinstance(wrapped.get(key), list)]
            return lists[0] if lists else [wrapped]
        case _:
            raise PayloadRefused("payload.open311-root", place=Place(name, 1))


def _of_xml(content: bytes, *, name: str) -> list[object]:
    root = strict_xml.read(content, name=name)
    match strict_xml.local(root):
        case "errors":
            raise PayloadRefused("payload.open311-error", place=Place(name))
        case "discovery":
            raise PayloadRefused("payload.open311-discovery", place=Place(name))
        case "service_requests" | "requests" | "services":
            return [_member(child) for child in root]
        case "service_definition":
            return [_member(root)]
        case _:
            raise PayloadRefused("payload.open311-root", place=Place(name, 1))


def _member(element: "Element") -> object:
    if strict_xml.local(element) in _LISTS:
        return [_member(child) for child in element]
    if len(element) == 0:
        return strict_xml.text(element)
    members: dict[str, list[object]] = {}
    for child in element:
        members.setdefault(strict_xml.local(child), []).append(_member(child))
    return {name: values[0] if len(values) == 1 else values for name, values in members.items()}


def _row(element: object, *, place: Place, number: int) -> Row | RefusedRow:
    if isinstance(element, dict) and element.get("service_request_id"):
        return {"kind": "request", **element}
    if isinstance(element, dict) and element.get("service_code") and "token" not in element:
        return {"kind": "service", **element}
    return RefusedRow("payload.open311-element", place, {"number": number})


PROTOCOL: Final = PayloadProtocol("open311", Shape.NESTED, parse)
