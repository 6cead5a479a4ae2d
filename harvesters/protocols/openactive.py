"""openactive: an item of a page of an OpenActive feed is a row (Realtime Paged Data Exchange 1.0)."""

from collections.abc import Iterator, Mapping
from typing import BinaryIO, Final

from eclor.errors import PayloadRefused, Place
from harvesters import strict_json
from harvesters.decoding import opened, whole
from harvesters.parsing import Event, PayloadProtocol, RefusedRow, Row, Shape


def parse(payload: BinaryIO | bytes, *, name: str, options: Mapping[str, str]) -> Iterator[Event]:
    """Yield one row an item of a page: `state`, `kind`, `id` (text), `modified`, and `data`, as nested as it came.

    A deleted item is a row too, its `data` None whatever was sent. `modified` stays the integer or the text that it is.
    The same item comes again when it changes: the newest counts, which the order of pages says. An item without what
    RPDE requires is a refused row. Refuses what is no page. The last page has no item.
    """
    del options
    match strict_json.read(whole(opened(payload), name=name), name=name):
        case {"items": list() as items, "next": str()}:
            for number, item in enumerate(items, start=1):
                yield _row(item, place=Place(name), number=number)
        case _:
            raise PayloadRefused("payload.openactive-root", place=Place(name, 1))


def _row(item: object, *, place: Place, number: int) -> Row | RefusedRow:
    match item:
        case dict() if item.get("state") in ("updated", "deleted") and isinstance(item.get("kind"), str):
            identifier, modified = item.get("id", item.get("@id")), item.get("modified")
            data = item.get("data") if item["state"] == "updated" else None
            sound = _is_key(identifier) and _is_key(modified) and (item["state"] == "deleted" or isinstance(data, dict))
            row: Row = {"state": item["state"], "kind": item["kind"], "id": str(identifier), "modified": modified}
            return row | {"data": data} if sound else RefusedRow("payload.openactive-item", place, {"number": number})
        case _:
            return RefusedRow("payload.openactive-item", place, {"number": number})


def _is_key(value: object) -> bool:
    return isinstance(value, int | str) and not isinstance(value, bool) and value != ""


PROTOCOL: Final = PayloadProtocol("openactive", Shape.NESTED, parse)
