"""json: an object of an array is a row; so is an object a line, or a lone object."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import BinaryIO, Final, cast

from eclor.errors import PayloadRefused, Place
from harvesters import long_arrays, strict_json
from harvesters.parsing import Event, PayloadProtocol, RefusedRow, Row, Shape


def parse(payload: BinaryIO | bytes, *, name: str, options: Mapping[str, str]) -> Iterator[Event]:
    """Yield one row an object, as nested as it came.

    Option `lignes` is the dotted path of the array inside a wrapping object (`results`, `data.items`); a payload
    without it is refused. An element that is no object is a refused row. Option `deplier` is the dotted path of a list
    inside each object: an element of it is a row, in the place of its list, with what stands around it; an object
    without the list, or with an empty one, gives no row.
    """
    path, unfolded = options.get("lignes"), options.get("deplier")
    whole = partial(long_arrays.read, path=path.split(".") if path else ())
    for document in strict_json.documents(payload, name=name, whole=whole):
        if isinstance(document, RefusedRow):
            yield document
            continue
        line, value = document
        place = Place(name, line)
        rows = _rows(_array(value, path=path, place=place), place=place)
        yield from _unfolded(rows, unfolded.split("."), place=place) if unfolded else rows


def _array(value: object, *, path: str | None, place: Place) -> Iterable[object]:
    if path is None:
        return value if isinstance(value, list | long_arrays.Items) else [value]
    found = strict_json.member(value, path.split("."))
    if not isinstance(found, list | long_arrays.Items):
        raise PayloadRefused("payload.json-no-rows", place=place, path=path)
    return found


def _rows(values: Iterable[object], *, place: Place) -> Iterator[Row | RefusedRow]:
    for number, value in enumerate(values, start=1):
        yield value if isinstance(value, dict) else RefusedRow("payload.not-an-object", place, {"number": number})


def _unfolded(rows: Iterator[Row | RefusedRow], path: Sequence[str], *, place: Place) -> Iterator[Row | RefusedRow]:
    for row in rows:
        match row if isinstance(row, RefusedRow) else strict_json.member(row, path):
            case None:
                continue
            case RefusedRow() as refused:
                yield refused
            case list() as elements:
                yield from (_around(element, cast("Row", row), path) for element in elements)
            case _:
                yield RefusedRow("payload.json-no-rows", place, {"path": ".".join(path)})


def _around(element: object, row: Row, path: Sequence[str]) -> Row:
    first, *rest = path
    return {**row, first: _around(element, cast("Row", row[first]), rest) if rest else element}


PROTOCOL: Final = PayloadProtocol("json", Shape.NESTED, parse, ("deplier", "lignes"))
