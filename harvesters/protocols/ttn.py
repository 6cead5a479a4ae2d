"""ttn: an uplink of The Things Stack v3 (JSON) is a row."""

from collections.abc import Iterator, Mapping
from typing import BinaryIO, Final

from eclor.errors import PayloadRefused, Place
from harvesters import strict_json
from harvesters.parsing import Event, PayloadProtocol, RefusedRow, Shape


def parse(payload: BinaryIO | bytes, *, name: str, options: Mapping[str, str]) -> Iterator[Event]:
    """Yield one row an uplink, as nested as it came: `end_device_ids.dev_eui`, `uplink_message.decoded_payload.…`.

    A counter of frames that is zero is not sent (protobuf in JSON): `uplink_message.f_cnt` is 0 then.
    Takes one message, an array of them, or one a line; those that the stack stored, each in a `result`, as well.
    Another message (join, downlink) is a refused row. Refuses the error that ends a stream of what was stored, behind
    HTTP 200 (gRPC gateway): what came before it is a part.
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
    match message:
        case {"result": dict() as stored}:
            return _uplink(stored, place=place)
        case dict() if isinstance(message.get("end_device_ids"), dict) and isinstance(
            message.get("uplink_message"), dict
        ):
            uplink = message["uplink_message"]
            return message if "f_cnt" in uplink else {**message, "uplink_message": {**uplink, "f_cnt": 0}}
        case {"end_device_ids": _} | {"identifiers": _}:  # another message of a device, whatever it says of errors
            return RefusedRow("payload.ttn-message", place)
        case {"error": dict()} | {"code": int(), "message": str(), "details": list()}:
            raise PayloadRefused("payload.ttn-error", place=place)
        case _:
            return RefusedRow("payload.ttn-message", place)


PROTOCOL: Final = PayloadProtocol("ttn", Shape.NESTED, parse)
