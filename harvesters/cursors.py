"""What a flow remembers from one harvest to the next: committed with the rows that it speaks of, so never ahead.

The cursor stands in the index entry of the flow's last delivery (`harvesters.index`): rows and cursor are one rename.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import rfc8785

from harvesters.intake import AllowedFields
from harvesters.source import Source

Cursor = Mapping[str, object]
"""Plain JSON: no value of a row, no secret."""

TERMS = "terms"
"""Key of the digest of the declaration and of the columns let in, under which the delivery was read."""

RECALL = "recall"
"""Key of what a protocol judges the next delivery by."""

VALIDATORS: Final = ("etag", "last_modified")
"""Keys of what a server is shown, for it to answer « not modified »: it may change them under the same bytes."""


@dataclass(frozen=True, slots=True)
class Memory:
    """What a flow remembers, and whether it was learnt under the same declaration and the same policy's columns."""

    cursor: Cursor
    same_terms: bool
    increments: bool = False
    """Whether what is held stays and rows join it: then only what came since need be asked for."""


def terms_of(source: Source, allowed: AllowedFields) -> str:
    """Return the digest of what decides how a delivery is read: if it changes, the same bytes are read anew."""
    terms = {"declaration": source.digest, "collected": sorted(allowed.collected), "refused": sorted(allowed.refused)}
    return hashlib.sha256(rfc8785.dumps(terms)).hexdigest()


def memory_of(cursor: Cursor, *, terms: str, increments: bool) -> Memory:
    """Return what a flow remembers, under the present terms."""
    return Memory(cursor, same_terms=cursor.get(TERMS) == terms, increments=increments)
