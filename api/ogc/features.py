"""Rows of a version as GeoJSON features (RFC 7946), in any of the systems that are offered.

A feature is known by its key where the dataset declares a key of one column, and else by its version and its place in
key order: such a name always means the same row, as long as its version is served.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from orjson import Fragment, loads

from api.ogc.addresses import GEOJSON, HTML, JSON, Addresses, link
from api.ogc.crs import CRS84, Crs, moved
from api.rendering import records
from api.row_files import Cell, Record
from api.rows import KEY
from catalog.export import place_column
from catalog.views import VersionView
from charter.release_parts import ReleaseColumn
from charter.vocabulary import FieldType

_PLACED: Final = re.compile(r"([1-9][0-9]{0,8})-([1-9][0-9]{0,17})")
_INTEGER: Final = re.compile(r"-?[0-9]{1,15}")
_NAMING: Final = frozenset({FieldType.TEXT, FieldType.CODE, FieldType.INTEGER})


@dataclass(frozen=True, slots=True)
class Placed:
    """A row by its version and its place in key order."""

    version: int
    place: int

    def text(self) -> str:
        """Return it as it stands in addresses."""
        return f"{self.version}-{self.place}"


def read_placed(text: str) -> Placed | None:
    """Read a row's version and place, None if the text names none."""
    found = _PLACED.fullmatch(text)
    return None if found is None else Placed(int(found[1]), int(found[2]))


def key_value(column: ReleaseColumn, text: str) -> Cell:
    """Return the value that a name stands for in a key's column, None if it can be none of it."""
    if column.type != FieldType.INTEGER:
        return text
    return int(text) if _INTEGER.fullmatch(text) else None


@dataclass(frozen=True, slots=True)
class Features:
    """How the rows of one version become features."""

    version: VersionView
    key: ReleaseColumn | None
    place: ReleaseColumn | None
    columns: tuple[ReleaseColumn, ...]

    @classmethod
    def of(cls, version: VersionView, key: Sequence[str]) -> "Features":
        """Return how; `key` is the dataset's declared one."""
        named = [column for column in version.columns if [column.name] == [*key]]
        fit = [column for column in named if not column.level and column.type in _NAMING]
        return cls(version, fit[0] if fit else None, place_column(version.columns), version.columns)

    @property
    def names(self) -> tuple[str, ...]:
        """Return the columns to ask for."""
        return tuple(column.name for column in self.columns)

    def feature(self, row: Record, crs: Crs) -> dict[str, object]:
        """Return a row as a feature; the row ends with its place in key order."""
        (properties,) = records([row], self.columns)
        name = None if self.key is None else row[self.columns.index(self.key)]
        place = row[len(self.columns)]
        assert isinstance(place, int)
        geometry = None
        if self.place is not None:
            del properties[self.place.name]
            geometry = _geometry(row[self.columns.index(self.place)], self.place, crs)
        identifier = Placed(self.version.number, place).text() if name is None else name
        return {"type": "Feature", "id": identifier, "geometry": geometry, "properties": properties}


def _geometry(cell: Cell, column: ReleaseColumn, crs: Crs) -> object:
    """Return the geometry of a cell; in longitude and latitude its digits are as they were published."""
    if not isinstance(cell, str):
        return None
    if column.type == FieldType.POSITION:
        return _point(cell, crs)
    if crs is CRS84:
        return Fragment(cell)
    geometry = loads(cell)
    return _moved(geometry, crs)


def _moved(geometry: Mapping[str, object], crs: Crs) -> dict[str, object]:
    if isinstance(parts := geometry.get("geometries"), list):
        return {**geometry, "geometries": [_moved(part, crs) for part in parts]}
    return {**geometry, "coordinates": moved(geometry.get("coordinates"), crs.from_degrees)}


def _point(cell: str, crs: Crs) -> object:
    try:
        digits = [Decimal(part.strip()) for part in cell.split(",")]
    except InvalidOperation:
        return None
    if crs is CRS84:
        return {"type": "Point", "coordinates": [Fragment(format(part, "f")) for part in digits]}
    return {"type": "Point", "coordinates": [*crs.from_degrees(*map(float, digits))]}


def item_links(collection: str, identifier: str, addresses: Addresses) -> list[Mapping[str, str]]:
    """Return the links of one item."""
    address = addresses.item(collection, identifier)
    return [*addresses.both(address, GEOJSON), link(addresses.collection(collection), "collection", JSON)]


def page_links(
    collection: str, given: Mapping[str, str], following: str | None, addresses: Addresses
) -> list[Mapping[str, str]]:
    """Return the links of a page of items; the next one keeps all that was asked."""
    kept = [pair for pair in given.items() if pair[0] != "f"]
    links = [
        link(addresses.items(collection, given.items()), "self", GEOJSON),
        link(addresses.items(collection, [*kept, ("f", "html")]), "alternate", HTML),
        link(addresses.collection(collection), "collection", JSON),
    ]
    if following is not None:
        rest = [pair for pair in given.items() if pair[0] != "cursor"]
        links.append(link(addresses.items(collection, [*rest, ("cursor", following)]), "next", GEOJSON))
    return links


ORDER: Final = KEY
"""The column of the order of pages: a page is found by seeking it, as quick at the end as at the start."""
