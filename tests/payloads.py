"""A small payload of each protocol, written by hand with its number of rows, and a way to read one."""

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field

from eclor.errors import PayloadRefused
from harvesters.parsing import PayloadWarning, RefusedRow, Row
from harvesters.protocols import load
from tests.payloads_answers import ANSWERS
from tests.payloads_mobility import MOBILITY


@dataclass
class Outcome:
    """What a parser gave; `refusal` is that of the whole payload, if any, `code` its code."""

    rows: list[Row] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)
    warnings: list[PayloadWarning] = field(default_factory=list)
    refusal: PayloadRefused | None = None

    @property
    def code(self) -> str:
        return self.refusal.code if self.refusal else ""

    @property
    def refused_codes(self) -> list[str]:
        return [row.code for row in self.refused]

    @property
    def warning_codes(self) -> list[str]:
        return [warning.code for warning in self.warnings]


def read(protocol: str, payload: bytes, **options: str) -> Outcome:
    """Read a payload as a stream called `envoi`; an exception that is no refusal goes through."""
    outcome = Outcome()
    try:
        for event in load(protocol).parse(io.BytesIO(payload), name="envoi", options=options):
            match event:
                case RefusedRow():
                    outcome.refused.append(event)
                case PayloadWarning():
                    outcome.warnings.append(event)
                case _:
                    outcome.rows.append(event)
    except PayloadRefused as refusal:
        outcome.refusal = refusal
    return outcome


def zipped(files: Mapping[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


def as_json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


def as_lines(*values: object) -> bytes:
    return b"".join(json.dumps(value, ensure_ascii=False).encode() + b"\n" for value in values)


FEED = {
    "agency.txt": "agency_id,agency_name,agency_url,agency_timezone\nA,Réseau,https://a.example,Europe/Paris\n".encode(),
    "routes.txt": b"route_id,route_short_name,route_type\r\nR1,1,3\r\n",
    "trips.txt": b"route_id,service_id,trip_id\nR1,S,T1\r\nR1,S,T2",
    "stop_times.txt": b"\xef\xbb\xbftrip_id,arrival_time,stop_id,stop_sequence\nT1,25:10:00,P1,1\n",
}

UPLINK = {
    "deduplicationId": "d1",
    "time": "2026-10-25T02:30:00+02:00",
    "deviceInfo": {"devEui": "70b3d57ba0003bb8", "deviceName": "lampe", "tags": {"rue": "Rue de l'Été"}},
    "fCnt": 3,
    "data": "AgNa",
    "object": {"power_w": 41.5, "on": True},
}

TTN_UPLINK = {
    "end_device_ids": {"device_id": "d1", "dev_eui": "70B3D57BA0003BB8"},
    "received_at": "2026-10-25T00:30:00Z",
    "uplink_message": {"f_port": 2, "frm_payload": "ARI=", "decoded_payload": {"niveau": 3}},
}

ALERT = """<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
  <identifier>a1</identifier><sender>meteo@exemple.fr</sender><sent>2026-11-22T06:00:00+01:00</sent>
  <status>{status}</status><msgType>Alert</msgType><scope>Public</scope>
  <info>
    <language>fr-FR</language><category>Met</category><category>Safety</category><event>Vent</event>
    <urgency>Expected</urgency><severity>Severe</severity><certainty>Likely</certainty>
    <expires>2026-11-22T18:00:00+01:00</expires><headline>Vent à 110 km/h</headline>
    <area>
      <areaDesc>Plateau</areaDesc><polygon>49.4,5.9 49.5,5.9 49.5,6.0 49.4,5.9</polygon>
      <geocode><valueName>INSEE</valueName><value>54580</value></geocode>
    </area>
    <area><areaDesc>Vallée</areaDesc><circle>49.4,5.9 3</circle></area>
  </info>
  <info>
    <language>de-DE</language><category>Met</category><event>Wind</event>
    <urgency>Expected</urgency><severity>Severe</severity><certainty>Likely</certainty>
    <area><areaDesc>Hochebene</areaDesc></area>
  </info>
</alert>
"""

FEATURES = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "id": 7,
            "properties": {"nom": "École", "surface": 12.50},
            "geometry": {"type": "Point", "coordinates": [5.93, 49.47]},
        },
        {"type": "Feature", "properties": {"nom": "Mairie", "surface": None}, "geometry": None},
    ],
}

ENTITY = {
    "id": "urn:ngsi-ld:Site:1",
    "type": "Site",
    "attente": {"type": "Property", "value": 7, "observedAt": "2026-11-22T08:00:00Z", "unitCode": "MIN"},
    "vuA": {"type": "Property", "value": {"@type": "DateTime", "@value": "2026-11-22T08:00:00Z"}},
    "lieu": {"type": "GeoProperty", "value": {"type": "Point", "coordinates": [5.93, 49.47]}},
    "gerePar": {"type": "Relationship", "object": "urn:ngsi-ld:Service:dechets"},
    "@context": "https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context.jsonld",
}

CHARGE_POINTS = (
    b'id_pdc_itinerance,coordonneesXY,gratuit,num_pdl\nFRA1,"[5.93,49.47]",true,12345678912345\n'
    b'FRA2,"5.94, 49.48",non,\n'
)

REPORTS = """<?xml version="1.0" encoding="utf-8"?>
<service_requests>
  <request><service_request_id>12</service_request_id><status>open</status><service_code>001</service_code>
    <description/><lat>49.47</lat><long>5.93</long></request>
  <request><service_request_id>13</service_request_id><status>closed</status></request>
</service_requests>
"""

ELEMENTS = {
    "version": 0.6,
    "elements": [
        {"type": "node", "id": 1, "lat": 49.4700, "lon": 5.93, "tags": {"amenity": "recycling"}},
        {"type": "way", "id": 1, "center": {"lat": 49.48, "lon": 5.94}, "nodes": [1, 2]},
        {"type": "relation", "id": 4, "members": [{"type": "way", "ref": 1, "role": ""}]},
    ],
}

SAMPLES: dict[str, tuple[bytes, int]] = (
    {
        "cap": (ALERT.format(status="Actual").encode(), 3),
        "chirpstack": (as_lines(UPLINK, UPLINK, UPLINK), 3),
        "csv": ('nom,note\nÉcole,"dit ""bonjour"""\nMairie,\n'.encode(), 2),
        "geojson": (as_json(FEATURES), 2),
        "gtfs": (zipped(FEED), 5),
        "irve": (CHARGE_POINTS, 2),
        "json": (as_json([{"nom": "École"}, {"nom": "Mairie"}]), 2),
        "ngsi-ld": (as_json([ENTITY, ENTITY]), 2),
        "ngsi-v2": (
            as_json([{"id": "s1", "type": "Site", "nom": {"type": "Text", "value": "Été", "metadata": {}}}]),
            1,
        ),
        "open311": (REPORTS.encode(), 2),
        "overpass": (as_json(ELEMENTS), 3),
        "ttn": (as_json(TTN_UPLINK), 1),
    }
    | ANSWERS
    | MOBILITY
)
"""Protocol: payload, rows. A protocol without a sample fails the kit."""
