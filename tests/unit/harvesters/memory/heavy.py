"""Documents of JSON that take many times their own bytes, in the form of each protocol, as large as each lets in."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from harvesters.weighing import Weight

MIB: Final = 1024 * 1024
MOST: Final = 100 * MIB
"""Weight that is let in. Written out: were it raised there, what is too heavy here would come in, and be too much."""
SHARES: Final[Mapping[str, float]] = {
    "vigicrues": 0.5,
    "datex2": 0.5,
    "entreprises": 0.5,
    "geojson": 0.5,
    "siri": 0.5,
    "linked": 0.25,
}
"""Of it, for those that make larger values of what they read."""
_HELD: Final = 31 * MIB

_Form = tuple[bytes, bytes, bytes, bytes]
"""What stands before the rows, what begins a row, ends it, and stands behind them all."""
FORMS: Final[Mapping[str, _Form]] = {
    "json": (b"[", b'{"id":"1"', b"}", b"]"),
    "geojson": (
        b'{"type":"FeatureCollection","features":[',
        b'{"type":"Feature","geometry":null,"properties":{"badge":"1"}', b"}", b"]}",
    ),
    "chirpstack": (
        b"[", b'{"deviceInfo":{"devEui":"1"},"time":"2026-01-01T00:00:00Z","data":"AA==","object":{"a":1}', b"}", b"]",
    ),
    "ttn": (b"[", b'{"end_device_ids":{"dev_eui":"1"},"uplink_message":{"f_port":1}', b"}", b"]"),
    "ckan": (b'{"success":true,"result":[', b'{"id":"a"', b"}", b"]}"),
    "datex2": (
        b'{"payload":{"sitSituationPublication":{"situation":[{"idG":"1","situationRecord":[',
        b'{"sitRoadworks":{"idG":"1"', b"}}", b"]}]}}}",
    ),
    "dcat": (b'{"dataset":[', b'{"identifier":"a","title":"b"', b"}", b"]}"),
    "linked": (
        b'{"@context":{"@vocab":"http://www.w3.org/ns/dcat#"},"@graph":[',
        b'{"@type":"Dataset","identifier":"a","title":"b"', b"}", b"]}",
    ),
    "enedis": (
        b'{"meter_reading":{"usage_point_id":"1","interval_reading":[',
        b'{"value":"1","date":"2026-01-01 00:30:00"', b"}", b"]}}",
    ),
    "enedis-index": (
        b'{"mesures":[{"idPrm":"1","contexte":[{"grandeur":[{"unite":"Wh","cadranTotalisateur":{"valeur":[',
        b'{"d":"2026-01-01","v":"1"', b"}", b"]}}]}]}]}",
    ),
    "entreprises": (b'{"results":[', b'{"siren":"123456789"', b"}", b"]}"),
    "gbfs": (
        b'{"version":"2.3","last_updated":1,"ttl":1,"data":{"stations":[',
        b'{"station_id":"1","name":"a","lat":49.1,"lon":5.1', b"}", b"]}}",
    ),
    "hubeau": (b'{"count":1,"data":[', b'{"code":"1"', b"}", b"]}"),
    "ngsi-ld": (b"[", b'{"id":"urn:a","type":"B"', b"}", b"]"),
    "ngsi-v2": (b"[", b'{"id":"a","type":"B"', b"}", b"]"),
    "ocpi": (
        b'{"status_code":1000,"data":[',
        b'{"id":"a","coordinates":{},"evses":[{"uid":"1","status":"A","connectors":[{"id":"1","standard":"B"',
        b"}]}]}", b"]}",
    ),
    "open311": (b"[", b'{"service_request_id":"1"', b"}", b"]"),
    "openactive": (
        b'{"next":"a","items":[', b'{"state":"updated","kind":"x","id":"1","modified":1,"data":{"a":1', b"}}", b"]}",
    ),
    "opendatasoft": (b'{"total_count":1,"results":[', b'{"id":"1"', b"}", b"]}"),
    "overpass": (b'{"version":0.6,"elements":[', b'{"type":"node","id":1,"lat":49.1,"lon":5.1', b"}", b"]}"),
    "siri": (
        b'{"Siri":{"ServiceDelivery":{"VehicleMonitoringDelivery":[{"VehicleActivity":[',
        b'{"MonitoredVehicleJourney":{"a":1}', b"}", b"]}]}}}",
    ),
    "udata": (b'{"data":[', b'{"id":"a","title":"b"', b"}", b"]}"),
    "vigicrues": (b'{"ListEntVigiCru":[', b'{"vic:CdEntVigiCru":"1","NivInfViCr":1', b"}", b"]}"),
    "vigilance": (
        b'{"product":{"periods":[{"timelaps":{"domain_ids":[{"domain_id":"54","max_color_id":1,"phenomenon_items":[',
        b'{"phenomenon_id":"1","phenomenon_max_color_id":1', b"}", b"]}]}}]}}",
    ),
}  # fmt: skip
"""By protocol, and « linked », JSON-LD of `dcat`."""

_Many = Callable[[int], bytes]


def _each(unit: bytes) -> _Many:
    return lambda count: b",".join([unit] * count)


def _numbered(unit: bytes) -> _Many:
    return lambda count: b",".join(unit % number for number in range(count))


SMALLEST: Final[Mapping[str, _Many]] = {
    "objects": _each(b'{"a":1}'),
    "deep": _each(b'{"a":{"a":{"a":1}}}'),
    "brackets": _each(b"[" * 48 + b"]" * 48),
    "pairs": _each(b"[5.91,49.41]"),
    "wrapped": _each(b'{"value":{"value":{"a":1}}}'),
    "keys": _numbered(b'{"k%x":1}'),
    "strings": _each('"é'.encode() + b"x" * 99_998 + b'"'),
    "members": _numbered(b'"k%x":1'),
}
"""Many of them stand in one row; `members` are its own."""


def _within(protocol: str, shape: str) -> _Many:
    before, begin, end, after = FORMS[protocol]
    many = SMALLEST[shape]
    if shape == "members":
        return lambda count: b"".join([before, begin, b",", many(count), end, after])
    return lambda count: b"".join([before, begin, b',"zz":[', many(count), b"]", end, after])


def _rows(protocol: str, unit: bytes) -> _Many:
    before, *_, after = FORMS[protocol]
    rows = _numbered(unit) if b"%" in unit else _each(unit)
    return lambda count: b"".join([before, rows(count), after])


def _one(before: bytes, unit: bytes, after: bytes, *, between: bytes = b",") -> _Many:
    return lambda count: b"".join([before, between.join([unit] * count), after])


_RECORD: Final = b'{"sitRoadworks":{"idG":"1","a":[' + b",".join(
    [b'{"pointCoordinates":{"latitude":49,"longitude":5}}'] * 100) + b"]}}"  # fmt: skip
OWN: Final[Mapping[tuple[str, str], _Many]] = {
    ("siri", "deliveries"): _one(b'{"Siri":{"ServiceDelivery":{"VehicleMonitoringDelivery":[', b"{}", b"]}}}"),
    ("siri", "journeys"): _rows("siri", b'{"MonitoredVehicleJourney":{"a":1}}'),
    ("datex2", "publications"): _one(b'{"payload":{"SituationPublication":[', b"{}", b"]}}"),
    ("datex2", "points"): _rows("datex2", _RECORD),
    ("datex2", "line"): _one(
        b'{"payload":{"SituationPublication":{"situationRecord":[{"idG":"1","gmlLineString":{"posList":"', b"49 5",
        b'"}}]}}}', between=b" ",
    ),
    ("geojson", "line"): _one(
        b'{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"badge":"1"},'
        b'"geometry":{"type":"LineString","coordinates":[', b"[5.91,49.41]", b"]}}]}",
    ),
    ("ngsi-ld", "series"): _one(b'{"id":"urn:a","type":"B","a":{"type":"Property","values":[', b"[1,1]", b"]}}"),
    ("ngsi-ld", "instants"): _one(b'{"id":"urn:a","type":"B","a":[', b'{"type":"Property","value":1}', b"]}"),
    ("enedis", "readings"): _rows("enedis", b'{"value":"1","date":"2026-10-25 02:30:00"}'),
    ("enedis", "nothing"): _rows("enedis", b"{}"),
    ("gbfs", "stations"): _rows("gbfs", b'{"station_id":"%d","name":"a","lat":49.1,"lon":5.1}'),
    ("gbfs", "nothing"): _rows("gbfs", b"{}"),
    ("entreprises", "nothing"): _rows("entreprises", b"{}"),
    ("ocpi", "prices"): _one(
        b'{"status_code":1000,"data":[{"id":"1","currency":"EUR","elements":[{"price_components":[',
        b'{"type":"FLAT","price":1}', b"]}]}]}",
    ),
}  # fmt: skip
"""What a protocol makes most of."""


@dataclass(frozen=True)
class Heavy:
    """A document that weighs so much, of what its protocol lets in."""

    protocol: str
    shape: str
    share: float = 1

    @property
    def name(self) -> str:
        return f"{self.protocol}: {self.shape}{'' if self.share == 1 else ', too many'}"

    def content(self) -> bytes:
        """Make it: what is weighed grows by as much with each unit, names in figures apart."""
        make = OWN.get((self.protocol, self.shape)) or _within(self.protocol, self.shape)
        few = 3 if self.shape == "strings" else 2000
        once, twice = make(few), make(2 * few)
        weights, sizes = (Weight.of(once).size, Weight.of(twice).size), (len(once), len(twice))
        most = MOST * SHARES.get(self.protocol, 1) * self.share
        by_weight = few + (most - weights[0]) * few / (weights[1] - weights[0])
        by_size = few + (_HELD - sizes[0]) * few / (sizes[1] - sizes[0])
        return make(int(0.93 * min(by_weight, by_size)))


def worst() -> Iterator[Heavy]:
    """Yield what takes most of each protocol, and what no longer comes in."""
    for protocol in FORMS:
        yield Heavy(protocol, "objects")
    yield from (Heavy(protocol, "objects", 3) for protocol in ("json", "ngsi-ld", *SHARES))
    yield from (Heavy("json", shape) for shape in SMALLEST if shape != "objects")
    yield from (Heavy(protocol, shape) for protocol, shape in OWN)
