"""vigicrues: a reach with its flood level, a station, or an observation is a row (services of vigicrues.gouv.fr, 1)."""

import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import BinaryIO, Final

from eclor.errors import PayloadRefused, Place
from harvesters import strict_json
from harvesters.decoding import opened, whole
from harvesters.geometry import is_sound
from harvesters.lambert93 import in_degrees, is_lambert93, lon_lat
from harvesters.parsing import Event, PayloadProtocol, PayloadWarning, RefusedRow, Row, Shape
from harvesters.times import read_instant
from harvesters.warning_colours import NoColour, colour_of, level_of
from harvesters.weighing import REMADE_BYTES

_CODES: Final = ("CdEntVigiCru", "CdEntCru", "cdentcru", "CdTronEntVigiCru")
_NAMES: Final = ("LbEntVigiCru", "NomEntVigiCru", "lbentcru", "LbEntCru", "NomEntCru")
_LEVELS: Final = ("NivInfViCr", "nivinfvicr", "NivSituVigiCruEnt", "NivSituVigiCru", "NivInfVigiCru", "NivInfoVigiCru",
                  "NivVigiCru")  # fmt: skip
_ISSUED: Final = ("RefInfoVigiCru", "DtHrInfoVigiCru")
"""What a collection says of the bulletin that all its reaches are of."""
_UNITS: Final = {"H": "m", "Q": "m3/s"}
_WHOLES: Final = ("TerEntVigiCru", "TronEntVigiCru", "StaEntVigiCru", "BassEntVigiCru")
"""What a JSON-LD answer is about; `aNMoinsUn` lists what it is made of."""
_LATEST_MS: Final = 4_102_444_800_000


def parse(payload: BinaryIO | bytes, *, name: str, options: Mapping[str, str]) -> Iterator[Event]:
    """Yield one row a reach, entity, station, observation or forecast: `kind`, then its members by their names.

    A reach or entity has `code`, `nom`, `niveau` (1 to 4, or None) and `couleur` (vert to rouge, or inconnu: never
    green for want of a level), and of GeoJSON its `geometry` and the bulletin's `DtHrInfoVigiCru`; so has a bulletin,
    though its request alone may say of whom it is (`code` None). An observation has `CdStationHydro`, `GrdSerie`,
    `instant` (UTC), `valeur` and `unite` (m, m3/s); a forecast `minimum`, `valeur`, `maximum`. Lambert 93 becomes
    degrees of WGS 84; a station has `position`. An answer that lists nothing is « not covered », not « no flood »:
    a warning. A level that is not 1 to 4, or an observation that cannot be read, refuses its row. Refuses an error.
    """
    del options
    answer = _plain(strict_json.read(whole(opened(payload), name=name), name=name, most=REMADE_BYTES))
    number = 0
    for kind, element in _elements(answer, place=Place(name)):
        number += 1
        try:
            row = _READERS[kind](element)
        except NoColour:
            yield RefusedRow("payload.vigicrues-level", Place(name), {"number": number})
        except (ArithmeticError, LookupError, ValueError, TypeError):
            yield RefusedRow("payload.vigicrues-measure", Place(name), {"number": number})
        else:
            yield {"kind": kind, **row}
            if "geometry" in row and row["geometry"] is None and element.get("geometry") is not None:
                yield PayloadWarning("payload.geometry", Place(name), {"number": number})
    if number == 0:
        yield PayloadWarning("payload.vigicrues-not-covered", Place(name))


def _plain(value: object) -> object:
    """Make of a value one without the prefix that JSON-LD puts before each name. Objects and lists are used up."""
    match value:
        case dict():
            taken = strict_json.taken_out(value)
            return {sys.intern(key.removeprefix("vic:")): _plain(member) for key, member in taken}
        case list():
            return strict_json.replaced(value, _plain)
        case _:
            return value


def _elements(answer: object, *, place: Place) -> Iterator[tuple[str, Row]]:
    match answer:
        case {"error": _} | {"error_msg": _} | {"erreur": _}:
            raise PayloadRefused("payload.vigicrues-error", place=place)
        case {"features": list() as found} | {"ListEntVigiCru": list() as found} | {"InfoVigiCru": list() as found}:
            yield from (("entite", _issued(_as_row(answer)) | _as_row(element)) for element in found)
        case {"Serie": {"ObssHydro": list() as found, **series}}:
            yield from (("observation", {"series": series, "said": item}) for item in found)
        case {"Simul": {"Prevs": list() as found, **series}}:
            yield from (("prevision", {"series": series, "said": item}) for item in found)
        case {"CdStationHydro": str()}:
            yield "station", _as_row(answer)
        case {"CdEntVigiCru": str()} | {"InfoVigiCru": dict()} if not _as_row(answer).keys() & set(_WHOLES):
            yield "bulletin", _as_row(answer)
        case dict() if wholes := [answer[key] for key in _WHOLES if isinstance(answer.get(key), dict)]:
            parts = wholes[0].get("aNMoinsUn")
            yield from (("entite", _as_row(part)) for part in (parts if isinstance(parts, list) else []) or wholes)
        case _:
            raise PayloadRefused("payload.vigicrues-root", place=Place(place.file, 1))


def _as_row(value: object) -> Row:
    return value if isinstance(value, dict) else {}


def _entity(element: Row) -> Row:
    is_feature = element.get("type") == "Feature"
    said = _as_row(element.get("properties")) if is_feature else element
    code, label = _first(said, _CODES), _first(said, _NAMES)
    if code is None:
        raise ValueError
    row = said | {"code": code, "nom": label, **_levelled(said)}
    if not is_feature:
        return row
    row = _issued(element) | row
    geometry = _as_row(element.get("geometry"))
    geometry = geometry | {"coordinates": in_degrees(geometry.get("coordinates"))}
    return row | {"geometry": geometry if is_sound(geometry) else None}


def _bulletin(answer: Row) -> Row:
    """Return a bulletin: of one entity what is asked for says which, and of what is written about it where it does."""
    said = answer.get("InfoVigiCru")
    said = said if isinstance(said, dict) else answer
    code = _first(answer, _CODES) or _first(_as_row(said.get("porteSurLEntite")), _CODES)
    return said | {"code": code, **_levelled(said)}


def _levelled(said: Row) -> Row:
    level = level_of(_first(said, _LEVELS) or _first(_as_row(said.get("InfoVigiCru")), _LEVELS))
    return {"niveau": level, "couleur": colour_of(level)}


def _issued(said: Row) -> Row:
    return {key: said[key] for key in _ISSUED if key in said}


def _first(row: Row, keys: tuple[str, ...]) -> object:
    return next((row[key] for key in keys if row.get(key) not in (None, "")), None)


def _station(element: Row) -> Row:
    place = _as_row(element.get("CoordStationHydro"))
    x, y = (_decimal(place.get(f"Coord{axis}StationHydro")) for axis in "XY")
    position = None
    if x is not None and y is not None and is_lambert93(x, y):
        lon, lat = lon_lat(x, y)
        position = f"{lon:f},{lat:f}"
    return element | {"position": position}


def _decimal(value: object) -> Decimal | None:
    try:
        number = Decimal(str(value)) if isinstance(value, str | int | Decimal) else None
    except InvalidOperation:
        return None
    return number if number is not None and number.is_finite() else None


def _observation(element: Row) -> Row:
    series, said = _as_row(element["series"]), element["said"]
    moment, value = said if isinstance(said, list) else (_as_row(said)["DtObsHydro"], _as_row(said)["ResObsHydro"])
    return _of_series(series, quantity=series.get("GrdSerie")) | {"instant": _instant(moment), "valeur": _value(value)}


def _forecast(element: Row) -> Row:
    series, said = _as_row(element["series"]), _as_row(element["said"])
    values = {name: _value(said.get(f"Res{word}Prev")) for name, word in _BOUNDS}
    return _of_series(series, quantity=series.get("GrdSimul")) | {"instant": _instant(said["DtPrev"]), **values}


def _of_series(series: Row, *, quantity: object) -> Row:
    row = {key: series.get(key) for key in ("CdStationHydro", "LbStationHydro")}
    return row | {"GrdSerie": quantity, "unite": _UNITS.get(str(quantity))}


def _instant(moment: object) -> str:
    """Return an instant, said in milliseconds since 1970 or in ISO 8601, in UTC."""
    if isinstance(moment, str):
        return f"{read_instant(moment).utc.isoformat()}Z"
    if not isinstance(moment, int | Decimal) or isinstance(moment, bool) or not 0 < moment < _LATEST_MS:
        raise ValueError
    return datetime.fromtimestamp(float(moment) / 1000, UTC).isoformat().replace("+00:00", "Z")


def _value(value: object) -> object:
    number = None if isinstance(value, bool) else _decimal(value)
    if value is not None and number is None:
        raise ValueError
    return number


_BOUNDS: Final = (("minimum", "Min"), ("valeur", "Moy"), ("maximum", "Max"))
_READERS: Final[Mapping[str, Callable[[Row], Row]]] = {
    "entite": _entity, "station": _station, "observation": _observation, "prevision": _forecast,
    "bulletin": _bulletin,
}  # fmt: skip

PROTOCOL: Final = PayloadProtocol("vigicrues", Shape.NESTED, parse)
