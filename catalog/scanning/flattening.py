"""Nested values as rows of flat cells: nothing of them is left out."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import zip_longest
from typing import Final

from catalog.scanning.json_pieces import Piece
from harvesters import strict_json

Row = dict[str, str | None]
VALUE: Final = "valeur"
"""The column of values that have no name."""
_GEOMETRIES: Final = frozenset(
    {"Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection"}
)

_BOX: Final = "bbox"
_OF_A_GEOMETRY: Final = frozenset({"type", "coordinates", "geometries", _BOX})


def rows_of(pieces: Iterable[Piece]) -> Iterator[Row]:
    """Yield the rows of a document's pieces.

    A member of an object is a column, `a.b` within one; the items of a list are rows one below the other, `a[].b`;
    the first list of records gives its rows without that prefix, and a GeoJSON feature its properties likewise.
    """
    main: str | None = None
    for piece in pieces:
        if piece.listed and main is None and isinstance(piece.value, dict):
            main = piece.key
        prefix = "" if piece.key == main or not piece.key else f"{piece.key}[]" if piece.listed else piece.key
        yield from _flat(_unwrapped(piece.value), prefix)


def _unwrapped(value: object) -> object:
    """Return a GeoJSON feature as its properties beside its other members; anything else as it is."""
    if not isinstance(value, dict) or value.get("type") != "Feature" or not isinstance(value.get("properties"), dict):
        return value
    properties: dict[str, object] = value["properties"]
    others = {key: member for key, member in value.items() if key not in {"type", "properties"}}
    return properties | others if properties.keys().isdisjoint(others) else value


def _flat(value: object, path: str) -> list[Row]:
    match value:
        case dict() if _is_geometry(value):
            boxes = {f"{path}.{_BOX}" if path else _BOX: _text(value[_BOX])} if _BOX in value else {}
            return [{path or VALUE: _text({key: part for key, part in value.items() if key != _BOX})} | boxes]
        case dict():
            return _merged([_flat(member, f"{path}.{key}" if path else key or VALUE) for key, member in value.items()])
        case list() if not _is_numeric(value):
            inner = f"{path}[]" if path else VALUE
            return [row for item in value for row in _flat(item, inner)]
        case _:
            return [{path or VALUE: _text(value)}]


def _merged(columns: Iterable[list[Row]]) -> list[Row]:
    """Return rows side by side as one; a cell whose place is taken goes into a row of its own."""
    merged: list[Row] = []
    beside: list[Row] = []
    for rows in zip_longest(*columns, fillvalue={}):
        whole: Row = {}
        for row in rows:
            taken = whole.keys() & row.keys()
            beside += [{name: row[name]} for name in taken]
            whole |= {name: text for name, text in row.items() if name not in taken}
        merged.append(whole)
    return merged + beside


def _is_geometry(value: object) -> bool:
    """Tell whether a value is a GeoJSON geometry and nothing else: its kind, its positions, a box around them."""
    if not isinstance(value, dict) or not value.keys() <= _OF_A_GEOMETRY:
        return False
    kind, parts = value.get("type"), value.get("geometries", [])
    known = isinstance(kind, str) and kind in _GEOMETRIES
    whole = isinstance(parts, list) and all(map(_is_geometry, parts))
    return known and whole and all(_is_positions(value.get(key, [])) for key in ("coordinates", _BOX))


def _is_positions(value: object) -> bool:
    return isinstance(value, list) and (not value or _is_numeric(value))


def _is_numeric(values: list[object]) -> bool:
    """Tell whether a list holds numbers and nothing else, at any depth: positions, series."""
    return bool(values) and all(
        _is_numeric(item) if isinstance(item, list) else isinstance(item, int | Decimal) and not isinstance(item, bool)
        for item in values
    )


def _text(value: object) -> str | None:
    match value:
        case None | str():
            return value
        case bool():
            return "true" if value else "false"
        case int() | Decimal():
            return str(value)
        case _:
            return strict_json.dump(value).decode()
