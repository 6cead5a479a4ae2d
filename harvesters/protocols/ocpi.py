"""ocpi: a connector of a charge point of a location is a row, so is a price of a tariff (OCPI 2.1.1, 2.2.1, 2.3)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import BinaryIO, Final

from eclor.errors import PayloadRefused, Place
from harvesters import strict_json
from harvesters.decoding import opened, whole
from harvesters.parsing import Event, PayloadProtocol, PayloadWarning, RefusedRow, Row, Shape
from harvesters.xml_rows import by_language, put_texts

_SUCCESS: Final = range(1000, 2000)
_MAX_LON: Final = 180
_MAX_LAT: Final = 90
_CURRENCY: Final = re.compile("[A-Z]{3}", re.ASCII)
_DIMENSIONS: Final = frozenset({"ENERGY", "FLAT", "PARKING_TIME", "TIME"})
"""What a price is for (TariffDimensionType): a kWh, all of a session, an hour parked without charging, an hour."""
_OF_DRIVERS: Final = frozenset({"cdr_token", "auth_id", "kwh", "cdr_location", "contract_id", "total_energy"})
"""Members of sessions, tokens and charge detail records."""


def parse(payload: BinaryIO | bytes, *, name: str, options: Mapping[str, str]) -> Iterator[Event]:
    """Yield one row a connector of Locations, or a price of Tariffs.

    A connector's has `location.…` (its charge points apart), `evse.…`, `connector.…` and `position`; a price's
    `tariff.…` (its elements apart), `element.…` and `price_component.…`. Members stand under OCPI's names. `position`
    is `lon,lat` of the charge point, or else of the location; None where neither can be read, and a warning where
    coordinates stand there. Takes the envelope of a
    response, what stands in it, one location or tariff, or one charge point of a location. A charge point with status
    REMOVED is a row: `garder` leaves it out. A location without a connector gives none, and a warning; one without
    `id` is a refused row. Refuses a `status_code` that is not 1xxx, even inside HTTP 200. Sessions, tokens and charge
    detail records name drivers: each is a refused row.

    `element.number` says which element of its tariff it is, from 1: of several that price the same, the first whose
    `element.restrictions` hold counts. `price` is in `tariff.currency` a kWh, an hour or (FLAT) a session, without VAT
    up to 2.2.1; `vat`, in percent, is absent where none applies, and from 2.1.1, which does not say it. From 2.3
    `tariff.tax_included` says what the price holds. `tariff_alt_text` is the French text or the first, the others stand
    under `tariff_alt_text@lang`. A tariff, element or price that lacks what OCPI requires is a refused row.
    """
    del options
    answer = strict_json.read(whole(opened(payload), name=name), name=name)
    for number, element in enumerate(_elements(answer, place=Place(name)), start=1):
        if isinstance(element, dict) and "elements" in element and not _OF_DRIVERS & element.keys():
            yield from _prices(element, place=Place(name), number=number)
        else:
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
        if any(map(_is_misplaced, [location, *(evses if isinstance(evses, list) else ())])):
            yield PayloadWarning("payload.geometry", self.place, {"number": self.number})

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
    return ("evses" in rest or "coordinates" in rest) and not _OF_DRIVERS & rest.keys()


def _position(element: Row) -> str | None:
    """Return where it stands; some write numbers where OCPI writes texts, which says the same."""
    match element.get("coordinates"):
        case {
            "latitude": (str() | int() | Decimal()) as latitude,
            "longitude": (str() | int() | Decimal()) as longitude,
        }:
            return _lon_lat(str(longitude).strip(), str(latitude).strip())
        case _:
            return None


def _is_misplaced(element: object) -> bool:
    """Say whether it gives coordinates that are none."""
    return isinstance(element, dict) and element.get("coordinates") is not None and _position(element) is None


def _lon_lat(longitude: str, latitude: str) -> str | None:
    try:
        lon, lat = Decimal(longitude), Decimal(latitude)
    except InvalidOperation:
        return None
    if not (lon.is_finite() and lat.is_finite()) or (lon == 0 and lat == 0):
        return None
    return f"{lon:f},{lat:f}" if abs(lon) <= _MAX_LON and abs(lat) <= _MAX_LAT else None


def _prices(tariff: Row, *, place: Place, number: int) -> Iterator[Event]:
    """Yield a row for each price of each element of a tariff."""
    refused = RefusedRow("payload.ocpi-tariff", place, {"number": number})
    elements, currency = tariff.get("elements"), tariff.get("currency")
    is_priced = isinstance(currency, str) and _CURRENCY.fullmatch(currency)
    if not is_priced or not _is_named(tariff, "id") or not isinstance(elements, list) or not elements:
        yield refused
        return
    head = _with_texts({key: value for key, value in tariff.items() if key != "elements"})
    for rank, element in enumerate(elements, start=1):
        match element:
            case {"price_components": [_, *_] as components, **rest} if isinstance(
                rest.get("restrictions"), dict | None
            ):
                said = {**rest, "number": rank}
                for price in components:
                    yield {"tariff": head, "element": said, "price_component": price} if _is_price(price) else refused
            case _:
                yield refused


def _with_texts(tariff: Row) -> Row:
    """Put what a tariff says of itself in languages as texts."""
    match tariff.pop("tariff_alt_text", None):
        case [{"text": str()}, *_] as said:
            texts = (one for one in said if isinstance(one, dict) and isinstance(one.get("text"), str))
            spoken = by_language((str(one.get("language", "")), one["text"]) for one in texts)
            put_texts(tariff, "tariff_alt_text", spoken)
        case _:
            pass
    return tariff


def _is_price(component: object) -> bool:
    """Say whether it is a price of something that OCPI knows: another would be an amount of nobody knows what."""
    if not isinstance(component, dict) or component.get("type") not in _DIMENSIONS:
        return False
    vat = component.get("vat")
    return _is_number(component.get("price")) and (vat is None or _is_number(vat))


def _is_number(value: object) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


PROTOCOL: Final = PayloadProtocol("ocpi", Shape.NESTED, parse)
