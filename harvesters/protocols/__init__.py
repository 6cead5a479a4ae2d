"""The protocols that payloads are read by: one file each, and one line here, loaded on use."""

from difflib import get_close_matches
from importlib import import_module
from types import MappingProxyType
from typing import Final

from eclor.errors import DeclarationRefused, Place
from harvesters.parsing import PayloadProtocol

PROTOCOLS: Final = MappingProxyType(
    {
        "cap": "harvesters.protocols.cap:PROTOCOL",
        "chirpstack": "harvesters.protocols.chirpstack:PROTOCOL",
        "ckan": "harvesters.protocols.ckan:PROTOCOL",
        "csv": "harvesters.protocols.csv_table:PROTOCOL",
        "datex2": "harvesters.protocols.datex2:PROTOCOL",
        "dcat": "harvesters.protocols.dcat:PROTOCOL",
        "enedis": "harvesters.protocols.enedis:PROTOCOL",
        "enedis-index": "harvesters.protocols.enedis_index:PROTOCOL",
        "entreprises": "harvesters.protocols.entreprises:PROTOCOL",
        "gbfs": "harvesters.protocols.gbfs:PROTOCOL",
        "geojson": "harvesters.protocols.geojson:PROTOCOL",
        "gtfs": "harvesters.protocols.gtfs:PROTOCOL",
        "gtfs-rt": "harvesters.protocols.gtfs_rt:PROTOCOL",
        "hubeau": "harvesters.protocols.hubeau:PROTOCOL",
        "icalendar": "harvesters.protocols.icalendar:PROTOCOL",
        "irve": "harvesters.protocols.irve:PROTOCOL",
        "json": "harvesters.protocols.json_records:PROTOCOL",
        "netex": "harvesters.protocols.netex:PROTOCOL",
        "ngsi-ld": "harvesters.protocols.ngsi_ld:PROTOCOL",
        "ngsi-v2": "harvesters.protocols.ngsi_v2:PROTOCOL",
        "ocpi": "harvesters.protocols.ocpi:PROTOCOL",
        "open311": "harvesters.protocols.open311:PROTOCOL",
        "openactive": "harvesters.protocols.openactive:PROTOCOL",
        "opendatasoft": "harvesters.protocols.opendatasoft:PROTOCOL",
        "overpass": "harvesters.protocols.overpass:PROTOCOL",
        "siri": "harvesters.protocols.siri:PROTOCOL",
        "ttn": "harvesters.protocols.ttn:PROTOCOL",
        "udata": "harvesters.protocols.udata:PROTOCOL",
        "vigicrues": "harvesters.protocols.vigicrues:PROTOCOL",
        "vigilance": "harvesters.protocols.vigilance:PROTOCOL",
        "xlsx": "harvesters.protocols.xlsx:PROTOCOL",
        "xml": "harvesters.protocols.xml_records:PROTOCOL",
    }
)


def load(name: str, *, place: Place | None = None) -> PayloadProtocol:
    """Return the protocol of that name; refuse (`DeclarationRefused`) one that does not exist, naming the nearest."""
    target = PROTOCOLS.get(name)
    if target is None:
        near = get_close_matches(name.lower(), PROTOCOLS, n=1)
        code = "payload.unknown-protocol-near" if near else "payload.unknown-protocol"
        raise DeclarationRefused(code, place=place, asked=name, near="".join(near), known=" ".join(PROTOCOLS))
    module, _, attribute = target.partition(":")
    protocol = getattr(import_module(module), attribute)
    if not isinstance(protocol, PayloadProtocol):
        message = f"{target} is no PayloadProtocol"
        raise TypeError(message)
    return protocol
