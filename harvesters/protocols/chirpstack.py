"""chirpstack: an uplink of ChirpStack v4 (MQTT `event/up`, JSON) is a row."""

from collections.abc import Iterator, Mapping
from typing import BinaryIO, Final

from eclor.errors import Place
from harvesters import strict_json
from harvesters.parsing import Event, PayloadProtocol, RefusedRow, Shape

_UPLINK_MEMBERS: Final = ("rxInfo", "data", "object", "fPort")
"""At least one stands in every uplink, and none in join, status, ack, txack, log or location events."""
_INTEGRATION: Final = "integrationName"
"""Stands in events of another service (positions, firmware), which have an `object` too."""


def parse(payload: BinaryIO | bytes, *, name: str, options: Mapping[str, str]) -> Iterator[Event]:
    """Yield one row an uplink, as nested as it came: `deviceInfo.devEui`, `time` (ISO with offset), `object.…`.

    Takes one message, an array of them, or one a line (a day's history). Decodes no frame: `object` is what the
    platform's codec made of `data`, and misses without one. Another event, or a message of version 3, is a refused row.
    """
    del options
    for document in strict_json.documents(payload, name=name):
        if isinstance(document, RefusedRow):
            yield document
            continue
        line, value = document
        for message in value if isinstance(value, list) else (value,):
            yield _uplink(message, place=Place(name, line))


def _uplink(message: object, *, place: Place) -> Event:
    if not isinstance(message, dict):
        return RefusedRow("payload.chirpstack-event", place)
    match message:
        case {"deviceInfo": {"devEui": str()}, "time": str()} if _INTEGRATION not in message and any(
            key in message for key in _UPLINK_MEMBERS
        ):
            return message
        case {"devEUI": _} | {"applicationID": _}:
            return RefusedRow("payload.chirpstack-v3", place)
        case _:
            return RefusedRow("payload.chirpstack-event", place)


PROTOCOL: Final = PayloadProtocol("chirpstack", Shape.NESTED, parse)
