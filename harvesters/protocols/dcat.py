"""dcat: a dataset of a catalogue is a row (DCAT-AP as RDF/XML, Turtle, N-Triples or JSON-LD; DCAT-US JSON)."""

import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO, Final

from eclor.errors import PayloadRefused, Place
from harvesters import strict_json, strict_xml
from harvesters.decoding import BOM, decoded, opened, refuse_html, whole
from harvesters.parsing import Event, PayloadProtocol, PayloadWarning, RefusedRow, Row, Shape
from harvesters.rdf_datasets import datasets, graph_of, read_graph
from harvesters.weighing import MOST_BYTES, refuse_heavy_json

_MOST_BYTES: Final = 6 * 1024 * 1024
"""A graph takes many times the room of its text."""
_MOST_LINKED: Final = MOST_BYTES // 4
"""Of JSON-LD, which stands beside its graph."""
_TAG: Final = re.compile(rb"<(?:[?!]|[A-Za-z_][\w.-]*(?::[\w.-]+)?[\s>/])")
_ABSOLUTE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")
_ADDRESSES: Final = ("accessURL", "downloadURL")
_CONTEXT: Final = "@context"


def parse(payload: BinaryIO | bytes, *, name: str, options: Mapping[str, str]) -> Iterator[Event]:
    """Yield one row a `dcat:Dataset`: `iri`, `identifier`, `title`, `description`, `keyword`, `distribution`.

    A `dcat:DatasetSeries` is one, as DCAT 3 says. Properties stand under their local names; those that DCAT lets come
    several times are lists, as is any other that does. `title` and `description` are those in French, else without
    language, else English; `title_by_language` has all. Distributions, publishers, contact points and blank nodes are
    objects, two levels deep; relative addresses stay relative. DCAT-US gives the same names as it came. A dataset
    with neither address nor identifier, without a title, or (DCAT-US) with an address that is none, is a refused row.
    A JSON-LD context that would have to be fetched refuses the whole, as do DTD and entities, more than 6 MiB, or
    than 60,000 statements. No dataset is a warning.
    """
    del options
    content = whole(opened(payload), name=name)
    refuse_html(content, name=name)
    if len(content) > _MOST_BYTES:
        raise PayloadRefused("payload.too-large", place=Place(name), limit_mib=_MOST_BYTES // 1024 // 1024)
    number = 0
    for row in _rows(content, name=name):
        number += 1
        yield _checked(row, place=Place(name), number=number)
    if number == 0:
        yield PayloadWarning("payload.dcat-none", Place(name))


def _rows(content: bytes, *, name: str) -> Iterator[object]:
    start = content.removeprefix(BOM).lstrip()
    if start.startswith((b"{", b"[")):
        yield from _of_json(content, name=name)
    elif _TAG.match(start) and start.rstrip().endswith(b">"):  # Turtle ends with a point
        if strict_xml.local(strict_xml.read(content, name=name)) != "RDF":
            raise PayloadRefused("payload.dcat-root", place=Place(name, 1))
        yield from datasets(read_graph(content, form="xml", name=name), name=name)
    else:
        text = decoded(content, name=name)
        if "\0" in text:
            raise PayloadRefused("payload.nul", place=Place(name))
        yield from datasets(read_graph(text.encode(), form="turtle", name=name), name=name)


def _of_json(content: bytes, *, name: str) -> Iterator[object]:
    value = strict_json.read(content, name=name)
    if isinstance(value, dict) and not isinstance(value.get(_CONTEXT), dict | list) and _is_catalogue(value):
        yield from _of_catalogue(value)
        return
    is_linked = isinstance(value, list) or (isinstance(value, dict) and any(key.startswith("@") for key in value))
    if not is_linked:
        raise PayloadRefused("payload.dcat-root", place=Place(name, 1))
    refuse_heavy_json(content, place=Place(name), most=_MOST_LINKED)
    if _reaches_out(value):
        raise PayloadRefused("payload.dcat-context", place=Place(name))
    yield from datasets(graph_of(value, name=name), name=name)


def _is_catalogue(value: Row) -> bool:
    """Say whether it is a catalogue of DCAT-US, whose names need no context."""
    return isinstance(value.get("dataset"), list) or isinstance(value.get("catalog"), list)


def _of_catalogue(value: Row) -> Iterator[object]:
    for key in ("dataset", "catalog"):
        members = value.get(key)
        for member in members if isinstance(members, list) else ():
            if isinstance(member, dict) and _is_catalogue(member):
                yield from _of_catalogue(member)
            else:
                yield member


def _reaches_out(value: object) -> bool:
    """Say whether a JSON-LD document names a context elsewhere, at any depth."""
    match value:
        case dict():
            return any(_is_remote(member) if key == _CONTEXT else _reaches_out(member) for key, member in value.items())
        case list():
            return any(_reaches_out(item) for item in value)
        case _:
            return False


def _is_remote(context: object) -> bool:
    match context:
        case str():
            return True
        case list():
            return any(_is_remote(item) for item in context)
        case dict():
            return "@import" in context or _reaches_out(list(context.values()))
        case _:
            return False


def _checked(row: object, *, place: Place, number: int) -> Row | RefusedRow:
    if not isinstance(row, dict):
        return RefusedRow("payload.not-an-object", place, {"number": number})
    named = any(isinstance(row.get(key), str) and row[key] for key in ("iri", "@id", "identifier"))
    if not (named or isinstance(row.get("identifier"), list | dict)) or not row.get("title"):
        return RefusedRow("payload.dcat-dataset", place, {"number": number})
    if "iri" not in row and not all(_ABSOLUTE.fullmatch(address) for address in _addresses(row)):
        return RefusedRow("payload.dcat-address", place, {"number": number})
    return row


def _addresses(row: Row) -> Iterator[str]:
    distributions = row.get("distribution")
    for distribution in distributions if isinstance(distributions, list) else [distributions]:
        if isinstance(distribution, dict):
            yield from (str(distribution[key]) for key in _ADDRESSES if distribution.get(key) is not None)


PROTOCOL: Final = PayloadProtocol("dcat", Shape.NESTED, parse)
