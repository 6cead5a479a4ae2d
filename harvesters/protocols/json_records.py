"""json: an object of an array is a row; so is an object a line, or a lone object."""

from collections.abc import Iterator, Mapping
from typing import BinaryIO, Final

from eclor.errors import PayloadRefused, Place
from harvesters import strict_json
from harvesters.parsing import Event, PayloadProtocol, RefusedRow, Shape


def parse(payload: BinaryIO | bytes, *, name: str, options: Mapping[str, str]) -> Iterator[Event]:
    """Yield one row an object, as nested as it came.

    Option `lignes` is the dotted path of the array inside a wrapping object (`results`, `data.items`); a payload
    without it is refused. An element that is no object is a refused row.
    """
    path = options.get("lignes")
    for document in strict_json.documents(payload, name=name):
        if isinstance(document, RefusedRow):
            yield document
            continue
        line, value = document
        yield from _rows(_array(value, path=path, place=Place(name, line)), place=Place(name, line))


def _array(value: object, *, path: str | None, place: Place) -> list[object]:
    if path is None:
        return value if isinstance(value, list) else [value]
    found = strict_json.member(value, path.split("."))
    if not isinstance(found, list):
        raise PayloadRefused("payload.json-no-rows", place=place, path=path)
    return found


def _rows(values: list[object], *, place: Place) -> Iterator[Event]:
    for number, value in enumerate(values, start=1):
        yield value if isinstance(value, dict) else RefusedRow("payload.not-an-object", place, {"number": number})


PROTOCOL: Final = PayloadProtocol("json", Shape.NESTED, parse, ("lignes",))
