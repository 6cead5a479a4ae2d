"""Context brokers: the entities of a type, page by page, only the attributes that are mapped.

NGSI-LD (ETSI GS CIM 009) and NGSI v2 (FIWARE) differ in an address, a few words, and how one subscribes.
"""

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from typing import Final

import httpx

from harvesters.cursors import Memory
from harvesters.notice import Document
from harvesters.reach import Payload, Reach, Wanted
from harvesters.source import Source
from harvesters.transport import paging, polite
from harvesters.transport.addresses import Named
from harvesters.transport.ways import Way, offset

OPTIONS: Final = ("abonnement", "filtre", "instant", "locataire", "type", *polite.OPTIONS)
"""Entity type, `q`, tenant; for a flow that is subscribed, the name of its token and the column of its instant."""
_NOT_ATTRIBUTES: Final = frozenset({"id", "type", "@meta"})
_ENTITIES: Final = "/entities"


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one of the two interfaces is asked, and subscribed to."""

    root: str
    total: str
    """Header of the number of entities, which bears what `counting` asks for."""
    counting: tuple[str, str]
    tenant: str
    """Header of the tenant."""
    own: Callable[[Source], Mapping[str, str]]
    """The headers that no other interface has."""
    document: Document
    """Writes a subscription."""

    @property
    def way(self) -> Way:
        """Return how its pages are walked."""
        return Way(("",), offset("offset", f"@{self.total}"), (f"@{self.total}",), wall=("offset", 100_000),
                   cure="source.too-many-entities")  # fmt: skip

    def fetch(self, source: Source, *, wanted: Wanted, memory: Memory, reach: Reach) -> Generator[Payload, None, None]:
        """Yield all entities of the option `type` as one delivery, if anything in them changed."""
        asking = paging.Asking(source, self.way, self._query(source, wanted), self.headers(source))
        yield from paging.walked(asking, memory=memory, reach=reach)

    def headers(self, source: Source) -> dict[str, str]:
        """Return the headers of whatever is asked of a source."""
        tenant = source.options.get("locataire")
        return {"Accept": "application/json", **self.own(source), **({self.tenant: tenant} if tenant else {})}

    def address(self, source: Source, what: str) -> httpx.URL:
        """Return the address of a resource of the interface; the declared one may name it already, or its entities."""
        url = Named.of(source).endpoint
        base = url.path.rstrip("/").removesuffix(self.root + _ENTITIES)
        return url.copy_with(path=f"{base}{self.root}{what}")

    def attributes(self, wanted: Wanted) -> tuple[str, ...]:
        """Return the attributes that the map reads: the broker is asked for nothing else."""
        names = {path.removeprefix("@meta.").partition(".")[0] for path in wanted}
        return tuple(sorted(names - _NOT_ATTRIBUTES))

    def _query(self, source: Source, wanted: Wanted) -> httpx.URL:
        name, value = self.counting
        asked = {"limit": "500", "offset": "0", name: value, "attrs": ",".join(self.attributes(wanted))}
        for option, parameter in (("type", "type"), ("filtre", "q")):
            if option in source.options:
                asked[parameter] = source.options[option]
        return self.address(source, _ENTITIES).copy_merge_params(asked)
