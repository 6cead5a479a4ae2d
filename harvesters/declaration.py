"""Door 1: a territory's declaration becomes a `Source`, here and nowhere else."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import final

from eclor.names import FieldName, Sha256, Slug, SourceName


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """One column of the delivery: where the parser finds it and as what it is read.

    `path` is a key of the parser's row (dotted for nested payloads, the header for tables); `type` is a `FieldType`
    word of the language (`texte`, `entier`, `date-heure`…), kept as text because this room knows no policy.
    """

    name: FieldName
    path: str
    type: str
    decimals: int = 0
    times: int = 1
    per: int = 1
    """An integer is read as value x `times` / `per`, half up: watts over 900 s become Wh with 900 / 3600."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A row selection (`garder`): only rows whose `path` holds one of `values` are kept; the others are counted."""

    path: str
    values: tuple[str, ...]


@final
@dataclass(frozen=True, slots=True)
class Source:
    """One flow of a declared source, for one dataset. Holds the name of a credential, never its value."""

    name: SourceName
    dataset: Slug
    protocol: str
    """A name of `harvesters.protocols`: how the payload is read."""
    access: str
    """A name of `harvesters.transport`: how it is fetched: `http`, `depot` (file drop), `mqtt`, `ngsi-ld`."""
    endpoint: str
    credential: str | None
    every: timedelta
    columns: tuple[MappedColumn, ...]
    kept: tuple[Kept, ...]
    options: Mapping[str, str]
    simulated: bool
    digest: Sha256
    """SHA-256 of the RFC 8785 form of the declaration as parsed, before endpoints are filled in."""
    file: str


def read_declaration(file: Path, *, endpoints: Mapping[str, str]) -> tuple[Source, ...]:
    """Read one `sources/S.yaml`, a source a flow; `endpoints` fill `{name}` in addresses.

    Refuses (`DeclarationRefused`, with its place) an unknown key, an unknown protocol, a missing endpoint.
    """
    raise NotImplementedError
