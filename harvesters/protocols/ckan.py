"""ckan: a dataset of a CKAN catalogue, or a record of its DataStore, is a row (Action API 3)."""

from collections.abc import Iterator, Mapping
from typing import BinaryIO, Final

from eclor.errors import PayloadRefused, Place
from harvesters import strict_json
from harvesters.decoding import opened, whole
from harvesters.parsing import Event, PayloadProtocol, PayloadWarning, RefusedRow, Row, Shape

_USUAL_LIMIT: Final = 100
"""How many records the DataStore gives when it is not told."""


def parse(payload: BinaryIO | bytes, *, name: str, options: Mapping[str, str]) -> Iterator[Event]:
    """Yield one row a dataset, by CKAN's names as nested as it came; or one a record, by the columns of its table.

    Takes the answer of `package_search`, `package_show`, `current_package_list_with_resources` or `datastore_search`
    (objects or lists), or what stands in its `result`. `extras`, a list of keys and values, is an object. Private and
    deleted datasets are rows: `garder` leaves them out. What is no dataset (a resource, a bare name) is a refused row.
    Refuses an answer that says no success, whatever its HTTP status, and records sent as text. A page of records
    shorter than it announces is read, with a warning.
    """
    del options
    answer = strict_json.read(whole(opened(payload), name=name), name=name)
    place = Place(name)
    result = _result(answer, place=place)
    match result:
        case {"records": list() as records, "fields": list() as fields}:
            yield from _records(records, fields, place=place)
            if (announced := _announced(result)) > len(records):
                yield PayloadWarning("payload.page-short", place, {"announced": announced, "found": len(records)})
            return
        case {"records": _, "fields": _}:
            raise PayloadRefused("payload.ckan-format", place=place)
        case {"results": list() as packages}:
            pass
        case list():
            packages = result
        case {"id": _} | {"name": _}:
            packages = [result]
        case _:
            raise PayloadRefused("payload.ckan-root", place=Place(name, 1))
    for number, package in enumerate(packages, start=1):
        yield _dataset(package, place=place, number=number)


def _result(answer: object, *, place: Place) -> object:
    match answer:
        case {"success": True, "result": result}:
            return result
        case {"success": _}:
            raise PayloadRefused("payload.ckan-error", place=place)
        case _:
            return answer


def _dataset(package: object, *, place: Place, number: int) -> Row | RefusedRow:
    match package:
        case {"package_id": _}:
            return RefusedRow("payload.ckan-dataset", place, {"number": number})
        case dict() if any(isinstance(package.get(key), str) and package[key] for key in ("id", "name")):
            extras = _pairs(package.get("extras"))
            return package if extras is None else package | {"extras": extras}
        case _:
            return RefusedRow("payload.ckan-dataset", place, {"number": number})


def _pairs(extras: object) -> Row | None:
    """Return a list of keys and values as an object, a list of values where a key comes twice; None for no list."""
    if not isinstance(extras, list):
        return None
    pairs: dict[str, list[object]] = {}
    for extra in extras:
        match extra:
            case {"key": str() as key}:
                pairs.setdefault(key, []).append(extra.get("value"))
            case _:
                pass
    return {key: values[0] if len(values) == 1 else values for key, values in pairs.items()}


def _records(records: list[object], fields: list[object], *, place: Place) -> Iterator[Event]:
    names = [str(field.get("id")) if isinstance(field, dict) else "" for field in fields]
    for number, record in enumerate(records, start=1):
        match record:
            case dict():
                yield record
            case list() if len(record) == len(names) == len(set(names)):
                yield dict(zip(names, record, strict=True))
            case _:
                yield RefusedRow("payload.ckan-record", place, {"number": number})


def _announced(result: object) -> int:
    """Return how many records a page must hold by its total, its limit and its offset; 0 where nothing says it."""
    match result:
        case {"total_was_estimated": True}:
            return 0
        case {"total": int() as total, **rest}:
            limit, offset = rest.get("limit", _USUAL_LIMIT), rest.get("offset", 0)
            return min(limit, total - offset) if isinstance(limit, int) and isinstance(offset, int) else 0
        case _:
            return 0


PROTOCOL: Final = PayloadProtocol("ckan", Shape.NESTED, parse)
