"""Where a DATEX II record is: its roads by name, and a geometry where it gives coordinates (EN 16157-2)."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from eclor.errors import PayloadRefused
from harvesters import strict_json
from harvesters.coordinates import MOST_LETTERS, Positions, decimals, in_degrees, lon_lat, plain
from harvesters.geometry import is_sound
from harvesters.parsing import Row
from harvesters.xml_rows import Noted

_PLURAL: Final = {"Polygon": "MultiPolygon", "LineString": "MultiLineString", "Point": "MultiPoint"}
"""What is drawn of a record that gives several kinds comes first."""


@dataclass(slots=True)
class Places:
    """What a record says of where it is. Alert-C, TPEG names and OpenLR alone give no geometry, never (0, 0)."""

    roads: dict[str, None] = field(default_factory=dict)
    """Each name once, in order."""
    parts: dict[str, list[object]] = field(default_factory=dict)
    """GeoJSON kind: coordinates of each."""
    display: list[object] = field(default_factory=list)
    unsound: bool = False
    """Something was given as a place that is none."""
    letters: int = 0
    """Of all its coordinates so far."""

    @classmethod
    def of(cls, noted: Iterable[Noted]) -> "Places":
        """Return the places that the members of a record say, of those that were asked for."""
        places = cls()
        for name, value, among in noted:
            _READERS[name](places, value, among)
        return places

    @property
    def columns(self) -> Row:
        """Return `roads` (joined by « ; »), `geometry` (areas, else lines, else points) and `position` of a point."""
        geometry = self._geometry()
        point = geometry["coordinates"] if geometry and geometry["type"] == "Point" else None
        position = ",".join(map(plain, point[:2])) if isinstance(point, list) else None
        return {"roads": "; ".join(self.roads) or None, "geometry": geometry, "position": position}

    def _geometry(self) -> Row | None:
        if self.display and "Point" not in self.parts:
            self.parts["Point"] = self.display[:1]
        for kind in _PLURAL if len(self.parts) > 1 else self.parts:
            parts = self.parts.get(kind, ())
            sound = [part for part in parts if is_sound({"type": kind, "coordinates": part})]
            self.unsound = self.unsound or len(sound) < len(parts)
            if len(sound) == 1:
                return {"type": kind, "coordinates": sound[0]}
            if sound:
                return {"type": _PLURAL[kind], "coordinates": sound}
        return None

    def road(self, name: object, _among: Row) -> None:
        """Take a road by its name or number."""
        if isinstance(name, str):
            self.roads[name] = None

    def link(self, kind: object, among: Row) -> None:
        """Take the road that a point's descriptor names, where its type says that it does."""
        if kind == "linkName":
            self.road(among.get("descriptor"), among)

    def point(self, member: object, _among: Row) -> None:
        """Take `pointCoordinates`."""
        if isinstance(member, dict):
            self._part("Point", lon_lat(member.get("longitude"), member.get("latitude")))

    def line(self, member: object, _among: Row) -> None:
        """Take a `gmlLineString`."""
        if isinstance(member, dict):
            self._part("LineString", self._positions(member))

    def area(self, member: object, _among: Row) -> None:
        """Take a `gmlPolygon`."""
        if isinstance(member, dict):
            self._part("Polygon", [self._positions(ring) for ring in _rings(member)])

    def shown(self, member: object, _among: Row) -> None:
        """Take a point that a map may show, which stands in where no other is given."""
        if isinstance(member, dict) and "latitude" in member:
            self.display.append(lon_lat(member.get("longitude"), member["latitude"]))

    def geojson(self, text: object, _among: Row) -> None:
        """Take a geometry that is GeoJSON inside a text."""
        if not isinstance(text, str):
            return
        try:
            geometry = strict_json.read(text.encode(), name="") if self._fits(text) else None
        except PayloadRefused:
            geometry = None
        if not isinstance(geometry, dict) or not is_sound(geometry):
            self.unsound = True
            return
        kind = geometry["type"]
        for single, plural in _PLURAL.items():
            if kind == single:
                self._part(single, geometry["coordinates"])
            elif kind == plural:
                self._part(single, *geometry["coordinates"])

    def _positions(self, line: Row) -> list[list[Decimal]]:
        """Return the positions of a `posList`: latitude first unless its reference system says otherwise."""
        listed = line.get("posList")
        attributes = listed if isinstance(listed, dict) else {"value": listed}
        system = str(attributes.get("srsName") or line.get("srsName") or "")
        dimensions = str(attributes.get("srsDimension") or line.get("srsDimension") or "2")
        text = attributes.get("value")
        numbers = decimals(text) if isinstance(text, str) and self._fits(text) else ()
        size = 3 if dimensions == "3" else 2
        return in_degrees(Positions(numbers, dimensions=size, system=system, latitude_first=True))

    def _fits(self, text: str) -> bool:
        self.letters += len(text)
        return self.letters <= MOST_LETTERS

    def _part(self, kind: str, *coordinates: object) -> None:
        self.parts.setdefault(kind, []).extend(coordinates)


_READERS: Final[Mapping[str, Callable[[Places, object, Row], None]]] = {
    "roadNumber": Places.road, "roadName": Places.road, "tpegOtherPointDescriptorType": Places.link,
    "pointCoordinates": Places.point, "gmlLineString": Places.line, "gmlPolygon": Places.area,
    "coordinatesForDisplay": Places.shown, "locationForDisplay": Places.shown, "geoJsonGeometry": Places.geojson,
}  # fmt: skip
ASKED: Final = frozenset(_READERS)
"""Members that say where a record is."""


def _rings(polygon: Row) -> Iterator[Row]:
    for side in ("exterior", "interior"):
        rings = polygon.get(side)
        for ring in rings if isinstance(rings, list) else (rings,):
            if isinstance(ring, dict):
                yield ring.get("linearRing") or ring.get("LinearRing") or ring
