"""Context brokers: the entities of a type, page by page, only the attributes that are mapped.

NGSI-LD (ETSI GS CIM 009) and NGSI v2 (FIWARE) differ in an address and three words.
"""

from collections.abc import Generator, Mapping
from dataclasses import dataclass
from typing import Final

import httpx

from harvesters.cursors import Memory
from harvesters.declaration import Source
from harvesters.reach import Payload, Reach, Wanted
from harvesters.transport import paging, polite
from harvesters.transport.addresses import Named
from harvesters.transport.ways import Way, offset

OPTIONS: Final = ("filtre", "locataire", "type", *polite.OPTIONS)
"""Entity type, `q`, tenant."""
_NOT_ATTRIBUTES: Final = frozenset({"id", "type", "@meta"})


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one of the two interfaces is asked."""

    path: str
    total: str
    """Header of the number of entities, which bears what `counting` asks for."""
    counting: tuple[str, str]
    tenant: str
    """Header of the tenant."""

    @property
    def way(self) -> Way:
        """Return how its pages are walked."""
        return Way(("",), offset("offset", f"@{self.total}"), (f"@{self.total}",), wall=("offset", 100_000),
                   cure="source.too-many-entities")  # fmt: skip

    def fetch(
        self, source: Source, headers: Mapping[str, str], *, wanted: Wanted, memory: Memory, reach: Reach
    ) -> Generator[Payload, None, None]:
        """Yield all entities of the option `type` as one delivery, if anything in them changed."""
        headers = {"Accept": "application/json", **headers}
        if tenant := source.options.get("locataire"):
            headers[self.tenant] = tenant
        asking = paging.Asking(source, self.way, self._address(source, wanted), headers)
        yield from paging.walked(asking, memory=memory, reach=reach)

    def _address(self, source: Source, wanted: Wanted) -> httpx.URL:
        url = Named.of(source).endpoint
        base = url.path.rstrip("/")
        url = url.copy_with(path=base if base.endswith(self.path) else base + self.path)
        name, value = self.counting
        asked = {"limit": "500", "offset": "0", name: value, "attrs": ",".join(_attributes(wanted))}
        for option, parameter in (("type", "type"), ("filtre", "q")):
            if option in source.options:
                asked[parameter] = source.options[option]
        return url.copy_merge_params(asked)


def _attributes(wanted: Wanted) -> list[str]:
    """Return the attributes that the map reads: the broker is asked for nothing else."""
    names = {path.removeprefix("@meta.").partition(".")[0] for path in wanted}
    return sorted(names - _NOT_ATTRIBUTES)
