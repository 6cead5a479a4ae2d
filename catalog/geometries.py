"""Places as GeoParquet 1.1 holds them: WKB, the box of each row, and what the file says of the whole (`geo`).

Coordinates are WGS 84, longitude first, which GeoParquet takes for granted when no CRS is named.
"""

import json
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from charter.release_parts import ReleaseColumn
from charter.vocabulary import FieldType

Shapes: TypeAlias = "np.ndarray[Any, np.dtype[np.object_]]"
Numbers: TypeAlias = "np.ndarray[Any, np.dtype[np.float64]]"
VERSION: Final = "1.1.0"
_CORNERS: Final = ("xmin", "ymin", "xmax", "ymax")
_BOX: Final = pa.struct([pa.field(corner, pa.float64(), nullable=False) for corner in _CORNERS])
_TYPES: Final = (
    *("Point", "LineString", "LinearRing", "Polygon"),
    *("MultiPoint", "MultiLineString", "MultiPolygon", "GeometryCollection"),
)


@dataclass(slots=True)
class Geometries:
    """The geometry that a file gets from one of its columns, whose own text stays; gathers what the file says of it."""

    source: ReleaseColumn
    name: str
    box_name: str
    _kinds: set[str] = field(default_factory=set)
    _bounds: list[float] | None = None

    @classmethod
    def of(cls, source: ReleaseColumn, taken: list[str]) -> "Geometries":
        """Return the geometry of a column, under names that no released column has."""
        return cls(source, _free("geometry", taken), _free("bbox", taken))

    @property
    def fields(self) -> list[pa.Field]:
        """Return the two columns that are added."""
        return [pa.field(self.name, pa.binary()), pa.field(self.box_name, _BOX)]

    def columns(self, values: pa.Array) -> list[pa.Array]:
        """Return the geometries of a column's values and their boxes; null where there is no place."""
        shapes = _points(values) if self.source.type == FieldType.POSITION else _shapes(values)
        there = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
        boxes = shapely.bounds(shapes)
        self._gather(shapes[there], boxes[there])
        corners = [pa.array(np.where(there, boxes[:, place], 0.0)) for place in range(len(_CORNERS))]
        boxed = pa.StructArray.from_arrays(corners, fields=list(_BOX), mask=pa.array(~there))
        return [pa.array(shapely.to_wkb(shapes, include_srid=False, flavor="iso"), pa.binary()), boxed]

    def _gather(self, shapes: Shapes, boxes: Numbers) -> None:
        for kind, high in set(zip(shapely.get_type_id(shapes).tolist(), shapely.has_z(shapes).tolist(), strict=True)):
            self._kinds.add(_TYPES[kind] + (" Z" if high else ""))
        if len(boxes):
            known = [self._bounds] if self._bounds else []
            together = np.vstack([boxes, *known])
            self._bounds = [*together[:, :2].min(axis=0).tolist(), *together[:, 2:].max(axis=0).tolist()]

    def metadata(self) -> dict[str, str]:
        """Return what the file says, once all its rows were seen."""
        covering = {"bbox": {corner: [self.box_name, corner] for corner in _CORNERS}}
        column: dict[str, object] = {"encoding": "WKB", "geometry_types": sorted(self._kinds), "covering": covering}
        if self._bounds:
            column["bbox"] = self._bounds
        said = {"version": VERSION, "primary_column": self.name, "columns": {self.name: column}}
        return {"geo": json.dumps(said, separators=(",", ":"))}


def _free(name: str, taken: list[str]) -> str:
    while name in taken:
        name += "_"
    return name


def _points(values: pa.Array) -> Shapes:
    """Return the points of positions, `lon,lat` in degrees."""
    there = values.is_valid().to_numpy(zero_copy_only=False)
    parts = pc.split_pattern(pc.fill_null(values, "0,0"), ",", max_splits=1)
    points: Shapes = shapely.points(*(_degrees(pc.list_element(parts, place)) for place in (0, 1)))
    points[~there] = None
    return points


def _degrees(texts: pa.Array) -> Numbers:
    degrees: Numbers = pc.cast(pc.utf8_trim_whitespace(texts), pa.float64()).to_numpy(zero_copy_only=False)
    return degrees


def _shapes(values: pa.Array) -> Shapes:
    """Return the shapes of GeoJSON texts; what is no geometry has none."""
    shapes: Shapes = shapely.from_geojson(np.array(values.to_pylist(), dtype=object), on_invalid="ignore")
    return shapes
