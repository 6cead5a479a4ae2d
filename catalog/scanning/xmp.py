"""XMP (ISO 16684-1): the packet of XML that programs write into pictures and documents."""

import re
from typing import TYPE_CHECKING, Final

from catalog.scanning.found import Metadata, Trace
from harvesters import strict_xml

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

PLACE: Final = "XMP"
_OPENS: Final = re.compile(rb"<(?:[A-Za-z]\w{0,15}:)?xmpmeta[\s>]|<(?:[A-Za-z]\w{0,15}:)?RDF[\s>]")
_CLOSES: Final = (b"xmpmeta>", b"RDF>")
_AUTHORS: Final = frozenset(
    {"creator", "Artist", "Author", "author", "OwnerName", "CameraOwnerName", "CaptionWriter", "CiEmailWork",
     "CiTelWork", "PersonInImage", "Name", "ArtistName"}
)  # fmt: skip
_SERIALS: Final = frozenset({"SerialNumber", "BodySerialNumber", "LensSerialNumber", "CameraSerialNumber"})
_POSITIONS: Final = frozenset({"GPSLatitude", "GPSLongitude", "GPSDestLatitude", "GPSDestLongitude"})


def in_xmp(content: bytes, *, name: str) -> Metadata:
    """Return what the packets within some bytes say of people; refuses (`PayloadRefused`) a packet that is no XML."""
    found, at = Metadata(), 0
    while match := _OPENS.search(content, at):
        ends = [
            content.find(close, match.end()) + len(close) for close in _CLOSES if match[0][:-1].endswith(close[:-1])
        ]
        at = max(*ends, match.end()) if ends else match.end()
        packet = content[match.start() : at]
        for element in strict_xml.read(packet, name=f"{name}/XMP").iter():
            _note(element, found)
    return found


def _note(element: "Element", found: Metadata) -> None:
    texts = [strict_xml.text(element), *(strict_xml.text(item) for item in element.iter() if item is not element)]
    _see(strict_xml.local(element), [text for text in texts if text], found)
    for key, value in element.attrib.items():
        _see(key.rpartition("}")[2], [value], found)
        found.text(PLACE, value)
    if text := strict_xml.text(element):
        found.text(PLACE, text)


def _see(name: str, texts: list[str], found: Metadata) -> None:
    if not texts:
        return
    if name in _POSITIONS:
        found.add(PLACE, Trace.POSITION)
    elif name in _SERIALS:
        found.add(PLACE, Trace.DEVICE)
    elif name in _AUTHORS:
        for text in texts:
            found.author(PLACE, text)
