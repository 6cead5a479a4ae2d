"""ngsi-v2: the entities of a context broker by NGSI v2 (FIWARE Orion)."""

from collections.abc import Generator
from typing import Final

from harvesters.cursors import Memory
from harvesters.declaration import Source
from harvesters.reach import Payload, Reach, Transport, Wanted
from harvesters.transport import polite
from harvesters.transport.context_broker import OPTIONS, Dialect

_NGSI_V2: Final = Dialect("/v2/entities", "Fiware-Total-Count", ("options", "count"), "Fiware-Service")


def fetch(source: Source, *, wanted: Wanted, memory: Memory, reach: Reach) -> Generator[Payload, None, None]:
    """Yield all entities of the option `type`; `chemin_service` is the path of services (Fiware-ServicePath)."""
    path = source.options.get("chemin_service")
    headers = {"Fiware-ServicePath": path} if path else {}
    yield from _NGSI_V2.fetch(source, headers, wanted=wanted, memory=memory, reach=reach)


TRANSPORT: Final = Transport("ngsi-v2", fetch, ("chemin_service", *OPTIONS), words=polite.WORDS)
