"""ngsi-ld: the entities of a context broker by NGSI-LD (ETSI GS CIM 009)."""

from collections.abc import Generator
from typing import Final

from harvesters.cursors import Memory
from harvesters.declaration import Source
from harvesters.reach import Payload, Reach, Transport, Wanted
from harvesters.transport import polite
from harvesters.transport.context_broker import OPTIONS, Dialect

_NGSI_LD: Final = Dialect("/ngsi-ld/v1/entities", "NGSILD-Results-Count", ("count", "true"), "NGSILD-Tenant")


def fetch(source: Source, *, wanted: Wanted, memory: Memory, reach: Reach) -> Generator[Payload, None, None]:
    """Yield all entities of the option `type`; `contexte` is the address of the @context that names are short in."""
    context = source.options.get("contexte")
    link = f'<{context}>; rel="http://www.w3.org/ns/json-ld#context"; type="application/ld+json"'
    headers = {"Link": link} if context else {}
    yield from _NGSI_LD.fetch(source, headers, wanted=wanted, memory=memory, reach=reach)


TRANSPORT: Final = Transport("ngsi-ld", fetch, ("contexte", *OPTIONS), words=polite.WORDS)
