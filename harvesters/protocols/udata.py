"""udata: a dataset of a udata catalogue (data.gouv.fr, data.public.lu) is a row (API 1 and 2)."""

from collections.abc import Iterator, Mapping
from typing import BinaryIO, Final

from eclor.errors import PayloadRefused, Place
from harvesters import strict_json
from harvesters.decoding import opened, whole
from harvesters.parsing import Event, PayloadProtocol, PayloadWarning, RefusedRow, Row, Shape


def parse(payload: BinaryIO | bytes, *, name: str, options: Mapping[str, str]) -> Iterator[Event]:
    """Yield one row a dataset, by udata's names as nested as it came: `id`, `title`, `slug`, `license`, `resources`.

    Takes a page (`data`), a list, or one dataset. Private, deleted and archived ones are rows, as are copies that udata
    itself harvested (`harvest.…` says from where). What has no `id` and no `title` is a refused row. Refuses an error
    body. A page that is alone and shorter than its `total` is read, with a warning.
    """
    del options
    place = Place(name)
    answer = strict_json.read(whole(opened(payload), name=name), name=name)
    match answer:
        case {"data": list() as datasets}:
            pass
        case list():
            datasets = answer
        case {"id": _, "title": _}:
            datasets = [answer]
        case {"message": _} | {"errors": _}:
            raise PayloadRefused("payload.udata-error", place=place)
        case _:
            raise PayloadRefused("payload.udata-root", place=Place(name, 1))
    for number, dataset in enumerate(datasets, start=1):
        yield _dataset(dataset, place=place, number=number)
    match answer:
        case {"total": int() as total, **rest} if not (rest.get("next_page") or rest.get("previous_page")):
            if rest.get("page", 1) == 1 and total > len(datasets):
                yield PayloadWarning("payload.page-short", place, {"announced": total, "found": len(datasets)})
        case _:
            pass


def _dataset(dataset: object, *, place: Place, number: int) -> Row | RefusedRow:
    if isinstance(dataset, dict) and all(isinstance(dataset.get(key), str) and dataset[key] for key in ("id", "title")):
        return dataset
    return RefusedRow("payload.udata-dataset", place, {"number": number})


PROTOCOL: Final = PayloadProtocol("udata", Shape.NESTED, parse)
