"""Where a DATEX II record is: its roads by name, and a geometry where it gives coordinates (EN 16157-2)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from eclor.errors import PayloadRefused
from harvesters import strict_json
from harvesters.coordinates import Positions, decimals, in_degrees
from harvesters.geometry import is_sound
from harvesters.parsing import Row

_GEOJSON: Final = "geoJsonGeometry"
_SAID: Final = frozenset({"roadNumber", "roadName", _GEOJSON})
_DISPLAY: Final = frozenset({"locationForDisplay", "coordinatesForDisplay"})
_PLACES: Final = _DISPLAY | {"pointCoordinates", "gmlLineString", "gmlPolygon"}
_PLURAL: Final = {"Point": "MultiPoint", "LineString": "MultiLineString", "Polygon": "MultiPolygon"}


@dataclass(slots=True)
class Places:
    """What a record says of where it is. Alert-C, TPEG names and OpenLR alone give no geometry, never (0, 0)."""

    roads: list[str] = field(default_factory=list)
    parts: dict[str, list[object]] = field(default_factory=lambda: {"Polygon": [], "LineString": [], "Point": []})
    """GeoJSON kind: coordinates of each; what is drawn of a record that gives several kinds comes first."""
    display: list[object] = field(default_factory=list)
    unsound: bool = False
    """Something was given as a place that is none."""

    @classmethod
    def of(cls, record: Row) -> "Places":
        """Return the places of a record, however deep they stand in it."""
        places = cls()
        places._visit(record)
        return places

    @property
    def columns(self) -> Row:
        """Return `roads` (joined by « ; »), `geometry` (areas, else lines, else points) and `position` of a point."""
        geometry = self._geometry()
        point = geometry["coordinates"] if geometry and geometry["type"] == "Point" else None
        position = f"{Decimal(point[0]):f},{Decimal(point[1]):f}" if isinstance(point, list) else None
        return {"roads": "; ".join(self.roads) or None, "geometry": geometry, "position": position}

    def _geometry(self) -> Row | None:
        for kind, given in self.parts.items():
            parts = given or (self.display[:1] if kind == "Point" else [])
            if not parts:
                continue
            sound = [part for part in parts if is_sound({"type": kind, "coordinates": part})]
            self.unsound = self.unsound or len(sound) < len(parts)
            if len(sound) == 1:
                return {"type": kind, "coordinates": sound[0]}
            if sound:
                return {"type": _PLURAL[kind], "coordinates": sound}
        return None

    def _visit(self, row: Row) -> None:
        for name, value in row.items():
            if isinstance(value, str):
                if name in _SAID:
                    self._read(name, value)
            elif isinstance(value, dict):
                self._enter(name, value)
            elif isinstance(value, list):
                for member in value:
                    if isinstance(member, dict):
                        self._enter(name, member)

    def _read(self, name: str, text: str) -> None:
        if name == _GEOJSON:
            self._geojson(text)
        else:
            self._road(text)

    def _road(self, text: str) -> None:
        if text not in self.roads:
            self.roads.append(text)

    def _enter(self, name: str, member: Row) -> None:
        if name in _PLACES and self._is_placed(name, member):
            return
        if member.get("tpegOtherPointDescriptorType") == "linkName" and isinstance(member.get("descriptor"), str):
            self._road(str(member["descriptor"]))
        self._visit(member)

    def _is_placed(self, name: str, member: Row) -> bool:
        """Keep the coordinates that an element of that name gives; say whether it gives some."""
        match name:
            case "pointCoordinates":
                self.parts["Point"].append(_point(member))
            case "gmlLineString":
                self.parts["LineString"].append(_positions(member))
            case "gmlPolygon":
                self.parts["Polygon"].append([_positions(ring) for ring in _rings(member)])
            case _ if "latitude" in member:
                self.display.append(_point(member))
            case _:
                return False
        return True

    def _geojson(self, text: str) -> None:
        try:
            geometry = strict_json.read(text.encode(), name="")
        except PayloadRefused:
            geometry = None
        if not isinstance(geometry, dict) or not is_sound(geometry):
            self.unsound = True
            return
        kind = geometry["type"]
        for single, plural in _PLURAL.items():
            if kind == single:
                self.parts[single].append(geometry["coordinates"])
            elif kind == plural:
                self.parts[single] += geometry["coordinates"]


def _point(member: Row) -> object:
    numbers = decimals(f"{member.get('longitude')} {member.get('latitude')}")
    return list(numbers) if len(numbers) == len(("lon", "lat")) else None


def _rings(polygon: Row) -> Iterator[Row]:
    for side in ("exterior", "interior"):
        rings = polygon.get(side)
        for ring in rings if isinstance(rings, list) else (rings,):
            if isinstance(ring, dict):
                yield ring.get("linearRing") or ring.get("LinearRing") or ring


def _positions(line: Row) -> list[list[Decimal]]:
    """Return the positions of a `posList`: latitude first unless its reference system says otherwise."""
    listed = line.get("posList")
    attributes = listed if isinstance(listed, dict) else {"value": listed}
    system = str(attributes.get("srsName") or line.get("srsName") or "")
    dimensions = str(attributes.get("srsDimension") or line.get("srsDimension") or "2")
    text = attributes.get("value")
    numbers = decimals(text) if isinstance(text, str) else ()
    return in_degrees(Positions(numbers, dimensions=3 if dimensions == "3" else 2, system=system, latitude_first=True))
