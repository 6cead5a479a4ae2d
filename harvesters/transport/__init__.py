"""The accesses that payloads are fetched by: one file each, and one line here, loaded on use."""

from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from harvesters.reach import Transport

TRANSPORTS: Final = MappingProxyType(
    {
        "depot": "harvesters.transport.drop:TRANSPORT",
        "http": "harvesters.transport.http:TRANSPORT",
        "mqtt": "harvesters.transport.mqtt:TRANSPORT",
        "ngsi-ld": "harvesters.transport.ngsi_ld:TRANSPORT",
        "ngsi-v2": "harvesters.transport.ngsi_v2:TRANSPORT",
        "sql": "harvesters.transport.sql:TRANSPORT",
    }
)


def load(name: str) -> "Transport":
    """Return the transport of that name, which the declaration's reader found in the table."""
    module, _, attribute = TRANSPORTS[name].partition(":")
    transport: Transport = getattr(import_module(module), attribute)
    return transport
