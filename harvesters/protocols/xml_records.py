"""xml: an element of a document is a row: those of a name, or else those right inside the root."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Final

from eclor.errors import PayloadRefused, Place
from harvesters import xml_stream
from harvesters.parsing import Event, PayloadProtocol, Row, Shape
from harvesters.xml_names import Names

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_XSI: Final = "{http://www.w3.org/2001/XMLSchema-instance}"
_KIND: Final = "kind"
_VALUE: Final = "value"


def parse(payload: BinaryIO | bytes, *, name: str, options: Mapping[str, str]) -> Iterator[Event]:
    """Yield one row an element: `kind` (its name), then its attributes and elements by their names, nested.

    Names are without namespace, texts as they stand without the blanks around them, empty ones None. An element that
    has attributes or elements besides its text has it as `value`; an attribute that is called as an element, or as
    that text, has an `@` before its name, and so has what a row holds that is called `kind`. What comes several times
    is a list, and what option `listes` names however few come. Option `lignes` names the elements that are rows
    (`marche, contrat-concession`), the outermost where they nest; without it rows are the elements right inside the
    root. Refuses a document that holds something and none of those named.
    """
    reading = _Reading(_names(options.get("lignes")), _names(options.get("listes")), Names(name))
    head, stream = xml_stream.head_of(payload, name=name)
    for element, _ in xml_stream.records(head, stream, name=name, is_record=reading.is_record):
        yield reading.row(element)
    if reading.beside and not reading.rows:
        raise PayloadRefused("payload.xml-no-rows", place=Place(name), names=", ".join(sorted(reading.wanted)))


def _names(option: str | None) -> frozenset[str]:
    return frozenset((option or "").replace(",", " ").split())


@dataclass(slots=True)
class _Reading:
    """Which elements are rows, and how they become members."""

    wanted: frozenset[str]
    """None of them: those right inside the root."""
    lists: frozenset[str]
    names: Names
    rows: int = 0
    beside: int = 0
    """Elements right inside the root that are no row."""

    def is_record(self, element: "Element", above: xml_stream.Ancestors) -> bool:
        """Say whether an element is a row."""
        is_inside = len(above) == 1
        if self.names[element.tag] in self.wanted or (is_inside and not self.wanted):
            return True
        self.beside += is_inside
        return False

    def row(self, element: "Element") -> Row:
        """Return the row of a record."""
        self.rows += 1
        value = self._value(element)
        members = value if isinstance(value, dict) else {_VALUE: value}
        if _KIND in members:
            members[f"@{_KIND}"] = members.pop(_KIND)
        return {_KIND: self.names[element.tag], **members}

    def _value(self, element: "Element") -> object:
        text = (element.text or "").strip() or None
        said = {key: value for key, value in element.items() if not key.startswith(_XSI)}
        if not said and not len(element):
            return text
        inside: dict[str, list[object]] = {}
        for child in element:
            inside.setdefault(self.names[child.tag], []).append(self._value(child))
        taken = inside.keys() if text is None else {*inside, _VALUE}
        row: Row = {f"@{key}" if key in taken else key: value for key, value in self._attributes(said)}
        row |= {key: found if len(found) > 1 or key in self.lists else found[0] for key, found in inside.items()}
        if text is not None:
            row.setdefault(_VALUE, text)
        return row

    def _attributes(self, said: Mapping[str, str]) -> Iterator[tuple[str, str | None]]:
        return ((self.names[key], value.strip() or None) for key, value in said.items())


PROTOCOL: Final = PayloadProtocol("xml", Shape.NESTED, parse, ("lignes", "listes"))
