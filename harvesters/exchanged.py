"""Records of a standard that comes as XML or as JSON alike (DATEX II, SIRI), and what a payload gives of them."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from eclor.errors import Place
from harvesters.decoding import BOM
from harvesters.parsing import Event, PayloadWarning, Row
from harvesters.xml_rows import Noted


class Record(NamedTuple):
    """An element that is a row: its name, its members, and what every record beside it shares."""

    kind: str
    members: Row
    around: Row
    noted: Iterable[Noted] = ()
    """Of its members those that were asked for; to be read once."""


def is_json(head: bytes) -> bool:
    """Say whether a payload that begins so is JSON; else it is to be read as XML."""
    return head.removeprefix(BOM).lstrip()[:1] in {b"{", b"["}


def events(
    found: Iterable[Record | PayloadWarning], *, name: str, read: Callable[[Record, Place, int], Iterable[Event]]
) -> Iterator[Event]:
    """Yield what `read` gives of each record, of its number from 1, and the warnings between them."""
    place = Place(name)
    number = 0
    for record in found:
        if isinstance(record, PayloadWarning):
            yield record
            continue
        number += 1
        yield from read(record, place, number)


def objects(value: object) -> Iterator[tuple[str, Row]]:
    """Yield each object right inside an object, or in a list there, with the name of its member."""
    for name, member in value.items() if isinstance(value, dict) else ():
        for item in member if isinstance(member, list) else (member,):
            if isinstance(item, dict):
                yield name, item
