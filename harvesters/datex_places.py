"""Where a DATEX II record is: its roads by name, and a geometry where it gives coordinates (EN 16157-2)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from eclor.errors import PayloadRefused
from harvesters import strict_json
from harvesters.coordinates import Positions, decimals, in_degrees
from harvesters.geometry import is_sound
from harvesters.parsing import Row
from harvesters.xml_rows import Noted

_GEOJSON: Final = "geoJsonGeometry"
_SAID: Final = frozenset({"roadNumber", "roadName", _GEOJSON})
_PLACES: Final = frozenset({
    "coordinatesForDisplay", "gmlLineString", "gmlPolygon", "locationForDisplay", "pointCoordinates",
})  # fmt: skip
_POINT_KIND: Final = "tpegOtherPointDescriptorType"
ASKED: Final = _SAID | _PLACES | {_POINT_KIND}
"""Members that say where a record is."""
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
    def of(cls, noted: Iterable[Noted]) -> "Places":
        """Return the places that the members of a record say, of those that were asked for."""
        places = cls()
        for name, value, among in noted:
            if isinstance(value, str):
                places._read(name, value, among)
            elif isinstance(value, dict) and name in _PLACES:
                places._place(name, value)
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

    def _read(self, name: str, text: str, among: Row) -> None:
        if name == _GEOJSON:
            self._geojson(text)
        elif name in _SAID:
            self._road(text)
        elif name == _POINT_KIND and text == "linkName" and isinstance(among.get("descriptor"), str):
            self._road(str(among["descriptor"]))

    def _road(self, text: str) -> None:
        if text not in self.roads:
            self.roads.append(text)

    def _place(self, name: str, member: Row) -> None:
        match name:
            case "pointCoordinates":
                self.parts["Point"].append(_point(member))
            case "gmlLineString":
                self.parts["LineString"].append(_positions(member))
            case "gmlPolygon":
                self.parts["Polygon"].append([_positions(ring) for ring in _rings(member)])
            case _:
                self.display += [_point(member)] if "latitude" in member else []

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
