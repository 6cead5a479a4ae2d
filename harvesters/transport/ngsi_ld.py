"""ngsi-ld: the entities of a context broker, page by page, only the attributes that are mapped (ETSI GS CIM 009)."""

import hashlib
import io
from collections.abc import Generator, Iterator, Mapping
from typing import Final

import httpx
import orjson

from eclor.errors import SourceUnavailable
from harvesters.cursors import Memory
from harvesters.declaration import Source
from harvesters.reach import Payload, Reach, Transport, Wanted
from harvesters.transport.polite import OPTIONS, WORDS, Visitor

_ENTITIES: Final = "/ngsi-ld/v1/entities"
_PAGE: Final = 500
_MOST_ENTITIES: Final = 100_000
_NOT_ATTRIBUTES: Final = frozenset({"id", "type", "@meta"})
_JSON: Final = frozenset({"application/json", "application/ld+json", "application/geo+json"})


def fetch(source: Source, *, wanted: Wanted, memory: Memory, reach: Reach) -> Generator[Payload, None, None]:
    """Yield all entities of the type that the option `type` names, as one JSON array, if anything in it changed.

    Options: `contexte` (address of the @context), `locataire` (NGSILD-Tenant), `filtre` (q=). Refuses
    (`SourceUnavailable`) an answer that is no JSON, or whose number of entities is not the announced one.
    """
    with Visitor(source, reach) as visitor:
        pages = list(_pages(source, visitor, _attributes(wanted)))
    content = b"[" + b",".join(pages) + b"]"
    digest = hashlib.sha256(content).hexdigest()
    if memory.same_terms and memory.cursor.get("sha256") == digest:
        return
    yield Payload(source.options.get("type", "entities"), io.BytesIO(content), lambda: {"sha256": digest})


def _pages(source: Source, visitor: Visitor, attributes: list[str]) -> Iterator[bytes]:
    """Yield the inside of each page's array, as it was written: the parser reads digits, not doubles."""
    headers, seen, announced = _headers(source), 0, 1
    while seen < announced:
        answer = visitor.whole(_address(source, attributes, offset=seen), headers=headers)
        count = _count(answer, visitor.host)
        announced = _announced(answer, otherwise=seen + count)
        if announced > _MOST_ENTITIES:
            raise SourceUnavailable("source.too-many-entities", host=visitor.host, limit=_MOST_ENTITIES)
        if count:
            yield answer.content.strip()[1:-1]
        elif seen < announced:
            raise SourceUnavailable("source.entities-changed", host=visitor.host, announced=announced, found=seen)
        seen += count


def _count(answer: httpx.Response, host: str) -> int:
    if answer.headers.get("content-type", "").partition(";")[0].strip().lower() not in _JSON:
        raise SourceUnavailable("source.html", host=host)
    try:
        entities = orjson.loads(answer.content)
    except orjson.JSONDecodeError as error:
        raise SourceUnavailable("source.truncated", host=host) from error
    if not isinstance(entities, list):
        raise SourceUnavailable("source.not-entities", host=host)
    return len(entities)


def _address(source: Source, attributes: list[str], *, offset: int) -> str:
    base = source.endpoint.rstrip("/")
    url = httpx.URL(base if base.endswith(_ENTITIES) else base + _ENTITIES)
    asked = {"limit": str(_PAGE), "offset": str(offset), "count": "true", "attrs": ",".join(attributes)}
    for option, parameter in (("type", "type"), ("filtre", "q")):
        if option in source.options:
            asked[parameter] = source.options[option]
    return str(url.copy_merge_params(asked))


def _attributes(wanted: Wanted) -> list[str]:
    """Return the attributes that the map reads: the broker is asked for nothing else."""
    names = {path.removeprefix("@meta.").partition(".")[0] for path in wanted}
    return sorted(names - _NOT_ATTRIBUTES)


def _headers(source: Source) -> Mapping[str, str]:
    headers = {"Accept": "application/json"}
    if context := source.options.get("contexte"):
        headers["Link"] = f'<{context}>; rel="http://www.w3.org/ns/json-ld#context"; type="application/ld+json"'
    if tenant := source.options.get("locataire"):
        headers["NGSILD-Tenant"] = tenant
    return headers


def _announced(answer: httpx.Response, *, otherwise: int) -> int:
    count = answer.headers.get("ngsild-results-count", "")
    return int(count) if count.isdigit() else otherwise


TRANSPORT: Final = Transport("ngsi-ld", fetch, ("contexte", "filtre", "locataire", "type", *OPTIONS), words=WORDS)
