"""ocpi: a connector of a charge point of a location is a row (OCPI 2.1.1, 2.2.1, 2.3: Locations module)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import BinaryIO, Final

from eclor.errors import PayloadRefused, Place
from harvesters import strict_json
from harvesters.decoding import opened, whole
from harvesters.parsing import Event, PayloadProtocol, PayloadWarning, RefusedRow, Row, Shape

_SUCCESS: Final = range(1000, 2000)
_MAX_LON: Final = 180
_MAX_LAT: Final = 90


def parse(payload: BinaryIO | bytes, *, name: str, options: Mapping[str, str]) -> Iterator[Event]:
    """Yield one row a connector: `location.…` (its charge points apart), `evse.…`, `connector.…`, and `position`.

    Members stand under OCPI's names. `position` is `lon,lat` of the charge point, or else of the location; None where
    neither can be read. Takes the envelope of a response, the locations alone, one of them, or one charge point of a
    location. A charge point with status REMOVED is a row: `garder` leaves it out. A location without a connector gives
    none, and a warning; one without `id` is a refused row. Refuses a `status_code` that is not 1xxx, even inside HTTP
    200, and what is no location: sessions, tokens and charge detail records name drivers.
    """
    del options
    answer = strict_json.read(whole(opened(payload), name=name), name=name)
    for number, element in enumerate(_elements(answer, place=Place(name)), start=1):
        yield from _Location(Place(name), number).rows(element)


def _elements(answer: object, *, place: Place) -> list[object]:
    match answer:
        case {"status_code": code, **rest}:
            if code not in _SUCCESS or isinstance(code, bool):
                raise PayloadRefused("payload.ocpi-status", place=place)
            data = rest.get("data")
            return data if isinstance(data, list) else [] if data is None else [data]
        case list():
            return answer
        case {"id": _} | {"uid": _}:
            return [answer]
        case _:
            raise PayloadRefused("payload.ocpi-root", place=Place(place.file, 1))


@dataclass(frozen=True, slots=True)
class _Location:
    """Reads one element of a response."""

    place: Place
    number: int

    def rows(self, element: object) -> Iterator[Event]:
        """Yield the rows of a location, or of a charge point that came alone."""
        match element:
            case dict() if _is_named(element, "id") and _is_location(element):
                location = {key: value for key, value in element.items() if key != "evses"}
                evses = element.get("evses")
            case dict() if _is_named(element, "uid") and isinstance(element.get("status"), str):
                location, evses = {}, [element]
            case _:
                yield RefusedRow("payload.ocpi-location", self.place, {"number": self.number})
                return
        found = 0
        for event in self._evses(location, evses):
            found += 1
            yield event
        if not found:
            yield PayloadWarning("payload.ocpi-no-connector", self.place, {"number": self.number})

    def _evses(self, location: Row, evses: object) -> Iterator[Event]:
        if not isinstance(evses, list | None):
            yield RefusedRow("payload.ocpi-evse", self.place, {"number": self.number})
            return
        for evse in evses or ():
            match evse:
                case dict() if _is_named(evse, "uid") and isinstance(evse.get("status"), str) and _lists(evse):
                    rest = {key: value for key, value in evse.items() if key != "connectors"}
                    yield from self._connectors(location, rest, evse.get("connectors") or [])
                case _:
                    yield RefusedRow("payload.ocpi-evse", self.place, {"number": self.number})

    def _connectors(self, location: Row, evse: Row, connectors: list[object]) -> Iterator[Event]:
        position = _position(evse) or _position(location)
        for connector in connectors:
            match connector:
                case {"id": str() as identifier, "standard": str()} if identifier:
                    yield {"position": position, "location": location, "evse": evse, "connector": connector}
                case _:
                    yield RefusedRow("payload.ocpi-evse", self.place, {"number": self.number})


def _is_named(element: Row, member: str) -> bool:
    return isinstance(element.get(member), str) and element[member] != ""


def _lists(evse: Row) -> bool:
    return isinstance(evse.get("connectors"), list | None)


def _is_location(rest: Row) -> bool:
    """Say whether it is a location, not a session, a token or a charge detail record of the same envelope."""
    drivers = ("cdr_token", "auth_id", "kwh", "cdr_location", "contract_id", "total_energy")
    return ("evses" in rest or "coordinates" in rest) and not any(member in rest for member in drivers)


def _position(element: Row) -> str | None:
    match element.get("coordinates"):
        case {"latitude": str() as latitude, "longitude": str() as longitude}:
            return _lon_lat(longitude.strip(), latitude.strip())
        case _:
            return None


def _lon_lat(longitude: str, latitude: str) -> str | None:
    try:
        lon, lat = Decimal(longitude), Decimal(latitude)
    except InvalidOperation:
        return None
    if not (lon.is_finite() and lat.is_finite()) or (lon == 0 and lat == 0):
        return None
    return f"{lon:f},{lat:f}" if abs(lon) <= _MAX_LON and abs(lat) <= _MAX_LAT else None


PROTOCOL: Final = PayloadProtocol("ocpi", Shape.NESTED, parse)
