"""ngsi-v2: the entities of a context broker by NGSI v2 (FIWARE Orion)."""

from collections.abc import Mapping
from typing import Final

from harvesters.notice import TOKEN_HEADER, Notice
from harvesters.reach import Transport
from harvesters.source import Source
from harvesters.transport import polite
from harvesters.transport.context_broker import OPTIONS, Dialect


def _path(source: Source) -> Mapping[str, str]:
    """Return `chemin_service`, the path of services."""
    path = source.options.get("chemin_service")
    return {"Fiware-ServicePath": path} if path else {}


def _document(source: Source, notice: Notice) -> dict[str, object]:
    """Return a subscription of NGSI v2: told of changes of these attributes alone, and given no other."""
    attributes = list(notice.attributes)
    condition: dict[str, object] = {"attrs": attributes}
    if "filtre" in source.options:
        condition["expression"] = {"q": source.options["filtre"]}
    endpoint = {"url": notice.url, "headers": {TOKEN_HEADER: notice.token.reveal().decode()}}
    return {
        "description": notice.description,
        "subject": {
            "entities": [{"idPattern": ".*", "type": source.options.get("type", "")}],
            "condition": condition,
        },
        "notification": {"httpCustom": endpoint, "attrs": attributes, "attrsFormat": "normalized"},
        "status": "active",
        "expires": notice.until,
    }


DIALECT: Final = Dialect(
    "/v2", "Fiware-Total-Count", ("options", "count"), "Fiware-Service", own=_path, document=_document
)
TRANSPORT: Final = Transport(
    "ngsi-v2", DIALECT.fetch, ("chemin_service", *OPTIONS), words=polite.WORDS, numbers=polite.NUMBERS, broker=DIALECT
)
