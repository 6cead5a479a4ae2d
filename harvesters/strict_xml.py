"""XML without DTD, entities or processing that reaches out; element names without their namespace."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO, Final
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException, DTDForbidden
from defusedxml.ElementTree import fromstring

from eclor.errors import PayloadRefused, Place
from harvesters.decoding import BOM, not_text, refuse_html, whole
from harvesters.old_text import is_wide
from harvesters.weighing import refuse_heavy_xml
from harvesters.xml_names import refuse_many_names

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MAX_DEPTH: Final = 64


def read(payload: BinaryIO | bytes, *, name: str) -> "Element":
    """Return the root element; the encoding is that of the XML declaration or the byte order mark, else UTF-8.

    Refuses (`PayloadRefused`, with line and column) what is cut short or not well formed, any DTD or entity
    (billion laughs, XXE), more than 64 levels, a tree that would take too much memory, too many names, a page of HTML.
    """
    content = whole(payload, name=name)
    refuse_html(content, name=name)
    refuse_heavy_xml(content, name=name)
    refuse_many_names(content, name=name)
    try:
        root: Element = fromstring(content, forbid_dtd=True)
    except DefusedXmlException as error:
        code = "payload.xml-dtd" if isinstance(error, DTDForbidden) else "payload.xml-entity"
        raise PayloadRefused(code, place=Place(name)) from error
    except ParseError as error:
        raise syntax(error, content, name=name) from error
    except (LookupError, ValueError) as error:  # an encoding that the parser does not know
        raise PayloadRefused("payload.xml-encoding", place=Place(name, 1)) from error
    refuse_depth(root, name=name)
    return root


def syntax(error: ParseError, start: bytes, *, name: str) -> PayloadRefused:
    """Return the refusal of what no parser can read, with its place; of a payload that begins so."""
    line, column = error.position
    if is_wide(start):  # XML may well be in UTF-16
        start = b""
    is_json = start.removeprefix(BOM).lstrip()[:1] in {b"{", b"["}
    code = "payload.json-for-xml" if is_json else "payload.xml-syntax"
    return not_text(start, code, place=Place(name, line, column + 1))


def refuse_depth(element: "Element", *, levels: int = MAX_DEPTH, name: str) -> None:
    """Refuse an element of more levels than that, its own included."""
    level = [element]
    for _ in range(levels):
        level = [child for element in level for child in element]
        if not level:
            return
    raise PayloadRefused("payload.too-deep", place=Place(name), levels=MAX_DEPTH)


def local(element: "Element") -> str:
    """Return the element's name without its namespace."""
    return element.tag.rpartition("}")[2]


def namespace(element: "Element") -> str:
    """Return the element's namespace, empty without one."""
    return element.tag.rpartition("}")[0].removeprefix("{")


def text(element: "Element") -> str | None:
    """Return the element's own text without blanks around it; None when nothing is left."""
    return (element.text or "").strip() or None


def children(element: "Element", tag: str) -> Iterator["Element"]:
    """Yield the direct children of that local name."""
    return (child for child in element if local(child) == tag)


def child_text(element: "Element", tag: str) -> str | None:
    """Return the text of the first direct child of that local name; None without one."""
    return next((text(child) for child in children(element, tag)), None)
