"""NeTEx objects as rows: each by itself, what it refers to and what stands in it by identifier (CEN/TS 16614)."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from harvesters.coordinates import Positions, decimals, in_degrees
from harvesters.geometry import is_sound
from harvesters.parsing import Row
from harvesters.xml_names import Names

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_SHAPES: Final = {"LineString": "LineString", "Polygon": "Polygon"}


def is_object(element: "Element", name: str) -> bool:
    """Say whether an element is an object: it has an identifier, and is no list, which may have one too."""
    return element.get("id") is not None and not name[:1].islower()


@dataclass(slots=True)
class Found:
    """An object's row; `place_unsound` when it gives a place that is none."""

    row: Row
    place_unsound: bool = False


@dataclass(slots=True)
class Objects:
    """Turns an outermost object of a frame into its row and those of the objects in it."""

    around: Row
    """What every row says of the document and the frame."""
    system: str
    """Reference system of coordinates that name none."""
    names: Names

    def of(self, element: "Element") -> list[Found]:
        """Return the rows of an object, itself first, then those in it in their order."""
        found: list[Found] = []
        self._object(element, parent=None, found=found)
        return found

    def _object(self, element: "Element", *, parent: str | None, found: list[Found]) -> str:
        identifier = element.get("id", "")
        row: Row = {"kind": self.names[element.tag], "id": identifier, "version": element.get("version"),
                    "parent": parent, **self.around, "position": None, "geometry": None}  # fmt: skip
        one = Found(row)
        found.append(one)
        row.update((self.names[name], value) for name, value in element.items() if name not in row)
        self._members(element, row, _Inside(one, identifier, found))
        return identifier

    def _members(self, element: "Element", row: Row, inside: "_Inside") -> None:
        are_items = self.names[element.tag][:1].islower()
        for child in element:
            key = self.names[child.tag]
            if key == "keyList":
                row[key] = self._keys(child)
                continue
            value = self._value(child, key, inside)
            if are_items:
                self._append(row, key, value)
            elif key in row and not self._is_own(row, key):
                former = row[key]
                row[key] = [*former, value] if isinstance(former, list) else [former, value]
            else:
                row[key] = value

    @staticmethod
    def _is_own(row: Row, key: str) -> bool:
        return row[key] is None and key in {"position", "geometry"}

    @staticmethod
    def _append(row: Row, key: str, value: object) -> None:
        values = row.setdefault(key, [])
        if isinstance(values, list):
            values.append(value)

    def _value(self, element: "Element", key: str, inside: "_Inside") -> object:
        if len(element):
            self._place(element, key, inside.one)
        if is_object(element, key):
            return self._object(element, parent=inside.identifier, found=inside.found)
        if element.get("ref") is not None and not len(element):
            return element.get("ref")
        if not len(element):
            return (element.text or "").strip() or None
        row: Row = {self.names[name]: value for name, value in element.items()}
        self._members(element, row, inside)
        return row

    def _keys(self, element: "Element") -> Row:
        pairs = ({self.names[child.tag]: (child.text or "").strip() or None for child in pair} for pair in element)
        return {str(pair["Key"]): pair.get("Value") for pair in pairs if pair.get("Key")}

    def _place(self, element: "Element", key: str, one: Found) -> None:
        """Read the place that an element is, if it is one and the first of its object."""
        if key == "Location" and one.row["position"] is None:
            positions = self._location(element)
            point = {"type": "Point", "coordinates": positions[0]} if len(positions) == 1 else None
            if is_sound(point):
                one.row["position"] = f"{positions[0][0]:f},{positions[0][1]:f}"
            else:
                one.place_unsound = True
        elif key in _SHAPES and one.row["geometry"] is None:
            rings = [positions for positions in self._lists(element) if positions]
            geometry = {"type": key, "coordinates": rings if key == "Polygon" else (rings or [[]])[0]}
            if is_sound(geometry):
                one.row["geometry"] = geometry
            else:
                one.place_unsound = True

    def _location(self, element: "Element") -> list[list[Decimal]]:
        leaves = {self.names[child.tag]: child for child in element}
        if "pos" in leaves:
            text, system = leaves["pos"].text or "", leaves["pos"].get("srsName") or element.get("srsName")
            return in_degrees(Positions(decimals(text), system=system or self.system, latitude_first=True))
        pair = [leaves[name].text or "" for name in ("Longitude", "Latitude") if name in leaves]
        return in_degrees(Positions(decimals(" ".join(pair))))

    def _lists(self, element: "Element") -> Iterator[list[list[Decimal]]]:
        for listed in element.iter():
            match self.names[listed.tag]:
                case "posList":
                    text = listed.text or ""
                case "LineString" | "LinearRing":
                    text = " ".join(child.text or "" for child in listed if self.names[child.tag] == "pos")
                case _:
                    continue
            system = listed.get("srsName") or element.get("srsName") or self.system
            dimensions = 3 if "3" in {listed.get("srsDimension"), element.get("srsDimension")} else 2
            yield in_degrees(Positions(decimals(text), dimensions=dimensions, system=system, latitude_first=True))


@dataclass(frozen=True, slots=True)
class _Inside:
    """Whose members are being read, and where rows go."""

    one: Found
    identifier: str
    found: list[Found]
