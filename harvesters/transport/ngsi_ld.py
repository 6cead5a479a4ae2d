"""ngsi-ld: the entities of a context broker by NGSI-LD (ETSI GS CIM 009)."""

from collections.abc import Mapping
from typing import Final

from harvesters.notice import TOKEN_HEADER, Notice
from harvesters.reach import Transport
from harvesters.source import Source
from harvesters.transport import polite
from harvesters.transport.context_broker import OPTIONS, Dialect


def _link(source: Source) -> Mapping[str, str]:
    """Return the link to `contexte`, the address of the @context that names are short in."""
    context = source.options.get("contexte")
    link = f'<{context}>; rel="http://www.w3.org/ns/json-ld#context"; type="application/ld+json"'
    return {"Link": link} if context else {}


def _document(source: Source, notice: Notice) -> dict[str, object]:
    """Return a Subscription (clause 5.2.12): told of changes of these attributes alone, and given no other."""
    attributes = list(notice.attributes)
    endpoint = {
        "uri": notice.url,
        "accept": "application/json",
        "receiverInfo": [{"key": TOKEN_HEADER, "value": notice.token.reveal().decode()}],
    }
    return {
        "type": "Subscription",
        "description": notice.description,
        "entities": [{"type": source.options.get("type", "")}],
        "watchedAttributes": attributes,
        **({"q": source.options["filtre"]} if "filtre" in source.options else {}),
        "notification": {"attributes": attributes, "format": "normalized", "endpoint": endpoint},
        "isActive": True,
        "expiresAt": notice.until,
    }


DIALECT: Final = Dialect(
    "/ngsi-ld/v1", "NGSILD-Results-Count", ("count", "true"), "NGSILD-Tenant", own=_link, document=_document
)
TRANSPORT: Final = Transport(
    "ngsi-ld", DIALECT.fetch, ("contexte", *OPTIONS), words=polite.WORDS, numbers=polite.NUMBERS, broker=DIALECT
)
