"""gbfs: an element of an array of a GBFS file (1.0 to 3.0) is a row; names and times are those of 3.0 as well."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import BinaryIO, Final

from eclor.errors import PayloadRefused, Place
from harvesters import strict_json
from harvesters.decoding import whole
from harvesters.geometry import is_sound
from harvesters.parsing import Event, PayloadProtocol, PayloadWarning, RefusedRow, Row, Shape
from harvesters.rotation import Rotation
from harvesters.times import read_instant
from harvesters.xml_rows import add_text, put_texts

_ARRAYS: Final = {
    "alerts": "system_alerts", "bikes": "vehicle_status", "calendars": "system_calendar", "datasets": "manifest",
    "feeds": "gbfs", "plans": "system_pricing_plans", "regions": "system_regions", "rental_hours": "system_hours",
    "vehicle_types": "vehicle_types", "vehicles": "vehicle_status", "versions": "gbfs_versions",
}  # fmt: skip
"""Array of `data`: kind of its rows. Stations and zones are told apart below."""
_ALIASES: Final = {
    "bike_id": "vehicle_id", "num_bikes_available": "num_vehicles_available",
    "num_bikes_disabled": "num_vehicles_disabled",
}  # fmt: skip
"""Names up to 2.3, which a row keeps, and those of 3.0, which it has too."""
_NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    "gbfs": ("name", "url"),
    "gbfs_versions": ("version", "url"),
    "station_information": ("station_id", "name", "lat", "lon"),
    "station_status": ("station_id", "is_installed", "is_renting", "is_returning", "last_reported",
                       "num_vehicles_available"),
    "system_alerts": ("alert_id", "summary"),
    "system_information": ("system_id",),
    "system_pricing_plans": ("plan_id",),
    "system_regions": ("region_id", "name"),
    "vehicle_status": ("vehicle_id", "is_reserved", "is_disabled"),
    "vehicle_types": ("vehicle_type_id", "form_factor", "propulsion_type"),
}  # fmt: skip
_TIMES: Final = frozenset({"last_reported", "last_updated", "available_until", "start", "end"})
_BOOLEANS: Final = frozenset({"parking_hoop", "reservation_allowed"})
_COUNTS: Final = frozenset({
    "capacity", "num_bikes_available", "num_bikes_disabled", "num_docks_available", "num_docks_disabled",
    "num_vehicles_available", "num_vehicles_disabled",
})  # fmt: skip
"""What an operator adds under a name alike (`num_bikes_available_types` of Vélib' is a list) stands as it came."""
_STATIONS: Final = "stations"
_STATUS: Final = frozenset({"is_installed", "is_renting", "is_returning", "num_docks_available", "last_reported"})


class _WrongError(ValueError):
    """A member is not what the specification says."""


def parse(payload: BinaryIO | bytes, *, name: str, options: Mapping[str, str]) -> Iterator[Event]:
    """Yield one row an element of the array in `data`, `kind` being the file of 3.0 that it belongs to.

    `vehicle_status` stands for free_bike_status too; system_information, which has no array, is one row; the feeds of a
    2.x discovery file are a row a `language`. Each row has `gbfs_version`, `feed_last_updated`, `ttl` and `position`
    (`lon,lat` or None), then its members: times as ISO 8601 text, texts in languages as the French one or the first
    (others under `name@lang`), 2.x names beside those of 3.0. An element is a refused row where the specification's
    type does not hold (an identifier that is neither text nor a whole number, which becomes text, a boolean that is
    none, a count or a time below zero), where what it requires is missing, and where its identifier came before in the
    file. `vehicle_types_available` becomes counts by type, so that a column can name one of them
    (`vehicle_types_available.ebike`).
    """
    del options
    content = whole(payload, name=name)
    document = strict_json.read(content, name=name)
    data = document.get("data") if isinstance(document, dict) else None
    if not isinstance(document, dict) or not isinstance(data, dict):
        raise PayloadRefused("payload.gbfs-root", place=Place(name, 1))
    reading = _Reading.of(document, name=name)
    number = 0
    for number, (kind, element, language) in enumerate(_elements(data), start=1):
        yield from reading.events(kind, element, language=language, number=number)
    if not number and not _has_array(data):
        raise PayloadRefused("payload.gbfs-file", place=Place(name, 1))


def _has_array(data: Row) -> bool:
    return any(name in {*_ARRAYS, _STATIONS, "geofencing_zones"} for name in data)


def _elements(data: Row) -> Iterator[tuple[str, object, str | None]]:
    if "system_id" in data:
        yield "system_information", data, None
        return
    for name, member in data.items():
        match member:
            case list() if name in _ARRAYS or name == _STATIONS:
                yield from ((_kind(name, element), element, None) for element in member)
            case {"features": list() as features} if name == "geofencing_zones":
                rules = {"global_rules": data["global_rules"]} if "global_rules" in data else {}
                yield from (("geofencing_zones", _flat(feature, rules), None) for feature in features)
            case {"feeds": list() as feeds}:
                yield from (("gbfs", feed, name) for feed in feeds)
            case _:
                pass


def _kind(array: str, element: object) -> str:
    """Return which file an element is of, where two files name their array alike."""
    members = element.keys() if isinstance(element, dict) else set[str]()
    if array == _STATIONS:
        return "station_status" if members & _STATUS else "station_information"
    return "vehicle_availability" if array == "vehicles" and "availabilities" in members else _ARRAYS[array]


@dataclass(slots=True)
class _Reading:
    """The rows of one file: its header, and what came before."""

    name: str
    header: Row
    seen: set[tuple[str, object]] = field(default_factory=set)

    @classmethod
    def of(cls, document: Row, *, name: str) -> "_Reading":
        version = document.get("version")
        if version is not None and not str(version).startswith(("1.", "2.", "3.")):
            raise PayloadRefused("payload.gbfs-version", place=Place(name))
        try:
            updated = _time(document.get("last_updated", document.get("lastUpdatedOther")))  # of Vélib', as it is
        except _WrongError as error:
            raise PayloadRefused("payload.gbfs-root", place=Place(name, 1)) from error
        header: Row = {"gbfs_version": version, "feed_last_updated": updated, "ttl": document.get("ttl")}
        return cls(name, header)

    def events(self, kind: str, element: object, *, language: str | None, number: int) -> Iterator[Event]:
        place, facts = Place(self.name), {"number": number}
        if not isinstance(element, dict):
            yield RefusedRow("payload.not-an-object", place, facts)
            return
        members, wrong = self._members(element)
        if wrong:
            yield RefusedRow("payload.gbfs-wrong", place, facts | {"members": ", ".join(wrong)})
            return
        if missing := _missing(kind, members):
            yield RefusedRow("payload.gbfs-missing", place, facts | {"members": ", ".join(missing)})
            return
        if self._came_before(kind, members):
            yield RefusedRow("payload.gbfs-twice", place, facts)
            return
        position, is_odd = _position(members)
        is_odd = is_odd or (kind == "geofencing_zones" and members["geometry"] is None)
        row: Row = {"kind": kind, **self.header, "position": position}
        if kind == "gbfs":
            row["language"] = language
        yield row | members
        if is_odd:
            yield PayloadWarning("payload.geometry", place, facts)

    def _members(self, element: Row) -> tuple[Row, list[str]]:
        row: Row = {}
        wrong = []
        for name, value in element.items():
            try:
                self._put(row, name, value)
            except _WrongError:
                wrong.append(name)
        row |= {new: row[old] for old, new in _ALIASES.items() if old in row and new not in row}
        return row, wrong

    def _put(self, row: Row, name: str, value: object) -> None:
        match value:
            case [{"text": str(), "language": str()}, *_]:
                put_texts(row, name, _texts(value))
            case list() if name == "vehicle_types_available":
                row[name] = _counts(value)
            case [dict(), *_] if name == "times":
                row[name] = [_period(period) for period in value]
            case _ if read := _reader(name):
                row[name] = read(value)
            case _:
                row[name] = value

    def _came_before(self, kind: str, members: Row) -> bool:
        key = _NEEDED[kind][0] if kind in _NEEDED else ""
        if not key.endswith("_id"):
            return False
        before = len(self.seen)
        self.seen.add((kind, members[key]))
        return len(self.seen) == before


def _flat(feature: object, rules: Row) -> object:
    """Return a zone's properties with its geometry, and the rules that hold outside all zones."""
    if not isinstance(feature, dict):
        return feature
    properties, geometry = feature.get("properties"), feature.get("geometry")
    row = dict(properties) if isinstance(properties, dict) else {}
    return row | {"geometry": geometry if is_sound(geometry) else None, **rules}


def _missing(kind: str, members: Row) -> list[str]:
    return [name for name in _NEEDED.get(kind, ()) if members.get(name) is None]


def _reader(name: str) -> Callable[[object], object] | None:
    if name in _TIMES:
        return _time
    if name.startswith("is_") or name in _BOOLEANS:
        return _boolean
    if name in _COUNTS:
        return _count
    if name in {"lat", "lon"}:
        return _degrees
    return _identifier if name.endswith("_id") else None


def _time(value: object) -> str | None:
    """Return a time as ISO 8601: whole seconds since 1970 up to 2.3, whatever part of one follows; RFC 3339 in 3.0."""
    try:
        match value:
            case bool():
                raise _WrongError
            case None:
                return None
            case int() | Decimal() if value >= 0:
                return datetime.fromtimestamp(int(value), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
            case str():
                read_instant(value)
                return value
            case _:
                raise _WrongError
    except (ValueError, OverflowError, OSError) as error:
        raise _WrongError from error


def _texts(value: Sequence[object]) -> dict[str, str | None]:
    texts: dict[str, str | None] = {}
    for one in value:
        match one:
            case {"text": str() as text, "language": str() as language}:
                add_text(texts, language, text)
            case _:
                raise _WrongError
    return texts


def _boolean(value: object) -> bool | None:
    """Return a boolean; 0 and 1, which it was up to 1.1 and some still write, and its word in quotes are one."""
    match value:
        case bool() | None:
            return value
        case int() if value in {0, 1}:
            return value == 1
        case "true" | "false":
            return value == "true"
        case _:
            raise _WrongError


def _period(period: object) -> object:
    return period | {side: _time(period.get(side)) for side in ("start", "end")} if isinstance(period, dict) else period


def _count(value: object) -> int | None:
    match value:
        case None:
            return None
        case int() | Decimal() if not isinstance(value, bool) and value >= 0 and value == int(value):
            return int(value)
        case _:
            raise _WrongError


def _counts(value: Sequence[object]) -> dict[str, int | None]:
    counts = dict(map(_count_of_type, value))
    if len(counts) < len(value):  # a type that is counted twice
        raise _WrongError
    return counts


def _count_of_type(value: object) -> tuple[str, int | None]:
    match value:
        case {"vehicle_type_id": str() as vehicle_type, "count": count}:
            return vehicle_type, _count(count)
        case _:
            raise _WrongError


def _degrees(value: object) -> object:
    match value:
        case None:
            return None
        case int() | Decimal() if not isinstance(value, bool):
            return value
        case _:
            raise _WrongError


def _identifier(value: object) -> str | None:
    """Return an identifier as a text: some operators write a number, which the specification does not."""
    match value:
        case None:
            return None
        case int() if not isinstance(value, bool):
            return str(value)
        case str() if value:
            return value
        case _:
            raise _WrongError


def _position(members: Row) -> tuple[str | None, bool]:
    lon, lat = members.get("lon"), members.get("lat")
    if lon is None and lat is None:
        return None, False
    is_odd = not is_sound({"type": "Point", "coordinates": [lon, lat]})
    return (None if is_odd else f"{Decimal(str(lon)):f},{Decimal(str(lat)):f}"), is_odd


PROTOCOL: Final = PayloadProtocol("gbfs", Shape.NESTED, parse, recall=Rotation)
